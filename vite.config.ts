// What is built, and for whom: the page for Chromium, the desktop's process for its Node, the preload for its sandbox.
import react from '@vitejs/plugin-react';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import { listPackages, withoutUnused } from './electron/dist/bundling.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A bundle of one of the desktop's entries, with all that it wants of npm: the installed app has no node_modules. */
function desktop(entry: string, format: 'es' | 'cjs'): EnvironmentOptions {
  const extension = format === 'cjs' ? 'cjs' : 'js';
  return {
    consumer: 'server',
    resolve: { external: ['electron'], noExternal: true },
    build: {
      outDir: at(`out/${entry}`),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: at(`electron/${entry}.ts`),
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
        },
      },
    },
  };
}

/** Whatever of the page asks for zod gets it by way of no-eval.ts. */
const zodWithoutEval: Plugin = {
  name: 'zod-without-eval',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'client',
  resolveId: (source) => (source === 'zod' ? at('renderer/no-eval.ts') : null),
};

/** `npm run dev`: the real app behind a page that is renewed at each change, for pages of its own origin only. */
const appBehind: Plugin = {
  name: 'app-behind-the-page',
  apply: 'serve',
  async configureServer({ httpServer }) {
    const { createApp } = await import('./app/create-app.ts');
    const { defaultFolders } = await import('./app/folders.ts');
    const { isOwnHost, isOwnOrigin } = await import('./server/admission.ts');
    const { openSockets, rpcPath } = await import('./server/sockets.ts');
    const { router } = await createApp({ folders: defaultFolders(), host: { kind: 'browser' } });
    const sockets = openSockets(router);
    httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { localPort = 0 } = request.socket;
      const isOwn = isOwnHost(request.headers, localPort) && isOwnOrigin(request.headers, localPort);
      if (request.url === rpcPath && isOwn) sockets.accept(request, socket, head);
    });
  },
};

export default defineConfig({
  root: at('renderer'),
  publicDir: false,
  plugins: [zodWithoutEval, withoutUnused, listPackages, react(), appBehind],
  server: { host: '127.0.0.1' },
  build: {
    outDir: at('out/renderer'),
    emptyOutDir: true,
    target: 'esnext',
    // The page's policy allows no font and no style from a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  environments: {
    main: desktop('main', 'es'),
    preload: desktop('preload', 'cjs'),
  },
  builder: {},
});
