// The client against what registries answered: Apicurio 3.0's Confluent interface, recorded, and Confluent's own where its
// documentation has another answer.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SchemaRegistry } from './schema-registry.ts';

type Answer = [status: number, body: string | object];

const subject = 'dsa_kafka_topic-value';
const versions = `/subjects/${subject}/versions`;
const noSubject: Answer = [
  404,
  { message: `No artifact with ID '${subject}' in group 'null' was found.`, error_code: 40_401 },
];
const noId: Answer = [404, { message: "No content with ID '99' was found.", error_code: 40_403 }];

let server: Server;
let registry: SchemaRegistry;
let address: string;
const answers = new Map<string, Answer>();
const asked: { path: string; body: string; type: string | undefined }[] = [];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

beforeEach(async () => {
  answers.clear();
  asked.length = 0;
  server = createServer((request, response) => {
    const path = `${request.method} ${request.url}`;
    void bodyOf(request).then((body) => {
      asked.push({ path, body, type: request.headers['content-type'] });
      const [status, answer] = answers.get(path) ?? [500, 'not expected'];
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  address = `http://127.0.0.1:${typeof place === 'object' ? place?.port : ''}`;
  registry = new SchemaRegistry(`${address}/`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

describe('a subject', () => {
  it('is shown with its versions, the newest first', async () => {
    answers.set(`GET ${versions}`, [200, [1, 2]]);
    answers.set(`GET ${versions}/1`, [
      200,
      { subject, version: 1, id: 3, schema: '{}', schemaType: 'JSON', references: [] },
    ]);
    // Avro is what has no type.
    answers.set(`GET ${versions}/2`, [200, { subject, version: 2, id: 4, schema: '"string"' }]);
    answers.set(`GET /config/${subject}?defaultToGlobal=true`, [200, { compatibilityLevel: 'BACKWARD' }]);
    expect(await registry.subject(subject)).toEqual({
      subject,
      registry: address,
      compatibility: 'BACKWARD',
      versions: [
        { version: 2, id: 4, type: 'AVRO', schema: '"string"' },
        { version: 1, id: 3, type: 'JSON', schema: '{}' },
      ],
      total: 2,
    });
  });

  it('is empty where nobody has registered anything, with the level that holds everywhere', async () => {
    answers.set(`GET ${versions}`, noSubject);
    answers.set(`GET /config/${subject}?defaultToGlobal=true`, noSubject);
    answers.set('GET /config', [200, { compatibilityLevel: 'NONE' }]);
    expect(await registry.subject(subject)).toEqual({
      subject,
      registry: address,
      compatibility: 'NONE',
      versions: [],
      total: 0,
    });
  });

  it('of a hundred versions is asked for the newest twenty', async () => {
    answers.set(`GET ${versions}`, [200, Array.from({ length: 100 }, (_, index) => index + 1)]);
    answers.set('GET /config', [200, { compatibilityLevel: 'NONE' }]);
    answers.set(`GET /config/${subject}?defaultToGlobal=true`, noSubject);
    for (let version = 81; version <= 100; version += 1)
      answers.set(`GET ${versions}/${version}`, [
        200,
        { version, id: version, schema: '{}', schemaType: 'JSON' },
      ]);
    const found = await registry.subject(subject);
    expect(found.total).toBe(100);
    expect(found.versions.map(({ version }) => version)).toEqual(
      Array.from({ length: 20 }, (_, n) => 100 - n),
    );
  });
});

describe('registering', () => {
  it('says that it is JSON Schema, in the registry’s own type', async () => {
    answers.set(`POST ${versions}`, [200, { id: 1 }]);
    await registry.register(subject, '{"type":"object"}');
    expect(asked).toEqual([
      {
        path: `POST ${versions}`,
        body: '{"schemaType":"JSON","schema":"{\\"type\\":\\"object\\"}"}',
        type: 'application/vnd.schemaregistry.v1+json',
      },
    ]);
  });

  it('of a schema that does not go with those before it is told as that', async () => {
    const message = 'Incompatible artifact: t-value [JSON], num of incompatible diffs: {2}';
    answers.set(`POST ${versions}`, [409, { message, error_code: 409 }]);
    await expect(registry.register(subject, '{}')).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPATIBLE',
      params: { subject, detail: message },
    });
  });
});

describe('a schema’s id', () => {
  it('has a type and the versions that use it', async () => {
    answers.set('GET /schemas/ids/1', [200, { schema: '{}', schemaType: 'JSON', references: [] }]);
    answers.set('GET /schemas/ids/1/versions', [200, [{ subject, version: 1 }]]);
    expect(await registry.schema(1)).toEqual({ type: 'JSON', usedBy: [{ subject, version: 1 }] });
  });

  it('is nothing where the registry does not know it', async () => {
    answers.set('GET /schemas/ids/99', noId);
    answers.set('GET /schemas/ids/99/versions', noId);
    expect(await registry.schema(99)).toBeUndefined();
  });
});

describe('what is no registry, or refuses', () => {
  it.each([
    ['a login', [401, { error_code: 401, message: 'Unauthorized' }], 'HTTP 401: Unauthorized'],
    ['another page', [404, '<!doctype html>no such page'], 'HTTP 404: <!doctype html>no such page'],
    ['another API', [200, { status: 'UP' }], '/config: {"status":"UP"}'],
    [
      'a registry without its broker',
      [500, { error_code: 50_001, message: 'x'.repeat(900) }],
      `HTTP 500: ${'x'.repeat(300)}`,
    ],
  ] as [string, Answer, string][])('is told: %s', async (_, answer, detail) => {
    answers.set('GET /config', answer);
    await expect(registry.compatibility()).rejects.toMatchObject({
      code: 'REGISTRY_REFUSED',
      params: { address, detail },
    });
  });

  it('is unreachable where nobody listens', async () => {
    await expect(new SchemaRegistry('http://127.0.0.1:9').compatibility()).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      params: { address: 'http://127.0.0.1:9' },
    });
  });

  it('lets go as soon as it is given up', async () => {
    const leaving = new AbortController();
    leaving.abort();
    await expect(registry.compatibility(leaving.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
