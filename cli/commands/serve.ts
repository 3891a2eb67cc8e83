// serve: the lab in a browser of this machine, until Ctrl-C. What is served is built by `npm run build`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { serveApp } from '../../server/serve-app.ts';
import type { Terminal } from '../host.ts';

export interface ServeFlags {
  port?: number;
  open?: boolean;
}

const staticDir = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/** Prints the address with its token. Rejects with `PAGE_NOT_BUILT` or `PORT_TAKEN`. */
export async function serve(
  { app, screen, say, signal }: Terminal,
  { port, open }: ServeFlags,
): Promise<void> {
  const serving = await serveApp({ router: app.router, staticDir, ...(port !== undefined && { port }) });
  try {
    screen.line(say('cli.serving', { url: serving.url }));
    screen.line(say('cli.servingHint'));
    screen.event({ event: 'serving', url: serving.url });
    if (open) openInBrowser(serving.url);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await serving.close();
  }
}

/** Tries the system's own way; the address is on the screen in any case. */
function openInBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const browser = spawn(program ?? '', args, { detached: true, stdio: 'ignore' });
  browser.on('error', () => undefined);
  browser.unref();
}
