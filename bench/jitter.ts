/**
 * How far notes lie from the grid, our own clock, sixteenths: npm run bench -- jitter [SECONDS] [FOLDER] [BPM]
 *
 * First the output thread beside a thread that only sleeps, on this machine; then the daemon beside aplaymidi, which
 * plays the same notes from the kernel's own queue, at real ALSA ports: in the VM where this machine has none. The
 * tempo, 120 if none is given, is that of the ports.
 */
import { readFileSync, rmSync } from 'node:fs';
import { STEPS_PER_BEAT, STEPS_PER_BLOCK } from '#daimon/music/units.js';
import { runDaimon } from '../test/support/program.js';
import { printTable, rounded, SPREAD_HEAD, spreadOf, spreadRow, tailOf } from './parts/figures.js';
import { firstOfEach, fitGrid } from './parts/grid.js';
import { latenessOfThreads } from './parts/jitter-threads.js';
import { machineLine, watchMachine } from './parts/machine.js';
import { plotSvg, tailPanel } from './parts/plot.js';
import { onTheWay, resultsFolder, writeResults } from './parts/results.js';
import { PORTS_ARE, runWithPorts } from './parts/with-ports.js';

const seconds = Number(process.argv[2] ?? 600);
const folder = resultsFolder(process.argv[3]);
const bpm = process.argv[4] ?? '120';
const STEP_MS = 60_000 / Number(bpm) / STEPS_PER_BEAT;
const BLOCK_S = (STEPS_PER_BLOCK * STEP_MS) / 1000;
/** The daemon begins before aplaymidi does. */
const ASIDE_BLOCKS = 2;

const watch = watchMachine();
const { output, sleeper } = await latenessOfThreads(seconds);

const file = onTheWay('jitter.mid');
const raw = onTheWay('jitter-ports.json');
const blocks = String(Math.ceil(seconds / BLOCK_S) + ASIDE_BLOCKS);
const { code, stderr } = await runDaimon('render', '--seed', '7', '--bpm', bpm, '--blocks', blocks, '--out', file);
if (code !== 0) throw new Error(stderr);
await runWithPorts('jitter-ports', [String(seconds), bpm, file, raw], seconds);
const heard: Record<'daimon' | 'aplaymidi' | 'sleeper', number[]> = JSON.parse(readFileSync(raw, 'utf8'));
for (const path of [file, raw]) rmSync(path);
const machine = watch();

/** Deviations from a player's own grid, to either side, of all its notes and of the first of each chord. */
const judged = (times: readonly number[]) => {
  const all = fitGrid(times, STEP_MS);
  const first = fitGrid(firstOfEach(times, all.steps), STEP_MS);
  return { all: all.deviations.map(Math.abs), first: first.deviations.map(Math.abs), ppm: all.ppm };
};
const [ours, theirs] = [judged(heard.daimon), judged(heard.aplaymidi)];

const threads = { output: spreadOf(output), sleeper: spreadOf(sleeper) };
const ports = { daimon: spreadOf(ours.all), aplaymidi: spreadOf(theirs.all), sleeper: spreadOf(heard.sleeper) };
const chords = { daimon: spreadOf(ours.first), aplaymidi: spreadOf(theirs.first) };
const excess = rounded(threads.output.p99 - threads.sleeper.p99);
const ratio = rounded(ports.daimon.p99 / ports.aplaymidi.p99);
const ratioOfFirst = rounded(chords.daimon.p99 / chords.aplaymidi.p99);

console.log(`\n${machineLine(machine)}`);
console.log(`\nOn this machine, sixteenths at 120 BPM for ${seconds} s: late by, in ms`);
printTable(SPREAD_HEAD, [
  spreadRow('output thread', threads.output),
  spreadRow('sleeping thread', threads.sleeper),
  ['aimed at on a quiet desktop', '', '', 1, 2, 3],
]);
console.log(`p99 above the sleeping thread's: ${excess.toFixed(3)} ms (aim: at most 0.1)`);
console.log(`\nAt ALSA ports ${PORTS_ARE}, at ${bpm} BPM for ${seconds} s: off the grid, in ms`);
printTable(SPREAD_HEAD, [
  spreadRow('daimon', ports.daimon),
  spreadRow('aplaymidi', ports.aplaymidi),
  spreadRow('daimon, first of each chord', chords.daimon),
  spreadRow('aplaymidi, first of each chord', chords.aplaymidi),
  spreadRow('sleeping thread', ports.sleeper),
]);
console.log(
  `p99 to that of aplaymidi: ${ratio.toFixed(2)} (aim: at most 1.2); first of each chord ${ratioOfFirst.toFixed(2)}`,
);
console.log(`tempo of the grid off by: daimon ${ours.ppm} ppm, aplaymidi ${theirs.ppm} ppm`);

const tails = {
  threads: { output: tailOf(output), sleeper: tailOf(sleeper) },
  ports: { daimon: tailOf(ours.all), aplaymidi: tailOf(theirs.all), sleeper: tailOf(heard.sleeper) },
};
const plot = plotSvg('How far notes lie from the grid', [
  tailPanel('The output thread and the machine', 'late by at least, ms', [
    { name: 'output thread', points: tails.threads.output },
    { name: 'sleeping thread', points: tails.threads.sleeper },
  ]),
  tailPanel(`At ALSA ports ${PORTS_ARE}`, 'off the grid by at least, ms', [
    { name: 'daimon', points: tails.ports.daimon },
    { name: "aplaymidi, the kernel's queue", points: tails.ports.aplaymidi },
    { name: 'sleeping thread', points: tails.ports.sleeper },
  ]),
]);
writeResults(
  folder,
  'jitter',
  { seconds, bpm, machine, threads, excess, ports, chords, ratio, ratioOfFirst, tails },
  plot,
);
