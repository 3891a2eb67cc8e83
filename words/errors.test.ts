// The one error class: what it carries to a person.
import { describe, expect, it } from 'vitest';
import { RiachoError } from './errors.ts';

describe('an error for a person', () => {
  it('carries no stack trace that a library put into its message', () => {
    const detail =
      'no such data center: [a]\n    at Connection.open (/x/y.js:8:15)\n    at main (/x/z.js:1:1)';
    const error = new RiachoError('CASSANDRA_REFUSED', { detail, port: 9042 }, new Error('all of it'));
    expect(error.fault).toEqual({
      code: 'CASSANDRA_REFUSED',
      params: { detail: 'no such data center: [a]', port: 9042 },
    });
  });

  it('keeps every other line of what was said', () => {
    const detail = 'line 1:0\n at noon\ntwo';
    expect(new RiachoError('CQL_REFUSED', { detail }).params).toEqual({ detail });
  });
});
