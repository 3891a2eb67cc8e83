// What this Electron has and older ones lack, and nothing else: the tests' Electron brings a twin of this file.
import { protocol } from 'electron';

export interface SchemeAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
}

/** Answers every request of `scheme`; call it once the app is ready. */
export function handleScheme(scheme: string, answer: (url: string) => SchemeAnswer): void {
  protocol.handle(scheme, ({ url }) => {
    const { status, headers, body } = answer(url);
    return new Response(body, { status, headers });
  });
}
