// The commands and their flags; what each does stands in `commands/`.
import { Command, Option } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { dagSecondsMax, limitMax, liveRateMax } from '../contract/contract.ts';
import type { Host } from '../app/host.ts';
import type { CommonFlags, Terminal } from './host.ts';
import * as values from './values.ts';
import { languages, type Say } from './words.ts';
import {
  airflowLogin,
  airflowLogs,
  airflowRuns,
  airflowStop,
  airflowTrigger,
  type TriggerFlags,
} from './commands/airflow.ts';
import { consume, produce, type ConsumeFlags } from './commands/records.ts';
import { exportCommand, type ExportFlags } from './commands/export.ts';
import { doctor, type DoctorFlags } from './commands/doctor.ts';
import { cql, deadLetters, messages, rows } from './commands/look.ts';
import { run, type ProduceFlags, type RunFlags } from './commands/run.ts';
import { schema } from './commands/schema.ts';
import { serve, type ServeFlags } from './commands/serve.ts';
import { weatherExport, weatherRows, weatherRun, type WeatherRunFlags } from './commands/weather.ts';
import { down, startStack, status, up } from './commands/stack.ts';
import type { ReadFrom } from '../words/messages.ts';
import { processor } from '../words/runs.ts';
import { engineKind, stackProfile } from '../words/stack.ts';
import { weatherStepMs } from '../words/weather-facts.ts';
import { weatherSource } from '../words/weather.ts';

const portMax = 65_535;

/** Runs a command with an app made from its flags; for a browser where it serves one. */
export type Launch = (
  flags: CommonFlags,
  command: (terminal: Terminal) => Promise<void>,
  kind?: Host['kind'],
) => Promise<void>;

/** Flags of every command, whether it needs a stack or not. */
function withOwnFlags(command: Command, say: Say): Command {
  const text = (name: string): string => say(`cli.options.${name}`);
  return command
    .option('--json', text('json'))
    .option('--data-dir <DIR>', text('dataDir'))
    .option('--lang <LANG>', text('lang'), values.oneOf('--lang', languages));
}

function withCommonFlags(command: Command, say: Say): Command {
  const text = (name: string): string => say(`cli.options.${name}`);
  return withOwnFlags(command, say)
    .addOption(
      new Option('--engine <ENGINE>', text('engine')).argParser(values.oneOf('--engine', engineKind.options)),
    )
    .option('--profile <PROFILE>', text('profile'), values.oneOf('--profile', stackProfile.options))
    .option('--brokers <LIST>', text('brokers'), values.addresses('--brokers'))
    .option('--contact-points <LIST>', text('contactPoints'), values.addresses('--contact-points'))
    .option('--local-data-center <NAME>', text('localDataCenter'), 'datacenter1')
    .option('--kafka-user <USER>', text('kafkaUser'))
    .option('--kafka-tls', text('kafkaTls'))
    .option('--cassandra-user <USER>', text('cassandraUser'))
    .option('--cassandra-tls', text('cassandraTls'))
    .option('--tls-ca <FILE>', text('tlsCa'))
    .option('--master <URL>', text('master'), values.sparkMaster)
    .option('--spark-submit <FILE>', text('sparkSubmit'))
    .option('--schema-registry <URL>', text('schemaRegistry'), values.url('--schema-registry'))
    .option('--create', text('create'))
    .option('--replication <N>', text('replication'), values.positiveInteger('--replication'));
}

function withProduceFlags(command: Command, say: Say): Command {
  const text = (name: string): string => say(`cli.options.${name}`);
  return command
    .addOption(
      new Option('--source <SOURCE>', text('source'))
        .default({ source: 'auto' }, 'auto')
        .argParser(values.source),
    )
    .option('--url <URL>', text('url'), values.url('--url'))
    .option('--for <TIME>', text('for'), values.duration('--for'))
    .option('--count <N>', text('count'), values.positiveInteger('--count'))
    .option('--rate <N|max>', text('rate'), values.rate, 10)
    .option('--faulty <PERCENT>', text('faulty'), values.percent, 0);
}

function withExportFlags(command: Command, say: Say): Command {
  const text = (name: string): string => say(`cli.options.${name}`);
  return command
    .requiredOption('--csv <FILE>', text('csv'))
    .option('--columns <LIST>', text('columns'), values.someOf('--columns'))
    .option('--separator <CHAR>', text('separator'), values.separator, ',')
    .option('--bom', text('bom'))
    .option('--raw', text('raw'));
}

