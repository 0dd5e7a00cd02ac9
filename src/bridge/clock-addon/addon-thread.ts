import type { SessionSnapshot } from '../../transport/clock/session-clock.js';

/** All that crosses between the main thread and the add-on's. */

/** The thread's `workerData`. */
export interface AddonSetup {
  readonly url: string;
}

export type FromAddon =
  | { readonly kind: 'open' }
  | { readonly kind: 'snapshot'; readonly snapshot: SessionSnapshot }
  /** The first snapshot that was refused. */
  | { readonly kind: 'nonsense'; readonly why: string };

export type ToAddon = { readonly kind: 'close' };
