import { z } from 'zod';
import { COLUMNS } from '../../music/sketch.js';
import { BEATS_PER_BAR, TICKS_PER_BEAT } from '../../music/units.js';
import { wholeIn, wordOf } from './schema.js';
import { count, modelName, presetName, seed } from './terms.js';

/** What the protocol tells of the daemon's state. */

/** Beyond this a note counts as late, in ms: Ableton Link's test plan (AUDIOENGINE-1) wants apps less than 3 ms apart. */
export const LATE_MS = 3;

/** Ends of the steps in which it is counted how late notes were, in ms; what is later is in a last one. */
export const SPREAD_MS = [0.1, 0.2, 0.5, 1, 2, LATE_MS, 5, 10] as const;

const position = z.strictObject({
  bar: z.number().int(),
  beat: wholeIn(1, BEATS_PER_BAR),
  /** Within the beat. */
  tick: wholeIn(0, TICKS_PER_BEAT - 1),
});

/** How long after their due time notes began and ended at the MIDI port, in ms; all 0 where none did. */
const lateness = z.strictObject({
  /** Ons and offs. */
  count,
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
  /** How many by more than LATE_MS. */
  late: count,
  /** How many by up to 0.1, 0.2, 0.5, 1, 2, 3, 5 and 10 ms, each without those before it; and by more. */
  spread: z
    .array(count)
    .length(SPREAD_MS.length + 1)
    .readonly(),
});

const columns = z.array(wholeIn(1, COLUMNS)).max(COLUMNS).readonly();

export const state = z.strictObject({
  clock: wordOf(['stopped', 'armed', 'running', 'lost']),
  /** Whose clock leads. */
  source: wordOf(['host', 'internal', 'session']),
  /** Null while no tempo is known, as before the host's first pulses. */
  tempo: z.number().nullable(),
  /** Standard deviation of the host's pulses, in ms; null while none is known, and for other clocks. */
  jitter: z.number().nullable(),
  position,
  model: modelName,
  preset: presetName,
  seed,
  backend: z.string(),
  /** The MIDI ports that are played to and heard; null where there is none. */
  output: z.string().nullable(),
  input: z.string().nullable(),
  /** What waits for its launch, and the line that it is launched on if it `isReady`, drawn, by then; null where nothing does. */
  queued: z.strictObject({ preset: presetName, seed, at: position, isReady: z.boolean() }).nullable(),
  /** The columns of each row that stay from block to block. */
  held: z.strictObject({ low: columns, high: columns }),
  /** `recent`: of the last one to two minutes; `total`: since the daemon started. */
  timing: z.strictObject({ recent: lateness, total: lateness }),
});

export type Lateness = z.infer<typeof lateness>;
export type StateBody = z.infer<typeof state>;
