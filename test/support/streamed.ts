import type { Seed } from '#daimon/music/random.js';
import type { Sketch } from '#daimon/music/sketch.js';

/** A block of a stream as it is played there, with its surroundings. */
export function streamed(seed: Seed, temperature: number, index: number): Sketch {
  const at = (of: number): Sketch => ({ kind: 'stream', seed, temperature, index: of });
  return { kind: 'surrounded', before: at(index - 1), block: at(index), after: at(index + 1) };
}
