// What a person has set: kept whole or not at all, partly changed, and in force at once where an engine depends on it.
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { settings as settingsSchema } from '../words/settings.ts';
import { CurrentEngine } from './current-engine.ts';
import { defaultFolders } from './folders.ts';
import { readSettings, usualSettings } from './settings-file.ts';
import { SettingsService } from './settings.ts';

const root = await mkdtemp(join(tmpdir(), 'riacho-settings-'));
afterAll(() => rm(root, { recursive: true }));

async function open(state = { hasRuns: false }) {
  const dataDir = await mkdtemp(join(root, 'lab-'));
  const engine = await CurrentEngine.create(
    { folders: defaultFolders(dataDir), settings: () => settingsSchema.parse({}) },
    { kind: 'embedded' },
  );
  const closed: string[] = [];
  const settings = new SettingsService({
    dataDir,
    engine,
    initial: settingsSchema.parse({}),
    hasRuns: () => state.hasRuns,
    whileClosed: async (work) => {
      closed.push('closed');
      await work();
    },
  });
  return { dataDir, engine, settings, closed, file: join(dataDir, 'settings.json') };
}

const external = settingsSchema.parse({}).external;
const elsewhere = { ...external, brokers: 'a:1, b:2', contactPoints: 'c:3' };

describe('settings', () => {
  it('are the usual ones until something is saved, and leave no file before', async () => {
    const { dataDir, settings } = await open();
    expect(settings.read()).toEqual(settingsSchema.parse({}));
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('name Docker on Windows, where Cassandra does not run by itself', () => {
    expect(usualSettings('win32').engine).toBe('docker');
    expect(usualSettings('darwin').engine).toBe('embedded');
  });

  it('change in the parts that are given, and in no others', async () => {
    const { dataDir, settings, file } = await open();
    await settings.save({ theme: 'dark', ports: { kafka: 1_111, cassandra: 2_222 } });
    await settings.save({ language: 'pt-BR' });
    const expected = { theme: 'dark', ports: { kafka: 1_111, cassandra: 2_222 }, language: 'pt-BR' };
    expect(settings.read()).toMatchObject(expected);
    expect(await readSettings(dataDir)).toEqual(settings.read());
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['settings.json']);
  });

  it('keep what another window has saved meanwhile', async () => {
    const { dataDir, settings, file } = await open();
    await settings.save({ theme: 'dark' });
    const theirs = { ...settings.read(), language: 'en' };
    await writeFile(file, JSON.stringify(theirs));
    expect(await settings.save({ showPictures: false })).toMatchObject({
      language: 'en',
      showPictures: false,
    });
    expect((await readSettings(dataDir)).theme).toBe('dark');
  });

  it('are saved one after the other, however many save at once', async () => {
    const { dataDir, settings } = await open();
    await Promise.all([
      settings.save({ theme: 'dark' }),
      settings.save({ language: 'pt-BR' }),
      settings.save({ showPictures: false }),
    ]);
    expect(await readSettings(dataDir)).toMatchObject({
      theme: 'dark',
      language: 'pt-BR',
      showPictures: false,
    });
  });

  it('refuse one port for two services', async () => {
    const { settings } = await open();
    const ports = { kafka: 4_000, cassandra: 4_000 };
    await expect(settings.save({ ports })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(settings.read().ports.kafka).toBe(9_092);
  });

  it.each([
    ['{"engine": "steam", "theme": "green"}', 'theme, engine'],
    ['{"ports": {"kafka": 0}}', 'ports.kafka'],
    ['{', expect.stringContaining('JSON')],
  ])('that cannot be understood say where: %s', async (text, detail) => {
    const { dataDir, file } = await open();
    await writeFile(file, text);
    const params = { path: file, detail };
    await expect(readSettings(dataDir)).rejects.toMatchObject({ code: 'SETTINGS_UNREADABLE', params });
  });

  it('that cannot be written are not in force', async () => {
    const { dataDir, engine, settings, file } = await open();
    // Root may write anywhere; a folder in the file's place stops also root.
    await mkdir(join(file, 'x'), { recursive: true });
    const saving = settings.save({ engine: 'external', external: elsewhere });
    await expect(saving).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', params: { path: file } });
    expect(engine.kind).toBe('embedded');
    expect(settings.read().engine).toBe('embedded');
    expect(await readdir(dataDir)).toEqual(['settings.json']);
  });
});

describe('the engine of the settings', () => {
  it('is put in force, with its clients closed, and replaced when its addresses change', async () => {
    const { engine, settings, closed } = await open();
    const versions = [(await engine.next(0)).version];
    await settings.save({ engine: 'external', external: elsewhere });
    const { version, frame } = await engine.next(0);
    versions.push(version);
    expect(frame.services.map(({ address }) => address)).toEqual(['a:1,b:2', 'c:3']);
    expect(closed).toHaveLength(1);
    await settings.save({ theme: 'light' });
    expect(closed).toHaveLength(1);
    await settings.save({ external: { ...elsewhere, brokers: 'd:4', create: true, replication: 3 } });
    expect(closed).toHaveLength(2);
    expect((await engine.next(0)).frame.services[0]?.address).toBe('d:4');
    expect(engine.creation).toEqual({ replication: 3 });
    await settings.save({ engine: 'embedded' });
    expect(engine.kind).toBe('embedded');
    versions.push((await engine.next(0)).version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  });

  it('gets passwords, which are in no file', async () => {
    const { engine, settings, file } = await open();
    await settings.giveSecrets({ kafkaPassword: 'k-secret' });
    await settings.save({
      engine: 'external',
      external: { ...elsewhere, kafkaUser: 'ana', cassandraUser: 'bia' },
    });
    expect(engine.access.kafka.sasl).toEqual({ username: 'ana', password: 'k-secret' });
    await settings.giveSecrets({ cassandraPassword: 'c-secret' });
    expect(engine.access.kafka.sasl).toEqual({ username: 'ana', password: 'k-secret' });
    expect(engine.access.cassandra.credentials).toEqual({ username: 'bia', password: 'c-secret' });
    expect(await readFile(file, 'utf8')).not.toContain('secret');
  });

  it('stays while a run uses it', async () => {
    const state = { hasRuns: true };
    const { engine, settings } = await open(state);
    const wanted = { engine: 'external', external: elsewhere } as const;
    await expect(settings.save(wanted)).rejects.toMatchObject({ code: 'STACK_RUNNING' });
    expect(engine.kind).toBe('embedded');
    expect(settings.read().engine).toBe('embedded');
    state.hasRuns = false;
    await settings.save(wanted);
    expect(engine.kind).toBe('external');
  });

  it('needs an authority that can be read', async () => {
    const { engine, settings } = await open();
    const tlsCa = join(root, 'nowhere.pem');
    const saving = settings.save({ engine: 'external', external: { ...elsewhere, tlsCa } });
    await expect(saving).rejects.toMatchObject({ code: 'BAD_INPUT', params: { detail: tlsCa } });
    expect(engine.kind).toBe('embedded');
  });
});

describe('the data folder', () => {
  it('is measured with all that lies in it', async () => {
    const { dataDir, settings } = await open();
    await writeFile(join(dataDir, 'x'), Buffer.alloc(5_000));
    const { path, bytes, freeBytes } = await settings.dataFolder();
    expect({ path, bytes }).toEqual({ path: dataDir, bytes: 5_000 });
    expect(freeBytes).toBeGreaterThan(0);
  });
});
