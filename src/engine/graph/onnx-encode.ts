import { PbfWriter } from 'pbf';
import { unreachable } from '../../errors.js';
import type { Attribute, Constant, ElementType, Graph, GraphNode, TensorInfo } from './graph.js';
import { OPSET } from './graph.js';
import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  DIMENSION,
  ELEMENT_TYPE,
  GRAPH,
  MODEL,
  NODE,
  OPSET_ID,
  TENSOR,
  TENSOR_TYPE,
  TYPE,
  VALUE_INFO,
} from './onnx-fields.js';

const IR_VERSION = 8;

/** Serialises a graph as an ONNX file; the same graph gives the same bytes. */
export function encodeOnnx(graph: Graph): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(MODEL.irVersion, IR_VERSION);
  pbf.writeStringField(MODEL.producerName, 'daimon');
  pbf.writeMessage(MODEL.graph, writeGraph, graph);
  pbf.writeMessage(
    MODEL.opsetImport,
    (version: number, p: PbfWriter) => p.writeVarintField(OPSET_ID.version, version),
    OPSET,
  );
  return pbf.finish();
}

function writeGraph(graph: Graph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(GRAPH.node, writeNode, node);
  pbf.writeStringField(GRAPH.name, graph.name);
  for (const constant of graph.constants) pbf.writeMessage(GRAPH.initializer, writeConstant, constant);
  for (const input of graph.inputs) pbf.writeMessage(GRAPH.input, writeInfo, input);
  for (const output of graph.outputs) pbf.writeMessage(GRAPH.output, writeInfo, output);
}

export function writeNode(node: GraphNode, pbf: PbfWriter): void {
  for (const name of node.inputs) pbf.writeStringField(NODE.input, name);
  for (const name of node.outputs) pbf.writeStringField(NODE.output, name);
  pbf.writeStringField(NODE.opType, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    pbf.writeMessage(NODE.attribute, writeAttribute, { name, attribute });
  }
}

function writeAttribute({ name, attribute }: { name: string; attribute: Attribute }, pbf: PbfWriter): void {
  pbf.writeStringField(ATTRIBUTE.name, name);
  pbf.writeVarintField(ATTRIBUTE.type, ATTRIBUTE_TYPE[attribute.kind]);
  switch (attribute.kind) {
    case 'int':
      pbf.writeVarintField(ATTRIBUTE.i, attribute.value);
      break;
    case 'ints':
      for (const value of attribute.value) pbf.writeVarintField(ATTRIBUTE.ints, value);
      break;
    case 'float':
      pbf.writeFloatField(ATTRIBUTE.f, attribute.value);
      break;
    case 'string':
      pbf.writeBytesField(ATTRIBUTE.s, new TextEncoder().encode(attribute.value));
      break;
    default:
      unreachable(attribute);
  }
}

function writeConstant(constant: Constant, pbf: PbfWriter): void {
  for (const size of constant.shape) pbf.writeVarintField(TENSOR.dims, size);
  pbf.writeVarintField(TENSOR.dataType, ELEMENT_TYPE[constant.type]);
  pbf.writeStringField(TENSOR.name, constant.name);
  const { buffer, byteOffset, byteLength } = constant.data;
  pbf.writeBytesField(TENSOR.rawData, new Uint8Array(buffer, byteOffset, byteLength));
}

export function writeInfo(info: TensorInfo, pbf: PbfWriter): void {
  pbf.writeStringField(VALUE_INFO.name, info.name);
  pbf.writeMessage(VALUE_INFO.type, writeType, info);
}

function writeType(info: TensorInfo, pbf: PbfWriter): void {
  pbf.writeMessage(TYPE.tensorType, writeTensorType, info);
}

function writeTensorType(info: { type: ElementType; shape: TensorInfo['shape'] }, pbf: PbfWriter): void {
  pbf.writeVarintField(TENSOR_TYPE.elemType, ELEMENT_TYPE[info.type]);
  pbf.writeMessage(TENSOR_TYPE.shape, writeShape, info.shape);
}

function writeShape(shape: TensorInfo['shape'], pbf: PbfWriter): void {
  for (const size of shape) pbf.writeMessage(TENSOR_TYPE.dim, writeDimension, size);
}

function writeDimension(size: number | string, pbf: PbfWriter): void {
  if (typeof size === 'string') pbf.writeStringField(DIMENSION.parameter, size);
  else pbf.writeVarintField(DIMENSION.value, size);
}
