/** A computation as data: ONNX's graph, cut down to what our models and their training need. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly constants: readonly Constant[];
  /** In an order in which every input is known before it is used. */
  readonly nodes: readonly GraphNode[];
}

export type ElementType = 'float32' | 'int64';

export interface TensorInfo {
  readonly name: string;
  readonly type: ElementType;
  /** A string names a dimension that is known only when the graph runs. */
  readonly shape: readonly (number | string)[];
}

export type Constant = { readonly name: string; readonly shape: readonly number[] } & (
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
);

export interface GraphNode {
  /** An operator of ONNX's default domain, opset 17. */
  readonly op: string;
  /** Tensor names; an empty name leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string };

export const OPSET = 17;
