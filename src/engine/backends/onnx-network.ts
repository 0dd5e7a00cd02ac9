import type * as Native from 'onnxruntime-node';
import { DaimonError } from '../../errors.js';
import { briefly, type Network, type Tensor } from './backend.js';

/** What onnxruntime-node and onnxruntime-web have in common. */
export type Onnxruntime = Pick<typeof Native, 'InferenceSession' | 'Tensor'>;

/** Loads a network into a session. Throws DaimonError `model` when the runtime refuses the file. */
export async function onnxNetwork(runtime: Onnxruntime, onnx: Uint8Array, provider: string): Promise<Network> {
  const session = await runtime.InferenceSession.create(onnx, {
    // alone: of a list, onnxruntime drops what it lacks and says nothing. The CPU still does what the provider can't
    executionProviders: [provider],
    // a second thread gains nothing at batch 1, and would take a core from the host
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  }).catch((cause: unknown) => {
    throw new DaimonError('model', `onnxruntime can't read the model (${briefly(cause)}): fetch or train it again.`, {
      cause,
    });
  });
  const [input, output] = [session.inputNames[0], session.outputNames[0]];
  let open = true;
  return {
    input,
    output,
    async run({ data, shape }: Tensor): Promise<Tensor> {
      const result = (await session.run({ [input]: new runtime.Tensor('float32', data, shape) }))[output];
      if (!(result.data instanceof Float32Array)) {
        throw new DaimonError('model', `The model gives ${result.type} where float32 is wanted: train it again.`);
      }
      return { data: result.data, shape: result.dims };
    },
    async close(): Promise<void> {
      if (!open) return;
      open = false;
      await session.release();
    },
  };
}
