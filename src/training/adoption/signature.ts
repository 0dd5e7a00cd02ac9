import { type Outline, outlineOf, type Port } from '../../engine/graph/onnx-outline.js';
import { DaimonError } from '../../errors.js';

/** What a generator takes, as its file says. */
export interface Signature {
  readonly input: string;
  readonly output: string;
  readonly channels: number;
  /** The latent is one row of channels x 2 x 8 numbers. */
  readonly flat: boolean;
  /** The operator that gives the roll its numbers; null where the file does not show it. */
  readonly last: string | null;
}

const WANTED = 'wanted is one latent [1, channels, 2, 8] of float32, and one roll [1, planes, 64, 256]';
const ROWS = 2;
const COLUMNS = 8;
const MAX_CHANNELS = 1024;
const FLOAT32 = 1;
/** onnx.proto's TensorProto.DataType. */
const ELEMENT_NAMES: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  16: 'bfloat16',
};
/** They move numbers, and leave them as they are. */
const MOVERS = new Set(['Identity', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Transpose', 'Slice', 'Cast']);

/** Throws DaimonError `model` where a file is no generator that could be played; `from` names it in the sentence. */
export function signatureOf(onnx: Uint8Array, from: string): Signature {
  const refuse = (why: string): never => {
    throw new DaimonError('model', `${from} ${why}.`);
  };
  const outline = outlineOf(onnx) ?? refuse('is no ONNX graph: export the generator from where it was trained');
  const [file] = outline.elsewhere;
  if (file !== undefined) {
    refuse(`keeps its weights in another file (${file}): export it as one file, in PyTorch with external_data=False`);
  }
  const { inputs, outputs } = outline;
  if (inputs.length !== 1) refuse(`takes ${listed(inputs, 'input')}; ${WANTED}`);
  if (outputs.length !== 1) refuse(`gives ${listed(outputs, 'output')}; ${WANTED}`);
  const [[input], [output]] = [inputs, outputs];
  for (const port of [input, output]) {
    if (port.elementType !== FLOAT32) refuse(`has "${port.name}" in ${elements(port)}; ${WANTED}`);
  }
  const [batch, ...rest] = input.shape;
  if (typeof batch === 'number' && batch !== 1) refuse(`takes ${batch} latents at once: export it for one, or for any`);
  const flat = rest.length === 1;
  const channels = flat ? Number(rest[0]) / (ROWS * COLUMNS) : Number(rest[0]);
  const fits = flat || (rest.length === 3 && rest[1] === ROWS && rest[2] === COLUMNS);
  if (!fits || !Number.isInteger(channels) || channels < 1 || channels > MAX_CHANNELS) {
    refuse(`takes "${input.name}" as ${shape(input)}; ${WANTED}`);
  }
  return { input: input.name, output: output.name, channels, flat, last: lastOf(outline, output.name) };
}

/** Back from the roll to the first operator that computes. */
function lastOf({ nodes }: Outline, output: string): string | null {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  let maker = makers.get(output);
  for (let i = 0; i < nodes.length && maker !== undefined && MOVERS.has(maker.op); i++) {
    maker = makers.get(maker.inputs[0] ?? '');
  }
  return maker?.op ?? null;
}

/** So many are named; a graph may have thousands. */
const NAMED = 4;

const listed = (ports: readonly Port[], what: string): string => {
  const named = ports.slice(0, NAMED).map((port) => `"${port.name}" ${shape(port)}`);
  const more = ports.length > NAMED ? ', ...' : '';
  return `${ports.length} ${what}s${ports.length === 0 ? '' : ` (${named.join(', ')}${more})`}`;
};

const shape = ({ shape: sizes }: Port): string => `[${sizes.join(', ')}]`;

const elements = ({ elementType }: Port): string => ELEMENT_NAMES[elementType] ?? `elements of kind ${elementType}`;
