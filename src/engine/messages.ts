import type { ErrorCode } from '../errors.js';
import type { Phrase } from '../music/phrase.js';
import type { BackendChoice, Drawn, DrawRequest, EngineInfo, Located } from './engine.js';

/** All that crosses between the main thread and the engine's. */

/** The thread's `workerData`. */
export interface EngineSetup {
  readonly model: string;
  /** Folders of bundles, in the order they are searched. */
  readonly roots: readonly string[];
  readonly backend: BackendChoice;
  readonly provider: string | null;
}

export type ToEngine =
  | { readonly kind: 'draw'; readonly id: number; readonly request: DrawRequest }
  | { readonly kind: 'locate'; readonly id: number; readonly phrase: Phrase }
  | { readonly kind: 'close' };

export type FromEngine =
  | { readonly kind: 'ready'; readonly info: EngineInfo }
  | { readonly kind: 'unable'; readonly refusal: Refusal }
  | { readonly kind: 'drawn'; readonly id: number; readonly drawn: Drawn }
  | { readonly kind: 'located'; readonly id: number; readonly located: Located }
  | { readonly kind: 'refused'; readonly id: number; readonly refusal: Refusal };

/** A DaimonError, which would lose its class on the way. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
}
