// The Schema Registry of the Docker stack: the record's schema gets there by itself and once, what its serializers write is
// read, and the lab does without it. Where the published image cannot be had, Apicurio's Confluent interface stands in: it
// forgets everything when it ends, where Confluent's keeps it in Kafka.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usersSchema } from '../../pipeline/registry/users-schema.ts';
import { readVectors } from '../../pipeline/users/testing/vectors.ts';
import { usersTopic } from '../../words/users.ts';
import { cli, openLab, type Lab } from '../integration/lab.ts';
import { docker, expectNoStack, removeStack } from './stack.ts';

const address = 'http://localhost:8081';
const subject = 'dsa_kafka_topic-value';
const container = 'dsaservidor-schema-registry-1';
const opened: { lab?: Lab; folder?: string } = {};

function lab(): Lab {
  if (!opened.lab) throw new Error('no lab');
  return opened.lab;
}

/** What a serializer puts before the payload. */
function framed(id: number, payload: Buffer | string): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(id, 1);
  return Buffer.concat([prefix, Buffer.from(payload)]);
}

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(address + path, {
    method,
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

async function schemaId(): Promise<number> {
  const { events } = await lab().cli('schema', '--json');
  return Number(events.find(({ event }) => event === 'schema')?.['id']);
}

beforeAll(async () => {
  await expectNoStack();
  opened.folder = await mkdtemp(join(tmpdir(), 'riacho-registry-'));
  const flags = ['--engine', 'docker', '--profile', 'registry'];
  opened.lab = await openLab({ folder: opened.folder, flags });
});

afterAll(async () => {
  await opened.lab?.close();
  await removeStack();
  if (opened.folder) await rm(opened.folder, { recursive: true, force: true });
});

describe('the schema of a record', () => {
  it('is registered as the stack starts, and no second time', async () => {
    for (const _ of ['as it was started', 'as it runs']) {
      const { code, events } = await lab().cli('schema', '--json');
      expect(code).toBe(0);
      expect(events).toEqual([
        { event: 'schema', subject, version: 1, id: expect.any(Number), type: 'JSON', schema: usersSchema },
        { event: 'summary', subject, registry: address, compatibility: expect.any(String), total: 1 },
      ]);
      expect((await lab().cli('up', '--detach')).code).toBe(0);
    }
  });
});

describe('a registry of one’s own', () => {
  it('is named by its address, beside an external cluster', async () => {
    const { kafka, cassandra } = lab().addresses;
    const places = ['--brokers', kafka, '--contact-points', cassandra, '--schema-registry', address];
    const { code, events } = await cli(['schema', '--json', '--engine', 'external', ...places]);
    expect(code).toBe(0);
    expect(events.at(-1)).toMatchObject({ event: 'summary', subject, registry: address, total: 1 });
  });
});

describe('a message in the registry’s wire format', () => {
  it('is read as its JSON, with the name of its schema; Avro is left as bytes', async () => {
    const [user] = readVectors();
    const json = user?.value?.toString() ?? '';
    const id = await schemaId();
    const producer = await lab().broker.openProducer();
    await producer.send(usersTopic, [
      { key: 'framed', value: framed(id, json), headers: {} },
      { key: 'avro', value: framed(99, Buffer.of(0x06, 0x41, 0x6e, 0xff)), headers: {} },
    ]);
    await producer.close();
    const { events } = await lab().cli('messages', '--json', '--filter', 'framed');
    expect(events[0]).toMatchObject({
      value: { encoding: 'text', content: json, size: json.length + 5, schemaId: id },
    });
    expect(events).toContainEqual({
      event: 'schemaName',
      id,
      type: 'JSON',
      usedBy: [{ subject, version: 1 }],
    });
    const { stdout } = await lab().cli('messages');
    expect(stdout).toContain(`[schema ${id}] {"id":`);
    expect(stdout).toContain(`Schema ${id}: ${subject}/1`);
    expect(stdout).toContain('9 bytes that are not text');
  });

  it('is no row: its letter says what it is', async () => {
    expect((await lab().cli('consume', '--mode', 'initial', '--until-idle', '1s')).code).toBe(0);
    const { events } = await lab().cli('dead-letters', '--json');
    const letters = events.filter(({ event }) => event === 'deadLetter');
    expect(letters).toHaveLength(2);
    expect(letters).toContainEqual(
      expect.objectContaining({ reason: 'not-json', value: expect.objectContaining({ schemaId: 1 }) }),
    );
    expect((await lab().cli('dead-letters')).stdout).toContain('five bytes before the JSON');
  });
});

describe('a registry that is away or refuses', () => {
  it('is told, and messages are read without it', async () => {
    await docker('kill', container);
    const { code, stderr } = await lab().cli('schema');
    expect(code).toBe(1);
    expect(stderr).toContain(`The Schema Registry does not answer at ${address}`);
    const messages = await lab().cli('messages');
    expect(messages.code).toBe(0);
    expect(messages.stdout).toContain('[schema 1] {"id":');
    expect(messages.stdout).toContain('What the schemas are called is not known.');
  });

  it('does not keep the stack from starting, and says why the schema is not there', async () => {
    expect((await lab().cli('up', '--detach')).code).toBe(0);
    await ask('DELETE', `/subjects/${subject}`).catch(() => undefined);
    await ask('PUT', '/config', { compatibility: 'FULL' });
    const other = JSON.stringify({ type: 'object', properties: { id: { type: 'array' } }, required: ['id'] });
    await ask('POST', `/subjects/${subject}/versions`, { schemaType: 'JSON', schema: other });
    const up = await lab().cli('up', '--detach');
    expect(up.code).toBe(0);
    expect(up.stdout).toContain(
      `The Schema Registry has another schema under ${subject}, and refused the record’s:`,
    );
    expect((await lab().status()).stack).toBe('healthy');
  });
});
