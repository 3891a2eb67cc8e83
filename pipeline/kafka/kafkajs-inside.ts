// What of kafkajs 2.2.4 can only be mended inside of it: two faults, and a cost. Imported for its effect, before the first client.
import Connection from 'kafkajs/src/network/connection.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';

/** Bytes of the number that says how long an answer is. */
const sizeBytes = 4;
/** What an encoder begins with. */
const onHeapBytes = 64;

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

/**
 * It takes half a kilobyte, cleared, for each part of each message, and a power of two more as it grows: a fifth of a
 * producer's time, `npm run bench`. Small ones now stay on the heap (up to 64 bytes, says V8), larger ones grow uncleared:
 * nothing is ever read beyond what was written.
 */
function growEncodersAsNeeded(): void {
  Encoder.nextPowerOfTwo = () => onHeapBytes;
  Encoder.prototype.ensureAvailable = function growUncleared(length: number): void {
    const needed = this.offset + length;
    if (needed <= this.buf.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.buf.length));
    this.buf.copy(larger, 0, 0, this.offset);
    this.buf = larger;
  };
}

calmRequestQueue();
forgetHalfAnswers();
growEncodersAsNeeded();
