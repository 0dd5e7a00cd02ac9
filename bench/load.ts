/**
 * Whether clients move the timing of notes: npm run bench -- load [SECONDS] [FOLDER]
 *
 * The whole daemon plays by itself, once left alone and once with 50 clients that turn knobs a thousand times a second
 * altogether, in turn, each time from its start; a thread that only sleeps tells what the machine did meanwhile.
 */
import { setTimeout as passes } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Lateness } from '#daimon/bridge/control/protocol.js';
import { now } from '#daimon/bridge/monotonic.js';
import { daimon } from '../test/support/program.js';
import { median, printTable, rounded, spreadOf } from './parts/figures.js';
import { machineLine, watchMachine } from './parts/machine.js';
import { axisTo, plotSvg } from './parts/plot.js';
import { usageOf } from './parts/process-tree.js';
import { controlOf, peer } from './parts/programs.js';
import { resultsFolder, writeResults } from './parts/results.js';
import { latenessOfSleeper } from './parts/sleeper.js';

const seconds = Number(process.argv[2] ?? 600);
const folder = resultsFolder(process.argv[3]);
const CLIENTS = 50;
const SETS_PER_SECOND = 1000;
/** Long enough for some hundreds of notes, so that a p99 is one. */
const TURN_S = Math.min(25, seconds / 4);
const PAIRS = Math.max(1, Math.round(seconds / TURN_S / 2));
/** For what a start leaves behind to be done with. */
const SETTLING_MS = 3000;
const SLEEPER_STEP_MS = 25;

interface Turn {
  readonly notes: Lateness;
  readonly sleeper: { readonly p50: number; readonly p99: number; readonly max: number };
  /** What the daemon, with all its processes, took of a core, in percent. */
  readonly cpu: number;
}

interface Clients {
  readonly setsPerSecond: number;
  readonly messagesPerSecond: number;
  readonly unanswered: number;
  readonly refused: number;
  readonly answer: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** Asks, and gives the first message of a kind that comes afterwards. */
function ask<T>(url: string, request: object, kind: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify(request)));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.kind !== kind) return;
      socket.close();
      resolve(message);
    });
  });
}

async function turn(clients: number): Promise<Turn & { readonly clients: Clients | null }> {
  const daemon = daimon(['start', '--clock', 'internal', '--bpm', '300', '--seed', '7', '--ws-port', '0']);
  const url = await controlOf(daemon);
  await daemon.says(/Ctrl-C ends it/);
  const crowd = clients === 0 ? null : peer('set-clients', [url, String(clients), String(SETS_PER_SECOND)]);
  try {
    await ask(url, { kind: 'stop', id: 1 }, 'ok');
    await crowd?.says(/connected/);
    await passes(SETTLING_MS);
    await ask(url, { kind: 'start', id: 1 }, 'ok');
    const before = usageOf(daemon.pid);
    const begun = performance.now();
    const late = await latenessOfSleeper({
      first: now() + 500,
      step: SLEEPER_STEP_MS,
      count: Math.round((TURN_S * 1000) / SLEEPER_STEP_MS),
    });
    const cpu = Math.round((10_000 * (usageOf(daemon.pid).cpu - before.cpu)) / (performance.now() - begun)) / 100;
    const { timing } = await ask<{ timing: { total: Lateness } }>(url, { kind: 'get-state' }, 'state');
    crowd?.write('end');
    const said = crowd === null ? null : (await crowd.ended()).stdout.split('\n')[1]!;
    const { p50, p99, max } = spreadOf(late);
    return { notes: timing.total, sleeper: { p50, p99, max }, cpu, clients: said === null ? null : JSON.parse(said) };
  } finally {
    await crowd?.close();
    await daemon.close();
  }
}

const watch = watchMachine();
const [alone, crowded]: [Turn[], Turn[]] = [[], []];
const crowds: Clients[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  // in turn, and each first as often as the other
  for (const clients of pair % 2 === 0 ? [0, CLIENTS] : [CLIENTS, 0]) {
    const { clients: crowd, ...figures } = await turn(clients);
    (clients === 0 ? alone : crowded).push(figures);
    if (crowd !== null) crowds.push(crowd);
  }
}
const machine = watch();

