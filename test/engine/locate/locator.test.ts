import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openOnnx } from '#daimon/engine/backends/onnx.js';
import { findBundle, writeCard } from '#daimon/engine/bundle.js';
import { rollShapeOf } from '#daimon/engine/card.js';
import { type Engine, plainDraw } from '#daimon/engine/engine.js';
import { Locator } from '#daimon/engine/locate/locator.js';
import { startEngine } from '#daimon/engine/start.js';
import type { Latent } from '#daimon/music/latent.js';
import { type Line, lineOf, onGrid } from '#daimon/music/line.js';
import type { Phrase } from '#daimon/music/phrase.js';
import { seed } from '#daimon/music/random.js';
import { BARS_PER_BLOCK, STEPS_PER_BAR, step, TICKS_PER_BEAT } from '#daimon/music/units.js';
import { shippedFolder } from '#daimon/package.js';

async function drawn(engine: Engine, of: number, latent: Latent | null = null, transpose = 0): Promise<Line> {
  const decoding = { ...engine.info.decoding, transpose };
  const sketch = latent === null ? undefined : ({ kind: 'given', latent } as const);
  const { block } = await engine.draw(plainDraw(seed(of), decoding, sketch));
  return lineOf(block.notes.map((note) => onGrid({ ...note, end: note.onset + note.duration }, TICKS_PER_BEAT)));
}

const phraseOf = (notes: Line, bars = BARS_PER_BLOCK): Phrase => ({ bars, parts: [{ name: '', notes }] });
const moved = (notes: Line, by: number): Line => notes.map((note) => ({ ...note, pitch: note.pitch + by }));

/** 2 |A and B| / (|A| + |B|) of pitches and onsets. */
function alike(a: Line, b: Line): number {
  const places = new Set(a.map(({ onset, pitch }) => `${onset} ${pitch}`));
  return (2 * b.filter(({ onset, pitch }) => places.has(`${onset} ${pitch}`)).length) / (a.length + b.length);
}

const shipped = { model: 'folk', modelsDir: shippedFolder('models'), backend: 'onnx', provider: null } as const;

/** What was drawn, moved so far, is found again in its key, and no other draw is half as near. */
async function findsItsOwn(engine: Engine, of: number, up: number): Promise<void> {
  const wanted = moved(await drawn(engine, of), up);
  const { latent, move, columns } = await engine.locate(phraseOf(wanted));
  const near = alike(wanted, await drawn(engine, 9, latent, -move));
  const others = await Promise.all([11, 12, 13].map(async (other) => alike(wanted, await drawn(engine, other))));
  assert.ok(near > 2 * Math.max(...others), `${near}, others ${others}`);
  assert.equal(columns, 8);
}

describe('the way from notes to a latent', () => {
  let engine: Engine;
  before(async () => {
    engine = await startEngine(shipped);
  });
  after(() => engine.close());

  it('leads back to what the model drew itself, in whatever key', async () => {
    await findsItsOwn(engine, 1, 0);
    await findsItsOwn(engine, 2, 3);
    await findsItsOwn(engine, 3, -4);
  });

  it('is the same for the same phrase, and for a phrase of four bars played four times', async () => {
    const four = (await drawn(engine, 4)).filter(({ end }) => end <= 4 * STEPS_PER_BAR);
    const times = Array.from({ length: 4 }, (_, k) =>
      four.map(({ onset, end, pitch }) => ({
        onset: step(onset + k * 4 * STEPS_PER_BAR),
        end: step(end + k * 4 * STEPS_PER_BAR),
        pitch,
      })),
    ).flat();
    const [short, again, long] = await Promise.all([
      engine.locate(phraseOf(four, 4)),
      engine.locate(phraseOf(four, 4)),
      engine.locate(phraseOf(times)),
    ]);
    assert.deepEqual(again, short);
    assert.deepEqual(long.latent, short.latent);
    assert.deepEqual([short.columns, long.columns], [2, 8]);
  });

  it('begins at some note: a phrase without any is refused, and drawing goes on', async () => {
    await assert.rejects(engine.locate(phraseOf([])), { code: 'draw', message: /no note in this phrase/ });
    assert.ok((await drawn(engine, 5)).length > 0);
  });

  it('is found without an encoder too', async () => {
    const root = await mkdtemp(join(tmpdir(), 'daimon-models-'));
    await cp(join(shipped.modelsDir, 'folk'), join(root, 'folk'), { recursive: true });
    const { folder, card } = await findBundle('folk', [root]);
    const { encoder: _, ...files } = card.files;
    await writeCard(folder, { ...card, files });
    const without = await startEngine({ ...shipped, modelsDir: root });
    await findsItsOwn(without, 1, 0);
    await without.close();
    await rm(root, { recursive: true });
  });

  it('is none where there is no encoder and a generator of a foreign kind, and that is said', async () => {
    const { card } = await findBundle('folk', [shipped.modelsDir]);
    const locator = new Locator({
      card,
      rollShape: rollShapeOf(card),
      backend: await openOnnx(null),
      generator: new Uint8Array(),
      encoder: null,
      rollOf: () => assert.fail(),
      latentOf: () => assert.fail(),
    });
    const phrase = phraseOf([{ onset: step(0), end: step(4), pitch: 60 }]);
    await assert.rejects(locator.locate(phrase), { code: 'model', message: /"folk" knows no way [^\n]+\.$/ });
    await locator.close();
  });
});
