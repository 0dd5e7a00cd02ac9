import { Command } from 'commander';
import { DEFAULT_PORT, type MessageOf } from '../bridge/control/protocol.js';
import { columns } from './columns.js';
import { portInUse } from './options.js';

interface Options {
  readonly wsPort: number;
  readonly json?: true;
}

export const parametersCommand = (): Command =>
  new Command('parameters')
    .description('list all that can be turned of the running daemon, and where it stands')
    .option('--ws-port <number>', 'the port of its WebSocket', portInUse, DEFAULT_PORT)
    .option('--json', 'print JSON')
    .action(run)
    .addHelpText(
      'after',
      `
Examples:
  daimon parameters
  daimon parameters --json`,
    );

async function run({ wsPort, json }: Options): Promise<void> {
  const { askDaemon, otherVersion } = await import('./running-daemon.js');
  const hello = await askDaemon(wsPort, { kind: 'ping' });
  if (hello === null) throw otherVersion(wsPort);
  const { parameters, values } = hello;
  if (json) console.log(JSON.stringify({ parameters, values }, null, 2));
  else for (const line of columns(parameters.map((one) => rowOf(one, values)))) console.log(line);
}

const rowOf = (
  { path, help, unit }: MessageOf<'hello'>['parameters'][number],
  values: MessageOf<'hello'>['values'],
): readonly [string, string] => {
  const value = values[path];
  const shown =
    value === undefined ? '(not now)' : [JSON.stringify(value), ...(unit === undefined ? [] : [unit])].join(' ');
  return [path, `${shown}: ${help}`];
};
