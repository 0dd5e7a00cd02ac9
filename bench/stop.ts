/**
 * How soon all is silent after a host's Stop, beside midish, which follows the same host with the same notes:
 * npm run bench -- stop [STOPS] [FOLDER]
 *
 * Of each so many Stops, in turn, at ALSA ports: in the VM where this machine has none.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runDaimon } from '../test/support/program.js';
import { printTable, rounded, SPREAD_HEAD, spreadOf, spreadRow, tailOf } from './parts/figures.js';
import { followedTakes } from './parts/follow-takes.js';
import { machineLine, watchMachine } from './parts/machine.js';
import { plotSvg, tailPanel } from './parts/plot.js';
import type { Arrival } from './parts/probe.js';
import { resultsFolder, writeResults } from './parts/results.js';
import { PORTS_ARE, runWithPorts } from './parts/with-ports.js';

const count = Number(process.argv[2] ?? 100);
const folder = resultsFolder(process.argv[3]);
/** A Stop of each, with what leads to it. */
const TURN_S = 5;

const watch = watchMachine();
const [midi, raw] = [join(folder, 'stop.mid'), join(folder, 'stop-ports.json')];
const { code, stderr } = await runDaimon('render', '--seed', '7', '--bpm', '120', '--out', midi);
if (code !== 0) throw new Error(stderr);
await runWithPorts('stop-ports', [String(count), midi, raw], count * TURN_S);
const heard: Record<'host' | 'daimon' | 'midish', readonly Arrival[]> = JSON.parse(readFileSync(raw, 'utf8'));
for (const path of [midi, raw]) rmSync(path);
const machine = watch();

const [ours, theirs] = [heard.daimon, heard.midish].map((arrivals) => {
  const takes = followedTakes(heard.host, arrivals);
  const ends = takes.flatMap(({ silentAfter }) => (silentAfter === null ? [] : [silentAfter]));
  return { ends, left: takes.reduce((sum, take) => sum + take.left, 0), spread: spreadOf(ends) };
});

console.log(`\n${machineLine(machine)}`);
console.log(`\nAt ALSA ports ${PORTS_ARE}, from a host's Stop to the last off of what sounded, in ms (aim: 3)`);
printTable(SPREAD_HEAD, [spreadRow('daimon', ours!.spread), spreadRow('midish', theirs!.spread)]);
console.log(`notes left on: daimon ${ours!.left}, midish ${theirs!.left}`);

const tails = { daimon: tailOf(ours!.ends), midish: tailOf(theirs!.ends) };
const plot = plotSvg("How soon all is silent after a host's Stop", [
  tailPanel('Not silent yet', 'after the Stop, ms', [
    { name: 'daimon', points: tails.daimon },
    { name: 'midish', points: tails.midish },
  ]),
]);
const figures = { daimon: ours!.ends.map(rounded), midish: theirs!.ends.map(rounded) };
writeResults(folder, 'stop', { machine, ...figures, left: [ours!.left, theirs!.left], tails }, plot);
