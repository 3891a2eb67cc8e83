// The part of the contract about the Schema Registry of a stack that has one.
// Each call rejects with `REGISTRY_MISSING` where there is none, and `REGISTRY_UNREACHABLE` where it is silent.
import { z } from 'zod';
import { knownSchema, schemaSubject } from '../words/schemas.ts';
import { procedure } from './procedure.ts';

export const schemasContract = {
  schemas: {
    /** The versions of the record's schema. */
    read: procedure.output(schemaSubject),
    /** Registers the record's schema; where it is there already, nothing changes. */
    register: procedure.output(z.void()),
    /** What a message's schema id stands for; null where the registry has no such id. */
    find: procedure.input(z.object({ id: z.number().int().nonnegative() })).output(knownSchema.nullable()),
  },
};
