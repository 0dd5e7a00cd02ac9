import { findPreset, loadPresets } from '../../dist/bridge/presets/preset-folder.js';
import { openRecorder } from '../../dist/bridge/recording/recorder.js';
import { drawRequest } from '../../dist/daemon/draw-request.js';
import { render } from '../../dist/daemon/render.js';
import { findBundle, modelRoots } from '../../dist/engine/bundle.js';
import { rollShapeOf } from '../../dist/engine/card.js';
import { startEngine } from '../../dist/engine/start.js';

/** Each role has a channel of its own, so that it can be told from the others. */
export const PRESET = 'ensemble';

const warn = (sentence) => console.error(`daimon: ${sentence}`);

/** A model to take samples of: `roles`, their names by MIDI channel, and two ways to have the block of a seed. */
export async function openModel(model, modelsDir) {
  const preset = findPreset((await loadPresets()).presets, PRESET);
  const { card } = await findBundle(model, modelRoots(modelsDir));
  const engine = await startEngine({ model, modelsDir, backend: 'onnx', provider: null });
  return {
    roles: rollShapeOf(card).roles.map(({ name }) => name),
    /** Its notes. */
    draw: async (seed) => {
      const sketch = { kind: 'seed', seed, temperature: preset.temperature };
      return (await engine.draw(drawRequest({ seed, sketch, preset, chords: [] }, engine.info))).block.notes;
    },
    /** Writes what `daimon render --preset ensemble --blocks 1` writes. */
    render: async (seed, tempo, out) => {
      const recorder = await openRecorder(out, warn);
      await render(engine, recorder, { preset, seed, blocks: 1, tempo });
      await recorder.finish();
    },
    close: () => engine.close(),
  };
}
