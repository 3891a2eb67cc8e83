// The main job on Docker: the same numbers, the same sum, the same CSV.
import { afterAll, beforeAll } from 'vitest';
import { describeMainJob } from '../integration/main-job.ts';
import { expectNoStack, removeStack } from './stack.ts';

beforeAll(expectNoStack);
afterAll(removeStack);

describeMainJob('docker', ['--engine', 'docker', '--profile', 'light']);
