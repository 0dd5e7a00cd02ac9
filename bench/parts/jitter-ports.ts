/**
 * What comes out of the daemon's port and of aplaymidi's at once, the same notes, and how late a thread is meanwhile
 * that only sleeps: node jitter-ports.js SECONDS BPM FILE.mid OUT.json. Needs ALSA ports: bench/jitter.ts runs it.
 */
import { writeFileSync } from 'node:fs';
import { now } from '#daimon/bridge/monotonic.js';
import { STEPS_PER_BEAT } from '#daimon/music/units.js';
import { daimon, eventually, Program } from '../../test/support/program.js';
import { connect, isOn, openProbe } from './probe.js';
import { controlOf, threeClients } from './programs.js';
import { latenessOfSleeper } from './sleeper.js';

/** For the sleeper to come up: a second. */
const AHEAD_STEPS = 8;

const [seconds, bpm, midi, out] = process.argv.slice(2) as [string, string, string, string];
const stepMs = 60_000 / Number(bpm) / STEPS_PER_BEAT;
const span = Number(seconds) * 1000;

const ours = await openProbe(0);
const theirs = await openProbe(1);
const daemon = daimon(['start', '--clock', 'internal', '--bpm', bpm, '--seed', '7', '--ws-port', '0']);
const programs = [daemon];
try {
  await connect('Daimon Out', ours.address);
  programs.push(await threeClients(await controlOf(daemon)));
  const begun = await eventually('a first note', () => ours.arrivals().find(isOn)?.time ?? null);
  programs.push(new Program('aplaymidi', ['-p', theirs.address, midi]));
  await eventually('its first note', () => (theirs.arrivals().some(isOn) ? true : null));
  // half a step off the daemon's notes, so that the two never spin at once
  const steps = Math.ceil((now() - begun) / stepMs) + AHEAD_STEPS + 0.5;
  const sleeper = await latenessOfSleeper({
    first: begun + steps * stepMs,
    step: stepMs,
    count: Math.floor(span / stepMs),
  });
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
