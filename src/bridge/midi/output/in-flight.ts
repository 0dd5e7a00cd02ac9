/** What an entry is: a step of the music, which is an edge or the take-over of the next epoch, or a pulse of the clock. */
export const EDGE = 0;
export const TAKE_OVER = 1;
export const PULSE = 2;
export type Kind = typeof EDGE | typeof TAKE_OVER | typeof PULSE;

/**
 * What was handed to a queue and has not been seen to have left it, in the order in which it goes: a fixed table.
 * Each entry has the messages that it came to (a step may come to none), and the edges that leave the ring with it: its
 * own, and those after it that were dropped. Times in ms. Realtime-safe: yes.
 */
export interface InFlight {
  /** Entries; and how many of them are steps of the music. */
  readonly length: number;
  readonly steps: number;
  /** Messages of all entries, and edges. */
  readonly messages: number;
  readonly edges: number;
  /** Whether there is room for a step that comes to so many messages. */
  hasRoom(messages: number): boolean;
  push(kind: Kind, tick: number, due: number, goes: number, messages: number): void;
  /** Has one more edge leave the ring with the newest entry. */
  drop(): void;
  /** Forgets the oldest entry. */
  shift(): void;
  clear(): void;
  /** Fields of the i-th oldest entry. */
  kind(i: number): number;
  tick(i: number): number;
  due(i: number): number;
  /** When the queue sends it. */
  goes(i: number): number;
  messagesOf(i: number): number;
  edgesOf(i: number): number;
}

/** Entries at most, a power of two. */
const CAPACITY = 128;
/** For pulses of the clock, which are never refused: some are late at a time, but not so many. */
const RESERVE = 32;
/** Messages of steps at most: ALSA has room for 500 of a client, and those pulses want theirs. */
export const MOST_MESSAGES = 448;

export function inFlight(): InFlight {
  const kinds = new Uint8Array(CAPACITY);
  const ticks = new Float64Array(CAPACITY);
  const dues = new Float64Array(CAPACITY);
  const moments = new Float64Array(CAPACITY);
  const counts = new Uint16Array(CAPACITY);
  const edgeCounts = new Uint32Array(CAPACITY);
  let first = 0;
  let length = 0;
  let steps = 0;
  let messages = 0;
  let edges = 0;
  const slot = (i: number): number => (first + i) & (CAPACITY - 1);
  return {
    get length() {
      return length;
    },
    get steps() {
      return steps;
    },
    get messages() {
      return messages;
    },
    get edges() {
      return edges;
    },
    hasRoom: (wanted) => length < CAPACITY - RESERVE && messages + wanted <= MOST_MESSAGES,
    push: (kind, tick, due, goes, count) => {
      const at = slot(length++);
      const edgeCount = kind === EDGE ? 1 : 0;
      kinds[at] = kind;
      ticks[at] = tick;
      dues[at] = due;
      moments[at] = goes;
      counts[at] = count;
      edgeCounts[at] = edgeCount;
      messages += count;
      edges += edgeCount;
      if (kind !== PULSE) steps++;
    },
    drop: () => {
      edgeCounts[slot(length - 1)]++;
      edges++;
    },
    shift: () => {
      messages -= counts[first];
      edges -= edgeCounts[first];
      if (kinds[first] !== PULSE) steps--;
      first = slot(1);
      length--;
    },
    clear: () => {
      length = 0;
      steps = 0;
      messages = 0;
      edges = 0;
    },
    kind: (i) => kinds[slot(i)],
    tick: (i) => ticks[slot(i)],
    due: (i) => dues[slot(i)],
    goes: (i) => moments[slot(i)],
    messagesOf: (i) => counts[slot(i)],
    edgesOf: (i) => edgeCounts[slot(i)],
  };
}
