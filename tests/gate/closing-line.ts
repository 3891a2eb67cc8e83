// A reporter that ends the run with one plain line, `N passed, N failed`, for a person and for CI.
import type { Reporter, TestModule } from 'vitest/node';

/** Counts tests, and as failed also modules that did not load and errors nobody caught. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      count.failed += module.errors().length;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    }
    const leftOut = count.skipped + count.pending;
    process.stdout.write(
      `${count.passed} passed, ${count.failed} failed${leftOut > 0 ? `, ${leftOut} skipped` : ''}\n`,
    );
  }
}
