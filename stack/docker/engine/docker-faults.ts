// Puts what Docker answers into the closed list of faults. Shows nothing to anyone.
import { RiachoError } from '../../../words/errors.ts';
import { codeOf, messageOf } from './error-parts.ts';

const detailChars = 300;
/** The engine is gone, or went in the middle of its answer. */
const goneCodes = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** What Docker said, without dockerode's `(HTTP code 500) server error - `; one line. */
export function dockerWords(error: unknown): string {
  const said = messageOf(error)
    .replace(/^\(HTTP code \d+\) [^-]*- /, '')
    .trim();
  return (said.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, detailChars);
}

/** The HTTP status that Docker answered with. */
export function statusOfAnswer(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

/** The engine at `address` was there, and answers no more. */
export function engineGone(address: string, detail = 'ECONNRESET', cause?: unknown): RiachoError {
  return new RiachoError('DOCKER_NOT_RUNNING', { address, detail }, cause);
}

/** Any error of a call to Docker as a `RiachoError`; `address` is the engine's. */
export function asDockerError(error: unknown, address: string): RiachoError {
  if (error instanceof RiachoError) return error;
  const detail = dockerWords(error);
  const code = codeOf(error);
  if (code === 'EACCES') return new RiachoError('DOCKER_DENIED', { address }, error);
  if (code !== undefined && goneCodes.has(code)) return engineGone(address, code, error);
  if (/no space left on device/i.test(detail)) return new RiachoError('DOCKER_DISK_FULL', { detail }, error);
  return new RiachoError('DOCKER_REFUSED', { detail }, error);
}

/** Whether the engine itself was lost, and not just one request of it. */
export function isEngineGone(error: unknown): boolean {
  const code = error instanceof RiachoError ? error.code : codeOf(error);
  return code === 'DOCKER_NOT_RUNNING' || (code !== undefined && goneCodes.has(code));
}

/** What kept `image` from being fetched. */
export function asImageError(error: unknown, image: string, address: string): RiachoError {
  if (error instanceof RiachoError) return error;
  if (isEngineGone(error)) return asDockerError(error, address);
  const detail = dockerWords(error);
  if (/no space left on device/i.test(detail)) return new RiachoError('DOCKER_DISK_FULL', { detail }, error);
  if (/toomanyrequests|too many requests|\b429\b|rate limit/i.test(detail)) {
    return new RiachoError('IMAGE_LIMIT', { image }, error);
  }
  if (/manifest unknown|not found|denied|unauthorized|does not exist|invalid reference/i.test(detail)) {
    return new RiachoError('IMAGE_NOT_FOUND', { image }, error);
  }
  return new RiachoError('IMAGE_UNREACHABLE', { image, detail }, error);
}

/** The name that another container has already; undefined for other errors. */
export function takenName(error: unknown): string | undefined {
  return /container name "\/?([^"]+)" is already in use/i.exec(dockerWords(error))?.[1];
}

/** The host's port that another program holds, as Docker says it at a container's start; undefined for other errors. */
export function takenPort(error: unknown): number | undefined {
  const words = dockerWords(error);
  if (!/port is already allocated|address already in use|ports are not available/i.test(words))
    return undefined;
  const port = /:(\d+)(?: failed|: bind|\/tcp| )/.exec(words)?.[1];
  return port === undefined ? undefined : Number(port);
}
