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
declare module 'kafkajs/src/protocol/encoder.js' {
  class Encoder {
    static nextPowerOfTwo: (value: number) => number;
    /** What was written is its first `offset` bytes; the rest is never read. */
    buf: Buffer;
    offset: number;
    /** Only what was written. */
    readonly buffer: Buffer;
    ensureAvailable(length: number): void;
    writeInt32(value: number): this;
    writeVarIntBytes(value: Buffer | string): this;
    writeEncoderArray(value: readonly Encoder[]): this;
  }
  export default Encoder;
}
