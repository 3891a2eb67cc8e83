// Decides of a message's value: a row, or the reason why not. Pure and quick: it runs for every message.
// The same for every implementation: tests/vectors/messages.json is the truth, words/dead-letters.ts the order.
import { isUtf8 } from 'node:buffer';
import type { DeadLetterReason } from '../../words/dead-letters.ts';
import { emailPattern, idMaxBytes, userColumns, type User, type UserColumn } from '../../words/users.ts';

/** A row to write, or why there is none; `field` names the column where the reason is about one. */
export type Decision = { row: User } | { reason: DeadLetterReason; field?: UserColumn };

/**
 * Takes the bytes of a message's value (`null`: the message has none). Never throws.
 * A field's number or boolean is taken as its text: a safe integer as its decimal digits
 * (`1e3` → `1000`, `-0` → `0`, `1.0` → `1`), `true` and `false` as these words.
 */
export function decide(value: Buffer | null): Decision {
  if (value === null) return { reason: 'null-value' };
  if (value.length === 0) return { reason: 'empty-value' };
  if (!isUtf8(value)) return { reason: 'not-utf8' };
  const parsed = parse(value);
  if (parsed === notJson) return { reason: 'not-json' };
  if (!isObject(parsed)) return { reason: 'not-object' };

  const row = emptyRow();
  for (const column of userColumns) {
    // Own fields only: a message cannot inherit one.
    if (!Object.hasOwn(parsed, column)) return { reason: 'missing-field', field: column };
    const field = parsed[column];
    if (typeof field === 'string') {
      if (!field.isWellFormed()) return { reason: 'ill-formed-text', field: column };
      row[column] = field;
    } else if (typeof field === 'number') {
      if (!Number.isSafeInteger(field)) return { reason: 'unsafe-number', field: column };
      row[column] = String(field);
    } else if (typeof field === 'boolean') {
      row[column] = String(field);
    } else {
      return { reason: reasonOfNoText(field), field: column };
    }
  }
  if (row.id === '') return { reason: 'empty-id', field: 'id' };
  // A UTF-16 unit is at most three bytes of UTF-8, so most ids need no counting.
  if (row.id.length * 3 > idMaxBytes && Buffer.byteLength(row.id) > idMaxBytes) {
    return { reason: 'id-too-long', field: 'id' };
  }
  if (!emailPattern.test(row.email)) return { reason: 'bad-email', field: 'email' };
  return { row };
}

const notJson = Symbol('not JSON');

/** Parses without recursion, so depth is no danger; a byte order mark is kept, and so is no JSON. */
function parse(value: Buffer): unknown {
  try {
    const parsed: unknown = JSON.parse(value.toString('utf8'));
    return parsed;
  } catch {
    return notJson;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON knows no other kinds than these once text, numbers and booleans are off. */
function reasonOfNoText(field: unknown): DeadLetterReason {
  if (field === null) return 'null-field';
  return Array.isArray(field) ? 'list-field' : 'object-field';
}

/** All 12 keys in order from the start: one shape for every row, and none can be forgotten. */
function emptyRow(): User {
  return {
    id: '',
    first_name: '',
    last_name: '',
    gender: '',
    address: '',
    post_code: '',
    email: '',
    username: '',
    dob: '',
    registered_date: '',
    phone: '',
    picture: '',
  };
}
