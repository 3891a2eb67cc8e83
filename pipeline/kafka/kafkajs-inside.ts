// Two faults of kafkajs 2.2.4 that can only be mended inside of it. Imported for its effect, before the first client.
import Connection from 'kafkajs/src/network/connection.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

/** Bytes of the number that says how long an answer is. */
const sizeBytes = 4;

/**
 * It sets a timer with a negative delay after each answer, on which Node 24 warns each time.
 * Its queue needs the timer only while something waits or the broker throttles.
 */
function calmRequestQueue(): void {
  const { prototype } = RequestQueue;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenNeeded(): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}

/**
 * A connection that broke in the midst of an answer keeps what it had heard and reads the first answer on the next socket
 * as the rest of it: from there on everything is misread, until a nonsensical length ends the process (kafkajs issue 715).
 */
function forgetHalfAnswers(): void {
  const { prototype } = Connection;
  const connect = prototype.connect;
  prototype.connect = function connectAfresh(): Promise<boolean> {
    if (!this.isConnected()) {
      this.chunks = [];
      this.bytesBuffered = 0;
      this.bytesNeeded = sizeBytes;
    }
    return connect.call(this);
  };
}

calmRequestQueue();
forgetHalfAnswers();
