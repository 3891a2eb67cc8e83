// A host in a process of its own, for the fuzz test to shower: the real app on folders of the test, the real server.
// Prints its address; whatever nobody caught ends it, as it would anywhere.
import { createApp } from '../../app/create-app.ts';
import { serveApp } from '../../server/serve-app.ts';

const [dataDir = '', cacheDir = '', staticDir = '', deadAddress = ''] = process.argv.slice(2);
const app = await createApp({
  // Nothing that could be started: no jars, no templates, nobody at the addresses.
  folders: { dataDir, cacheDir, resourcesDir: cacheDir, composeFile: cacheDir },
  engine: {
    kind: 'external',
    addresses: { brokers: [deadAddress], contactPoints: [deadAddress], localDataCenter: 'datacenter1' },
    access: { kafka: {}, cassandra: { localDataCenter: 'datacenter1' } },
  },
  host: { kind: 'browser' },
});
const serving = await serveApp({ router: app.router, staticDir });
process.stdout.write(`${serving.url}\n`);
process.once(
  'SIGTERM',
  () =>
    void serving
      .close()
      .then(() => app.close())
      .then(() => process.exit()),
);
