import assert from 'node:assert/strict';
import { test } from 'node:test';
import { felt } from '#daimon/music/feel.js';
import { deriveSeed, seed } from '#daimon/music/random.js';
import { TICKS_PER_BLOCK, tick } from '#daimon/music/units.js';
import { REMEMBERED } from '#daimon/transport/block-memory.js';
import { isReady } from '#daimon/transport/conductor.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { bars, blockOf, onsOf, planBlock, preset, resting, Stage, takenUp } from './stage.js';

const second = deriveSeed(seed(7), 1);

test('a block plays from the downbeat, and the next follows on its boundary', () => {
  const stage = Stage.playing();
  stage.playTo(2 * TICKS_PER_BLOCK - 20);
  assert.deepEqual(stage.ons(0, TICKS_PER_BLOCK), onsOf(7, 0));
  assert.deepEqual(stage.ons(TICKS_PER_BLOCK, 2 * TICKS_PER_BLOCK), onsOf(second, TICKS_PER_BLOCK));
  assert.deepEqual(stage.said, []);
});

test('every note is heard on its tick', () => {
  const stage = Stage.playing();
  stage.playTo(TICKS_PER_BLOCK);
  for (const { at, edge } of stage.heard) assert.ok(at <= edge.tick && edge.tick - at <= 20);
});

test('the first block is drawn before anyone asks for it, so that Start sounds at once', () => {
  const stage = new Stage();
  assert.equal(isReady(stage.state), false);
  stage.wait(100);
  assert.equal(isReady(stage.state), true);
});

test('the next block is asked for as soon as the present one has begun, once', () => {
  const stage = Stage.playing();
  const asked = () => stage.asks.map(({ ask }) => ask.index);
  stage.wait(20);
  assert.deepEqual(asked(), [0, 1]);
  stage.playTo(TICKS_PER_BLOCK - 20);
  assert.deepEqual(asked(), [0, 1]);
  stage.playTo(TICKS_PER_BLOCK);
  assert.deepEqual(asked(), [0, 1, 2]);
});

test('a draw that takes all but two bars of a block is not late', () => {
  const stage = Stage.slow(bars(14));
  stage.playTo(3 * TICKS_PER_BLOCK + bars(1));
  assert.deepEqual(stage.said, []);
  assert.deepEqual(
    stage.started.map(({ index, from, repeated }) => [index, from, repeated]),
    [0, 1, 2, 3].map((index) => [index, index * TICKS_PER_BLOCK, false]),
  );
});

test('the same position plays the same notes, come to by playing or by a jump', () => {
  const played = Stage.playing();
  played.playTo(bars(40));
  for (const bar of [0, 5, 16, 20, 33]) {
    const jumped = Stage.playing(bars(bar));
    jumped.playTo(bars(bar + 2));
    const from = bars(bar);
    const begun = played.ons(from, bars(bar + 2));
    const heard = jumped.ons(from, bars(bar + 2));
    assert.deepEqual(
      heard.filter((on) => begun.includes(on) || !on.startsWith(`${from} `)),
      begun,
      `bar ${bar + 1}`,
    );
  }
});

test('a preset that swings plays its blocks swung, and after a jump as before', () => {
  const swinging = { ...preset, feel: { swing: 62, swingUnit: 8, humanise: 15 } as const };
  const stage = Stage.playing(0, swinging);
  stage.playTo(bars(18));
  const edges = planBlock(felt(blockOf(second), swinging.feel), tick(TICKS_PER_BLOCK));
  const inBar = edges.filter((edge) => isNoteOn(edge) && edge.tick < bars(18));
  const before = stage.ons(bars(16), bars(18));
  assert.deepEqual(before, inBar.map((on) => `${on.tick} ${on.status & 15} ${on.data1} ${on.data2}`).sort());
  stage.heard.length = 0;
  stage.do({ kind: 'jump', tick: bars(16) });
  stage.playTo(bars(18));
  assert.deepEqual(stage.ons(bars(16), bars(18)), before);
});

test('rewound, the song plays again what it played, without drawing again', () => {
  const stage = Stage.playing();
  stage.playTo(bars(34));
  const before = stage.ons(bars(14), bars(18));
  const asks = stage.asks.length;
  stage.heard.length = 0;
  stage.do({ kind: 'jump', tick: bars(14) });
  stage.playTo(bars(18));
  assert.deepEqual(
    stage.ons(bars(14) + 1, bars(18)),
    before.filter((on) => !on.startsWith(`${bars(14)} `)),
  );
  assert.equal(stage.asks.length, asks);
});

test('a start in the middle of a block plays on from there', () => {
  const stage = Stage.playing(bars(3.5));
  stage.playTo(bars(5));
  assert.deepEqual(stage.ons(0, bars(5)), takenUp(7, 0, bars(3.5), bars(5)));
});

test('without chasing, a start in the middle of a block, or another preset, waits for the next notes', () => {
  const stage = Stage.playing(bars(3.5), preset, 7, false);
  stage.playTo(bars(4.3));
  stage.do({ kind: 'preset', preset: resting });
  stage.playTo(bars(7));
  assert.deepEqual(stage.ons(0, bars(5)), onsOf(7, 0, bars(3.5), bars(5)));
  assert.deepEqual(stage.ons(bars(5), bars(7)), onsOf(7, 0, bars(5), bars(7), 'resting'));
});

test('a block that comes after the start is played from the next sixteenth on', () => {
  const stage = new Stage();
  stage.drawing = 520;
  stage.do({ kind: 'play', tick: tick(TICKS_PER_BLOCK) });
  stage.playTo(TICKS_PER_BLOCK + bars(2));
  const heard = stage.ons(0, TICKS_PER_BLOCK + bars(2));
  assert.deepEqual(heard, takenUp(second, TICKS_PER_BLOCK, TICKS_PER_BLOCK + 600, TICKS_PER_BLOCK + bars(2)));
});

