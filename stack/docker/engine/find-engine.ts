// Opens the Docker engine of this machine: the first that answers. Starts nothing on it.
import type Dockerode from 'dockerode';
import { homedir } from 'node:os';
import { RiachoError } from '../../../words/errors.ts';
import { askEngine, metWords, wayTo, type Way } from './engine-answer.ts';
import { enginePlaces, type EnginePlace } from './engine-places.ts';
import { codeOf } from './error-parts.ts';

/** The oldest API that the stack is known to run on, and the Docker that brought it. */
const oldestApi = '1.41';
const oldestDocker = '20.10';

/** An engine that answers. */
export interface OpenedDocker {
  docker: Dockerode;
  /** Where it was found: `unix:///var/run/docker.sock`. */
  address: string;
  /** `27.1.0` */
  version: string;
  /** `1.41` */
  apiVersion: string;
}

interface Answer {
  place: EnginePlace;
  way: Way;
  version: string;
  apiVersion: string;
}

function isOlder(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

/** Its answer, or why it cannot be used; neither where nothing is. */
async function ask(place: EnginePlace): Promise<{ answer?: Answer; fault?: RiachoError }> {
  const { address, isChosen } = place;
  try {
    const way = await wayTo(place);
    if (way === undefined) throw new Error(`${address.split(':', 1)[0]}?`);
    return { answer: { place, way, ...(await askEngine(way)) } };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' && !isChosen) return {};
    if (code === 'EACCES') return { fault: new RiachoError('DOCKER_DENIED', { address }, error) };
    return { fault: new RiachoError('DOCKER_NOT_RUNNING', { address, detail: metWords(error) }, error) };
  }
}

/**
 * The first of `places` that answers; all are asked at once. Nothing is to be closed. Rejects with
 * `DOCKER_MISSING` {detail} where there is none anywhere, `DOCKER_NOT_RUNNING` {address, detail} where one does not
 * answer within a second or is reached by `ssh://`, `DOCKER_DENIED` {address}, `DOCKER_TOO_OLD` {version, wanted}.
 */
export async function openDocker(places?: readonly EnginePlace[]): Promise<OpenedDocker> {
  const { env, platform } = process;
  const asked = places ?? (await enginePlaces({ env, homeDir: homedir(), platform }));
  const met = await Promise.all(asked.map(ask));
  const answer = met.find((one) => one.answer)?.answer;
  if (answer === undefined) {
    const detail = asked.map(({ address }) => address.replace(/^\w+:\/\//, '')).join(', ');
    throw met.find(({ fault }) => fault)?.fault ?? new RiachoError('DOCKER_MISSING', { detail });
  }
  const { place, way, version, apiVersion } = answer;
  if (isOlder(apiVersion, oldestApi)) {
    throw new RiachoError('DOCKER_TOO_OLD', { version, wanted: oldestDocker });
  }
  // No version of the API is named: engines refuse the old ones by and by, and we want what each calls its newest.
  const { default: Docker } = await import('dockerode');
  return { docker: new Docker(way), address: place.address, version, apiVersion };
}
