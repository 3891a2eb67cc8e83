// Looks at this machine for what a start needs, and says what is missing with the command that installs it.
import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import type { Engine } from '../stack/engine.ts';
import type { Finding } from '../words/messages.ts';
import { faultOf } from '../words/errors.ts';
import type { Settings } from '../words/settings.ts';
import type { Folders } from './folders.ts';

export type Doctor = () => Promise<Finding[]>;

const gib = 1024 ** 3;

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
    () => look('memory', async () => `${inGib(freemem())} / ${inGib(totalmem())}`),
    () =>
      look('disk', async () => {
        const { bavail, bsize } = await statfs(folders.dataDir);
        return inGib(bavail * bsize);
      }),
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
