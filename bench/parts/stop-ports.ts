/**
 * A host's Starts and Stops, and what programs make of them that follow it in turn: node stop-ports.js STOPS FILE.mid
 * OUT.json. Daimon and midish play the same notes; the third does the least that can be done. Needs ALSA ports and
 * midish: bench/stop.ts runs it.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as passes } from 'node:timers/promises';
import { sequencer } from '../../test/support/alsa.js';
import { daimon, Program } from '../../test/support/program.js';
import { type Arrival, connect, disconnect, openProbe } from './probe.js';
import { controlOf, peer, threeClients } from './programs.js';

/** One event from here reaches all that listen there: the follower and the probe have each message at once. */
const THROUGH = 'Midi Through Port-0';
/** After a Stop, and before the next Start. */
const PAUSE_MS = 600;
/** From Start to Stop, and how much longer each time, so that the Stops meet other notes: it is no whole step. */
const SHORTEST_MS = 1100;
const LONGER_MS = 93;
const LENGTHS = 12;

/** Ports by the names that aconnect has for them; in the order in which they take turns. */
const FOLLOWERS = {
  daimon: { in: 'Daimon In', out: 'Daimon Out' },
  midish: { in: 'default', out: 'default' },
  relay: { in: 'Relay In', out: 'Relay Out' },
} as const;
export type Follower = keyof typeof FOLLOWERS;
export type Heard = Readonly<Record<'host' | Follower, readonly Arrival[]>>;

const [stops, midi, out] = process.argv.slice(2) as [string, string, string];

const host = await openProbe(0);
const probes = { daimon: await openProbe(1), midish: await openProbe(2), relay: await openProbe(3) };
const daemon = daimon(['start', '--clock', 'host', '--seed', '7', '--ws-port', '0']);
const midish = new Program('midish', []);
const relay = peer('relay', []);
const programs = [daemon, midish, relay];
try {
  programs.push(await threeClients(await controlOf(daemon)));
  for (const line of ['dnew 0 nil rw', `import "${midi}"`, 'dclkrx 0', 'p']) midish.write(line);
  await connect(THROUGH, host.address);
  const names: readonly Follower[] = ['daimon', 'midish', 'relay'];
  for (const name of names) await connect(FOLLOWERS[name].out, probes[name].address);
  const leader = await sequencer(THROUGH, 120);
  programs.push(leader);
  await passes(PAUSE_MS);
  for (let stop = 0; stop < Number(stops); stop++) {
    for (const name of names) {
      await connect(THROUGH, FOLLOWERS[name].in);
      leader.write('p');
      await passes(SHORTEST_MS + (stop % LENGTHS) * LONGER_MS);
      leader.write('s');
      await passes(PAUSE_MS);
      await disconnect(THROUGH, FOLLOWERS[name].in);
    }
  }
  const [daimons, midishs, relays] = names.map((name) => probes[name].arrivals());
  writeFileSync(out, JSON.stringify({ host: host.arrivals(), daimon: daimons, midish: midishs, relay: relays }));
} finally {
  await Promise.all([...programs, ...Object.values(probes), host].map((each) => each.close()));
}
