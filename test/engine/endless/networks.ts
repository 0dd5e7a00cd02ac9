import { openOnnx } from '#daimon/engine/backends/onnx.js';
import { COLUMNS } from '#daimon/engine/endless/reach.js';
import type { StreamNetworks } from '#daimon/engine/endless/stream.js';
import { encodeOnnx } from '#daimon/engine/graph/onnx-encode.js';
import { columnsOf } from '#daimon/music/columns.js';
import { type Latent, noiseFrom } from '#daimon/music/latent.js';
import { rollOf, WHOLE } from '#daimon/music/roll.js';
import { randomGenerator, SMALL } from '../random-model.js';

export const SHAPE = { channels: SMALL.channels, rows: 2, columns: COLUMNS } as const;
const ROLL = { basePitch: 30, planes: SMALL.planes, roles: [WHOLE] };

/** A generator that nobody trained: [1, 3, 2, 8] to [1, 2, 64, 256]. */
export async function openGenerator(): Promise<{
  draw(latent: Latent): Promise<Float32Array>;
  close(): Promise<void>;
}> {
  const network = await (await openOnnx('cpu')).load(encodeOnnx(randomGenerator(SMALL)));
  return {
    draw: async ({ shape, values }) =>
      (await network.run({ data: values, shape: [1, shape.channels, shape.rows, shape.columns] })).data,
    close: () => network.close(),
  };
}

/** Noise of one channel more than the latent, which is the rest of it. */
export const networksOf = (draw: (latent: Latent) => Promise<Float32Array>): StreamNetworks => ({
  latentShape: SHAPE,
  noise: (seed, temperature) => {
    const { shape, values } = noiseFrom(seed, { ...SHAPE, channels: SHAPE.channels + 1 });
    return { shape, values: values.map((value) => value * temperature) };
  },
  locate: async ({ values }) => ({ shape: SHAPE, values: values.slice(0, SHAPE.channels * 2 * COLUMNS) }),
  draw: async (latent) => rollOf(await draw(latent), ROLL),
});

/** One column of a latent, as its values. */
export const columnOf = (latent: Latent, column: number): Float32Array => columnsOf(latent, column, 1).values;
