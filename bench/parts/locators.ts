import { openOnnx } from '#daimon/engine/backends/onnx.js';
import { findBundle, modelRoots, readWeights } from '#daimon/engine/bundle.js';
import { rollShapeOf } from '#daimon/engine/card.js';
import { Locator } from '#daimon/engine/locate/locator.js';
import { type Latent, latentSize } from '#daimon/music/latent.js';
import { type RollShape, rollOf } from '#daimon/music/roll.js';

export interface Locators {
  readonly shape: RollShape;
  /** As the engine's. */
  readonly whole: Locator;
  /** Of a model whose generator can't be followed back. */
  readonly encoderOnly: Locator;
  /** Of a model without an encoder. */
  readonly withoutEncoder: Locator;
}

/** Ways back of a model, on this thread. */
export async function openLocators(model: string): Promise<Locators> {
  const { card, ...bundle } = await findBundle(model, modelRoots(null));
  const { generator, encoder } = await readWeights({ card, ...bundle });
  const backend = await openOnnx(null);
  const network = await backend.load(generator);
  const rollShape = rollShapeOf(card);
  const shape = card.architecture.latent;
  const dimensions = ({ channels, rows, columns }: Latent['shape']): number[] => [1, channels, rows, columns];
  const parts = {
    card,
    rollShape,
    backend,
    generator,
    encoder,
    rollOf: async (latent: Latent) => {
      const { data } = await network.run({ data: latent.values, shape: dimensions(latent.shape) });
      return rollOf(data, rollShape);
    },
    latentOf: async (run: typeof network, input: Latent) => {
      const { data } = await run.run({ data: input.values, shape: dimensions(input.shape) });
      if (data.length !== latentSize(shape)) throw new Error(`${model} gives ${data.length} numbers`);
      return { shape, values: data };
    },
  };
  return {
    shape: rollShape,
    whole: new Locator(parts),
    encoderOnly: new Locator({ ...parts, generator: new Uint8Array() }),
    withoutEncoder: new Locator({ ...parts, encoder: null }),
  };
}
