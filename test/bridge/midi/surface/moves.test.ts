import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Ear, hear, type Move, NEW_EAR } from '#daimon/bridge/midi/surface/moves.js';
import { randomFrom, seed } from '#daimon/music/random.js';

/** All that is made of messages, in order. */
function heard(messages: readonly (readonly number[])[], from: Ear = NEW_EAR): { ear: Ear; moves: readonly Move[] } {
  return messages.reduce<{ ear: Ear; moves: readonly Move[] }>(
    ({ ear, moves }, bytes) => {
      const next = hear(ear, Uint8Array.from(bytes));
      return { ear: next.ear, moves: [...moves, ...next.moves] };
    },
    { ear: from, moves: [] },
  );
}
const movesOf = (...messages: readonly (readonly number[])[]) => heard(messages).moves;
const on = (channel: number, ...controls: readonly (readonly [number, number])[]) =>
  controls.map(([number, value]) => [0xb0 | (channel - 1), number, value]);

describe('what a controller says', () => {
  it('is heard on its channel, each kind for what it is', () => {
    const at = { channel: 3, perNote: false };
    assert.deepEqual(movesOf([0xb2, 70, 5]), [{ kind: 'cc', number: 70, value: 5, ...at }]);
    assert.deepEqual(movesOf([0x92, 60, 90], [0x92, 60, 0], [0x82, 60, 64]), [
      { kind: 'note', number: 60, velocity: 90, ...at },
      { kind: 'note', number: 60, velocity: 0, ...at },
      { kind: 'note', number: 60, velocity: 0, ...at },
    ]);
    assert.deepEqual(movesOf([0xe2, 0, 64], [0xe2, 127, 127]), [
      { kind: 'bend', value: 8192, ...at },
      { kind: 'bend', value: 16_383, ...at },
    ]);
    assert.deepEqual(movesOf([0xd2, 40], [0xa2, 61, 41]), [
      { kind: 'pressure', note: null, value: 40, ...at },
      { kind: 'pressure', note: 61, value: 41, ...at },
    ]);
    assert.deepEqual(movesOf([0xc2, 7]), [{ kind: 'program', number: 7, ...at }]);
  });

  it('is nothing where it is cut short, of the system, or a channel mode', () => {
    assert.deepEqual(movesOf([], [0xb0], [0xb0, 20], [0xf8], [0xf0, 1, 2, 0xf7], [0xb0, 123, 0], [0xb0, 120, 0]), []);
  });
});

describe('a pair of control changes', () => {
  const lastPair = (messages: readonly (readonly number[])[]) =>
    movesOf(...messages).findLast(({ kind }) => kind === 'cc14');

  it('gives every value of 14 bits, and its coarse half is a control change as well', () => {
    const random = randomFrom(seed(5));
    for (let i = 0; i < 200; i++) {
      const [value, number] = [random.below(16_384), random.below(32)];
      const messages = on(1, [number, value >> 7], [number + 32, value & 127]);
      assert.deepEqual(lastPair(messages), { kind: 'cc14', number, value, channel: 1, perNote: false });
      assert.deepEqual(movesOf(messages[0]!)[0], { kind: 'cc', number, value: value >> 7, channel: 1, perNote: false });
    }
  });

  it('wants its fine half alone where the coarse one has not changed; each channel has its own', () => {
    const messages = [...on(1, [1, 5]), ...on(2, [1, 9]), ...on(1, [33, 7])];
    assert.deepEqual(lastPair(messages), { kind: 'cc14', number: 1, value: 5 * 128 + 7, channel: 1, perNote: false });
    assert.deepEqual(
      movesOf(...on(1, [33, 7])).map(({ kind }) => kind),
      ['cc'],
    );
  });
});

describe('a parameter that is not registered', () => {
  const select = (number: number) =>
    [
      [99, number >> 7],
      [98, number & 127],
    ] as const;

  it('is set by data entry, whatever number and value', () => {
    const random = randomFrom(seed(6));
    for (let i = 0; i < 200; i++) {
      const [number, value] = [random.below(16_383), random.below(16_384)];
      const moves = movesOf(...on(2, ...select(number), [6, value >> 7], [38, value & 127]));
      assert.deepEqual(moves.at(-1), { kind: 'nrpn', number, value, channel: 2, perNote: false });
      assert.ok(
        moves.every(({ kind }) => kind === 'nrpn'),
        'its bytes are nothing else',
      );
    }
  });

  it('is set in steps by increment and decrement', () => {
    const steps = movesOf(...on(1, ...select(300), [96, 0], [96, 0], [97, 0])).map((move) =>
      move.kind === 'nrpn-step' ? [move.number, move.steps] : [],
    );
    assert.deepEqual(steps, [
      [300, 1],
      [300, 1],
      [300, -1],
    ]);
  });

  it('is done with once none is chosen, or a registered one: data entry is then nothing of its', () => {
    const none = [
      [99, 127],
      [98, 127],
    ] as const;
    assert.deepEqual(
      movesOf(...on(1, ...select(5), ...none, [70, 1])).map(({ kind }) => kind),
      ['cc'],
    );
    assert.deepEqual(movesOf(...on(1, ...select(5), [101, 0], [100, 0], [6, 2], [38, 0])), []);
    assert.deepEqual(movesOf(...on(1, [6, 9]))[0]?.kind, 'cc');
  });
});

describe('an MPE instrument', () => {
  const zone = (master: number, members: number) => on(master, [101, 0], [100, 6], [6, members]);
  const isPerNote = (ear: Ear, channel: number, bytes: (channel: number) => number[]) =>
    hear(ear, Uint8Array.from(bytes(channel - 1))).moves[0]!.perNote;

  it('says which channels are of its notes, and how a note is touched is then told from what is moved', () => {
    const { ear, moves } = heard(zone(1, 5));
    assert.deepEqual(moves, []);
    for (const touch of [
      (c: number) => [0xe0 | c, 0, 1],
      (c: number) => [0xd0 | c, 1],
      (c: number) => [0xb0 | c, 74, 1],
    ]) {
      assert.deepEqual(
        [1, 2, 6, 7, 16].map((channel) => isPerNote(ear, channel, touch)),
        [false, true, true, false, false],
      );
    }
    assert.ok(!isPerNote(ear, 2, (c) => [0xb0 | c, 21, 1]), 'a knob stays a knob');
    assert.ok(!isPerNote(ear, 2, (c) => [0x90 | c, 60, 1]), 'a key stays a key');
  });

  it('has two zones at most, which never overlap, and gives its channels back', () => {
    const random = randomFrom(seed(8));
    let { ear } = heard([]);
    for (let i = 0; i < 100; i++) {
      const [master, members] = [random.below(2) === 0 ? 1 : 16, random.below(16)];
      ear = heard(zone(master, members), ear).ear;
      assert.equal(master === 1 ? ear.mpe.lower : ear.mpe.upper, members);
      assert.ok(ear.mpe.lower + ear.mpe.upper <= 15 && Math.min(ear.mpe.lower, ear.mpe.upper) >= 0);
      assert.ok(ear.mpe.lower === 0 || ear.mpe.upper === 0 || ear.mpe.lower + ear.mpe.upper <= 14);
    }
    ear = heard([...zone(1, 0), ...zone(16, 0)], ear).ear;
    assert.ok(!isPerNote(ear, 2, (c) => [0xe0 | c, 0, 1]));
  });
});
