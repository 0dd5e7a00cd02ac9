// Eight blocks of an endless stream, 128 bars, as a MIDI file and a picture, after a first `npm start`:
// node docs/stream.mjs pop 7 docs/endless

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPreset, loadPresets } from '../dist/bridge/presets/preset-folder.js';
import { openRecorder } from '../dist/bridge/recording/recorder.js';
import { render } from '../dist/daemon/render.js';
import { findBundle, modelRoots } from '../dist/engine/bundle.js';
import { rollShapeOf } from '../dist/engine/card.js';
import { startEngine } from '../dist/engine/start.js';
import { TICKS_PER_BLOCK } from '../dist/music/units.js';
import { PRESET } from '../scripts/samples/model.mjs';
import { drawRolls } from '../scripts/samples/picture.mjs';

const BLOCKS = 8;
const TEMPO = 110;

const [model = 'pop', seedText = '7', folder = 'docs/endless'] = process.argv.slice(2);
const seed = Number(seedText);
const preset = { ...findPreset((await loadPresets()).presets, PRESET), stream: 'endless' };
const { card } = await findBundle(model, modelRoots(null));
const engine = await startEngine({ model, modelsDir: null, backend: 'onnx', provider: null });
const blocks = [];
/** A render asks for one block after the other. */
const watched = {
  info: engine.info,
  draw: async (request) => {
    const drawn = await engine.draw(request);
    blocks.push(drawn.block.notes);
    return drawn;
  },
};
const file = join(folder, `${model}.mid`);
const recorder = await openRecorder(file, (sentence) => console.error(`daimon: ${sentence}`));
const notes = await render(watched, recorder, { preset, seed, theme: null, blocks: BLOCKS, tempo: TEMPO });
await recorder.finish();
await engine.close();

/** What sounds on over a block's end is drawn in both. */
const rolls = blocks.map((own, i) => {
  const before = (blocks[i - 1] ?? []).map((note) => ({ ...note, onset: note.onset - TICKS_PER_BLOCK }));
  const seen = [...before.filter(({ onset, duration }) => onset + duration > 0), ...own].map((note) => {
    const onset = Math.max(0, note.onset);
    return { ...note, onset, duration: Math.min(TICKS_PER_BLOCK, note.onset + note.duration) - onset };
  });
  return { caption: `bars ${16 * i + 1} to ${16 * i + 16}`, notes: seen };
});
const roles = rollShapeOf(card).roles.map(({ name }) => name);
const title = `${16 * BLOCKS} bars of the endless stream of seed ${seed}, drawn by the model ${model}`;
const picture = join(folder, `${model}.svg`);
writeFileSync(picture, drawRolls(title, roles, rolls, { columns: 2, width: 1280, row: 4 }));
const over = blocks.flat().filter(({ onset, duration }) => onset + duration > TICKS_PER_BLOCK).length;
console.log(`${file}, ${picture}: ${notes} notes, ${over} of them sound on over the end of their block`);
