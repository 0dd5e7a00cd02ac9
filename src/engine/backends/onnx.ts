import '../silence-telemetry.js';
import { DaimonError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import type { Graph } from '../graph/graph.js';
import { encodeOnnx } from '../graph/onnx-encode.js';
import { type Backend, briefly } from './backend.js';
import { type Onnxruntime, onnxNetwork } from './onnx-network.js';

/** Where onnxruntime can run. `wasm` is its WebAssembly build; all others are of its native one. */
export const PROVIDERS = ['cpu', 'cuda', 'tensorrt', 'dml', 'coreml', 'webgpu', 'wasm'] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * Tries the providers asked for, then the CPU, then WebAssembly, each on a graph of one node, and takes the first that
 * answers. The CPU is the default: a block lasts half a minute and takes it some hundredths of a second, while a GPU
 * is shared with the host's screens and one more thing that can fail on stage.
 * Throws DaimonError `option` for a provider that does not exist, `backend` when nothing works.
 */
export async function openOnnx(preference: string | null): Promise<Backend> {
  const asked = preference === null ? [] : parseProviders(preference);
  const passedOver: string[] = [];
  for (const provider of new Set<Provider>([...asked, 'cpu', 'wasm'])) {
    try {
      return await open(provider, reasonFor(provider, asked, passedOver));
    } catch (error) {
      passedOver.push(`${provider} can't start here (${briefly(error)})`);
    }
  }
  throw new DaimonError(
    'backend',
    `onnxruntime does not work here: ${passedOver.join('; ')}. Run 'npm ci' again on a system with Node's own builds.`,
  );
}

function parseProviders(list: string): readonly Provider[] {
  return list.split(',').map((name) => {
    const found = PROVIDERS.find((provider) => provider === name.trim().toLowerCase());
    if (found !== undefined) return found;
    const hint = didYouMean(name.trim(), PROVIDERS);
    throw new DaimonError('option', `There is no provider "${name}": choose of ${PROVIDERS.join(', ')}.${hint}`);
  });
}

function reasonFor(provider: Provider, asked: readonly Provider[], passedOver: readonly string[]): string {
  if (passedOver.length > 0) return `${passedOver.join('; ')}, so ${provider} runs.`;
  if (asked.length > 0) return `${provider} was asked for and works here.`;
  return 'The CPU draws a block in a small part of the time it lasts; --provider asks for a GPU.';
}

async function open(provider: Provider, reason: string): Promise<Backend> {
  const runtime = await (provider === 'wasm' ? wasm() : native());
  const load = (onnx: Uint8Array) => onnxNetwork(runtime, onnx, provider);
  const probe = await load(PROBE);
  await probe.run({ data: Float32Array.of(0), shape: [1] });
  await probe.close();
  return { name: `onnx (${provider})`, reason, load };
}

async function native(): Promise<Onnxruntime> {
  const runtime = await import('onnxruntime-node').catch((cause: unknown) => {
    throw new Error(`onnxruntime-node has no working binary for ${process.platform} ${process.arch}`, { cause });
  });
  // what it would log of a provider that is not there goes into `reason` instead
  runtime.env.logLevel = 'fatal';
  return runtime;
}

async function wasm(): Promise<Onnxruntime> {
  const runtime = await import('onnxruntime-web');
  runtime.env.logLevel = 'fatal';
  runtime.env.wasm.numThreads = 1;
  return runtime;
}

const one = { type: 'float32', shape: [1] } as const;
const PROBE = encodeOnnx({
  name: 'probe',
  inputs: [{ name: 'x', ...one }],
  outputs: [{ name: 'y', ...one }],
  constants: [],
  nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'], attributes: {} }],
} satisfies Graph);
