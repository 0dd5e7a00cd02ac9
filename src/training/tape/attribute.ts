import type { Attribute } from '../../engine/graph/graph.js';

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });

/** ONNX's number for float32, the target of a Cast. */
export const FLOAT32 = 1;