test('while the next block is late, the last one plays again, and the late one takes over on a bar line', () => {
  const stage = Stage.slow(bars(17.5));
  stage.playTo(TICKS_PER_BLOCK + bars(4));
  const [from, to] = [TICKS_PER_BLOCK, TICKS_PER_BLOCK + bars(2)];
  assert.deepEqual(stage.ons(from, to), onsOf(7, from, from, to));
  assert.deepEqual(stage.ons(to, to + bars(2)), takenUp(second, from, to, to + bars(2)));
  assert.equal(stage.said.length, 1);
  assert.deepEqual(
    stage.started.map(({ repeated, from: at }) => [repeated, at]),
    [
      [false, 0],
      [true, from],
      [false, to],
    ],
  );
});

test('with a preset that rests, a late block leaves silence, and nothing hangs in it', () => {
  const stage = Stage.slow(bars(17.5), resting);
  stage.playTo(TICKS_PER_BLOCK + bars(1));
  assert.deepEqual(stage.ons(TICKS_PER_BLOCK, TICKS_PER_BLOCK + bars(1)), []);
  assert.equal(stage.sounding.size, 0);
  stage.playTo(TICKS_PER_BLOCK + bars(4));
  const [from, to] = [TICKS_PER_BLOCK + bars(2), TICKS_PER_BLOCK + bars(4)];
  assert.deepEqual(stage.ons(from, to), onsOf(second, TICKS_PER_BLOCK, from, to, 'resting'));
});

test('a draw that fails is said once, tried again each bar, and meanwhile the last block plays on', () => {
  const stage = Stage.playing();
  stage.failing = true;
  stage.playTo(TICKS_PER_BLOCK + bars(3) - 20);
  assert.equal(stage.said.length, 1);
  assert.equal(stage.asks.length, 1 + 16 + 3);
  assert.deepEqual(
    stage.ons(TICKS_PER_BLOCK, TICKS_PER_BLOCK + bars(3)),
    onsOf(7, TICKS_PER_BLOCK, 0, TICKS_PER_BLOCK + bars(3)),
  );
  stage.failing = false;
  stage.playTo(TICKS_PER_BLOCK + bars(8));
  const [from, to] = [TICKS_PER_BLOCK + bars(6), TICKS_PER_BLOCK + bars(8)];
  assert.deepEqual(stage.ons(from, to), onsOf(second, TICKS_PER_BLOCK, from, to));
});

test('an answer to a question that a new seed has made stale is dropped', () => {
  const stage = Stage.slow(null);
  stage.playTo(bars(1));
  const stale = stage.asks.at(-1);
  assert.ok(stale);
  stage.do({ kind: 'stop' });
  stage.do({ kind: 'seed', seed: seed(99) });
  stage.drawing = 1;
  stage.answer(stale.ask, blockOf(seed(12345)));
  stage.wait(100);
  stage.do({ kind: 'play', tick: tick(TICKS_PER_BLOCK) });
  stage.playTo(TICKS_PER_BLOCK + bars(2));
  const expected = onsOf(deriveSeed(seed(99), 1), TICKS_PER_BLOCK, TICKS_PER_BLOCK, TICKS_PER_BLOCK + bars(2));
  assert.deepEqual(stage.ons(TICKS_PER_BLOCK, TICKS_PER_BLOCK + bars(2)), expected);
});

test('an answer that nobody awaits is dropped', () => {
  const stage = Stage.playing();
  const before = stage.state;
  stage.answer({ take: 0, index: 0 }, blockOf(seed(12345)));
  assert.deepEqual(stage.state, before);
});

test('Stop ends every note and voids what was planned', () => {
  const stage = Stage.playing();
  stage.playTo(bars(2.1));
  assert.ok(stage.sounding.size > 0);
  const { epoch } = stage.state;
  stage.do({ kind: 'stop' });
  assert.equal(stage.sounding.size, 0);
  assert.equal(stage.state.epoch, epoch + 1);
  const count = stage.heard.length;
  stage.wait(bars(4));
  assert.equal(stage.heard.length, count);
});

test('a bar that the output refuses is left out, released and said; the next one plays', () => {
  const stage = Stage.playing();
  stage.playTo(bars(2) - 200);
  stage.do({ kind: 'refused' });
  assert.equal(stage.sounding.size, 0);
  stage.playTo(bars(5));
  assert.equal(stage.said.length, 1);
  assert.deepEqual(stage.ons(bars(3), bars(5)), takenUp(7, 0, bars(3), bars(5)));
});

test('a main thread that stalls for a beat over a bar line loses nothing', () => {
  const stage = Stage.playing();
  stage.playTo(bars(1) - 460);
  stage.do({ kind: 'time', tick: tick(bars(1) + 20) });
  stage.playTo(bars(3));
  assert.deepEqual(stage.ons(bars(1), bars(3)), onsOf(7, 0, bars(1), bars(3)));
});

test('a main thread that stalled for longer over a bar line goes on from the next sixteenth', () => {
  const stage = Stage.playing();
  stage.playTo(bars(1) - 600);
  stage.do({ kind: 'time', tick: tick(bars(1) + 500) });
  stage.playTo(bars(3));
  assert.deepEqual(stage.ons(bars(1), bars(3)), onsOf(7, 0, bars(1) + 600, bars(3)));
});

test('no more than so many blocks are remembered', () => {
  const stage = Stage.playing();
  for (let block = 0; block < REMEMBERED + 10; block++) {
    stage.do({ kind: 'jump', tick: tick(block * TICKS_PER_BLOCK) });
    stage.wait(100);
  }
  assert.equal(stage.state.memory.length, REMEMBERED);
});
