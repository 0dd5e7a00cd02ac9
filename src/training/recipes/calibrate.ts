import { type GeneratorSize, generator } from '../networks/generator.js';
import { trainingLayers } from '../networks/layers.js';
import { type Compiled, type CompileOptions, compile, type Values } from '../tape/compile.js';
import { createTape } from '../tape/tape.js';
import { trainingGraph } from './training-graph.js';

/** Batches over which the statistics are averaged: 640 blocks at the usual 16. */
const BATCHES = 40;

export interface Calibrator {
  /** Means and variances of the generator's normalised layers over batches of latents as they will be drawn. */
  measure(weights: Values, latents: (batch: number) => Float32Array): Promise<Values>;
  close(): Promise<void>;
}

/** In training, layers are normalised by the batch; a shipped generator draws one block and needs fixed statistics. */
export async function createCalibrator(
  latentShape: readonly number[],
  size: GeneratorSize,
  options: CompileOptions,
): Promise<Calibrator> {
  const tape = createTape();
  const layers = trainingLayers(tape);
  generator(layers, tape.input('latent', latentShape), size);
  const compiled: Compiled = await compile(trainingGraph('calibrate', layers, layers.statistics).graph, options);
  return {
    async measure(weights, latents) {
      const sums: Record<string, Float32Array> = {};
      for (let i = 0; i < BATCHES; i++) {
        const measured = await compiled.run({ ...weights, latent: latents(i) });
        for (const [name, values] of Object.entries(measured)) {
          const sum = sums[name];
          sums[name] = values.map((v, c) => (sum?.[c] ?? 0) + v / BATCHES);
        }
      }
      return sums;
    },
    close: () => compiled.close(),
  };
}
