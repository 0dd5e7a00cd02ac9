import type { Timeline } from '../../../music/timeline.js';
import type { Millis, Tick } from '../../../music/units.js';
import type { Reflexes } from '../../../transport/clock/reflexes.js';
import type { Edge, Epoch } from '../../../transport/edge.js';
import type { Sent } from '../midi-out.js';
import type { PortWish } from '../ports/ports.js';

/**
 * What the daemon and its output process, which hears the input too, tell each other. Each side hears in the order in
 * which the other spoke; both are files of one build, so that nothing is parsed. Times are of `now()`, whose clock both
 * share.
 */

/** What an output leaves to the one that takes its place. */
export interface Inherited {
  /** Every pitch that may sound, for it was struck at some time, as channel * 128 + pitch. */
  readonly struck: readonly number[];
  /** The tick it had come to. */
  readonly lastTick: number;
  /** False where another has died: its native calls to the kernel's queue may have been why, and can be done without. */
  readonly mayQueue: boolean;
}

export type ToOutput =
  /** The first, once: opens the port, and releases on it what was inherited. */
  | { readonly kind: 'open'; readonly port: PortWish; readonly sendsClock: boolean; readonly inherited: Inherited }
  /** Opens the input, once; what arrives there is told from then on. */
  | { readonly kind: 'listen'; readonly port: PortWish }
  /** What is to be done at once as it arrives. `heard`: how many arrivals the daemon had heard of as it spoke. */
  | { readonly kind: 'reflexes'; readonly reflexes: Reflexes; readonly heard: number }
  /** The rest as in MidiOut. */
  | { readonly kind: 'timeline'; readonly line: Timeline | null; readonly offset: Millis; readonly heard: number }
  /** Never more than the process has room for: EDGE_CAPACITY less what it has not said to have taken. */
  | { readonly kind: 'schedule'; readonly edges: readonly Edge[]; readonly epoch: Epoch }
  | { readonly kind: 'release'; readonly epoch: Epoch }
  | { readonly kind: 'take-over'; readonly epoch: Epoch; readonly from: Tick }
  | { readonly kind: 'panic' }
  /** The last. When the channel closes without it, the process does the same. */
  | { readonly kind: 'close' };

export type FromOutput =
  /** What has come of `open`, as MidiOut has it; and again as the port goes and comes. */
  | { readonly kind: 'port'; readonly port: string | null; readonly missing: string | null }
  /**
   * What was sent since the last echo, at most SENT_CAPACITY, and how many edges have left the queue in all, played or
   * dropped. Of an edge that has left it, all that was sent is echoed by then.
   */
  | { readonly kind: 'echo'; readonly sent: readonly Sent[]; readonly taken: number }
  /** What has come of `listen`, as MidiIn has it; and again as the port goes and comes. */
  | { readonly kind: 'input'; readonly port: string | null; readonly missing: string | null }
  /** A message at the input; `acted`: something was done at once, and the daemon is to say how things stand. */
  | { readonly kind: 'arrival'; readonly bytes: Uint8Array; readonly time: Millis; readonly acted: boolean }
  | { readonly kind: 'warning'; readonly sentence: string }
  /** The last, where the thread that sends has died, and of what: a fresh process is needed. */
  | { readonly kind: 'end'; readonly cause: string };
