// What one `up` has made and started, so that it can be taken back when it fails. Makes nothing itself.
import type Dockerode from 'dockerode';
import type { ComposeFile } from '../compose/compose-types.ts';
import { accepting, removeContainers, stopInOrder } from './take-down.ts';

export class Made {
  /** Ids, with the service that each is of. */
  readonly containers = new Map<string, string>();
  /** Ids of containers that were there, with their service. */
  readonly started = new Map<string, string>();
  readonly networks: string[] = [];
  /** Names. Nobody has used them yet, and half of a first start may lie in them. */
  readonly volumes: string[] = [];

  /** The services that it concerns. */
  get services(): string[] {
    return [...this.containers.values(), ...this.started.values()];
  }

  /** Everything is as it was before. May be called again where it could not end. */
  async takeBack(docker: Dockerode, file: ComposeFile): Promise<void> {
    await stopInOrder(docker, file, new Map([...this.containers, ...this.started]));
    await removeContainers(docker, this.containers.keys());
    // In use by somebody else now: then it is not ours to remove.
    await Promise.all(this.networks.map((id) => accepting([403, 404], docker.getNetwork(id).remove())));
    await Promise.all(this.volumes.map((name) => accepting([404, 409], docker.getVolume(name).remove())));
  }
}
