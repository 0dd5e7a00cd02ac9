import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { rollFrame } from '#daimon/bridge/control/roll-frame.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CELLS } from '#daimon/music/roll.js';

const page = readFileSync('docs/protocol.md', 'utf8');

it('every cell of every plane is the byte that docs/protocol.md says, to half a 255th', () => {
  const [, formula] = page.match(/Byte `(24 \+ .*)` is how likely/) ?? [];
  const at = new Function('role', 'planes', 'plane', 'pitch', 'step', `return ${formula}`);
  for (const planes of [1, 2]) {
    const random = randomFrom(seed(planes));
    const plane = (): Float32Array => Float32Array.from({ length: CELLS }, () => random.uniform());
    const roles = ['melody', 'chords', 'bass'].map((name) => {
      return { name, voices: null, sounding: plane(), onset: planes === 1 ? null : plane() };
    });
    const of = { place: 'next', index: 3, bar: 49, seed: seed(4_000_000_000) } as const;
    const frame = Buffer.from(rollFrame({ basePitch: 30, roles }, of));
    assert.equal(frame.length, 24 + 3 * planes * CELLS);
    assert.deepEqual([...frame.subarray(0, 8)], [1, 1, 1, 3, planes, 30, 64, 0]);
    assert.deepEqual([frame.readUInt16LE(8), frame.readUInt16LE(10)], [256, 0]);
    assert.deepEqual(
      [12, 16, 20].map((byte) => frame.readUInt32LE(byte)),
      [3, 49, 4_000_000_000],
    );
    for (let trial = 0; trial < 2000; trial++) {
      const [role, which, pitch, step] = [3, planes, 64, 256].map((n) => random.below(n));
      const values = which === 0 ? roles[role].sounding : roles[role].onset!;
      const byte = frame[at(role, planes, which, pitch, step)];
      assert.ok(Math.abs(byte / 255 - values[pitch * 256 + step]) <= 0.5 / 255 + 1e-7);
    }
  }
});

it('what never and what surely sounds are 0 and 255', () => {
  const sounding = Float32Array.from({ length: CELLS }, (_, cell) => cell % 2);
  const roles = [{ name: 'all', voices: null, sounding, onset: null }];
  const frame = rollFrame({ basePitch: 0, roles }, { place: 'plays', index: 0, bar: 1, seed: seed(0) });
  assert.deepEqual([...frame.subarray(24, 28)], [0, 255, 0, 255]);
});
