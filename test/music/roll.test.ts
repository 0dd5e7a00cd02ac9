import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CELLS, ROLE_NAME, rollOf, WHOLE } from '#daimon/music/roll.js';

/** Planes each filled with its own number. */
const planes = (count: number): Float32Array => Float32Array.from({ length: count * CELLS }, (_, i) => (i / CELLS) | 0);

describe('a network’s numbers as a roll', () => {
  it('are sounding and onset of each role in turn', () => {
    const roles = [
      { name: 'melody', voices: 1 },
      { name: 'chords', voices: null },
    ] as const;
    const roll = rollOf(planes(4), { basePitch: 40, planes: 4, roles });
    assert.equal(roll.basePitch, 40);
    assert.deepEqual(
      roll.roles.map(({ name, voices, sounding, onset }) => [name, voices, sounding[0], sounding.length, onset?.[0]]),
      [
        ['melody', 1, 0, CELLS, 1],
        ['chords', null, 2, CELLS, 3],
      ],
    );
  });

  it('may be a single plane, and then no onsets are known', () => {
    const [all, ...others] = rollOf(planes(1), { basePitch: 30, planes: 1, roles: [WHOLE] }).roles;
    assert.deepEqual(others, []);
    assert.equal(all.onset, null);
    assert.equal(all.sounding.length, CELLS);
  });
});

it('a role is called by what can stand in a list and on a terminal', () => {
  for (const name of ['melody', 'Electric Piano', 'Gesang 1', 'é', 'x'.repeat(32)]) assert.match(name, ROLE_NAME);
  for (const name of ['', ' a', 'a ', 'a,b', 'a\x1b[31m', 'x'.repeat(33)]) assert.doesNotMatch(name, ROLE_NAME);
});
