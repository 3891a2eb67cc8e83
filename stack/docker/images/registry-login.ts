// The login of `docker login`, which Docker's own client sends along with a pull and we must too. Keeps none of it.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';

const hub = 'https://index.docker.io/v1/';
const helperMs = 10_000;
/** Where a program that was started by a double-click finds no `PATH` to look: macOS, and Docker Desktop's own. */
const helperFolders = [
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/Applications/Docker.app/Contents/Resources/bin',
];

const dockerConfig = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional() })).default({}),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).default({}),
});
const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });

export interface RegistryLogin {
  username: string;
  password: string;
  serveraddress: string;
}

/** The key under which Docker keeps the login for the registry of `image`. */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return !isHost || first === 'docker.io' ? hub : first;
}

/** Undefined where nobody has logged in, or the login cannot be read: the registry says then what it thinks of that. */
export async function loginFor(
  image: string,
  folder = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'),
): Promise<RegistryLogin | undefined> {
  const serveraddress = registryOf(image);
  try {
    const config = dockerConfig.parse(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')));
    const helper = config.credHelpers[serveraddress] ?? config.credsStore;
    if (helper !== undefined) return { ...(await askHelper(helper, serveraddress)), serveraddress };
    const { auth } = config.auths[serveraddress] ?? {};
    if (auth === undefined) return undefined;
    const [username = '', ...password] = Buffer.from(auth, 'base64').toString('utf8').split(':');
    return { username, password: password.join(':'), serveraddress };
  } catch {
    return undefined;
  }
}

/** Asks the program in whose keeping the login is. */
function askHelper(name: string, registry: string): Promise<Omit<RegistryLogin, 'serveraddress'>> {
  return new Promise((resolve, reject) => {
    const path = [process.env['PATH'] ?? '', ...helperFolders].join(delimiter);
    const options = { timeout: helperMs, env: { ...process.env, PATH: path } };
    const child = execFile(`docker-credential-${name}`, ['get'], options, (error, stdout) => {
      const answer = error === null ? helperAnswer.safeParse(JSON.parse(stdout)) : undefined;
      if (answer?.data) resolve({ username: answer.data.Username, password: answer.data.Secret });
      else reject(error ?? new Error('no login'));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(registry);
  });
}
