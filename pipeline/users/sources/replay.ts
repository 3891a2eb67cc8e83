// A recorded run from a file, in constant memory: users in their order, once, then the end.
// Holds no file open between two takes; never writes.
import { open, type FileHandle } from 'node:fs/promises';
import { RiachoError } from '../../../words/errors.ts';
import { throwIfAborted } from '../../sources/faults.ts';
import { firstIssue } from '../../sources/web-api.ts';
import { apiAnswer, rawUser, type RawUser } from '../raw-user.ts';
import type { Source } from './source.ts';

const chunkBytes = 256 * 1024;
/** A user is about 1 KB, and the API's largest answer about 6 MB: what is longer than this is neither. */
const lineMaxBytes = 64 * 1024 * 1024;
const newline = 0x0a;

/** Where reading stands, and what was read but not yet handed out. */
interface Position {
  /** Bytes of the file already read. */
  offset: number;
  /** Read but not yet decoded; without a line end at its front only when the file ends there. */
  rest: Buffer;
  /** Number of the line that comes next, from 1. */
  line: number;
  /** Users of an answer (one line holds many) still to be handed out. */
  queue: RawUser[];
  /** Users found so far. */
  found: number;
}

/**
 * A file that is one answer of the API (`{"results": […]}`, on one line or many), or JSON lines: a raw user, or an
 * answer, a line. A byte order mark, CRLF and blank lines are passed over. Rejects with `REPLAY_UNREADABLE`
 * {path, detail}, or `REPLAY_NOT_USERS` {path, line, detail} once the users before that line were handed out.
 */
export function createReplaySource({ path }: { path: string }): Source {
  const position: Position = { offset: 0, rest: Buffer.alloc(0), line: 1, queue: [], found: 0 };
  return {
    origin: 'replay',
    async take(max, signal) {
      const users: RawUser[] = [];
      const file = await reading(path, () => open(path, 'r'));
      try {
        while (users.length < max) {
          throwIfAborted(signal);
          if (position.queue.length > 0) {
            users.push(...position.queue.splice(0, Math.min(max - users.length, 10_000)));
            continue;
          }
          try {
            if (!(await readOn({ path, file, position }))) break;
          } catch (error) {
            // The position still stands before the fault: the next take meets it again.
            if (users.length === 0) throw error;
            break;
          }
        }
      } finally {
        await file.close();
      }
      return { users, fetchedAt: Date.now() };
    },
  };
}

interface Reader {
  path: string;
  file: FileHandle;
  position: Position;
}

interface Found {
  users: RawUser[];
  /** What is left to decode, where it is not just what follows the line. */
  rest?: Buffer;
}

/** Decodes the next line into the queue; false at the end of the file. Leaves the position alone when it fails. */
async function readOn(reader: Reader): Promise<boolean> {
  const { path, position } = reader;
  const end = await findLineEnd(reader);
  const isLast = end === -1;
  if (isLast && position.rest.length === 0) {
    if (position.found === 0) throw notUsers(path, position.line, 'no user in the file');
    return false;
  }
  const text = decodeUtf8(isLast ? position.rest : position.rest.subarray(0, end), reader);
  const after = isLast ? Buffer.alloc(0) : position.rest.subarray(end + 1);
  const { users, rest = after } = await usersOf(text, reader);
  position.rest = rest;
  position.line += 1;
  position.queue = users;
  position.found += users.length;
  return true;
}

/** Reads until `rest` holds a whole line; the index of its line end, or -1 when the file ends first. */
async function findLineEnd({ path, file, position }: Reader): Promise<number> {
  const parts = [position.rest];
  let length = position.rest.length;
  let end = position.rest.indexOf(newline);
  while (end === -1) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await reading(path, () => file.read(chunk, 0, chunkBytes, position.offset));
    if (bytesRead === 0) break;
    position.offset += bytesRead;
    const part = chunk.subarray(0, bytesRead);
    const found = part.indexOf(newline);
    if (found !== -1) end = length + found;
    parts.push(part);
    length += bytesRead;
    if (length > lineMaxBytes) {
      position.rest = Buffer.concat(parts);
      throw notUsers(path, position.line, `a line of more than ${lineMaxBytes} bytes`);
    }
  }
  if (parts.length > 1) position.rest = Buffer.concat(parts);
  return end;
}

function decodeUtf8(bytes: Buffer, { path, position }: Reader): string {
  try {
    // Without `ignoreBOM` the decoder drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notUsers(path, position.line, 'not UTF-8', cause);
  }
}

/** The users of one line; of the whole file where the first line is only the beginning of an answer. */
async function usersOf(text: string, reader: Reader): Promise<Found> {
  const { path, position } = reader;
  if (text.trim() === '') return { users: [] };
  const parsed = parse(text);
  if ('cause' in parsed) {
    if (position.found === 0) return wholeAnswer(reader, parsed.cause);
    throw notUsers(path, position.line, 'no JSON', parsed.cause);
  }
  return { users: usersIn(parsed.value, reader) };
}

/** One answer written over many lines is taken at one go, and the file with it. */
async function wholeAnswer(reader: Reader, cause: unknown): Promise<Found> {
  const { path, file, position } = reader;
  const { size } = await reading(path, () => file.stat());
  if (size > lineMaxBytes) throw notUsers(path, position.line, 'no JSON', cause);
  // Reads from the file's start: every other read says its own offset.
  const parsed = parse(decodeUtf8(await reading(path, () => file.readFile()), reader));
  if ('cause' in parsed) throw notUsers(path, position.line, 'no JSON', cause);
  const users = usersIn(parsed.value, reader);
  position.offset = size;
  return { users, rest: Buffer.alloc(0) };
}

function usersIn(value: unknown, { path, position }: Reader): RawUser[] {
  const isAnswer = typeof value === 'object' && value !== null && 'results' in value;
  const users = isAnswer ? apiAnswer.safeParse(value) : rawUser.safeParse(value);
  if (!users.success) throw notUsers(path, position.line, firstIssue(users.error));
  return 'results' in users.data ? users.data.results : [users.data];
}

function parse(text: string): { value: unknown } | { cause: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (cause) {
    return { cause };
  }
}

async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const detail = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new RiachoError('REPLAY_UNREADABLE', { path, detail }, cause);
  }
}

function notUsers(path: string, line: number, detail: string, cause?: unknown): RiachoError {
  return new RiachoError('REPLAY_NOT_USERS', { path, line, detail }, cause);
}
