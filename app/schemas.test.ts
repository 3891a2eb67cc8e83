// What keeps the schema out of the registry is kept and told; a stack without a registry lacks nothing.
import { describe, expect, it } from 'vitest';
import type { StackAddresses } from '../words/stack.ts';
import { Schemas } from './schemas.ts';

function schemasOf(more: Partial<StackAddresses>): { schemas: Schemas; logged: string[] } {
  const logged: string[] = [];
  const addresses = async () => ({ brokers: [], contactPoints: [], localDataCenter: '', ...more });
  return { schemas: new Schemas({ engine: { addresses }, log: (message) => logged.push(message) }), logged };
}

describe('registering as the stack starts', () => {
  it('keeps why it could not be done, for whoever looks, until the stack stops', async () => {
    const { schemas, logged } = schemasOf({ schemaRegistry: 'http://127.0.0.1:9' });
    const before = schemas.revision;
    await schemas.registerIfThere();
    expect(schemas.fault).toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
    expect(schemas.revision).toBeGreaterThan(before);
    expect(logged).toHaveLength(1);
    schemas.forget();
    expect(schemas.fault).toBeUndefined();
  });

  it('is no matter where there is no registry; who asks for one is told', async () => {
    const { schemas, logged } = schemasOf({});
    await schemas.registerIfThere();
    expect([schemas.fault, logged]).toEqual([undefined, []]);
    for (const asked of [schemas.read(), schemas.find(1), schemas.register()])
      await expect(asked).rejects.toMatchObject({ code: 'REGISTRY_MISSING' });
  });
});