/** The second lab's commands, which need no stack. */
function addWeather(program: Command, say: Say, launch: Launch): void {
  const text = (name: string): string => say(`cli.options.${name}`);
  const weather = program
    .command('weather')
    .description(say('cli.commands.weather'))
    .allowExcessArguments(false)
    .action(() => weather.help());
  const add = (name: string, key: string): Command =>
    withOwnFlags(weather.command(name).description(say(`cli.commands.${key}`)), say).allowExcessArguments(
      false,
    );
  add('run', 'weatherRun')
    .option('--places <LIST>', text('places'))
    .option('--every <TIME>', text('every'), values.duration('--every'), weatherStepMs)
    .option('--for <TIME>', text('weatherFor'), values.duration('--for'))
    .option('--count <N>', text('weatherCount'), values.positiveInteger('--count'))
    .option(
      '--source <SOURCE>',
      text('weatherSource'),
      values.oneOf('--source', weatherSource.options),
      'auto',
    )
    .option('--url <URL>', text('weatherUrl'), values.url('--url'))
    .option('--csv <FILE>', text('csv'))
    .action((flags: CommonFlags & WeatherRunFlags) =>
      launch(flags, (terminal) => weatherRun(terminal, flags)),
    );
  add('rows', 'weatherRows')
    .option('--limit <N>', text('limit'), values.positiveInteger('--limit', limitMax), 20)
    .action((flags: CommonFlags & { limit: number }) =>
      launch(flags, (terminal) => weatherRows(terminal, flags)),
    );
  withExportFlags(add('export', 'weatherExport'), say).action((flags: CommonFlags & ExportFlags) =>
    launch(flags, (terminal) => weatherExport(terminal, flags)),
  );
}

const processors = values.oneOf('--processor', processor.options);
const modes = values.oneOf('--mode', ['initial', 'append']);

/** The command line. Parsing rejects with what commander or a value found wrong; it never exits by itself. */
export function createProgram(say: Say, launch: Launch): Command {
  const text = (name: string): string => say(`cli.options.${name}`);
  const program = new Command('riacho')
    .description(say('cli.about'))
    .version(packageFile.version)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showSuggestionAfterError(false);
  const add = (name: string, key: string): Command =>
    withCommonFlags(program.command(name).description(say(`cli.commands.${key}`)), say).allowExcessArguments(
      false,
    );
  const limit = (command: Command, count: number): Command =>
    command.option('--limit <N>', text('limit'), values.positiveInteger('--limit', limitMax), count);

  withProduceFlags(add('run', 'run'), say)
    .option('--mode <MODE>', text('mode'), modes, 'append')
    .option('--processor <PROCESSOR>', text('processor'), processors, 'builtin')
    .option('--csv <FILE>', text('csv'))
    .action((flags: CommonFlags & RunFlags) => launch(profileFor(flags), (terminal) => run(terminal, flags)));
  add('up', 'up')
    .option('--detach', text('detach'))
    .action((flags: CommonFlags & { detach?: boolean }) => launch(flags, (terminal) => up(terminal, flags)));
  add('status', 'status').action((flags: CommonFlags) => launch(flags, status));
  add('down', 'down')
    .option('--reset', text('reset'))
    .action((flags: CommonFlags & { reset?: boolean }) => launch(flags, (terminal) => down(terminal, flags)));
  withProduceFlags(add('produce', 'produce'), say).action((flags: CommonFlags & ProduceFlags) =>
    launch(flags, (terminal) => onRunning(terminal, () => produce(terminal, flags))),
  );
  add('consume', 'consume')
    .requiredOption('--mode <MODE>', text('mode'), modes)
    .option('--processor <PROCESSOR>', text('processor'), processors, 'builtin')
    .option('--for <TIME>', text('consumeFor'), values.duration('--for'))
    .option('--until-idle <TIME>', text('untilIdle'), values.duration('--until-idle'))
    .action((flags: CommonFlags & ConsumeFlags) =>
      launch(flags, (terminal) => onRunning(terminal, () => consume(terminal, flags))),
    );
  limit(add('messages', 'messages'), 20)
    .addOption(
      new Option('--from <PLACE>', text('from')).default({ at: 'newest' }, 'newest').argParser(values.from),
    )
    .option('--filter <TEXT>', text('filter'), '')
    .action((flags: CommonFlags & { from: ReadFrom; limit: number; filter: string }) =>
      launch(flags, (terminal) => onRunning(terminal, () => messages(terminal, flags))),
    );
  limit(add('rows', 'rows'), 20)
    .option('--id <ID>', text('id'))
    .action((flags: CommonFlags & { limit: number; id?: string }) =>
      launch(flags, (terminal) => onRunning(terminal, () => rows(terminal, flags))),
    );
  limit(add('cql <STATEMENT>', 'cql'), 100).action(
    (statement: string, flags: CommonFlags & { limit: number }) =>
      launch(flags, (terminal) => onRunning(terminal, () => cql(terminal, statement, flags))),
  );
  limit(add('dead-letters', 'deadLetters'), 20).action((flags: CommonFlags & { limit: number }) =>
    launch(flags, (terminal) => onRunning(terminal, () => deadLetters(terminal, flags))),
  );
  add('schema', 'schema').action((flags: CommonFlags) =>
    launch(flags, (terminal) => onRunning(terminal, () => schema(terminal))),
  );
  withExportFlags(add('export', 'export'), say).action((flags: CommonFlags & ExportFlags) =>
    launch(flags, (terminal) => onRunning(terminal, () => exportCommand(terminal, flags))),
  );
  addAirflow(program, say, launch);
  addWeather(program, say, launch);
  add('serve', 'serve')
    .option('--port <PORT>', text('port'), values.positiveInteger('--port', portMax))
    .option('--open', text('open'))
    .action((flags: CommonFlags & ServeFlags) =>
      launch(flags, (terminal) => serve(terminal, flags), 'browser'),
    );
  add('doctor', 'doctor')
    .option('--bundle <FILE>', text('bundle'))
    .action((flags: CommonFlags & DoctorFlags) => launch(flags, (terminal) => doctor(terminal, flags)));
  return program;
}

