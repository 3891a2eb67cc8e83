// The log of the Spark job's driver: `<dataDir>/logs/spark-job.log`, rotated. Evidence for a person who looks.
import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';
import { parseContainerLine } from '../log-lines.ts';

/** Lines that are kept at hand, to tell why a driver ended. */
const lastLines = 200;

/** Path of the log, whether there is one or not. */
export function jobLogPath(dataDir: string): string {
  return join(dataDir, 'logs', 'spark-job.log');
}

export interface JobLog {
  /** A line of Spark's own names its level; one that does not belongs to the one before it. */
  add(line: string): void;
  readonly last: string[];
  close(): Promise<void>;
}

export function openJobLog(dataDir: string): JobLog {
  const stream = createStream('spark-job.log', { path: join(dataDir, 'logs'), size: '5M', rotate: 2 });
  // A log that cannot be written (a full disk, say) must not end the run.
  stream.on('error', () => undefined);
  const last: string[] = [];
  return {
    last,
    add(line) {
      last.push(line);
      if (last.length > lastLines) last.shift();
      const level = line.startsWith('{') ? 'info' : parseContainerLine(line).level;
      stream.write(level ? `${new Date().toISOString()} ${level.toUpperCase()} ${line}\n` : `${line}\n`);
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}
