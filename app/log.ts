// The app's log file: one, rotated, in the data folder. Evidence for a person who looks; never a secret.
import { join } from 'node:path';
import { pino, stdTimeFunctions, type Logger } from 'pino';
import { createStream } from 'rotating-file-stream';

export type Log = (message: string, detail?: unknown) => void;

export interface LogFile {
  path: string;
  log: Log;
  close(): Promise<void>;
}

/** Opens `<dataDir>/logs/riacho.log`; older parts are kept as `riacho.log.1` and `.2`. */
export function openLog(dataDir: string): LogFile {
  const folder = join(dataDir, 'logs');
  const stream = createStream('riacho.log', { path: folder, size: '5M', maxFiles: 3, rotate: 3 });
  // A log that cannot be written (a full disk, say) must not end the app.
  stream.on('error', () => undefined);
  const logger: Logger = pino({ base: { pid: process.pid }, timestamp: stdTimeFunctions.isoTime }, stream);
  const onWarning = (warning: Error): void => logger.warn({ err: warning }, 'a library warned');
  process.on('warning', onWarning);
  return {
    path: join(folder, 'riacho.log'),
    log: (message, detail) => {
      if (detail instanceof Error) logger.warn({ err: detail }, message);
      else logger.info(detail === undefined ? {} : { detail }, message);
    },
    close() {
      process.off('warning', onWarning);
      return new Promise((resolve) => stream.end(() => resolve()));
    },
  };
}
