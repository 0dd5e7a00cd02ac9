import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Binding, bind, bindingNews, indexOf, meets, moved } from '#daimon/bridge/midi/surface/bindings.js';
import type { Source } from '#daimon/bridge/midi/surface/control-source.js';
import { hear, type Move, NEW_EAR } from '#daimon/bridge/midi/surface/moves.js';
import { type Random, randomFrom, seed } from '#daimon/music/random.js';
import { ask, cc, note, turn } from './some-bindings.js';

const said = (...bytes: number[]): readonly Move[] => hear(NEW_EAR, Uint8Array.from(bytes)).moves;

function someSource(random: Random): Source {
  const channel = random.below(2) === 0 ? null : 1 + random.below(2);
  const number = random.below(4);
  switch (random.below(6)) {
    case 0:
      return { kind: 'cc14', number, channel };
    case 1:
      return { kind: 'note', low: number, high: number + random.below(3), channel };
    case 2:
      return { kind: 'program', number: random.below(2) === 0 ? null : number, channel };
    case 3:
      return { kind: 'bend', channel };
    default:
      return { kind: 'cc', number: number + 32 * random.below(2), encoding: null, channel };
  }
}

describe('what a message moves', () => {
  const bindings: readonly Binding[] = [
    { source: cc(21), target: turn('swing') },
    { source: cc(21, 2), target: turn('gate') },
    { source: note(48, 72), target: turn('transpose') },
    { source: note(60), target: ask({ kind: 'next' }) },
    { source: { kind: 'cc14', number: 1, channel: null }, target: turn('vary') },
    { source: cc(1), target: turn('legato') },
  ];
  const path = (...bytes: number[]): unknown => {
    const target = moved(indexOf(bindings), said(...bytes))?.binding.target;
    return target?.kind === 'turn' ? target.path : (target?.kind ?? null);
  };

  it('is what is bound on its channel, or else on any; a key before a range of keys; a pair before its half', () => {
    assert.deepEqual([path(0xb0, 21, 5), path(0xb1, 21, 5)], ['swing', 'gate']);
    assert.deepEqual([path(0x90, 61, 5), path(0x90, 60, 5), path(0x90, 73, 5)], ['transpose', 'ask', null]);
    assert.equal(path(0xb0, 1, 5), 'vary');
    assert.equal(path(0xb0, 22, 5), null);
  });

  it('is nothing for how a note of MPE is touched, unless it is bound on the channel of the note', () => {
    const touch: readonly Move[] = [{ kind: 'bend', value: 0, channel: 2, perNote: true }];
    const any: Binding = { source: { kind: 'bend', channel: null }, target: turn('swing') };
    const own: Binding = { source: { kind: 'bend', channel: 2 }, target: turn('swing') };
    assert.equal(moved(indexOf([any]), touch), null);
    assert.equal(moved(indexOf([any, own]), touch)?.binding, own);
  });
});

describe('a further binding', () => {
  it('is there, and holds: what it is bound to is moved, whatever there was', () => {
    const random = randomFrom(seed(1));
    for (let turns = 0; turns < 50; turns++) {
      let bindings: readonly Binding[] = [];
      for (let i = 0; i < 20; i++) {
        const fresh: Binding = { source: someSource(random), target: turn(`path ${i}`) };
        const bound = bind(bindings, fresh);
        assert.equal(bound.bindings.at(-1), fresh);
        assert.deepEqual(
          bound.before,
          bindings.filter(({ source }) => meets(source, fresh.source)),
        );
        const gone = bindings.filter((old) => !bound.bindings.includes(old));
        assert.ok(
          gone.every((old) => bound.before.includes(old)),
          'what has nothing to do with it stays',
        );
        bindings = bound.bindings;
      }
      const sources = bindings.map(({ source }) => JSON.stringify(source));
      assert.equal(new Set(sources).size, sources.length, 'nothing is bound twice');
    }
  });

  it('meets others both ways', () => {
    const random = randomFrom(seed(2));
    for (let i = 0; i < 300; i++) {
      const [one, other] = [someSource(random), someSource(random)];
      assert.equal(meets(one, other), meets(other, one));
      assert.ok(meets(one, one));
    }
  });

  it('is told, with what was there before', () => {
    const swing: Binding = { source: cc(21, 1), target: turn('swing') };
    const density: Binding = { source: cc(21, 1), target: turn('knobs/density') };
    assert.equal(bindingNews(swing, []), 'CC 21 on channel 1 now turns swing.');
    assert.equal(
      bindingNews(density, bind([swing], density).before),
      'CC 21 on channel 1 turned swing; it now turns knobs/density.',
    );
    assert.equal(bindingNews(swing, [swing]), 'CC 21 on channel 1 now turns swing.');
    const pad: Binding = { source: note(36), target: ask({ kind: 'preset', name: 'hearth' }) };
    assert.equal(
      bindingNews({ ...pad, target: turn('swing') }, [pad]),
      'Note 36 asked for preset hearth; it now turns swing.',
    );
  });

  it('of a key leaves the range that the key is of, and the binding of any channel', () => {
    const range: Binding = { source: note(48, 72), target: turn('transpose') };
    const any: Binding = { source: cc(21), target: turn('swing') };
    const key = bind([range, any], { source: note(60, 60, 1), target: ask({ kind: 'next' }) });
    assert.deepEqual([key.bindings.length, key.before], [3, [range]]);
    const own = bind([range, any], { source: cc(21, 3), target: turn('gate') });
    assert.deepEqual([own.bindings.length, own.before], [3, [any]]);
  });
});
