// doctor: what this machine needs and whether it is there, and on request one file for whoever helps.
import { resolve } from 'node:path';
import { RiachoError } from '../../words/errors.ts';
import { sentenceOf } from '../failure.ts';
import type { Terminal } from '../host.ts';
import { size } from '../screen.ts';

export interface DoctorFlags {
  /** Where the diagnostics go; also when something is missing, since that is when they are wanted. */
  bundle?: string;
}

export async function doctor(terminal: Terminal, { bundle }: DoctorFlags): Promise<void> {
  const { client, screen, say } = terminal;
  const findings = await client.doctor.check();
  for (const { name, detail, fault } of findings) {
    screen.event({
      event: 'finding',
      name,
      detail,
      ...(fault && { fault, sentence: sentenceOf(fault, say) }),
    });
    screen.line(
      `${fault ? '✗' : '✓'} ${say(`findings.${name}`)}: ${fault ? sentenceOf(fault, say) : detail}`,
    );
  }
  const missing = findings.find(({ fault }) => fault)?.fault;
  screen.line(say(missing ? 'cli.somethingMissing' : 'cli.allWell'));
  if (bundle !== undefined) {
    const file = resolve(bundle);
    const { bytes } = await client.diagnostics.save({ file });
    screen.event({ event: 'bundle', file, bytes });
    screen.line(say('cli.bundled', { file, ...size(bytes) }));
  }
  if (missing) throw new RiachoError(missing.code, missing.params);
}
