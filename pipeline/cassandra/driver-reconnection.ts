// How cassandra-driver 4.10.0 comes back to a cluster of which it lost every connection, as one node's restart does.
import ControlConnection from 'cassandra-driver/lib/control-connection.js';

/**
 * The library begins anew at the contact points: it makes every host once more beside the one that it knows, whose own
 * connections come back as well, and listens twice for the end of the new one. So each loss leaves one more host, and
 * doubles the work of the next; then the parallel refreshes trip over each other where nobody catches it. Here it waits
 * for the hosts that it knows, as it does behind a proxy for SNI. What that gives up: nodes that all changed their
 * addresses meanwhile are found with the next client only.
 */
export function returnToKnownHosts(): void {
  ControlConnection.prototype._refreshControlConnection = async function borrow(plan) {
    this.connection = this._borrowAConnection(plan);
  };
}
