// The lines of JSON that Docker streams while it pulls, builds or watches. Understands none of them.
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';

/** One line of a pull or a build. */
export const progressMessage = z.object({
  status: z.string().optional(),
  /** A layer's, where it is about one. */
  id: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
  /** What a build says. */
  stream: z.string().optional(),
  error: z.string().optional(),
});
export type ProgressMessage = z.infer<typeof progressMessage>;

/**
 * The lines of `stream` in turn. Rejects with what breaks the stream, and when `signal` is aborted; either way, and
 * when the reader leaves, the request ends and Docker stops what it was doing for it.
 */
export async function* messagesOf(
  stream: NodeJS.ReadableStream,
  signal: AbortSignal,
): AsyncGenerator<unknown> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    signal.throwIfAborted();
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk))).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
  }
  signal.throwIfAborted();
}

/** The lines of a pull or a build. Docker answers 200 and then fails within the stream: that rejects too. */
export async function* progressOf(
  stream: NodeJS.ReadableStream,
  signal: AbortSignal,
): AsyncGenerator<ProgressMessage> {
  for await (const line of messagesOf(stream, signal)) {
    const message = progressMessage.parse(line);
    if (message.error !== undefined) throw new Error(message.error);
    yield message;
  }
}
