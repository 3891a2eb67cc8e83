// Owners are asked for where there are several nodes, and only there.
import { EventEmitter } from 'node:events';
import type { Client, ExecutionOptions, Host, HostMap } from 'cassandra-driver';
import { expect, it, vi } from 'vitest';
import { OwnersFirst } from './driver-routing.ts';

const node = (address: string): Host =>
  ({
    address,
    datacenter: 'dc',
    isUp: () => true,
    isUpSince: null,
    getInFlight: () => 0,
    getResponseCount: () => 1,
  }) as unknown as Host;

class Nodes extends EventEmitter {
  readonly #all: Host[];

  constructor(all: Host[]) {
    super();
    this.#all = all;
  }

  get length(): number {
    return this.#all.length;
  }

  values(): Host[] {
    return [...this.#all];
  }

  add(host: Host): void {
    this.#all.push(host);
    this.emit('add', host);
  }
}

const statement = {
  getRoutingKey: () => Buffer.from('a'),
  getKeyspace: () => 'k',
  getPreferredHost: () => undefined,
} as unknown as ExecutionOptions;

function plan(policy: OwnersFirst): Host[] {
  let hosts: Host[] = [];
  policy.newQueryPlan('k', statement, (_error, plan) => (hosts = [...(plan as IterableIterator<Host>)]));
  return hosts;
}

it('sends a row to its owner once there is a second node, and looks for no owner before', () => {
  const [first, second] = [node('first'), node('second')];
  const nodes = new Nodes([first]);
  const getReplicas = vi.fn<() => Host[]>(() => [second]);
  const client = { options: { localDataCenter: 'dc' }, getReplicas } as unknown as Client;
  const policy = new OwnersFirst();
  policy.init(client, nodes as unknown as HostMap, () => undefined);

  expect(plan(policy)).toEqual([first]);
  expect(getReplicas).not.toHaveBeenCalled();

  nodes.add(second);
  for (let time = 0; time < 4; time += 1) expect(plan(policy)).toEqual([second, first]);
  expect(getReplicas).toHaveBeenCalledTimes(4);
});
