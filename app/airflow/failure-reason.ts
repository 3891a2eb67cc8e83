// Why a task failed, out of its log: a line that a person understands without the trace around it.

/** The last exception that a log tells of; undefined where it tells of none, or of somebody who stopped the run. */
export function reasonIn(lines: readonly string[]): string | undefined {
  if (lines.some((line) => line.includes('has been externally set to'))) return undefined;
  const trace = lines.findLastIndex((line) => line.startsWith('Traceback (most recent call last):'));
  // What belongs to a trace is indented, and ends with what was raised.
  const raised = trace < 0 ? undefined : lines.slice(trace + 1).find((line) => /^\S/.test(line));
  return (raised ?? lines.findLast((line) => / (?:ERROR|CRITICAL) - /.test(line)))
    ?.replace(/^airflow\.exceptions\.\w+: |^\[.* (?:ERROR|CRITICAL) - /, '')
    .slice(0, 300);
}
