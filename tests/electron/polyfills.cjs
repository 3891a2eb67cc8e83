// What Node 16, inside the Electron that the tests run on, lacks of what the app is written for. Test-only.
'use strict';
require('./language.cjs');
const streams = require('node:stream/web');
const { Blob } = require('node:buffer');
const { webcrypto } = require('node:crypto');
const v8 = require('node:v8');

const define = (target, name, value) => {
  if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true });
};

for (const [name, value] of Object.entries({ ...streams, Blob, crypto: webcrypto }))
  define(globalThis, name, value);
define(globalThis, 'structuredClone', (value) => v8.deserialize(v8.serialize(value)));
define(AbortSignal, 'timeout', (ms) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('timeout', 'TimeoutError')), ms).unref();
  return controller.signal;
});
define(AbortSignal, 'any', (signals) => {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
});
define(require('node:buffer'), 'isUtf8', (bytes) => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
});
// pino asks for it at loading; nobody listens here.
define(require('node:diagnostics_channel'), 'tracingChannel', () => ({ hasSubscribers: false }));
// Asked for by `instanceof` only. The tests have no network: what is fetched is as far away as it would be.
for (const name of ['FormData', 'File', 'Headers', 'Request', 'Response']) define(globalThis, name, class {});
define(globalThis, 'fetch', () => Promise.reject(new TypeError('fetch failed')));
