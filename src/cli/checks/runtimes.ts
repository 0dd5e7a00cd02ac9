import { openOnnx } from '../../engine/backends/onnx.js';
import { openTfjs } from '../../engine/backends/tfjs/tfjs.js';
import { type Check, fails, limited, reasonOf, works } from './check.js';

/** What a model can run on here: each is not only loaded, but run once. */
export async function checkRuntimes(): Promise<readonly Check[]> {
  return [await checkNative(), await checkWasm(), await checkTfjs()];
}

async function checkNative(): Promise<Check> {
  const name = 'onnxruntime-node';
  try {
    const { name: running, reason } = await openOnnx('cpu');
    if (running !== 'onnx (cpu)')
      return limited(name, reason, "Run 'npm ci' again, or let WebAssembly do: it is slower.");
    const { env } = await import('onnxruntime-node');
    return works(name, `${env.versions.node ?? env.versions.common} runs on the CPU`);
  } catch (error) {
    return fails(name, reasonOf(error), "Run 'npm ci' again, with Node's own build for this system.");
  }
}

async function checkWasm(): Promise<Check> {
  const name = 'onnxruntime-web';
  try {
    const { name: running, reason } = await openOnnx('wasm');
    if (running !== 'onnx (wasm)') return limited(name, reason, 'Needed only where onnxruntime-node does not run.');
    const { env } = await import('onnxruntime-web');
    return works(name, `${env.versions.web ?? env.versions.common} runs in WebAssembly, where the other does not`);
  } catch (error) {
    return limited(name, reasonOf(error), 'Needed only where onnxruntime-node does not run.');
  }
}

async function checkTfjs(): Promise<Check> {
  const name = 'tfjs-node-gpu';
  try {
    return works(name, `${(await openTfjs()).name} runs`);
  } catch {
    const advice = "Wanted only for --backend tfjs: 'npm install --no-save @tensorflow/tfjs-node-gpu'.";
    return limited(name, 'not installed, or it does not load', advice);
  }
}
