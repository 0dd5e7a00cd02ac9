/**
 * What the daemon takes of a core and of memory, playing and idle, and whether its heap grows over an hour of music:
 * npm run bench -- cpu [SECONDS] [FOLDER]
 *
 * The whole daemon, all that it starts included; our own clock at 120 BPM, three clients. Beside it, at the same time,
 * a node that wakes 40 times a second and does nothing, and one with a thread that sleeps to sixteenths.
 */
import { setTimeout as passes } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { daimon, Program } from '../test/support/program.js';
import { printTable } from './parts/figures.js';
import { machineLine, watchMachine } from './parts/machine.js';
import { axisTo, type Panel, plotSvg } from './parts/plot.js';
import { usageOf } from './parts/process-tree.js';
import { controlOf, peer, threeClients } from './parts/programs.js';
import { resultsFolder, writeResults } from './parts/results.js';

const seconds = Number(process.argv[2] ?? 600);
const folder = resultsFolder(process.argv[3]);
/** For what a start leaves behind to be done with. */
const SETTLING_MS = 5000;
const SAMPLES = 60;
const idleSeconds = Math.max(20, seconds / 10);

const watch = watchMachine();
const daemon = daimon(['start', '--clock', 'internal', '--bpm', '120', '--seed', '7', '--ws-port', '0']);
const url = await controlOf(daemon);
const ticker = new Program(process.execPath, ['-e', 'setInterval(() => {}, 25)']);
const sleeper = peer('sleeper-alone', [String(seconds + idleSeconds + 60)]);
const programs = [daemon, ticker, sleeper, await threeClients(url)];
const watched = [daemon, ticker, sleeper];

/** Of a core, in percent, of each that is watched; and the daemon's memory meanwhile, at equal distances. */
async function usedIn(span: number) {
  const before = watched.map(({ pid }) => usageOf(pid));
  const begun = performance.now();
  const rss: number[] = [before[0]!.rss];
  for (let i = 1; i <= SAMPLES; i++) {
    await passes(begun + (i * span * 1000) / SAMPLES - performance.now());
    rss.push(Math.round(usageOf(daemon.pid).rss * 10) / 10);
  }
  const took = performance.now() - begun;
  const after = watched.map(({ pid }) => usageOf(pid));
  const share = after.map(({ cpu }, i) => Math.round((10_000 * (cpu - before[i]!.cpu)) / took) / 100);
  return { share, rss, processes: after[0]!.processes };
}

try {
  await passes(SETTLING_MS);
  const playing = await usedIn(seconds);
  const control = new WebSocket(url);
  control.on('open', () => control.send(JSON.stringify({ kind: 'stop', id: 1 })));
  await passes(SETTLING_MS);
  const idle = await usedIn(idleSeconds);
  control.close();
  const machine = watch();
  await daemon.end('SIGTERM');
  const soak: Record<'internal' | 'host', number[]> = JSON.parse(
    (await peer('cpu-soak', [], ['--expose-gc']).ended()).stdout,
  );

  console.log(`\n${machineLine(machine)}`);
  console.log(`\nPercent of a core, over ${seconds} s of playing and ${idleSeconds} s stopped`);
  const names = ['daimon, three clients', 'node that wakes every 25 ms', 'sleeping thread, to sixteenths'];
  printTable(
    ['', 'playing', 'stopped'],
    names.map((name, i) => [name, playing.share[i]!, idle.share[i]!]),
  );
  console.log('(of the two others, what they took meanwhile)');
  const [first, last] = [playing.rss[0]!, playing.rss.at(-1)!];
  const most = Math.max(...playing.rss);
  console.log(
    `\nMemory of its ${playing.processes} process(es), MB: ${first.toFixed(1)} at first, ${last.toFixed(1)} at last, ${most.toFixed(1)} at most`,
  );
  console.log('\nHeap in virtual time, MB after each five minutes of music, all garbage collected');
  printTable(
    ['', ...soak.internal.map((_, i) => `${5 * (i + 1)}'`)],
    [
      ['our own clock', ...soak.internal],
      ["a host's clock", ...soak.host],
    ],
  );

  const minutes = seconds / 60;
  const panels: readonly Panel[] = [
    {
      title: 'Resident memory while playing',
      x: axisTo(minutes, 'minutes'),
      y: axisTo(most, 'MB'),
      lines: [{ name: 'daimon', points: playing.rss.map((mb, i) => [(i * minutes) / SAMPLES, mb]) }],
    },
    {
      title: 'Heap of the player, in virtual time',
      x: axisTo(60, 'minutes of music'),
      y: axisTo(Math.max(...soak.internal, ...soak.host), 'MB'),
      lines: [
        { name: 'our own clock', points: soak.internal.map((mb, i) => [5 * (i + 1), mb]) },
        { name: "a host's clock", points: soak.host.map((mb, i) => [5 * (i + 1), mb]) },
      ],
    },
  ];
  const plot = plotSvg('What the daemon takes', panels);
  writeResults(folder, 'cpu', { seconds, idleSeconds, machine, names, playing, idle, soak }, plot);
} finally {
  await Promise.all(programs.map((program) => program.close()));
}
