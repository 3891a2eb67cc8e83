// Looks at this machine for what a start needs, and says what is missing with the command that installs it.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import type { Engine } from '../stack/engine.ts';
import { freeBytes } from '../stack/free-bytes.ts';
import type { Finding } from '../words/messages.ts';
import { faultOf, RiachoError } from '../words/errors.ts';
import type { Settings } from '../words/settings.ts';
import type { Folders } from './folders.ts';

export type Doctor = () => Promise<Finding[]>;

const gib = 1024 ** 3;
/** What both embedded servers take at work, and what a lab's data and logs grow to; less is told, and hinders nobody. */
const wantedMemory = gib;
const wantedDisk = gib;

function inGib(bytes: number): string {
  return `${(bytes / gib).toFixed(1)} GiB`;
}

/** Runs a look and keeps the fault, so that one missing thing does not hide the next. */
async function look(name: Finding['name'], find: () => Promise<string>): Promise<Finding> {
  try {
    return { name, detail: await find() };
  } catch (error) {
    return { name, detail: '', fault: faultOf(error) };
  }
}

function memoryFound({ kind }: Engine): string {
  const free = freemem();
  // What Docker has for its containers is Docker's to say.
  if (kind === 'embedded' && free < wantedMemory) {
    throw new RiachoError('MEMORY_SHORT', { free: inGib(free), wanted: inGib(wantedMemory) });
  }
  return `${inGib(free)} / ${inGib(totalmem())}`;
}

async function diskFound(path: string): Promise<string> {
  const free = await freeBytes(path);
  if (free < wantedDisk) {
    throw new RiachoError('DISK_SHORT', { path, free: inGib(free), wanted: inGib(wantedDisk) });
  }
  return inGib(free);
}

async function lookAtDocker(composeFile: string): Promise<Finding> {
  const { inspectDocker } = await import('../stack/docker/inspect.ts');
  const { detail, fault } = await inspectDocker({ composeFile });
  return { name: 'docker', detail, ...(fault && { fault }) };
}

export interface DoctorParts {
  folders: Folders;
  engine: Engine;
  settings: () => Settings;
}

export function createDoctor({ folders, engine, settings }: DoctorParts): Doctor {
  const system: (() => Promise<Finding>)[] = [
    () => look('node', async () => process.version),
    () => look('memory', async () => memoryFound(engine)),
    () => look('disk', () => diskFound(folders.dataDir)),
    () =>
      look('data-folder', async () => {
        await access(folders.dataDir, constants.W_OK);
        return folders.dataDir;
      }),
  ];
  return async () => {
    const { inspectEmbedded } = await import('../stack/embedded/inspect.ts');
    const embedded =
      engine.kind === 'embedded' ? inspectEmbedded({ ...folders, ports: settings().ports }) : [];
    const docker = engine.kind === 'docker' ? [lookAtDocker(folders.composeFile)] : [];
    const stack = look('stack', async () => {
      const { frame } = await engine.next(0);
      return frame.stack;
    });
    return Promise.all([
      ...system.map((one) => one()),
      ...docker,
      ...embedded.map((inspection) => look(inspection.name, () => inspection.find())),
      stack,
    ]);
  };
}
