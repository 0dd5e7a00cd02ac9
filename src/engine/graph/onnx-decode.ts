import { PbfReader } from 'pbf';
import { DaimonError } from '../../errors.js';
import type { Attribute, Constant, ElementType, Graph, GraphNode, TensorInfo } from './graph.js';
import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  DIMENSION,
  ELEMENT_TYPE,
  GRAPH,
  MODEL,
  NODE,
  TENSOR,
  TENSOR_TYPE,
  TYPE,
  VALUE_INFO,
} from './onnx-fields.js';

/**
 * Reads an ONNX file into a graph. What our graphs never hold (other element types, sub-graphs, data outside the
 * file) is refused: DaimonError `model`.
 */
export function decodeOnnx(bytes: Uint8Array): Graph {
  const graph = { name: '', inputs: [], outputs: [], constants: [], nodes: [] } as Mutable<Graph>;
  try {
    new PbfReader(bytes).readFields((tag, into: Mutable<Graph>, pbf) => {
      if (tag === MODEL.graph) pbf.readMessage(readGraph, into);
    }, graph);
  } catch (cause) {
    if (cause instanceof DaimonError) throw cause;
    throw refused('it is damaged', cause);
  }
  if (graph.nodes.length === 0) throw refused('it holds no nodes');
  return graph;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

const refused = (why: string, cause?: unknown): DaimonError =>
  new DaimonError('model', `This is not an ONNX file that daimon can read: ${why}. Train or fetch the model again.`, {
    cause,
  });

function readGraph(tag: number, graph: Mutable<Graph>, pbf: PbfReader): void {
  if (tag === GRAPH.name) graph.name = pbf.readString();
  else if (tag === GRAPH.node) graph.nodes.push(readNode(pbf));
  else if (tag === GRAPH.initializer) graph.constants.push(readConstant(pbf));
  else if (tag === GRAPH.input) graph.inputs.push(readInfo(pbf));
  else if (tag === GRAPH.output) graph.outputs.push(readInfo(pbf));
}

function readNode(pbf: PbfReader): GraphNode {
  const node = { op: '', inputs: [] as string[], outputs: [] as string[], attributes: {} as Record<string, Attribute> };
  pbf.readMessage((tag, into, p) => {
    if (tag === NODE.input) into.inputs.push(p.readString());
    else if (tag === NODE.output) into.outputs.push(p.readString());
    else if (tag === NODE.opType) into.op = p.readString();
    else if (tag === NODE.attribute) {
      const [name, attribute] = readAttribute(p);
      into.attributes[name] = attribute;
    }
  }, node);
  return node;
}

function readAttribute(pbf: PbfReader): [string, Attribute] {
  const raw = { name: '', type: 0, i: 0, f: 0, s: '', ints: [] as number[] };
  pbf.readMessage((tag, into, p) => {
    if (tag === ATTRIBUTE.name) into.name = p.readString();
    else if (tag === ATTRIBUTE.type) into.type = p.readVarint();
    else if (tag === ATTRIBUTE.i) into.i = p.readVarint(true);
    else if (tag === ATTRIBUTE.f) into.f = p.readFloat();
    else if (tag === ATTRIBUTE.s) into.s = p.readString();
    else if (tag === ATTRIBUTE.ints) p.readPackedVarint(into.ints, true);
  }, raw);
  switch (raw.type) {
    case ATTRIBUTE_TYPE.int:
      return [raw.name, { kind: 'int', value: raw.i }];
    case ATTRIBUTE_TYPE.ints:
      return [raw.name, { kind: 'ints', value: raw.ints }];
    case ATTRIBUTE_TYPE.float:
      return [raw.name, { kind: 'float', value: raw.f }];
    case ATTRIBUTE_TYPE.string:
      return [raw.name, { kind: 'string', value: raw.s }];
    default:
      throw refused(`attribute "${raw.name}" is of a kind (${raw.type}) that no model here uses`);
  }
}

function readConstant(pbf: PbfReader): Constant {
  const raw = {
    name: '',
    shape: [] as number[],
    type: 0,
    bytes: new Uint8Array(0),
    floats: [] as number[],
    ints: [] as number[],
  };
  pbf.readMessage((tag, into, p) => {
    if (tag === TENSOR.name) into.name = p.readString();
    else if (tag === TENSOR.dims) p.readPackedVarint(into.shape);
    else if (tag === TENSOR.dataType) into.type = p.readVarint();
    // copied: raw data starts at any byte of the file, typed arrays want an aligned one
    else if (tag === TENSOR.rawData) into.bytes = Uint8Array.from(p.readBytes());
    else if (tag === TENSOR.floatData) p.readPackedFloat(into.floats);
    else if (tag === TENSOR.int64Data) p.readPackedVarint(into.ints, true);
  }, raw);
  const type = elementType(raw.type, raw.name);
  const { name, shape, bytes } = raw;
  const size = shape.reduce((n, s) => n * s, 1);
  const data =
    type === 'float32'
      ? bytes.length > 0
        ? new Float32Array(bytes.buffer, 0, bytes.length >> 2)
        : Float32Array.from(raw.floats)
      : bytes.length > 0
        ? new BigInt64Array(bytes.buffer, 0, bytes.length >> 3)
        : BigInt64Array.from(raw.ints.map(BigInt));
  if (data.length !== size) throw refused(`"${name}" has ${data.length} values where its shape asks for ${size}`);
  return { name, shape, type, data } as Constant;
}

function readInfo(pbf: PbfReader): TensorInfo {
  const info = { name: '', type: 0, shape: [] as (number | string)[] };
  type Info = typeof info;
  const dimension = (tag: number, into: Info, p: PbfReader): void => {
    if (tag === DIMENSION.value) into.shape.push(p.readVarint());
    else if (tag === DIMENSION.parameter) into.shape.push(p.readString());
  };
  const shape = (tag: number, into: Info, p: PbfReader): void => {
    if (tag === TENSOR_TYPE.dim) p.readMessage(dimension, into);
  };
  const tensorType = (tag: number, into: Info, p: PbfReader): void => {
    if (tag === TENSOR_TYPE.elemType) into.type = p.readVarint();
    else if (tag === TENSOR_TYPE.shape) p.readMessage(shape, into);
  };
  const type = (tag: number, into: Info, p: PbfReader): void => {
    if (tag === TYPE.tensorType) p.readMessage(tensorType, into);
  };
  pbf.readMessage((tag, into: Info, p) => {
    if (tag === VALUE_INFO.name) into.name = p.readString();
    else if (tag === VALUE_INFO.type) p.readMessage(type, into);
  }, info);
  return { name: info.name, type: elementType(info.type, info.name), shape: info.shape };
}

function elementType(code: number, name: string): ElementType {
  if (code === ELEMENT_TYPE.float32) return 'float32';
  if (code === ELEMENT_TYPE.int64) return 'int64';
  throw refused(`"${name}" holds elements of a kind (${code}) other than float32 and int64`);
}