/** The lab's DAG; each of what can be done with it is a command of its own. */
function addAirflow(program: Command, say: Say, launch: Launch): void {
  const text = (name: string): string => say(`cli.options.${name}`);
  const airflow = program
    .command('airflow')
    .description(say('cli.commands.airflow'))
    .allowExcessArguments(false)
    .action(() => airflow.help());
  const add = (name: string): Command =>
    withCommonFlags(
      airflow.command(name).description(say(`cli.commands.airflow-${name}`)),
      say,
    ).allowExcessArguments(false);
  const addOfRun = (
    name: string,
    run: (terminal: Terminal, flags: { run?: string }) => Promise<void>,
  ): void => {
    add(name)
      .option('--run <ID>', text('run'))
      .action((flags: CommonFlags & { run?: string }) => launch(flags, (terminal) => run(terminal, flags)));
  };
  add('runs').action((flags: CommonFlags) => launch(flags, airflowRuns));
  add('trigger')
    .option('--for <TIME>', text('dagFor'), values.duration('--for', dagSecondsMax * 1_000))
    .option('--rate <N>', text('dagRate'), values.positiveNumber('--rate', liveRateMax))
    .option('--url <URL>', text('dagUrl'), values.url('--url'))
    .option('--follow', text('follow'))
    .action((flags: CommonFlags & TriggerFlags) =>
      launch(flags, (terminal) => airflowTrigger(terminal, flags)),
    );
  addOfRun('logs', airflowLogs);
  addOfRun('stop', airflowStop);
  add('login').action((flags: CommonFlags) => launch(flags, airflowLogin));
}

/** Who wants Docker's stack for Spark and names no profile means that which has it. */
function profileFor(flags: CommonFlags & RunFlags): CommonFlags {
  const isMeant = flags.processor === 'spark' && flags.engine === 'docker' && flags.profile === undefined;
  return isMeant ? { ...flags, profile: 'spark' } : flags;
}

/** A foreign cluster is asked who it is before it is used; the embedded stack has to run already. */
async function onRunning(terminal: Terminal, command: () => Promise<void>): Promise<void> {
  if (terminal.engine === 'external') await startStack(terminal, true);
  await command();
}
