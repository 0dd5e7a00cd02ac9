import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as drawn } from 'node:timers/promises';
import { messageSchema } from '#daimon/bridge/control/protocol.js';
import { newPreview } from '#daimon/daemon/preview.js';
import { newShelf } from '#daimon/daemon/shelf.js';
import { chosenTake } from '#daimon/transport/conductor.js';
import { blockOf, preset, resting } from '../transport/stage.js';
import { Bench, engine } from './bench.js';

async function looking() {
  const bench = new Bench('internal');
  await bench.player.ready();
  const shelf = newShelf({ presets: [preset, resting], own: new Set() }, { onChanged: () => {} });
  const chosen = { ...engine, locate: () => Promise.reject(new Error('not asked')) };
  return { bench, preview: newPreview({ player: bench.player, engines: { chosen }, shelf }) };
}

const notes = (seed: number, name: string) =>
  blockOf(seed as never, name).notes.map((note) => ({ ...note, channel: note.channel + 1 }));

it('a block of a seed is drawn as it would be played, by what plays or another preset, and is not played', async () => {
  const { bench, preview } = await looking();
  const before = chosenTake(bench.player.conductor);
  const plain = await preview.draw({ kind: 'draw', seed: 3 });
  assert.deepEqual(messageSchema.parse(plain), plain);
  assert.deepEqual([plain.seed, plain.preset, plain.notes], [3, 'plain', notes(3, 'plain')]);
  assert.deepEqual((await preview.draw({ kind: 'draw', seed: 3, preset: 'resting' })).notes, notes(3, 'resting'));
  const latent = await preview.draw({ kind: 'draw', seed: 3, values: [5] });
  assert.deepEqual(latent.notes, notes(5, 'plain'), 'of a latent');
  assert.equal(chosenTake(bench.player.conductor), before);
});

it('one is drawn at a time, and what plays comes first', async () => {
  const { bench, preview } = await looking();
  bench.player.change({ kind: 'seed', seed: 9 as never });
  assert.notEqual(bench.player.conductor.asked, null);
  let isThere = false;
  const first = preview.draw({ kind: 'draw', seed: 1 }).then(() => {
    isThere = true;
  });
  preview.look();
  await assert.rejects(preview.draw({ kind: 'draw', seed: 2 }), { code: 'draw' });
  await drawn();
  assert.equal(isThere, false);
  await bench.player.ready();
  preview.look();
  await first;
  assert.equal((await preview.draw({ kind: 'draw', seed: 2 })).seed, 2);
});

it('a preset or a latent that there is not is refused, and another draw is not', async () => {
  const { preview } = await looking();
  await assert.rejects(preview.draw({ kind: 'draw', seed: 1, preset: 'restin' }), { code: 'preset' });
  await assert.rejects(preview.draw({ kind: 'draw', seed: 1, values: [1, 2] }), { code: 'protocol' });
  assert.equal((await preview.draw({ kind: 'draw', seed: 2 })).seed, 2);
});
