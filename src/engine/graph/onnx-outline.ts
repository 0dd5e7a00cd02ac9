import { PbfReader } from 'pbf';
import { DIMENSION, ENTRY, GRAPH, MODEL, NODE, TENSOR, TENSOR_TYPE, TYPE, VALUE_INFO } from './onnx-fields.js';

/** What an ONNX file by any maker says of itself; its weights stay where they are. */
export interface Outline {
  /** What has to be given: constants that older files list among the inputs are none. */
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly nodes: readonly NodeOutline[];
  /** Files beside this one in which it keeps its weights. */
  readonly elsewhere: readonly string[];
}

export interface Port {
  readonly name: string;
  /** As in onnx.proto: 1 is float32. */
  readonly elementType: number;
  /** A string names a dimension that is known only when the graph runs. */
  readonly shape: readonly (number | string)[];
}

export interface NodeOutline {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Null where the bytes are no ONNX graph. */
export function outlineOf(onnx: Uint8Array): Outline | null {
  const found: Found = { inputs: [], outputs: [], nodes: [], constants: new Set(), elsewhere: new Set() };
  const reader = new PbfReader(onnx);
  try {
    reader.readFields((tag, into: Found, pbf) => {
      if (tag === MODEL.graph) pbf.readMessage(readGraph, into);
    }, found);
  } catch {
    return null;
  }
  // a reader that was led past the end read what is not there
  if (reader.pos !== onnx.length || found.nodes.length === 0) return null;
  const { outputs, nodes, constants, elsewhere } = found;
  return { inputs: found.inputs.filter(({ name }) => !constants.has(name)), outputs, nodes, elsewhere: [...elsewhere] };
}

interface Found {
  readonly inputs: Port[];
  readonly outputs: Port[];
  readonly nodes: NodeOutline[];
  readonly constants: Set<string>;
  readonly elsewhere: Set<string>;
}

function readGraph(tag: number, found: Found, pbf: PbfReader): void {
  if (tag === GRAPH.node) found.nodes.push(readNode(pbf));
  else if (tag === GRAPH.input) found.inputs.push(readPort(pbf));
  else if (tag === GRAPH.output) found.outputs.push(readPort(pbf));
  else if (tag === GRAPH.initializer) pbf.readMessage(readConstant, found);
}

function readNode(pbf: PbfReader): NodeOutline {
  const node = { op: '', inputs: [] as string[], outputs: [] as string[] };
  return pbf.readMessage((tag, into: typeof node, p) => {
    if (tag === NODE.input) into.inputs.push(p.readString());
    else if (tag === NODE.output) into.outputs.push(p.readString());
    else if (tag === NODE.opType) into.op = p.readString();
  }, node);
}

function readConstant(tag: number, found: Found, pbf: PbfReader): void {
  if (tag === TENSOR.name) found.constants.add(pbf.readString());
  else if (tag === TENSOR.external) {
    const entry = { key: '', value: '' };
    pbf.readMessage((field, into: typeof entry, p) => {
      if (field === ENTRY.key) into.key = p.readString();
      else if (field === ENTRY.value) into.value = p.readString();
    }, entry);
    if (entry.key === 'location') found.elsewhere.add(entry.value);
  }
}

function readPort(pbf: PbfReader): Port {
  const port = { name: '', elementType: 0, shape: [] as (number | string)[] };
  type Reading = typeof port;
  const dimension = (tag: number, size: { value: number | string }, p: PbfReader): void => {
    if (tag === DIMENSION.value) size.value = p.readVarint(true);
    else if (tag === DIMENSION.parameter) size.value = p.readString();
  };
  const shape = (tag: number, into: Reading, p: PbfReader): void => {
    if (tag === TENSOR_TYPE.dim) into.shape.push(p.readMessage(dimension, { value: '?' as number | string }).value);
  };
  const tensor = (tag: number, into: Reading, p: PbfReader): void => {
    if (tag === TENSOR_TYPE.elemType) into.elementType = p.readVarint();
    else if (tag === TENSOR_TYPE.shape) p.readMessage(shape, into);
  };
  const type = (tag: number, into: Reading, p: PbfReader): void => {
    if (tag === TYPE.tensorType) p.readMessage(tensor, into);
  };
  return pbf.readMessage((tag, into: Reading, p) => {
    if (tag === VALUE_INFO.name) into.name = p.readString();
    else if (tag === VALUE_INFO.type) p.readMessage(type, into);
  }, port);
}
