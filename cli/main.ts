// The terminal host's entry: reads the language, runs one command, ends with its exit code.
import { CommanderError } from 'commander';
import { commanderFault, exitCodeOf, exitCodes, faultOf, sentenceOf } from './failure.ts';
import { withTerminal } from './host.ts';
import { createProgram } from './program.ts';
import { createSay, languages, systemLanguage, type Language } from './words.ts';

/** The language decides how flags are explained, so it is read before them. */
function languageOf(args: readonly string[]): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const value = args[at]?.includes('=') ? args[at].split('=')[1] : args[at + 1];
  return languages.find((language) => at >= 0 && language === value) ?? systemLanguage(process.env);
}

// What libraries warn of goes to the log file (app/log.ts), not between a person's lines.
process.removeAllListeners('warning');
const args = process.argv.slice(2);
const language = languageOf(args);
const say = await createSay(language);
const interrupt = new AbortController();
let isInterrupted = false;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // Whoever presses twice does not want to wait; the supervisor cleans up behind us.
    if (isInterrupted) process.exit(exitCodes.interrupted);
    isInterrupted = true;
    if (!args.includes('--json')) process.stderr.write(`\n${say('cli.stopping')}\n`);
    interrupt.abort();
  });
}

// Whoever read along has gone (`| head`): nobody is there to be told of it.
process.stdout.on('error', () => {
  isInterrupted = true;
  interrupt.abort();
});

const program = createProgram(say, (flags, command, kind = 'terminal') =>
  withTerminal(flags, { say, language, signal: interrupt.signal, kind }, command),
);

try {
  // Who says nothing wants to know what there is to say.
  await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
} catch (error) {
  const cause = error instanceof CommanderError ? commanderFault(error) : error;
  if (cause !== undefined && !isInterrupted) {
    const fault = faultOf(cause);
    const sentence = sentenceOf(fault, say);
    process.stderr.write(`${sentence}\n`);
    if (args.includes('--json'))
      process.stdout.write(`${JSON.stringify({ event: 'error', ...fault, sentence })}\n`);
    process.exitCode = exitCodeOf(fault);
  }
}
// Everything is closed by now; a client library that keeps a timer or a socket is not waited for.
process.exit(isInterrupted ? exitCodes.interrupted : process.exitCode);
