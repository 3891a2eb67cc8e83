// What a person hears of a failed call: our own code where there is one, whatever shape the answer has.
import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { toFault } from './fault.ts';

describe('a failed call', () => {
  it('says its code, with the names and numbers of its sentence', () => {
    const data = { address: '127.0.0.1:9092', tries: 3, more: { deep: true } };
    expect(toFault(new ORPCError('BROKER_UNREACHABLE', { data }), true)).toEqual({
      code: 'BROKER_UNREACHABLE',
      params: { address: '127.0.0.1:9092', tries: 3 },
    });
  });

  it.each([[undefined], [null], ['text'], [7]])(
    'says its code without parameters where they are %s',
    (data) => {
      expect(toFault(new ORPCError('TABLE_MISSING', { data }), true)).toEqual({
        code: 'TABLE_MISSING',
        params: {},
      });
    },
  );

  it('names the fields that the contract refused, and why', () => {
    const issues = [
      { path: ['forMs'], message: 'too small' },
      { path: ['users', 0, 'id'], message: 'no text' },
      { message: 'not good' },
      'nothing',
    ];
    expect(toFault(new ORPCError('BAD_REQUEST', { data: { issues } }), true)).toEqual({
      code: 'BAD_INPUT',
      params: { detail: 'forMs: too small; users.0.id: no text; not good' },
    });
    expect(toFault(new ORPCError('BAD_REQUEST', { data: 'what' }), true).code).toBe('BAD_INPUT');
  });

  it('was lost on the way where the line is gone', () => {
    expect(toFault(new Error('closed'), false)).toEqual({ code: 'CONNECTION_LOST', params: {} });
    expect(toFault(new ORPCError('NEW_CODE'), true).code).toBe('UNEXPECTED');
  });
});
