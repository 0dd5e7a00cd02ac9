import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KNOB_NAME } from '#daimon/engine/knobs/knobs.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import type { Line } from '#daimon/training/corpus/grid.js';
import { brightness } from '#daimon/training/knobs/traits/brightness.js';
import { syncopation } from '#daimon/training/knobs/traits/syncopation.js';
import { musicOf, traitsFor } from '#daimon/training/knobs/traits.js';
import { melody, moved, note } from '../evaluation/blocks.js';

const traits = traitsFor(['melody', 'chords']);
const traitOf = (name: string, roles: readonly Line[]): number =>
  traits.find((trait) => trait.name === name)!.of(musicOf(roles));

/** Triads on each beat, for sixteen bars. */
const chords = (pitches: readonly number[], length = 4): Line =>
  Array.from({ length: 64 }, (_, beat) => pitches.map((pitch) => note(4 * beat, pitch, length))).flat();

describe('a trait', () => {
  it('has a name of its own that a knob may have, whatever the roles are called', () => {
    const names = traitsFor(['Melody (1)', '旋律', 'a b']).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, KNOB_NAME);
    assert.ok(names.includes('role-2-density'));
  });

  it('counts attacks, not notes; and notes at each attack', () => {
    const triads = chords([48, 52, 55]);
    assert.equal(traitOf('density', [[], triads]), 4);
    assert.equal(traitOf('polyphony', [[], triads]), 3);
    assert.equal(traitOf('fullness', [[], triads]), 3);
    assert.equal(traitOf('chords-density', [[], triads]), 12);
    assert.equal(traitOf('chords-share', [[], triads]), 1);
  });

  it('tells long notes from short in doublings, and beats from what is off them', () => {
    assert.equal(traitOf('length', [[], chords([60], 4)]), 2);
    assert.equal(traitOf('length', [[], chords([60], 1)]), 0);
    assert.equal(traitOf('offbeat', [[], chords([60])]), 0);
    assert.equal(traitOf('offbeat', [[], [note(2, 60), note(4, 60)]]), 0.5);
  });

  it('of pitches moves with them, or does not, as its name says', () => {
    const tune = melody(randomFrom(seed(5)), 16);
    const higher = moved(tune, 5);
    assert.ok(Math.abs(traitOf('register', [higher, []]) - traitOf('register', [tune, []]) - 5) < 1e-9);
    for (const name of ['span', 'leaps', 'melody-leaps', 'density', 'repetition']) {
      assert.ok(Math.abs(traitOf(name, [higher, []]) - traitOf(name, [tune, []])) < 1e-9, name);
    }
  });

  it('is a number for every block with notes, and none for a part without', () => {
    const tune = melody(randomFrom(seed(6)), 16);
    for (const { name, of } of traits) {
      const value = of(musicOf([tune, chords([48, 52, 55])]));
      assert.ok(Number.isFinite(value), name);
    }
    assert.ok(Number.isNaN(traitOf('melody-register', [[], chords([48])])));
  });
});

describe('syncopation', () => {
  it('is none on the beats, and grows with the weight of the beat that is passed over', () => {
    assert.equal(syncopation(chords([60])), 0);
    // an attack just before the third beat, and none on it, waits for the bar line: from -4 to 0
    const [late, early] = [
      [note(0, 60), note(7, 60)],
      [note(0, 60), note(3, 60), note(8, 60)],
    ];
    assert.ok(syncopation(late) > syncopation(early));
    assert.ok(syncopation(early) > 0);
    assert.ok(Number.isNaN(syncopation([])));
  });
});

describe('brightness', () => {
  it('is above 0 for a scale that rests on its major triad, below for one on its relative minor, in every key', () => {
    const scale = [48, 50, 52, 53, 55, 57, 59].map((pitch, i) => note(i, pitch, 1));
    for (let key = 0; key < 12; key++) {
      assert.ok(brightness(moved([...scale, ...[60, 64, 67].map((pitch) => note(8, pitch, 8))], key)) > 0);
      assert.ok(brightness(moved([...scale, ...[57, 60, 64].map((pitch) => note(8, pitch, 8))], key)) < 0);
    }
    assert.ok(Number.isNaN(brightness([])));
  });
});
