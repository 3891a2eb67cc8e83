// The flow as a newcomer, on Docker: the same window, the same numbers, the same CSV.
import { afterAll, beforeAll } from 'vitest';
import { describeFlow } from '../e2e/flow.ts';
import { expectNoStack, removeStack } from './stack.ts';

beforeAll(expectNoStack);
afterAll(removeStack);

describeFlow('docker', { docker: { profile: 'light' } });
