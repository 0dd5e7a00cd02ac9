import { z } from 'zod';
import { PLAYING } from '../../music/playing.js';
import { bpm, type Millis, millis, TICKS_PER_BEAT, tick } from '../../music/units.js';
import type { SessionSnapshot } from '../../transport/clock/session-clock.js';
import { numberIn, refusal } from '../control/schema.js';

/** What a package must export to be a clock source of daimon's. docs/clocks.md shows it. */

/** Goes up with each change that an older add-on would not survive. */
const CLOCK_VERSION = 1;

/** Milliseconds between a snapshot's time and ours: a count-in of four bars at 20 BPM takes 48 s, another clock's zero is further. */
const FURTHEST = 60_000;
/** Beats: two days at 300 BPM. */
const LONGEST_SONG = 1_000_000;

/** What an add-on tells; times are `process.hrtime()`'s. */
const snapshotSchema = z.object(
  {
    time: z.number({ error: 'a number of ms' }),
    tempo: numberIn(PLAYING.tempo.min, PLAYING.tempo.max),
    beat: numberIn(-LONGEST_SONG, LONGEST_SONG),
    isPlaying: z.boolean({ error: 'true or false' }),
  },
  { error: 'an object { time, tempo, beat, isPlaying }' },
);

/** Of an open add-on. */
export interface OpenClock {
  close(): unknown;
}

const functionOf = <F>() => z.custom<F>((value) => typeof value === 'function', { error: 'a function' });

const addonSchema = z.object({
  clockVersion: z.literal(CLOCK_VERSION, { error: `${CLOCK_VERSION}, as of this daimon's add-ons` }),
  openClock: functionOf<(tell: (snapshot: unknown) => void) => unknown>(),
});

const openClockSchema = z.custom<OpenClock>(
  (value) => typeof value === 'object' && value !== null && typeof Reflect.get(value, 'close') === 'function',
);

/** Either a value or one sentence, without its subject, that says why it is none. */
export type Checked<T> = { readonly kind: 'good'; readonly value: T } | { readonly kind: 'bad'; readonly why: string };

export function checkAddon(module: unknown): Checked<z.infer<typeof addonSchema>> {
  const { data, error } = addonSchema.safeParse(module);
  return error === undefined ? { kind: 'good', value: data } : { kind: 'bad', why: refusal(error, module, []) };
}

export function checkOpenClock(value: unknown): Checked<OpenClock> {
  const { data, error } = openClockSchema.safeParse(value);
  return error === undefined
    ? { kind: 'good', value: data }
    : { kind: 'bad', why: 'openClock must return an object with a function close.' };
}

export function checkSnapshot(value: unknown, now: Millis): Checked<SessionSnapshot> {
  const { data, error } = snapshotSchema.safeParse(value);
  if (error !== undefined) return { kind: 'bad', why: refusal(error, value, []) };
  const { time, tempo, beat, isPlaying } = data;
  if (Math.abs(time - now) > FURTHEST)
    return {
      kind: 'bad',
      why: `time is ${time}; it must be in ms of process.hrtime(), which is at ${Math.round(now)} now.`,
    };
  return {
    kind: 'good',
    value: { time: millis(time), tempo: bpm(tempo), tick: tick(beat * TICKS_PER_BEAT), isPlaying },
  };
}
