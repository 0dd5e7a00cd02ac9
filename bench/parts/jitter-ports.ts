/**
 * What comes out of the daemon's port and of aplaymidi's at once, the same notes, and how late a thread is meanwhile
 * that only sleeps: node jitter-ports.js SECONDS FILE.mid OUT.json. Needs ALSA ports: bench/jitter.ts runs it.
 */
import { writeFileSync } from 'node:fs';
import { now } from '#daimon/bridge/monotonic.js';
import { daimon, eventually, Program } from '../../test/support/program.js';
import { connect, isOn, openProbe } from './probe.js';
import { controlOf, threeClients } from './programs.js';
import { latenessOfSleeper } from './sleeper.js';

const STEP_MS = 125;
/** For the sleeper to come up: a second. */
const AHEAD_STEPS = 8;

const [seconds, midi, out] = process.argv.slice(2) as [string, string, string];
const span = Number(seconds) * 1000;

const ours = await openProbe(0);
const theirs = await openProbe(1);
const daemon = daimon(['start', '--clock', 'internal', '--bpm', '120', '--seed', '7', '--ws-port', '0']);
const programs = [daemon];
try {
  await connect('Daimon Out', ours.address);
  programs.push(await threeClients(await controlOf(daemon)));
  const begun = await eventually('a first note', () => ours.arrivals().find(isOn)?.time ?? null);
  programs.push(new Program('aplaymidi', ['-p', theirs.address, midi]));
  await eventually('its first note', () => (theirs.arrivals().some(isOn) ? true : null));
  // half a step off the daemon's notes, so that the two never spin at once
  const steps = Math.ceil((now() - begun) / STEP_MS) + AHEAD_STEPS + 0.5;
  const sleeper = await latenessOfSleeper({ first: begun + steps * STEP_MS, step: STEP_MS, count: span / STEP_MS });
  const times = [ours, theirs].map((probe) =>
    probe
      .arrivals()
      .filter(isOn)
      .map(({ time }) => time),
  );
  // as many seconds of each
  const [daimons, aplaymidis] = times.map((all) => all.filter((time) => time > all.at(-1)! - span));
  writeFileSync(out, JSON.stringify({ daimon: daimons, aplaymidi: aplaymidis, sleeper }));
} finally {
  await Promise.all([...programs, ours, theirs].map((each) => each.close()));
}
