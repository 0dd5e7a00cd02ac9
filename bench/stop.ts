/**
 * How soon the music begins and ends with a host's: npm run bench -- stop [STOPS] [FOLDER]
 *
 * From the first pulse after a Start to the first note, and from a Stop to the last off, at ALSA ports: in the VM where
 * this machine has none. In turn with daimon, midish plays the same notes, and a program does the least that can be done.
 */
import { readFileSync, rmSync } from 'node:fs';
import { runDaimon } from '../test/support/program.js';
import { printTable, rounded, SPREAD_HEAD, spreadOf, spreadRow, tailOf } from './parts/figures.js';
import { followedTakes } from './parts/follow-takes.js';
import { machineLine, watchMachine } from './parts/machine.js';
import { plotSvg, tailPanel } from './parts/plot.js';
import { onTheWay, resultsFolder, writeResults } from './parts/results.js';
import type { Heard } from './parts/stop-ports.js';
import { PORTS_ARE, runWithPorts } from './parts/with-ports.js';

const count = Number(process.argv[2] ?? 100);
const folder = resultsFolder(process.argv[3]);
/** A Stop of each of the three, with what leads to it. */
const TURN_S = 8;
const NAMES = { daimon: 'daimon', midish: 'midish', relay: 'the least: one event loop, one chord' } as const;
const followers = Object.keys(NAMES) as (keyof typeof NAMES)[];

const watch = watchMachine();
const [midi, raw] = [onTheWay('stop.mid'), onTheWay('stop-ports.json')];
const { code, stderr } = await runDaimon('render', '--seed', '7', '--bpm', '120', '--out', midi);
if (code !== 0) throw new Error(stderr);
await runWithPorts('stop-ports', [String(count), midi, raw], count * TURN_S);
const heard: Heard = JSON.parse(readFileSync(raw, 'utf8'));
for (const path of [midi, raw]) rmSync(path);
const machine = watch();

const played = followers.map((follower) => {
  const takes = followedTakes(heard.host, heard[follower]).filter(({ behindPulse }) => behindPulse.length > 0);
  return {
    follower,
    begins: takes.map(({ behindPulse }) => behindPulse[0]!),
    ends: takes.flatMap(({ silentAfter }) => (silentAfter === null ? [] : [silentAfter])),
    left: takes.reduce((sum, take) => sum + take.left, 0),
  };
});

console.log(`\n${machineLine(machine)}`);
console.log(`\nAt ALSA ports ${PORTS_ARE}, from the first pulse after a Start to the first note, in ms`);
printTable(
  SPREAD_HEAD,
  played.map(({ follower, begins }) => spreadRow(NAMES[follower], spreadOf(begins))),
);
console.log("\nFrom a host's Stop to the last off of what sounded, in ms (aim: 3)");
printTable(
  SPREAD_HEAD,
  played.map(({ follower, ends }) => spreadRow(NAMES[follower], spreadOf(ends))),
);
console.log(`notes left on: ${played.map(({ follower, left }) => `${follower} ${left}`).join(', ')}`);

const panel = (title: string, times: 'begins' | 'ends') =>
  tailPanel(
    title,
    'after it, ms',
    played.map((each) => ({ name: NAMES[each.follower], points: tailOf(each[times]) })),
    times === 'begins' ? 'Starts' : 'Stops',
  );
const figures = Object.fromEntries(
  played.map(({ follower, begins, ends, left }) => [
    follower,
    { begins: begins.map(rounded), ends: ends.map(rounded), left },
  ]),
);
writeResults(
  folder,
  'stop',
  { machine, ...figures },
  plotSvg("How soon the music begins and ends with a host's", [
    panel('No note yet after the first pulse', 'begins'),
    panel('Not silent yet after a Stop', 'ends'),
  ]),
);
