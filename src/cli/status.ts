import { Command } from 'commander';
import { DEFAULT_PORT, LATE_MS, type Lateness, type MessageOf, type StateBody } from '../bridge/control/protocol.js';
import { columns, table } from './columns.js';
import { portInUse } from './options.js';

type Hello = MessageOf<'hello'>;

interface Options {
  readonly wsPort: number;
  readonly json?: true;
}

export const statusCommand = (): Command =>
  new Command('status')
    .description('say what the running daimon plays, and how well it keeps time')
    .option('--ws-port <number>', 'the port of its WebSocket', portInUse, DEFAULT_PORT)
    .option('--json', 'print JSON')
    .action(run)
    .addHelpText(
      'after',
      `
It changes nothing, and ends with status 1 where no daimon answers.

Examples:
  daimon status
  daimon status --json`,
    );

async function run({ wsPort, json }: Options): Promise<void> {
  const { askDaemon, otherVersion } = await import('./running-daemon.js');
  const hello = await askDaemon(wsPort, { kind: 'ping' });
  if (hello === null) throw otherVersion(wsPort);
  const { daimon, state, values } = hello;
  const report = { daimon, ...state, values, verdict: verdict(state) };
  console.log(json ? JSON.stringify(report, null, 2) : asText(hello));
}

const asText = ({ daimon, state, values }: Hello): string =>
  [
    `daimon ${daimon}`,
    '',
    ...columns([
      ['model', `${state.model}, ${state.backend}`],
      ['clock', clockText(state)],
      ['position', `bar ${state.position.bar}, beat ${state.position.beat}`],
      ['preset', state.preset],
      ['seed', String(state.seed)],
      ['plays to', state.output ?? '(no port)'],
      ['hears', state.input ?? '(no port)'],
      ['offset', `${values.offset} ms`],
    ]),
    '',
    ...table([
      HEADINGS,
      row('the last 1 to 2 minutes', state.timing.recent),
      row('since the start', state.timing.total),
    ]),
    '',
    verdict(state),
  ].join('\n');

const clockText = ({ clock, source, tempo, jitter }: StateBody): string =>
  [
    source === 'internal' ? 'our own' : `the ${source}'s`,
    clock,
    ...(tempo === null ? [] : [`${tempo.toFixed(2)} BPM`]),
    ...(typeof jitter === 'number' ? [`its pulses jitter by ${jitter.toFixed(2)} ms`] : []),
  ].join(', ');

const HEADINGS = ['LATE BY, IN MS', 'SENT', 'P50', 'P99', 'MAX', `OVER ${LATE_MS}`];

const row = (name: string, { count, p50, p99, max, late }: Lateness): readonly string[] => [
  name,
  String(count),
  ...(count === 0 ? ['-', '-', '-'] : [p50, p99, max].map((ms) => ms.toFixed(3))),
  String(late),
];

/** In a sentence, whether one could go on stage with it. */
export function verdict({ output, timing: { recent } }: StateBody): string {
  if (output === null) return "No MIDI output: nobody hears a note; 'daimon doctor' says what is missing.";
  if (recent.count === 0) return 'Nothing was played in the last minutes: play a little, and look again.';
  if (recent.late === 0) return `In time: in the last minutes no note came more than ${LATE_MS} ms late.`;
  const share = `${recent.late} of ${recent.count}`;
  return `Late: in the last minutes ${share} came more than ${LATE_MS} ms late, one by ${recent.max.toFixed(1)} ms; close what else is busy on this machine.`;
}
