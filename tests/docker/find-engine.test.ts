// Finding Docker: the engine of this machine, and one that is reached over TLS with keys on both sides.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openDocker } from '../../stack/docker/engine/find-engine.ts';
import { inspectDocker } from '../../stack/docker/inspect.ts';
import { defaultFolders } from '../../app/folders.ts';
import { docker } from './stack.ts';

/** An authority, and a server's and a client's keys that it has signed, as docker's own manual has them made. */
async function makeKeys(folder: string): Promise<void> {
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args, { cwd: folder });
  const fresh = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  await openssl(...fresh, '-subj', '/CN=authority', '-keyout', 'ca-key.pem', '-out', 'ca.pem');
  const signed = [...fresh, '-CA', 'ca.pem', '-CAkey', 'ca-key.pem'];
  const altname = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  await openssl(
    ...signed,
    '-subj',
    '/CN=server',
    ...altname,
    '-keyout',
    'server-key.pem',
    '-out',
    'server.pem',
  );
  await openssl(...signed, '-subj', '/CN=client', '-keyout', 'key.pem', '-out', 'cert.pem');
}

describe('Docker', () => {
  it('is found on this machine, and says what it is', async () => {
    const { docker: engine, version } = await openDocker();
    expect(version).toBe(await docker('version', '--format', '{{.Server.Version}}'));
    expect(await engine.info()).toMatchObject({ OSType: 'linux' });
    const finding = await inspectDocker({ composeFile: defaultFolders().composeFile });
    expect(finding).toMatchObject({
      kind: 'docker',
      detail: expect.stringMatching(/^Docker \d+\.\d+ · \d+ CPUs · \d+ GiB$/),
    });
    expect(finding.fault).toBeUndefined();
    expect(finding.profiles?.find(({ name }) => name === 'light')?.services).toEqual(['kafka', 'cassandra']);
    const full = finding.profiles?.find(({ name }) => name === 'full')?.services;
    expect(full).toContain('airflow-webserver');
    expect(full).not.toContain('airflow-init');
  });

  it('is a fault in a finding that names its profiles all the same', async () => {
    const { composeFile } = defaultFolders();
    const address = 'unix:///nowhere/docker.sock';
    const finding = await inspectDocker({ composeFile, places: [{ address, isChosen: false }] });
    expect(finding).toMatchObject({
      detail: '',
      fault: { code: 'DOCKER_MISSING', params: { detail: '/nowhere/docker.sock' } },
      profiles: expect.arrayContaining([expect.objectContaining({ name: 'full' })]),
    });
  });

  it('is reached over TLS by whoever has the keys, and by nobody else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'riacho-tls-'));
    await makeKeys(folder);
    const read = (name: string) => readFile(join(folder, name));
    const server = createServer(
      {
        ca: await read('ca.pem'),
        cert: await read('server.pem'),
        key: await read('server-key.pem'),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (asked, response) =>
        response.end(asked.url === '/_ping' ? 'OK' : '{"Version":"27.1.0","ApiVersion":"1.46"}'),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    const address = `tcp://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
    try {
      const opened = await openDocker([{ address, isChosen: true, tlsFolder: folder }]);
      expect(await opened.docker.version()).toMatchObject({ Version: '27.1.0' });
      const without = openDocker([{ address, isChosen: true, tlsFolder: tmpdir() }]);
      await expect(without).rejects.toMatchObject({
        code: 'DOCKER_NOT_RUNNING',
        params: { detail: expect.stringMatching(/SIGNED|ISSUER|VERIFY/) },
      });
    } finally {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    }
  });
});
