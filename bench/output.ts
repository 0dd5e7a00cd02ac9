import { setTimeout as sleep } from 'node:timers/promises';
import { openMidiOut } from '#daimon/bridge/midi/midi-out-thread.js';
import { now } from '#daimon/bridge/monotonic.js';
import { bpm, millis, minus, plus, TICKS_PER_STEP, tick } from '#daimon/music/units.js';
import { FIRST_EPOCH } from '#daimon/transport/edge.js';

/**
 * How late the output thread sends: sixteenths at 120 BPM, beside a plain timer that sleeps to the same moments at
 * the same time, for a machine that is busy or stolen from delays both. No port is opened.
 *
 *     npm run bench -- output [SECONDS]
 */

const SECONDS = Number(process.argv[2] ?? 20);
const STEP_MS = 125;
const STEPS = Math.floor((SECONDS * 1000) / STEP_MS);

const row = (name: string, late: readonly number[]): string => {
  const sorted = [...late].sort((a, b) => a - b);
  const quantile = (q: number): string => sorted[Math.ceil(q * sorted.length) - 1].toFixed(3).padStart(9);
  return `${name.padEnd(16)}${[0.5, 0.9, 0.99, 1].map(quantile).join('')}`;
};

const out = await openMidiOut({ port: { kind: 'existing', name: 'none, for a bench' }, warn: console.error });
const thread: number[] = [];
out.onSent(({ edge, late }) => {
  if (edge.status === 0x90) thread.push(late);
});
const start = plus(now(), millis(100));
out.setTimeline({ tempo: bpm(120), tickOrigin: tick(0), timeOrigin: start });
for (let i = 0; i < STEPS; i++) {
  const edge = { tick: tick(i * TICKS_PER_STEP), status: 0x90, data1: 60, data2: 80 };
  out.schedule([edge, { ...edge, tick: tick(edge.tick + 90), status: 0x80 }], FIRST_EPOCH);
}

const timer: number[] = [];
const before = process.cpuUsage();
for (let i = 0; i < STEPS; i++) {
  const due = plus(start, millis(i * STEP_MS));
  await sleep(Math.max(0, due - now()));
  timer.push(minus(now(), due));
}
const { user, system } = process.cpuUsage(before);
await out.close();

console.log(`late by, in ms        p50      p90      p99      max   (${STEPS} sixteenths)`);
console.log(row('output thread', thread));
console.log(row('plain timer', timer));
console.log(`CPU of both: ${((user + system) / 1e4 / SECONDS).toFixed(1)} % of a core`);
