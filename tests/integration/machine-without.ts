// Loaded before a program of ours (`node --import`): hides what RIACHO_TEST_WITHOUT names, as if it were not there.
import dns from 'node:dns';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const hidden = new Set((process.env['RIACHO_TEST_WITHOUT'] ?? '').split(' '));

if (hidden.has('java')) {
  const folders: unknown[] = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines'];
  files.readdir = new Proxy(files.readdir, {
    apply: (readdir, self, args: Parameters<typeof files.readdir>) =>
      folders.includes(args[0]) ? Promise.resolve([]) : Reflect.apply(readdir, self, args),
  });
}

if (hidden.has('api')) {
  dns.lookup = new Proxy(dns.lookup, {
    apply(lookup, self, args: Parameters<typeof dns.lookup>) {
      const [name] = args;
      if (name !== 'randomuser.me') return Reflect.apply(lookup, self, args);
      const answer: unknown = args.at(-1);
      const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
      if (typeof answer === 'function') setImmediate(() => answer(error));
      return undefined;
    },
  });
}

syncBuiltinESMExports();
