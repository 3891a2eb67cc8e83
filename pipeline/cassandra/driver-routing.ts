// Which node a statement is sent to.
import cassandra, { type Client, type ExecutionOptions, type Host, type HostMap } from 'cassandra-driver';

const { DefaultLoadBalancingPolicy } = cassandra.policies.loadBalancing;

/**
 * The library's own policy, by which a row goes to a node that owns it; but where one node owns all, nothing is looked
 * up: the look-up hashes each key in objects of 64 bits. One for each client, whose nodes it remembers.
 */
export class OwnersFirst extends DefaultLoadBalancingPolicy {
  #hosts: HostMap | undefined;

  override init(client: Client, hosts: HostMap, callback: (error: Error) => void): void {
    this.#hosts = hosts;
    super.init(client, hosts, callback);
  }

  /** @param options `null` for a plan without owners, as the library's own calls have it; its types do not say so. */
  override newQueryPlan(
    keyspace: string,
    options: ExecutionOptions | null,
    callback: (error: Error, hosts: Iterator<Host>) => void,
  ): void {
    const known = this.#hosts?.length === 1 ? null : options;
    super.newQueryPlan(keyspace, known as ExecutionOptions, callback);
  }
}
