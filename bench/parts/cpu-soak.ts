/**
 * Two hours of music in virtual time, one on our own clock and one on a host's, through clock, conductor, plan and
 * player; the heap after each five minutes, in MB, as a line of JSON: node --expose-gc cpu-soak.js
 */
import { setImmediate as drawn } from 'node:timers/promises';
import { Bench } from '../../test/daemon/bench.js';

const HOUR_MS = 3_600_000;
const SAMPLE_MS = 300_000;
/** So often a block that was asked for is taken in: it was asked for a bar ahead. */
const TURN_MS = 1000;

async function heapOver(mode: 'internal' | 'host'): Promise<readonly number[]> {
  const bench = new Bench(mode);
  await bench.player.ready();
  if (mode === 'internal') bench.tell('start');
  else bench.host('start');
  const heap: number[] = [];
  for (let turn = 1; turn * TURN_MS <= HOUR_MS; turn++) {
    bench.wait(TURN_MS, mode === 'host' ? 'pulses' : 'silence');
    await drawn();
    bench.calls.length = 0;
    if ((turn * TURN_MS) % SAMPLE_MS === 0) heap.push(heapNow());
  }
  return heap;
}

function heapNow(): number {
  globalThis.gc!();
  return Math.round(process.memoryUsage().heapUsed / 1e3) / 1e3;
}

console.log(JSON.stringify({ internal: await heapOver('internal'), host: await heapOver('host') }));
