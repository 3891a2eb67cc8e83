// A screen that nobody looks at, for windows that want one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Screen {
  display: string;
  close(): void;
}

/** Opens it; gone with its process. Rejects where there is no Xvfb. */
export async function openScreen(): Promise<Screen> {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const failed = once(server, 'error').then(([error]) => {
    throw new Error('needs Xvfb', { cause: error });
  });
  const numbers = server.stdio[3];
  if (!numbers) throw new Error('needs Xvfb');
  const [number] = await Promise.race([once(numbers, 'data'), failed]);
  return { display: `:${String(number).trim()}`, close: () => void server.kill() };
}