const over = (turns: readonly Turn[], what: 'notes' | 'sleeper') => ({
  count: turns.reduce((sum, { notes }) => sum + notes.count, 0),
  late: turns.reduce((sum, { notes }) => sum + notes.late, 0),
  p50: rounded(median(turns.map((each) => each[what].p50))),
  p99: rounded(median(turns.map((each) => each[what].p99))),
  max: rounded(Math.max(...turns.map((each) => each[what].max))),
});
const figures = {
  alone: { notes: over(alone, 'notes'), sleeper: over(alone, 'sleeper'), cpu: median(alone.map(({ cpu }) => cpu)) },
  crowded: {
    notes: over(crowded, 'notes'),
    sleeper: over(crowded, 'sleeper'),
    cpu: median(crowded.map(({ cpu }) => cpu)),
  },
};
/** How much later, in ms, notes and the sleeping thread were with the clients than without, pair by pair. */
const moved = (what: 'notes' | 'sleeper', key: 'p50' | 'p99') => {
  const by = crowded.map((turn, i) => turn[what][key] - alone[i]![what][key]).toSorted((a, b) => a - b);
  const at = (q: number): number => rounded(by[Math.round(q * (by.length - 1))]!);
  return { low: at(0.25), middle: at(0.5), high: at(0.75), pairs: by.length, worse: by.filter((x) => x > 0).length };
};
const differences = {
  notes: { p50: moved('notes', 'p50'), p99: moved('notes', 'p99') },
  sleeper: { p50: moved('sleeper', 'p50'), p99: moved('sleeper', 'p99') },
};

console.log(`\n${machineLine(machine)}`);
console.log(
  `\n${PAIRS} times ${TURN_S} s each, in turn, 300 BPM: late by, in ms; p50 and p99 are medians over the turns`,
);
const row = (name: string, { count, p50, p99, max, late }: ReturnType<typeof over>, isNotes: boolean) =>
  [name, ...(isNotes ? [String(count)] : ['']), p50, p99, max, ...(isNotes ? [String(late)] : [''])] as [
    string,
    ...(string | number)[],
  ];
printTable(
  ['', 'notes', 'p50', 'p99', 'max', 'late'],
  [
    row('notes, nobody connected', figures.alone.notes, true),
    row(`notes, ${CLIENTS} clients`, figures.crowded.notes, true),
    row('sleeping thread, nobody connected', figures.alone.sleeper, false),
    row(`sleeping thread, ${CLIENTS} clients`, figures.crowded.sleeper, false),
  ],
);
console.log('\nWith the clients later by, in ms, pair by pair: median and quartiles');
printTable(
  ['', 'lower', 'median', 'upper', 'later in'],
  (['p50', 'p99'] as const).flatMap((key) =>
    (['notes', 'sleeper'] as const).map((what): [string, ...(string | number)[]] => {
      const { low, middle, high, worse, pairs } = differences[what][key];
      return [`${what === 'notes' ? 'notes' : 'sleeping thread'}, ${key}`, low, middle, high, `${worse} of ${pairs}`];
    }),
  ),
);
const of = (key: 'setsPerSecond' | 'messagesPerSecond'): number => median(crowds.map((crowd) => crowd[key]));
const sum = (key: 'unanswered' | 'refused'): number => crowds.reduce((total, crowd) => total + crowd[key], 0);
console.log(
  `\n${of('setsPerSecond')} sets and ${of('messagesPerSecond')} messages a second; answers after ${median(crowds.map(({ answer }) => answer.p50))} ms, p99 ${median(crowds.map(({ answer }) => answer.p99))} ms; ${sum('refused')} refused, ${sum('unanswered')} on their way at the end`,
);
console.log(`The daemon took ${figures.alone.cpu} % of a core, with the clients ${figures.crowded.cpu} %`);

const most = Math.max(...[...alone, ...crowded].map(({ notes }) => notes.p99));
const line = (name: string, turns: readonly Turn[]) => ({
  name,
  points: turns.map(({ notes }, i): [number, number] => [i + 1, notes.p99]),
});
const plot = plotSvg('Notes with clients and without', [
  {
    title: '99 of 100 notes are late by at most',
    x: axisTo(PAIRS, 'turn'),
    y: axisTo(most, 'ms'),
    lines: [line('nobody connected', alone), line(`${CLIENTS} clients, ${SETS_PER_SECOND} sets a second`, crowded)],
  },
]);
writeResults(
  folder,
  'load',
  { seconds, machine, pairs: PAIRS, turn: TURN_S, figures, differences, alone, crowded, crowds },
  plot,
);
