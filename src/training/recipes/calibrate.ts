import { type Layers, trainingLayers } from '../networks/layers.js';
import { type Compiled, type CompileOptions, compile, type Values } from '../tape/compile.js';
import { createTape, type Tensor } from '../tape/tape.js';
import { trainingGraph } from './training-graph.js';

/** Batches over which the statistics are averaged: 640 blocks at the usual 16. */
export const CALIBRATION_BATCHES = 40;

export interface Calibrator {
  /** Means and variances of the network's normalised layers over batches of what it will be given. */
  measure(weights: Values, inputs: (batch: number) => Float32Array): Promise<Values>;
  close(): Promise<void>;
}

/** In training, layers are normalised by the batch; a network that ships is given one block and needs fixed statistics. */
export async function createCalibrator(
  shape: readonly number[],
  network: (layers: Layers, input: Tensor) => unknown,
  options: CompileOptions,
): Promise<Calibrator> {
  const tape = createTape();
  const layers = trainingLayers(tape);
  network(layers, tape.input('input', shape));
  const compiled: Compiled = await compile(trainingGraph('calibrate', layers, layers.statistics).graph, options);
  return {
    async measure(weights, inputs) {
      const sums: Record<string, Float32Array> = {};
      for (let i = 0; i < CALIBRATION_BATCHES; i++) {
        const measured = await compiled.run({ ...weights, input: inputs(i) });
        for (const [name, values] of Object.entries(measured)) {
          const sum = sums[name];
          sums[name] = values.map((v, c) => (sum?.[c] ?? 0) + v / CALIBRATION_BATCHES);
        }
      }
      return sums;
    },
    close: () => compiled.close(),
  };
}
