import { PbfReader, PbfWriter } from 'pbf';
import type { GraphNode, TensorInfo } from './graph.js';
import { writeInfo, writeNode } from './onnx-encode.js';
import { GRAPH, MODEL, VALUE_INFO } from './onnx-fields.js';

/** A node in the place of a graph's end: it takes what the graph took or gives what it gave, under another name. */
export interface Graft {
  readonly node: GraphNode;
  /** The input or output that it is put in the place of. */
  readonly replaces: string;
  readonly port: TensorInfo;
}

/**
 * An ONNX file by any maker with a node before its input or after its output. All else stays byte for byte as it is, so
 * that nothing has to be understood that the file may hold.
 */
export function graft(onnx: Uint8Array, place: 'input' | 'output', { node, replaces, port }: Graft): Uint8Array {
  const extra = new PbfWriter();
  extra.writeMessage(GRAPH.node, writeNode, node);
  extra.writeMessage(GRAPH[place], writeInfo, port);
  return Buffer.concat(
    fieldsOf(onnx).map((field) => {
      if (field.tag !== MODEL.graph) return field.whole;
      const kept = fieldsOf(field.value)
        .filter(({ tag, value }) => !(tag === GRAPH[place] && nameOf(value) === replaces))
        .map(({ whole }) => whole);
      // each node comes after those whose outputs it takes
      const parts = place === 'input' ? [extra.finish(), ...kept] : [...kept, extra.finish()];
      return embedded(MODEL.graph, Buffer.concat(parts));
    }),
  );
}

interface Field {
  readonly tag: number;
  /** With its tag and its length. */
  readonly whole: Uint8Array;
  /** Of a field that has a length. */
  readonly value: Uint8Array;
}

function fieldsOf(message: Uint8Array): readonly Field[] {
  const reader = new PbfReader(message);
  const fields: Field[] = [];
  for (let start = 0; start < message.length; start = reader.pos) {
    const tag = reader.nextField();
    const at = reader.pos;
    const value = reader.type === LENGTH_DELIMITED ? reader.readBytes() : message.subarray(at, at);
    if (reader.pos === at) reader.skip(reader.type);
    fields.push({ tag, whole: message.subarray(start, reader.pos), value });
  }
  return fields;
}

/** Protobuf's wire type of strings, bytes and messages. */
const LENGTH_DELIMITED = 2;

function nameOf(info: Uint8Array): string {
  const found = { name: '' };
  return new PbfReader(info).readFields((tag, into: typeof found, pbf) => {
    if (tag === VALUE_INFO.name) into.name = pbf.readString();
  }, found).name;
}

function embedded(tag: number, message: Uint8Array): Uint8Array {
  const head = new PbfWriter();
  head.writeTag(tag, LENGTH_DELIMITED);
  head.writeVarint(message.length);
  return Buffer.concat([head.finish(), message]);
}
