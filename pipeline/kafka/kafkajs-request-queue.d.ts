// The one part of kafkajs's inside that is touched, see kafkajs-broker.ts; the library describes only its outside.
declare module 'kafkajs/src/network/requestQueue/index.js' {
  interface Queue {
    pending: unknown[];
    throttledUntil: number;
  }
  const RequestQueue: { prototype: { scheduleCheckPendingRequests: (this: Queue) => void } };
  export default RequestQueue;
}
