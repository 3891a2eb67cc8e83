// The one part of cassandra-driver's inside that is touched, see driver-reconnection.ts; the library describes only its
// outside.
declare module 'cassandra-driver/lib/control-connection.js' {
  interface ControlConnection {
    connection: unknown;
    _borrowAConnection(plan: Iterator<unknown>): unknown;
  }
  const ControlConnection: {
    prototype: {
      _refreshControlConnection: (this: ControlConnection, plan: Iterator<unknown>) => Promise<void>;
    };
  };
  export default ControlConnection;
}
