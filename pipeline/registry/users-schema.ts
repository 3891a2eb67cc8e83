// The record's schema as a registry takes it: JSON Schema, draft 7, as one text that is always the same.
import { z } from 'zod';
import { userMessage } from '../../words/schemas.ts';

export const usersSchema: string = JSON.stringify(
  z.toJSONSchema(userMessage, { target: 'draft-7', io: 'input' }),
);
