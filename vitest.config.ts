import { defineConfig } from 'vitest/config';
import { ClosingLine } from './tests/gate/closing-line.ts';

/** The course's systems at work, minutes of Spark or Airflow each: `npm run test:systems`, not with every change. */
const systemTests = ['tests/docker/{spark,spark-processor,course-client,airflow,weather-dag}.test.ts'];

/** Wants a Docker engine with the stack's images: `.ci/run` and `npm run test:docker` say that there is one. */
const docker = {
  test: {
    name: 'docker',
    include: ['tests/docker/**/*.test.ts'],
    exclude: systemTests,
    // One stack at a time, after the servers of the others have gone.
    fileParallelism: false,
    sequence: { groupOrder: 4 },
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
};

const systems = { test: { ...docker.test, name: 'systems', include: systemTests, exclude: [] } };

/** Builds the packages and tries them, minutes each time: `npm run test:dist`, not with every change. */
const dist = {
  test: {
    name: 'dist',
    include: ['tests/dist/**/*.test.ts'],
    globalSetup: 'tests/dist/setup.ts',
    fileParallelism: false,
    sequence: { groupOrder: 5 },
    testTimeout: 240_000,
    hookTimeout: 600_000,
  },
};

/** Millions of messages: `npm run test:load`, once before a release. */
const load = {
  test: {
    name: 'load',
    include: ['tests/load/**/*.test.ts'],
    sequence: { groupOrder: 7 },
    testTimeout: 3_600_000,
    hookTimeout: 180_000,
  },
};

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        test: {
          name: 'units',
          include: ['{words,contract,pipeline,stack,app,server,electron,renderer,cli}/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/{integration,contract}/**/*.test.ts'],
          // Real servers on two cores: two files at a time, and time for a JVM to start.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          // Mostly waiting: several at a time, and nothing else beside them.
          maxWorkers: 3,
          sequence: { groupOrder: 6 },
          // An outage each, and what comes after it.
          testTimeout: 240_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['tests/electron/**/*.test.ts'],
          globalSetup: 'tests/electron/setup.ts',
          // One window at a time, and after the servers of the others have gone.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          // One browser at a time, and nothing beside it.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      ...(process.env['RIACHO_TEST_DOCKER'] ? [docker] : []),
      ...(process.env['RIACHO_TEST_SYSTEMS'] ? [systems] : []),
      ...(process.env['RIACHO_TEST_DIST'] ? [dist] : []),
      ...(process.env['RIACHO_TEST_LOAD'] ? [load] : []),
    ],
  },
});
