/**
 * One message after the other from RtMidi to two clocks at once: the raw MIDI layer's (probe.py), and the sequencer
 * queue's that RtMidi hands on: node stamps-ports.js SECONDS OUT.json. Needs ALSA ports: bench/stamps.ts runs it.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as passes } from 'node:timers/promises';
import { Input, Output } from '@julusian/midi';
import { now } from '#daimon/bridge/monotonic.js';
import { connect, openProbe } from './probe.js';

/** Longer than the probe keeps what it has heard. */
const LAST_MS = 1500;

const [seconds, out] = process.argv.slice(2) as [string, string];
const probe = await openProbe(0);
const input = new Input();
const output = new Output();
const queue: number[] = [];
input.on('message', (delta) => queue.push((queue.at(-1) ?? 0) + delta * 1000));
try {
  input.openVirtualPort('Stamps In');
  output.openVirtualPort('Stamps Out');
  await connect('Stamps Out', 'Stamps In');
  await connect('Stamps Out', probe.address);
  const sends: { readonly before: number; readonly after: number }[] = [];
  for (const end = now() + Number(seconds) * 1000; now() < end; ) {
    await passes(5 + (sends.length % 50));
    const before = now();
    output.sendMessage([0x90, sends.length % 128, 64]);
    sends.push({ before, after: now() });
  }
  await passes(LAST_MS);
  writeFileSync(out, JSON.stringify({ sends, queue, raw: probe.arrivals().map(({ time }) => time) }));
} finally {
  input.closePort();
  output.closePort();
  await probe.close();
}
