import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findJava } from './java.ts';

const root = await realpath(await mkdtemp(join(tmpdir(), 'riacho-java-')));
afterAll(() => rm(root, { recursive: true }));

/** A folder that looks like a Java of this version; its path. */
async function fakeJava(name: string, version: string): Promise<string> {
  const home = join(root, name);
  await program(join(home, 'bin', 'java'), 'exit 1');
  await writeFile(join(home, 'release'), `IMPLEMENTOR="x"\nJAVA_VERSION="${version}"\n`);
  return home;
}

async function program(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

describe('finding Java', async () => {
  const old = await fakeJava('jvms/java-8', '1.8.0_402');
  const wanted = await fakeJava('jvms/java-17', '17.0.15');
  const newest = await fakeJava('jvms/java-25', '25.0.1');
  const near = await fakeJava('other/java-21', '21.0.2');
  const everywhere = { javaHome: undefined, path: '', folders: [join(root, 'jvms')] };

  it('takes 17 wherever it is, before any other that comes first', async () => {
    const java = await findJava({ javaHome: newest, path: join(old, 'bin'), folders: [join(root, 'jvms')] });
    expect(java).toMatchObject({ home: wanted, version: '17.0.15', major: 17 });
  });

  it('takes the one packed with the app before any other, and knows it again wherever the app was put', async () => {
    const packed = await fakeJava('app/jre', '17.0.9');
    const moved = await fakeJava('elsewhere/jre', '17.0.9');
    for (const home of [packed, moved]) {
      await mkdir(join(home, 'lib'));
      await writeFile(join(home, 'lib', 'modules'), 'classes');
    }
    const found = await findJava({ ...everywhere, javaHome: wanted, packed });
    expect(found).toMatchObject({ home: packed, version: '17.0.9' });
    expect((await findJava({ ...everywhere, packed: moved })).build).toBe(found.build);
    expect((await findJava({ ...everywhere, packed: join(root, 'none') })).home).toBe(wanted);
  });

  it('takes the 17 of JAVA_HOME before others of 17', async () => {
    const mine = await fakeJava('mine', '17.0.1');
    expect((await findJava({ ...everywhere, javaHome: mine })).home).toBe(mine);
  });

  it('skips a JAVA_HOME that points nowhere', async () => {
    expect((await findJava({ ...everywhere, javaHome: join(root, 'gone') })).home).toBe(wanted);
  });

  it('takes the nearest other where there is no 17', async () => {
    const java = await findJava({
      javaHome: newest,
      path: [join(old, 'bin'), join(near, 'bin')].join(':'),
      folders: [],
    });
    expect(java).toMatchObject({ home: near, major: 21 });
  });

  it('finds the Java behind a link', async () => {
    await mkdir(join(root, 'bin'), { recursive: true });
    await symlink(join(wanted, 'bin', 'java'), join(root, 'bin', 'java'));
    expect((await findJava({ javaHome: undefined, path: join(root, 'bin'), folders: [] })).home).toBe(wanted);
  });

  it('asks a shim that has no release file', async () => {
    const shim = join(root, 'shims', 'java');
    await program(shim, 'echo "    java.home = /opt/j17\n    java.version = 17.0.9" >&2');
    const java = await findJava({ javaHome: undefined, path: dirname(shim), folders: [] });
    expect(java).toMatchObject({ path: shim, home: '/opt/j17', version: '17.0.9', major: 17 });
  });

  it('says how to install one where there is none that runs', async () => {
    await program(join(root, 'stub', 'java'), 'exit 1');
    const places = { javaHome: undefined, path: join(root, 'stub'), folders: [join(root, 'none')] };
    await expect(findJava(places)).rejects.toMatchObject({
      code: 'NO_JAVA',
      params: { command: expect.any(String) },
    });
  });
});
