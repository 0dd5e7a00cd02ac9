/** Field numbers of onnx.proto (github.com/onnx/onnx, onnx/onnx.proto), as far as our graphs use them. */
export const MODEL = { irVersion: 1, producerName: 2, graph: 7, opsetImport: 8 } as const;
export const OPSET_ID = { domain: 1, version: 2 } as const;
export const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
export const NODE = { input: 1, output: 2, opType: 4, attribute: 5 } as const;
export const ATTRIBUTE = { name: 1, f: 2, i: 3, s: 4, ints: 8, type: 20 } as const;
export const TENSOR = { dims: 1, dataType: 2, floatData: 4, int64Data: 7, name: 8, rawData: 9, external: 13 } as const;
/** A key and its value, of those under TENSOR.external. */
export const ENTRY = { key: 1, value: 2 } as const;
export const VALUE_INFO = { name: 1, type: 2 } as const;
export const TYPE = { tensorType: 1 } as const;
export const TENSOR_TYPE = { elemType: 1, shape: 2, dim: 1 } as const;
export const DIMENSION = { value: 1, parameter: 2 } as const;

export const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, ints: 7 } as const;
export const ELEMENT_TYPE = { float32: 1, int64: 7 } as const;
