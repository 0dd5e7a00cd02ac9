/**
 * A host's clock and the notes that follow it, stamped by one clock, in takes of TAKE seconds with a Stop after each:
 * node follow-ports.js TAKES TAKE OUT.json. Needs ALSA ports and midish: bench/follow.ts runs it.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as passes } from 'node:timers/promises';
import { sequencer } from '../../test/support/alsa.js';
import { daimon } from '../../test/support/program.js';
import { connect, openProbe } from './probe.js';
import { controlOf, threeClients } from './programs.js';

/** One event from here reaches all that listen there: the daemon and the probe have each pulse at once. */
const THROUGH = 'Midi Through Port-0';
/** After a Stop, and before the next Start. */
const PAUSE_MS = 1500;

const [takes, seconds, out] = process.argv.slice(2) as [string, string, string];

const notes = await openProbe(0);
const pulses = await openProbe(1);
const daemon = daimon(['start', '--clock', 'host', '--seed', '7', '--ws-port', '0']);
const programs = [daemon];
try {
  programs.push(await threeClients(await controlOf(daemon)));
  await connect('Daimon Out', notes.address);
  await connect(THROUGH, 'Daimon In');
  await connect(THROUGH, pulses.address);
  const midish = await sequencer(THROUGH, 120);
  programs.push(midish);
  await passes(PAUSE_MS);
  for (let take = 0; take < Number(takes); take++) {
    midish.write('p');
    // a little longer each time, so that the Stops meet other notes
    await passes(Number(seconds) * 1000 + take * 170);
    midish.write('s');
    await passes(PAUSE_MS);
  }
  writeFileSync(out, JSON.stringify({ notes: notes.arrivals(), pulses: pulses.arrivals() }));
} finally {
  await Promise.all([...programs, notes, pulses].map((each) => each.close()));
}
