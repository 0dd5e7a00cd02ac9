import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findBundle, readBundle, readKnobs } from '#daimon/engine/bundle.js';
import { startEngine } from '#daimon/engine/start.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { openForKnobs } from '#daimon/training/knobs/write-knobs.js';
import { randomKnobs } from '../../engine/knobs/some-knobs.js';
import { SMALL, writeRandomBundle } from '../../engine/random-model.js';

const some = randomKnobs({ channels: SMALL.channels, rows: 2, columns: 8 }, randomFrom(seed(2)));

async function written(): Promise<string> {
  const root = await writeRandomBundle('turned', SMALL);
  await (await openForKnobs(await findBundle('turned', [root])))(some);
  return root;
}

describe('knobs in a bundle', () => {
  it('are read as they were written, and are none where nobody has looked for them', async () => {
    const root = await writeRandomBundle('plain', SMALL);
    assert.equal(await readKnobs(await findBundle('plain', [root])), null);
    assert.deepEqual(await readKnobs(await findBundle('turned', [await written()])), some);
  });

  it('are told by an engine, without their numbers', async () => {
    const engine = await startEngine({ model: 'turned', modelsDir: await written(), backend: 'onnx', provider: null });
    assert.deepEqual(
      engine.info.knobs.map(({ name, low, high }) => ({ name, low, high })),
      some.knobs.map(({ name, low, high }) => ({ name, low, high })),
    );
    assert.deepEqual(engine.info.components, [
      { name: 'component-1', share: 0.25 },
      { name: 'component-2', share: 0.25 },
    ]);
    await engine.close();
  });

  it('that are not those the card tells of are refused', async () => {
    const root = await written();
    await appendFile(join(root, 'turned', 'knobs.json'), ' ');
    await assert.rejects(readKnobs(await findBundle('turned', [root])), {
      code: 'model',
      message: /knobs\.json is not the file its card tells of/,
    });
  });

  it('are off the card while new ones are looked for, so that a crash leaves a model that plays', async () => {
    const root = await written();
    const write = await openForKnobs(await findBundle('turned', [root]));
    assert.equal((await readBundle(join(root, 'turned'))).card.files.knobs, undefined);
    await write({ ...some, knobs: [] });
    assert.deepEqual((await readKnobs(await findBundle('turned', [root])))?.knobs, []);
  });
});
