import '../../engine/silence-telemetry.js';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Graph } from '../../engine/graph/graph.js';
import { encodeOnnx } from '../../engine/graph/onnx-encode.js';
import { DaimonError } from '../../errors.js';

export type Values = Readonly<Record<string, Float32Array>>;

/** A graph ready to run: names to numbers, in and out. Inputs that the graph does not have are passed over. */
export interface Compiled {
  run(inputs: Values): Promise<Values>;
  close(): Promise<void>;
}

export interface CompileOptions {
  /** CPU threads; the same number gives the same bits on one machine. */
  readonly threads: number;
  /** onnxruntime execution provider: cpu, webgpu, cuda. */
  readonly provider: string;
}

/** Throws DaimonError `training` where the provider does not work here. */
export async function compile(graph: Graph, options: CompileOptions): Promise<Compiled> {
  const session = await InferenceSession.create(encodeOnnx(graph), {
    executionProviders: [options.provider],
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw options.provider === 'cpu' ? cause : unable(options.provider, cause);
  });
  // a graph may not depend on some input (weights of a part that has no say): the runtime drops those
  const taken = graph.inputs.filter((input) => session.inputNames.includes(input.name));
  return {
    async run(inputs) {
      const feeds: Record<string, Tensor> = {};
      for (const { name, shape } of taken) {
        const data = inputs[name];
        if (!data) throw new Error(`graph "${graph.name}" was run without "${name}"`);
        const fixed = shape.map((s) => (typeof s === 'number' ? s : data.length / sizeAfterFirst(shape)));
        feeds[name] = new Tensor('float32', data, fixed);
      }
      const results = await session.run(feeds);
      return Object.fromEntries(Object.entries(results).map(([name, t]) => [name, t.data as Float32Array]));
    },
    close: () => session.release(),
  };
}

function unable(provider: string, cause: unknown): DaimonError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DaimonError('training', `${provider} can't start here (${reason}); train with --provider cpu.`, { cause });
}

/** Elements per item of a batch. */
const sizeAfterFirst = (shape: readonly (number | string)[]): number =>
  shape.slice(1).reduce<number>((n, s) => n * Number(s), 1);
