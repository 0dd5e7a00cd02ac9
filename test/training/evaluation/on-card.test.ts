import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { readBundle, writeCard } from '#daimon/engine/bundle.js';
import { openCard } from '#daimon/training/evaluation/on-card.js';
import { EVALUATION, SMALL, writeRandomBundle } from '../../engine/random-model.js';

const small = async (): Promise<string> => join(await writeRandomBundle('small', SMALL), 'small');

it('a card whose words were changed while its model was evaluated keeps the new words', async () => {
  const folder = await small();
  const bundle = await readBundle(folder);
  const write = await openCard(bundle);
  await writeCard(folder, { ...bundle.card, title: 'Renamed' });
  await write(EVALUATION);
  assert.deepEqual((await readBundle(folder)).card, { ...bundle.card, title: 'Renamed', evaluation: EVALUATION });
});

it('a model that was trained anew while the old one was evaluated keeps its card', async () => {
  const folder = await small();
  const bundle = await readBundle(folder);
  const write = await openCard(bundle);
  const other = { ...bundle.card, files: { ...bundle.card.files, generator: 'b'.repeat(64) } };
  await writeCard(folder, other);
  await assert.rejects(write(EVALUATION), { name: 'DaimonError', code: 'model', message: /small has changed since/ });
  assert.deepEqual((await readBundle(folder)).card, other);
  await writeFile(join(folder, 'card.json'), '{');
  await assert.rejects(write(EVALUATION), { code: 'model' });
});
