import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { decode } from '#daimon/engine/decode/decode.js';
import { DEFAULT_DECODING, type Decoding } from '#daimon/music/decoding.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import type { PianoRoll, Role } from '#daimon/music/roll.js';
import { blurredRole, randomNotes, randomRoll, randomTune } from './rolls.js';

const MELODY: Role = { name: 'melody', voices: 1 };
const CHORDS: Role = { name: 'chords', voices: null };

const drawn = (of: number): PianoRoll => ({
  basePitch: 30,
  roles: [blurredRole(of, randomTune(of), MELODY), blurredRole(of + 1, randomNotes(of + 1), CHORDS)],
});

const anyTwo = (of: number): PianoRoll => randomRoll(of, 2, [MELODY, CHORDS]);
const anyOne = (of: number): PianoRoll => randomRoll(of, 1);

/** The choices that there were when the notes were recorded, any of each. */
function choices(of: number): Partial<Decoding> {
  const random = randomFrom(seed(of));
  return {
    threshold: 0.05 + 0.9 * random.uniform(),
    onsetThreshold: 0.05 + 0.9 * random.uniform(),
    fragmentThreshold: random.uniform(),
    transpose: random.below(73) - 36,
    lowest: random.below(60),
    highest: 60 + random.below(68),
    voices: 1 + random.below(12),
    gate: 0.1 + 0.9 * random.uniform(),
    velocity: 1 + random.below(127),
    accent: random.below(64),
    channel: 1 + random.below(16),
    split: random.below(2) === 1 ? 'roles' : 'off',
  };
}

function printOf(rolls: readonly PianoRoll[], decodingOf: (index: number) => Decoding): string {
  const hash = createHash('sha256');
  for (const [i, roll] of rolls.entries()) hash.update(JSON.stringify(decode(roll, decodingOf(i), { seed: seed(i) })));
  return hash.digest('hex').slice(0, 16);
}

const SEEDS = Array.from({ length: 12 }, (_, i) => i);

/** Before there were other choices, by the defaults and by any choices. The seeds' hashes are of their JSON in turn. */
const RECORDED = [
  { rolls: 'as a model draws them', make: drawn, plain: '7c06987952f6eabc', chosen: 'da56a92641838880' },
  { rolls: 'of any numbers', make: anyTwo, plain: 'ecb8f636e68e7dac', chosen: 'bf2584add5fd4ceb' },
  { rolls: 'of a single plane', make: anyOne, plain: 'b6f0c9bfb0a9cf7e', chosen: 'e17b313ebb52ad2e' },
];

for (const { rolls, make, plain, chosen } of RECORDED) {
  it(`rolls ${rolls} are read, to the bit, as they were before the player could choose more`, () => {
    const made = SEEDS.map(make);
    assert.equal(
      printOf(made, () => DEFAULT_DECODING),
      plain,
    );
    assert.equal(
      printOf(made, (of) => ({ ...DEFAULT_DECODING, ...choices(of) })),
      chosen,
    );
  });
}
