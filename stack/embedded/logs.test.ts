import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openServiceLog } from './logs.ts';

it('keeps all in the file, and the evidence of the last start in memory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-logs-'));
  const log = openServiceLog(folder, 'kafka');
  log.write(Buffer.from('ERROR of the first start\n'));
  log.forget();
  log.write(Buffer.from('INFO starting\nERROR cannot bi'));
  log.write(Buffer.from('nd\nINFO bye\n'));
  expect(log.evidence()).toBe('ERROR cannot bind');
  await log.close();
  expect(await readFile(log.path, 'utf8')).toBe(
    'ERROR of the first start\nINFO starting\nERROR cannot bind\nINFO bye\n',
  );
  await rm(folder, { recursive: true });
});
