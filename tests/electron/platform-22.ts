// The twin of electron/platform.ts for the Electron that the tests run on, which has no `protocol.handle` yet.
import { protocol } from 'electron';
import type { SchemeAnswer } from '../../electron/platform.ts';

export function handleScheme(scheme: string, answer: (url: string) => SchemeAnswer): void {
  protocol.registerBufferProtocol(scheme, ({ url }, respond) => {
    const { status, headers, body } = answer(url);
    const [mimeType = ''] = (headers['Content-Type'] ?? '').split(';');
    respond({ statusCode: status, headers, mimeType, data: body });
  });
}
