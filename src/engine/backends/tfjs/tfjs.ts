import { DaimonError } from '../../../errors.js';
import { type Backend, briefly } from '../backend.js';
import type { TensorFlow } from './tensorflow.js';
import { tfjsNetwork } from './tfjs-network.js';

/** An optional peer: it fetches hundreds of megabytes when installed, so the player adds it by hand. */
const PEER = '@tensorflow/tfjs-node-gpu';

/** TensorFlow on an NVIDIA GPU, where the player has added it. Throws DaimonError `backend` where not. */
export async function openTfjs(): Promise<Backend> {
  const tf: TensorFlow = await import(PEER).catch((cause: unknown) => {
    throw new DaimonError(
      'backend',
      `The tfjs backend can't load ${PEER} (${briefly(cause)}): add it by 'npm install --no-save ${PEER}' ` +
        '(Linux or Windows, Node 22 or older), or leave the backend at onnx.',
      { cause },
    );
  });
  await tf.ready();
  return tfjsBackend(tf, '--backend tfjs was asked for, and the peer that runs it is installed.');
}

/** The backend on a given TensorFlow.js, whatever it computes on. */
export const tfjsBackend = (tf: TensorFlow, reason: string): Backend => ({
  name: `tfjs (${tf.getBackend()})`,
  reason,
  load: async (onnx) => tfjsNetwork(tf, onnx),
});
