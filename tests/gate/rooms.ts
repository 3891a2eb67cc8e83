// The law of the rooms: what each may import. `layers.ts` holds every file to it; design: docs/architecture.md.

/** One room: the rooms and the libraries its files may import, besides its own. */
export interface RoomRule {
  rooms: string[];
  libraries: string[];
}

/** Tests beside a file may always use these, whatever the room. */
export const testLibraries = ['vitest', 'fast-check', 'csv-parse'];

/** Every room that holds TypeScript. A folder that is not listed here fails the check. */
export const rooms: Record<string, RoomRule> = {
  words: { rooms: [], libraries: ['zod'] },
  contract: { rooms: ['words'], libraries: ['zod', '@orpc/contract'] },
  pipeline: {
    rooms: ['words'],
    libraries: ['kafkajs', 'cassandra-driver', 'zod', 'csv-stringify', '@faker-js/faker', 'node:'],
  },
  stack: { rooms: ['words'], libraries: ['node:', 'dockerode', 'rotating-file-stream', 'yaml', 'zod'] },
  app: {
    rooms: ['words', 'contract', 'pipeline', 'stack'],
    libraries: ['node:', '@orpc/server', 'pino', 'rotating-file-stream', 'env-paths', 'fflate', 'zod'],
  },
  server: {
    rooms: ['words', 'contract', 'app'],
    libraries: ['node:', '@orpc/server', 'ws'],
  },
  electron: {
    rooms: ['words', 'contract', 'app'],
    libraries: [
      'node:',
      '@electron/fuses',
      '@orpc/server',
      '@resvg/',
      'electron',
      'electron-builder',
      'vite',
      'zod',
    ],
  },
  renderer: {
    rooms: ['words', 'contract'],
    libraries: [
      'react',
      'react-dom',
      'zustand',
      '@mantine/',
      '@xyflow/react',
      'uplot',
      '@tanstack/',
      'i18next',
      'react-i18next',
      'lucide-react',
      '@codemirror/',
      '@lezer/',
      '@fontsource-variable/',
      '@orpc/client',
      '@orpc/contract',
      'zod',
    ],
  },
  cli: {
    rooms: ['words', 'contract', 'app', 'server'],
    libraries: [
      'node:',
      '@orpc/server',
      '@orpc/contract',
      'commander',
      'i18next',
      'log-update',
      'cli-table3',
    ],
  },
  tests: {
    rooms: ['words', 'contract', 'pipeline', 'stack', 'app', 'server', 'electron', 'cli'],
    libraries: [
      'node:',
      '@electron/fuses',
      '@orpc/',
      'dependency-cruiser',
      'electron',
      'electron-builder',
      'kafkajs',
      'cassandra-driver',
      'playwright-core',
      'axe-core',
      'fflate',
      'vite',
      'vitest',
      'ws',
      'yaml',
      'zod',
    ],
  },
};
