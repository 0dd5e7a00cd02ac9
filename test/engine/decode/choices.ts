import type { Chord } from '#daimon/music/chord.js';
import { DECODING, DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import { mapTable, type Parameter } from '#daimon/music/parameter.js';
import type { Random } from '#daimon/music/random.js';
import { STEPS_PER_BLOCK, step } from '#daimon/music/units.js';

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const oneOf = <T>(random: Random, things: readonly T[]): T => things[random.below(things.length)];

/** Any value that a parameter may have. */
export function randomValue(parameter: Parameter, random: Random): unknown {
  const whole = ({ min, max }: { readonly min: number; readonly max: number }): number =>
    min + random.below(max - min + 1);
  switch (parameter.kind) {
    case 'number':
      return parameter.min + random.uniform() * (parameter.max - parameter.min);
    case 'whole':
      return whole(parameter);
    case 'choice':
      return oneOf(random, parameter.options);
    case 'pattern': {
      const signs = [...'.x123456789 '].filter((sign) => parameter.shape.test(sign));
      return times(random.below(24), () => oneOf(random, signs)).join('');
    }
    case 'list': {
      const { least, most, names } = parameter;
      if (names.length > 0 && random.below(2) === 0) return oneOf(random, names);
      return times(least + random.below(most - least + 1), () => whole(parameter));
    }
  }
}

/** Any choices at all that a player may make, half of them left alone. */
export function randomDecoding(random: Random): Decoding {
  const any = mapTable(DECODING, (parameter) => (random.below(2) === 0 ? null : randomValue(parameter, random)));
  const chosen = Object.entries(any).filter(([, value]) => value !== null);
  const [lowest, highest] = [random.below(60), 60 + random.below(68)];
  return { ...DEFAULT_DECODING, ...Object.fromEntries(chosen), lowest, highest };
}

/** Any chords at all: none, of one tone, of all twelve, and none for a while. */
export function randomChords(random: Random): readonly Chord[] {
  const steps = times(random.below(12), () => random.below(STEPS_PER_BLOCK)).sort((a, b) => a - b);
  return [...new Set(steps)].map((at) => ({
    step: step(at),
    pitchClasses: times(random.below(5), () => random.below(12)),
  }));
}
