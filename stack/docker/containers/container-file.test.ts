import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { firstFile } from './container-file.ts';

it.each(['', 'a password', 'ção\n'.repeat(400)])('a file comes out of its archive as it went in', (text) => {
  const folder = mkdtempSync(join(tmpdir(), 'riacho-tar-'));
  writeFileSync(join(folder, 'file'), text);
  const archive = execFileSync('tar', ['-C', folder, '-cf', '-', 'file']);
  rmSync(folder, { recursive: true });
  expect(firstFile(archive)).toBe(text);
});
