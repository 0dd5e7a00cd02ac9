import { DaimonError } from '../../errors.js';

/** Row-major numbers and their shape. */
export interface Tensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A loaded network of one input and one output. On one machine, the same input gives the same bits. */
export interface Network {
  /** Names of the input and of the output. */
  readonly input: string;
  readonly output: string;
  run(input: Tensor): Promise<Tensor>;
  /** Frees the weights; a second time does nothing. */
  close(): Promise<void>;
}

/** A runtime that was tried and works here. */
export interface Backend {
  /** The runtime and what it runs on, e.g. `onnx (cpu)`. */
  readonly name: string;
  /** One sentence: why this one, and what was passed over. */
  readonly reason: string;
  /** Throws DaimonError `model` when the file is damaged or holds what this runtime can't do. */
  load(onnx: Uint8Array): Promise<Network>;
}

/** What went wrong as a part of our own sentence: libraries say it in several lines, with places in their own source. */
export function briefly(error: unknown): string {
  const reason = error instanceof DaimonError ? error.cause : error;
  const text = reason instanceof Error ? reason.message : String(reason);
  const line = text
    .split('\n', 1)[0]
    .replace(/^.* was false\. /, '')
    .replace(/[.\s]+$/, '');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
