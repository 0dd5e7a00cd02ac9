import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newHistory } from '#daimon/daemon/history.js';
import { changeOf, type Instrument, type InstrumentRequest } from '#daimon/daemon/instrument.js';
import { newShelf } from '#daimon/daemon/shelf.js';
import { seed } from '#daimon/music/random.js';
import { cellsOf, onlyThis } from '#daimon/music/sketch.js';
import { tick } from '#daimon/music/units.js';
import { blockOf, preset, resting, Stage } from '../transport/stage.js';
import { info } from './bench.js';

const shape = { channels: 1, rows: 1, columns: 1 };
/** A stage whose first block is there, and the way of a request to it. */
function playing() {
  const stage = Stage.playing();
  const history = newHistory();
  const instrument = (): Instrument => ({
    conductor: stage.state,
    shelf: newShelf({ presets: [preset, resting], own: new Set() }, { onChanged: () => {} }),
    model: info,
    history,
  });
  const ask = (request: InstrumentRequest): void => stage.do(changeOf(request, instrument()));
  const chosen = () => stage.state.pending?.take ?? stage.state.take;
  return { stage, history, ask, chosen, instrument };
}

it('hold keeps columns of what plays, and `next` leaves them', () => {
  const { ask, chosen } = playing();
  ask({ kind: 'hold', columns: [1, 2], row: 'low' });
  const { latent } = blockOf(seed(7));
  assert.deepEqual(chosen().theme, { latent, cells: cellsOf([1, 2], 'low'), amount: 1 });
  ask({ kind: 'next' });
  assert.deepEqual(chosen().theme, { latent, cells: cellsOf([1, 2], 'low'), amount: 1 });
  ask({ kind: 'hold', columns: [] });
  assert.equal(chosen().theme, null);
});

it('vary leaves what plays by an amount, keeps what is held, and gives another variation each time', () => {
  const { ask, chosen } = playing();
  ask({ kind: 'hold', columns: [8] });
  const seeds = [0.2, 0.2].map((amount) => {
    ask({ kind: 'vary', amount });
    assert.deepEqual([chosen().theme?.amount, chosen().theme?.cells], [amount, cellsOf([8])]);
    return chosen().seed;
  });
  assert.notEqual(seeds[0], seeds[1]);
  ask({ kind: 'hold', columns: [1] });
  assert.equal(chosen().theme?.amount, 0.2, 'holding leaves the amount');
});

it('a latent is played until `next`, and letting it go needs no block', () => {
  const { ask, chosen } = playing();
  ask({ kind: 'latent', values: [0.5] });
  assert.deepEqual(chosen().theme, onlyThis({ shape, values: Float32Array.of(0.5) }));
  ask({ kind: 'next' });
  assert.equal(chosen().theme, null);
  assert.throws(() => ask({ kind: 'latent', values: [1, 2] }), { code: 'protocol', message: /has 1 values/ });
});

it('morph, pad and glide name presets, and null ends whichever there is', () => {
  const { ask, chosen } = playing();
  ask({ kind: 'morph', to: 'resting' });
  assert.deepEqual(chosen().morph, { kind: 'line', to: resting, x: 1 });
  ask({ kind: 'pad', right: 'resting', up: 'plain', far: 'resting', x: 0.5, y: 0 });
  assert.equal(chosen().morph?.kind, 'square');
  ask({ kind: 'glide', to: 'resting', bars: 8 });
  assert.deepEqual(chosen().morph, { kind: 'glide', to: resting, from: tick(1920), until: tick(9 * 1920) });
  ask({ kind: 'morph', to: null });
  assert.equal(chosen().morph, null);
  assert.throws(() => ask({ kind: 'morph', to: 'restin' }), { code: 'preset', message: /Did you mean 'resting'/ });
});

it('recall plays a block of this model again, by the preset it had', () => {
  const { ask, chosen, history } = playing();
  const block = blockOf(seed(42));
  const heard = { index: 0, start: tick(0), from: tick(0), repeated: false };
  history.hear({ ...heard, block, preset: resting });
  history.hear({ ...heard, block: { ...blockOf(seed(43)), model: 'folk' }, preset });
  ask({ kind: 'recall', block: 1 });
  assert.deepEqual([chosen().preset, chosen().theme], [resting, onlyThis(block.latent)]);
  assert.throws(() => ask({ kind: 'recall', block: 2 }), { code: 'history', message: /drawn by the model 'folk'/ });
  assert.throws(() => ask({ kind: 'recall', block: 3 }), { code: 'history', message: /no block 3/ });
});

it('before there is a block, or while another model’s plays, there is nothing to hold', () => {
  const { instrument } = playing();
  const other = { ...instrument(), model: { ...info, model: 'folk' } };
  for (const request of [
    { kind: 'hold', columns: [1] },
    { kind: 'vary', amount: 0.5 },
  ] as const) {
    assert.throws(() => changeOf(request, other), { code: 'history', message: /no block of the model 'folk'/ });
  }
});
