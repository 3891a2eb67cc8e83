// The parts of kafkajs's inside that are touched, see kafkajs-inside.ts; the library describes only its outside.
declare module 'kafkajs/src/network/requestQueue/index.js' {
  interface Queue {
    pending: unknown[];
    throttledUntil: number;
  }
  const RequestQueue: { prototype: { scheduleCheckPendingRequests: (this: Queue) => void } };
  export default RequestQueue;
}
declare module 'kafkajs/src/network/connection.js' {
  interface Heard {
    /** What came of an answer that is not whole yet. */
    chunks: Buffer[];
    bytesBuffered: number;
    bytesNeeded: number;
    isConnected: () => boolean;
  }
  const Connection: { prototype: { connect: (this: Heard) => Promise<boolean> } };
  export default Connection;
}
