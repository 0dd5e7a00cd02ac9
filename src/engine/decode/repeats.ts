import { signsOf } from '../../music/mask.js';
import { CELLS, type PianoRoll, type RoleRoll } from '../../music/roll.js';
import { STEPS_PER_BAR, STEPS_PER_BEAT, STEPS_PER_BLOCK } from '../../music/units.js';

const STEPS_OF = { step: 1, beat: STEPS_PER_BEAT, bar: STEPS_PER_BAR } as const;
export type RepeatOf = keyof typeof STEPS_OF;

/**
 * The roll with steps, beats or bars in the place of others, as a pattern has it: `.` as drawn, `x` what stands before
 * it, a digit what stands that many before, itself perhaps a repeat. What lies before the block can't be repeated.
 * It is the probabilities that repeat, so what follows (chords, accents, chance) is still of the place where they are heard.
 */
export function repeated(roll: PianoRoll, pattern: string, of: RepeatOf): PianoRoll {
  const signs = signsOf(pattern);
  if (signs.every((sign) => sign === '.')) return roll;
  const sources = sourceSteps(signs, STEPS_OF[of]);
  const roles = roll.roles.map(
    (role): RoleRoll => ({
      ...role,
      sounding: moved(role.sounding, sources),
      onset: role.onset && moved(role.onset, sources),
    }),
  );
  return { ...roll, roles };
}

/** For each of the 256 steps the one that is heard there. */
export function sourceSteps(signs: readonly string[], length: number): Uint8Array {
  const sources = Uint8Array.from({ length: STEPS_PER_BLOCK }, (_, step) => step);
  for (let unit = 0; unit * length < STEPS_PER_BLOCK; unit++) {
    const back = stepsBack(signs[unit % signs.length]) * length;
    const start = unit * length;
    if (back > 0 && back <= start) sources.copyWithin(start, start - back, start - back + length);
  }
  return sources;
}

const stepsBack = (sign: string): number => (sign === '.' ? 0 : sign === 'x' ? 1 : Number(sign));

const moved = (plane: Float32Array, sources: Uint8Array): Float32Array =>
  Float32Array.from({ length: CELLS }, (_, at) => plane[at - (at % STEPS_PER_BLOCK) + sources[at % STEPS_PER_BLOCK]]);
