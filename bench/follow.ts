/**
 * How well notes follow a host's clock, and how soon they end after its Stop: npm run bench -- follow [SECONDS] [FOLDER]
 *
 * The host is midish at 120 BPM. Its pulses and the daemon's notes are stamped by one clock, at ALSA ports: in the VM
 * where this machine has none.
 */
import { readFileSync, rmSync } from 'node:fs';
import { mean, printTable, rounded, SPREAD_HEAD, spreadOf, spreadRow, tailOf } from './parts/figures.js';
import { followedTakes } from './parts/follow-takes.js';
import { machineLine, watchMachine } from './parts/machine.js';
import { plotSvg, tailPanel } from './parts/plot.js';
import type { Arrival } from './parts/probe.js';
import { onTheWay, resultsFolder, writeResults } from './parts/results.js';
import { PORTS_ARE, runWithPorts } from './parts/with-ports.js';

const seconds = Number(process.argv[2] ?? 600);
const folder = resultsFolder(process.argv[3]);
const TAKE_S = Math.min(20, seconds / 3);
const takes = Math.round(seconds / TAKE_S);

const watch = watchMachine();
const raw = onTheWay('follow-ports.json');
await runWithPorts('follow-ports', [String(takes), String(TAKE_S), raw], 2 * seconds);
const arrivals: Record<'notes' | 'pulses', readonly Arrival[]> = JSON.parse(readFileSync(raw, 'utf8'));
rmSync(raw);
const machine = watch();

const heard = followedTakes(arrivals.pulses, arrivals.notes);
const [behindPulse, behindGrid, pulses] = [
  heard.flatMap((take) => take.behindPulse),
  heard.flatMap((take) => take.behindGrid),
  heard.flatMap((take) => take.pulses),
];
const off = (values: readonly number[]) => {
  const bias = mean(values);
  return { bias: rounded(bias), ...spreadOf(values.map((value) => Math.abs(value - bias))) };
};
const figures = { notesToPulse: off(behindPulse), notesToGrid: off(behindGrid), pulsesToGrid: off(pulses) };
const ends = heard.flatMap(({ silentAfter }) => (silentAfter === null ? [] : [silentAfter]));
const left = heard.reduce((sum, take) => sum + take.left, 0);
const stops = ends.length === 0 ? null : spreadOf(ends);

console.log(`\n${machineLine(machine)}`);
console.log(`\nAt ALSA ports ${PORTS_ARE}, midish's clock at 120 BPM, ${heard.length} takes of ${TAKE_S} s; in ms`);
const row = (name: string, { bias, ...spread }: ReturnType<typeof off>): [string, ...(number | string)[]] => {
  const [title, count, ...rest] = spreadRow(name, spread);
  return [title, count!, bias, ...rest];
};
const [title, count, ...rest] = SPREAD_HEAD;
printTable(
  [title!, count!, 'mean', ...rest.map((head) => `off it, ${head}`)],
  [
    row('notes after their pulse', figures.notesToPulse),
    row("notes after the pulses' grid", figures.notesToGrid),
    row('pulses after their grid', figures.pulsesToGrid),
  ],
);
console.log('aimed at: a mean of 0, or 0.5 to either side');
console.log(
  `p99 of the notes to that of the pulses: ${(figures.notesToGrid.p99 / figures.pulsesToGrid.p99).toFixed(2)}`,
);
console.log('\nFrom Stop to the last note off, in ms (aim: 3)');
if (stops !== null) printTable(SPREAD_HEAD, [spreadRow('Stops while notes sounded', stops)]);
console.log(`notes left on: ${left}`);

const tails = { notes: tailOf(behindGrid.map(Math.abs)), pulses: tailOf(pulses.map(Math.abs)) };
const plot = plotSvg("How notes follow a host's clock", [
  tailPanel("Off the grid that fits the host's pulses best", 'off the grid by at least, ms', [
    { name: "daimon's notes", points: tails.notes },
    { name: "the host's pulses", points: tails.pulses },
  ]),
]);
writeResults(
  folder,
  'follow',
  { seconds, machine, takes: heard.length, ...figures, stops, ends: ends.map(rounded), left, tails },
  plot,
);
