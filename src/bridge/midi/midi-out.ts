import type { Timeline } from '../../music/timeline.js';
import type { Millis, Tick } from '../../music/units.js';
import type { Edge, Epoch } from '../../transport/edge.js';
import type { PortWish } from './ports/ports.js';

/** A message as it left, for the recorder, the WebSocket and the timing histogram. */
export interface Sent {
  /** As planned. An off that was not planned (a release) stands where the release came. */
  readonly edge: Edge;
  readonly epoch: Epoch;
  /** Where on the timeline it really went out. */
  readonly tick: Tick;
  readonly time: Millis;
  /** How long after its due time. What a queue of the kernel's sent is timed by the queue's timer: docs/timing.md. */
  readonly late: Millis;
}

export interface MidiOutOptions {
  readonly port: PortWish;
  /** MIDI clock goes out too, while there is a timeline. */
  readonly sendsClock?: boolean;
  /**
   * Hears, in one sentence each, of what goes wrong later on, never of the same thing twice; and of the port's going and
   * coming.
   */
  readonly warn: (sentence: string) => void;
}

/** The output side: a thread that owns the port, in a process of its own. Every method returns at once. */
export interface MidiOut {
  /** The port's name; null where there is no MIDI here, and then messages are only echoed. */
  readonly port: string | null;
  /** One sentence that says why there is no port, and what to do; null where there is one. */
  readonly missing: string | null;
  /**
   * The tick-to-time map from now on; also for edges already queued. Null while stopped: nothing is due, nothing
   * sounds. At a jump `release` comes first, so that nothing old is played on the new map. Notes go out `offset` later
   * than it says, or earlier below 0; the clock, where it is sent, does not.
   */
  setTimeline(line: Timeline | null, offset?: Millis): void;
  /** Edges in playing order, not before any queued one. Refused (false) when the bounded queue lacks room. */
  schedule(edges: readonly Edge[], epoch: Epoch): boolean;
  /** Drops every queued edge older than `epoch` and releases every sounding note now. */
  release(epoch: Epoch): void;
  /** The same once the timeline comes to a tick; edges of older epochs before it are played until then. */
  takeOver(epoch: Epoch, from: Tick): void;
  /**
   * Ends whatever any instrument may still hold: every sounding note, then every other pitch that was ever struck, then
   * on each channel ever played the pedal, all sound and all notes. What is queued stays so: the music goes on with its
   * next note. `onSent` hears of the offs of the sounding notes only, for the rest changes nothing that was heard of.
   */
  panic(): void;
  /**
   * Hears of each message sent, in order, some 20 ms later. Of each pitch of a channel it hears on and off in turn: a
   * note struck while it sounds has its off first, and an off for a silent pitch is not sent.
   */
  onSent(listener: (sent: Sent) => void): void;
  /** Releases every sounding note, then closes the port. What was sent has been heard of when it resolves. */
  close(): Promise<void>;
}
