// The course's stack on this machine's Docker, as tests meet it. It has one name, so there is one: a stack that a person
// keeps here is not touched.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cli } from '../integration/lab.ts';

const project = 'dsaservidor';

/** What the docker command prints. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', args, { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

/** Everything that bears the project's label: containers, volumes, networks. */
export async function ofStack(): Promise<string[]> {
  const label = ['--filter', `label=com.docker.compose.project=${project}`];
  const found = await Promise.all([
    docker('ps', '--all', ...label, '--format', '{{.Names}}'),
    docker('volume', 'ls', ...label, '--format', '{{.Name}}'),
    docker('network', 'ls', ...label, '--format', '{{.Name}}'),
  ]);
  return found.flatMap((names) => names.split('\n').filter(Boolean));
}

/** Fails where a person has a stack, or the data of one: tests begin with nothing and remove all. */
export async function expectNoStack(): Promise<void> {
  const found = await ofStack();
  if (found.length > 0) throw new Error(`this machine has a stack of its own: ${found.join(', ')}`);
}

/** Ends what a test has started, with its data. */
export async function removeStack(): Promise<void> {
  const { code, stderr } = await cli(['down', '--reset', '--engine', 'docker', '--profile', 'full']);
  if (code !== 0) throw new Error(stderr);
}
