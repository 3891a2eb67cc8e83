import { defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/gate/closing-line.ts';

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      { test: { name: 'units', include: ['{words,contract,pipeline,stack,app,cli}/**/*.test.ts'] } },
      {
        test: {
          name: 'integration',
          include: ['tests/{integration,contract}/**/*.test.ts'],
          // Real servers on two cores: one file at a time, and time for a JVM to start.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
