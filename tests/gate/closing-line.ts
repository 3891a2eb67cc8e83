// A reporter that ends the run with one plain line, `N passed, N failed`, for a person and for CI. Before it, one
// line for each test that was left out, with the reason it gave: `left out: file > name (reason)`.
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Why a test did not run: its own words, given by `ctx.skip('reason')`, or what kept it from running. */
function reasonOf(test: TestCase): string {
  const result = test.result();
  if (result.state === 'skipped' && result.note !== undefined) return result.note;
  if (result.state === 'pending') return 'the run ended before it did';
  return test.options.mode === 'todo' ? 'still to be written' : 'no reason given';
}

/** Counts tests, and as failed also modules that did not load and errors nobody caught. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length };
    for (const module of modules) {
      count.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' || state === 'failed') count[state] += 1;
        else process.stdout.write(`left out: ${nameOf(module, test)} (${reasonOf(test)})\n`);
      }
    }
    process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
  }
}

/** On one line, whatever the test is called: CI counts the lines. */
function nameOf(module: TestModule, test: TestCase): string {
  return `${module.relativeModuleId} > ${test.fullName}`.replace(/\s+/g, ' ');
}
