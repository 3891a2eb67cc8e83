// Served here: what the contract says about the table.
import { userColumns } from '../../words/users.ts';
import type { Services } from '../services.ts';
import type { Api } from './api.ts';

export function tableRouter(api: Api, { rows, cql, exports }: Services) {
  return {
    rows: {
      read: api.rows.read.handler(({ input }) => rows.read(input.limit, input.page)),
      window: api.rows.window.handler(({ input }) => rows.window(input)),
      find: api.rows.find.handler(({ input }) => rows.find(input.id)),
      size: api.rows.size.handler(({ signal }) => rows.size(signal)),
      count: api.rows.count.handler(({ signal }) => rows.count(signal)),
    },
    cql: {
      execute: api.cql.execute.handler(({ input }) => cql.execute(input)),
    },
    export: {
      start: api.export.start.handler(({ input }) =>
        exports.start({ ...input, columns: input.columns ?? userColumns }, () => rows.all()),
      ),
      next: api.export.next.handler(({ input, signal }) => exports.feed.next(input.after, signal)),
      cancel: api.export.cancel.handler(() => exports.cancel()),
    },
  };
}
