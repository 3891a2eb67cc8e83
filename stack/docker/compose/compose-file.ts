// Reads the compose file that `docker compose` itself runs: variables, anchors, short forms. Starts nothing.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RiachoError } from '../../../words/errors.ts';
import { flawOf } from './compose-references.ts';
import { writtenFile, type WrittenFile } from './compose-schema.ts';
import { serviceOf } from './compose-service.ts';
import { parseSource, type ComposeSource, type Place } from './compose-source.ts';
import type { ComposeFile } from './compose-types.ts';
import { EnvFileError, parseEnvFile } from './env-file.ts';
import { codeOf, messageOf } from '../engine/error-parts.ts';
import { interpolate, type Lookup } from './interpolation.ts';

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const detail = codeOf(error) ?? messageOf(error);
    throw new RiachoError('COMPOSE_UNREADABLE', { path, detail }, error);
  }
}

/** The variables there are: the environment's, then those of the file `.env`, which need not be there. */
async function variablesOf(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Lookup> {
  const path = join(folder, '.env');
  const outer: Lookup = (name) => (Object.hasOwn(env, name) ? env[name] : undefined);
  try {
    const beside = parseEnvFile(await readFile(path, 'utf8'), outer);
    return (name) => outer(name) ?? beside.get(name);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return outer;
    const line = error instanceof EnvFileError ? `:${error.line}` : '';
    throw new RiachoError('COMPOSE_UNREADABLE', { path: path + line, detail: messageOf(error) }, error);
  }
}

/** Every text of a tree filled in; keys are none. */
function filledIn(value: unknown, place: Place, fill: (text: string, place: Place) => string): unknown {
  if (typeof value === 'string') return fill(value, place);
  if (Array.isArray(value)) return value.map((item, index) => filledIn(item, [...place, index], fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, filledIn(item, [...place, key], fill)]),
  );
}

function writtenOf(source: ComposeSource, lookup: Lookup): WrittenFile {
  const filled = filledIn(source.value, [], (text, place) => {
    try {
      return interpolate(text, lookup);
    } catch (error) {
      throw source.unreadable(place, messageOf(error));
    }
  });
  const { success, data, error } = writtenFile.safeParse(filled);
  if (success) {
    const flaw = flawOf(data);
    if (flaw) throw source.unreadable(flaw.place, flaw.detail);
    return data;
  }
  const unknown = error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown?.code === 'unrecognized_keys') {
    throw source.unknownKey([...unknown.path, unknown.keys[0] ?? '']);
  }
  throw source.unreadable(error.issues[0]?.path ?? [], error.issues[0]?.message ?? '');
}

function namedIn(project: string, resources: WrittenFile['volumes']): ComposeFile['volumes'] {
  return Object.entries(resources).map(([key, value]) => ({ key, name: value?.name ?? `${project}_${key}` }));
}

/**
 * `env` is the environment as the person set it; it wins over the file `.env` beside the compose file. `project`
 * wins over `COMPOSE_PROJECT_NAME`, that over the file's own name, and that over its folder's.
 * Rejects with `COMPOSE_UNREADABLE` {path, detail} or `COMPOSE_UNKNOWN_KEY` {path, key}; the line stands behind the
 * path: `…/docker-compose.yml:12`.
 */
export async function readComposeFile(options: {
  path: string;
  env: Readonly<Record<string, string | undefined>>;
  project?: string;
}): Promise<ComposeFile> {
  const path = resolve(options.path);
  const folder = dirname(path);
  const source = parseSource(path, await readText(path));
  const lookup = await variablesOf(folder, options.env);
  const written = writtenOf(source, lookup);
  const project =
    options.project ?? (lookup('COMPOSE_PROJECT_NAME') || (written.name ?? basename(folder).toLowerCase()));
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(project)) throw source.unreadable(['name'], `${project}?`);
  const services = Object.entries(written.services).map(([name, service]) =>
    serviceOf(name, service, { folder, project, lookup }),
  );
  const usesDefault = services.some(({ networks }) => networks.some(({ key }) => key === 'default'));
  const networks = { ...(usesDefault && { default: null }), ...written.networks };
  return {
    path,
    project,
    services,
    networks: namedIn(project, networks),
    volumes: namedIn(project, written.volumes),
  };
}
