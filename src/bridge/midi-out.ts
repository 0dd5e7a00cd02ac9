import type { Timeline } from '../music/timeline.js';
import type { Millis, Tick } from '../music/units.js';
import type { Edge, Epoch } from '../transport/edge.js';

/** A message as it left, for the recorder, the WebSocket and the timing histogram. */
export interface Sent {
  readonly edge: Edge;
  /** Where on the timeline it really went out. */
  readonly tick: Tick;
  readonly time: Millis;
  /** How long after its due time. */
  readonly late: Millis;
}

/** The output side: a thread that owns the port. Every method returns at once. */
export interface MidiOut {
  /** The port's name; null where there is no MIDI here, and then messages are only echoed. */
  readonly port: string | null;
  /** The tick-to-time map from now on; also for edges already queued. Null while stopped: nothing is due. */
  setTimeline(line: Timeline | null): void;
  /** Edges in playing order, not before any queued one. Refused (false) when the bounded queue lacks room. */
  schedule(edges: readonly Edge[], epoch: Epoch): boolean;
  /** Drops every queued edge older than `epoch` and releases every sounding note now. */
  release(epoch: Epoch): void;
  onSent(listener: (sent: Sent) => void): void;
  /** Releases every sounding note, then closes the port. */
  close(): Promise<void>;
}
