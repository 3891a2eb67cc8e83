// What a Docker engine says about itself and the machine it runs on. Starts nothing on it.
import type Dockerode from 'dockerode';
import { z } from 'zod';

const info = z.object({
  NCPU: z.number(),
  MemTotal: z.number(),
  Architecture: z.string(),
  OSType: z.string(),
  Name: z.string(),
  DockerRootDir: z.string(),
});

export interface EngineFacts {
  cpus: number;
  /** Of the machine, or of the virtual one that it runs in. */
  memoryBytes: number;
  /** As images name it: `amd64`, `arm64`. */
  architecture: string;
  /** `linux`, or `windows` where it runs Windows containers. */
  system: string;
  /** Host name of the machine it runs in. */
  machine: string;
  /** Its folder there. */
  folder: string;
}

/** The engine says it as `uname` does, an image as Go does. */
const imageNames: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

/** Rejects with what the engine met. */
export async function readEngineFacts(docker: Dockerode): Promise<EngineFacts> {
  const facts = info.parse(await docker.info());
  return {
    cpus: facts.NCPU,
    memoryBytes: facts.MemTotal,
    architecture: imageNames[facts.Architecture] ?? facts.Architecture,
    system: facts.OSType,
    machine: facts.Name,
    folder: facts.DockerRootDir,
  };
}
