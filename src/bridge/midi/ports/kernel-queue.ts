import type { Handle, Libasound } from './libasound.js';

/**
 * An output port of ALSA's sequencer with a queue of the kernel's before it: what waits there is sent by a timer's
 * interrupt, whatever the threads of the machine are at. Times are of the queue's own clock, which counts from its
 * start. Realtime-safe: yes, but for `destroy`.
 */
export interface KernelQueue {
  /** Milliseconds between the moments at which it sends: whole multiples of it from its start. */
  readonly period: number;
  /** Sends past what waits, at the next `flush`. Copies the bytes; throws where the system refuses them. */
  sendMessage(message: Uint8Array): void;
  /** Holds a message back until the first moment not before `at`, in ms. Taken over at `flush`. False where refused. */
  enqueue(message: Uint8Array, at: number): boolean;
  /** Hands over what came since the last time, all in one call: false where the system refuses some of it. */
  flush(): boolean;
  /**
   * Starts its clock anew, at 0. Where the timer serves other queues too, it really begins when it next rings for one of
   * them, and until its own first ring its clock shows more than it should.
   */
  start(): void;
  stop(): void;
  /** Sets the three below. */
  look(): void;
  /** The queue's time when it was last looked at, in ms: since the start but for what its timer was then late by. */
  readonly time: number;
  /** How often the timer had rung by then since the start. */
  readonly rings: number;
  /** Messages that waited then. */
  readonly waiting: number;
  /** Forgets all that waits; what is to be sent past it goes first. */
  clear(): void;
  destroy(): void;
}

/** The name that RtMidi gives its clients: who has stored a connection finds it again. */
const CLIENT = 'RtMidi Output Client';
const EXISTING_PORT = 'RtMidi Output';
/** From sequencer and timer headers of ALSA. */
const OPEN_DUPLEX = 3;
const NONBLOCK = 1;
const READABLE_SUBSCRIBABLE = (1 << 0) | (1 << 5);
const MIDI_APPLICATION = (1 << 1) | (1 << 20);
const REMOVE_OUTPUT = 1 << 1;
const START = 30;
const STOP = 32;
const CLASS_GLOBAL = 1;
const HIGH_RESOLUTION_TIMER = 3;
const TIMER = `hw:CLASS=${CLASS_GLOBAL},SCLASS=0,CARD=0,DEV=${HIGH_RESOLUTION_TIMER},SUBDEV=0`;
/** snd_seq_event_t: where its fields are, in bytes, and what marks a time in seconds, no queue, and all subscribers. */
const EVENT = { bytes: 28, type: 0, flags: 1, queue: 3, seconds: 4, nanoseconds: 8, source: 12, dest: 14, data: 16 };
const REAL_TIME = 1;
const DIRECT = 253;
const SUBSCRIBERS = [254, 253] as const;
/** snd_seq_queue_status_t, likewise. */
const STATUS = { events: 4, ticks: 8, seconds: 12, nanoseconds: 16 };

/**
 * 0.2 ms between its interrupts, while it runs: 6250 Hz is the kernel's limit, and its usual 1000 Hz would put notes
 * up to a millisecond off. Sixteenths at 120 BPM are whole multiples.
 */
const HERTZ = 5000;
/** A tempo at which one tick is one ring, so that the queue's position in ticks counts them: microseconds a beat, ticks. */
const BEAT = 10_000;
const TICKS_PER_BEAT = (BEAT * HERTZ) / 1e6;
/** A timer that is coarser, in ns, is not a high resolution one: it goes by the 1 to 10 ms of the kernel's tick. */
const COARSEST = 50_000;
/** Longest message, in bytes: none that goes out here is longer. */
const MESSAGE_BYTES = 3;

/** A virtual port of that name, or a connection to the port at that address; null where the system has no such queue. */
export type QueueTo =
  | { readonly kind: 'virtual'; readonly name: string }
  | { readonly kind: 'existing'; readonly client: number; readonly port: number };

/** Null where there is no queue with a good timer, or no such port: then another way may still work. */
export function openKernelQueue(alsa: Libasound, to: QueueTo): KernelQueue | null {
  if (!hasGoodTimer(alsa)) return null;
  const seq = made((handle) => alsa.seqOpen(handle, 'default', OPEN_DUPLEX, NONBLOCK));
  if (seq === null) return null;
  alsa.seqSetClientName(seq, CLIENT);
  const name = to.kind === 'virtual' ? to.name : EXISTING_PORT;
  const port = alsa.seqCreateSimplePort(seq, name, READABLE_SUBSCRIBABLE, MIDI_APPLICATION);
  const queue = alsa.seqAllocQueue(seq);
  const isThere =
    port >= 0 &&
    queue >= 0 &&
    setTimer(alsa, seq, queue) &&
    setTempo(alsa, seq, queue) &&
    (to.kind === 'virtual' || alsa.seqConnectTo(seq, port, to.client, to.port) >= 0);
  const coder = isThere ? made((handle) => alsa.midiEventNew(MESSAGE_BYTES, handle)) : null;
  const all = coder === null ? null : made((handle) => alsa.seqRemoveEventsMalloc(handle));
  if (coder === null || all === null) {
    if (coder !== null) alsa.midiEventFree(coder);
    alsa.seqClose(seq);
    return null;
  }
  alsa.seqRemoveEventsSetCondition(all, REMOVE_OUTPUT);

  const event = Buffer.alloc(EVENT.bytes);
  const status = Buffer.alloc(alsa.seqQueueStatusSizeof());
  event[EVENT.source] = alsa.seqClientId(seq);
  event[EVENT.source + 1] = port;
  let time = 0;
  let rings = 0;
  let waiting = 0;

  const control = (type: number): void => {
    event[EVENT.type] = type;
    event[EVENT.flags] = 0;
    event[EVENT.queue] = DIRECT;
    // the sequencer's own client, and its port for timers, are both 0
    event.fill(0, EVENT.dest);
    event[EVENT.data] = queue;
    alsa.seqEventOutputDirect(seq, event);
  };

  const encode = (message: Uint8Array, toQueue: number, flags: number): boolean => {
    alsa.midiEventResetEncode(coder);
    if (alsa.midiEventEncode(coder, message, message.length, event) <= 0) return false;
    event[EVENT.flags] = flags;
    event[EVENT.queue] = toQueue;
    event[EVENT.dest] = SUBSCRIBERS[0];
    event[EVENT.dest + 1] = SUBSCRIBERS[1];
    return true;
  };

  const flush = (): boolean => {
    let isWhole = true;
    while (alsa.seqDrainOutput(seq) < 0) {
      isWhole = false;
      // what is refused is passed over: after it there may be offs for other receivers
      if (alsa.seqExtractOutput(seq, null) < 0) break;
    }
    return isWhole;
  };

  return {
    period: 1000 / HERTZ,
    sendMessage: (message) => {
      if (!encode(message, DIRECT, 0) || alsa.seqEventOutput(seq, event) < 0) throw REFUSED;
    },
    enqueue: (message, at) => {
      if (!encode(message, queue, REAL_TIME)) return false;
      const seconds = Math.floor(at / 1000);
      event.writeUInt32LE(seconds, EVENT.seconds);
      event.writeUInt32LE(Math.floor((at - seconds * 1000) * 1e6), EVENT.nanoseconds);
      return alsa.seqEventOutput(seq, event) >= 0;
    },
    flush,
    start: () => control(START),
    stop: () => control(STOP),
    look: () => {
      if (alsa.seqGetQueueStatus(seq, queue, status) < 0) return;
      time = status.readUInt32LE(STATUS.seconds) * 1000 + status.readUInt32LE(STATUS.nanoseconds) / 1e6;
      rings = status.readUInt32LE(STATUS.ticks);
      waiting = status.readInt32LE(STATUS.events);
    },
    get time() {
      return time;
    },
    get rings() {
      return rings;
    },
    get waiting() {
      return waiting;
    },
    clear: () => {
      flush();
      alsa.seqRemoveEvents(seq, all);
    },
    destroy: () => {
      alsa.midiEventFree(coder);
      alsa.seqRemoveEventsFree(all);
      alsa.seqClose(seq);
    },
  };
}

/** Made once: whoever sends in a loop that may not allocate throws it as it is. */
const REFUSED = new Error('ALSA refuses the message');

/** What a call of ALSA's writes through the pointer it is given; null where it fails. */
function made(make: (handle: [Handle]) => number): Handle | null {
  const handle: [Handle] = [null];
  return make(handle) < 0 ? null : handle[0];
}

/** Asking for it also has the kernel load its module. A queue without one would be given the kernel's tick, unasked. */
export function hasGoodTimer(alsa: Libasound): boolean {
  const timer = made((handle) => alsa.timerOpen(handle, TIMER, NONBLOCK));
  if (timer === null) return false;
  const info = made((handle) => alsa.timerInfoMalloc(handle));
  const isGood = info !== null && alsa.timerInfo(timer, info) >= 0 && alsa.timerInfoGetResolution(info) <= COARSEST;
  if (info !== null) alsa.timerInfoFree(info);
  alsa.timerClose(timer);
  return isGood;
}

function setTimer(alsa: Libasound, seq: Handle, queue: number): boolean {
  const id = made((handle) => alsa.timerIdMalloc(handle));
  const timer = made((handle) => alsa.seqQueueTimerMalloc(handle));
  let isSet = false;
  if (id !== null && timer !== null) {
    alsa.timerIdSetClass(id, CLASS_GLOBAL);
    alsa.timerIdSetCard(id, -1);
    alsa.timerIdSetDevice(id, HIGH_RESOLUTION_TIMER);
    alsa.seqQueueTimerSetId(timer, id);
    alsa.seqQueueTimerSetResolution(timer, HERTZ);
    isSet = alsa.seqSetQueueTimer(seq, queue, timer) >= 0;
  }
  if (id !== null) alsa.timerIdFree(id);
  if (timer !== null) alsa.seqQueueTimerFree(timer);
  return isSet;
}

function setTempo(alsa: Libasound, seq: Handle, queue: number): boolean {
  const tempo = made((handle) => alsa.seqQueueTempoMalloc(handle));
  if (tempo === null) return false;
  alsa.seqQueueTempoSetTempo(tempo, BEAT);
  alsa.seqQueueTempoSetPpq(tempo, TICKS_PER_BEAT);
  const isSet = alsa.seqSetQueueTempo(seq, queue, tempo) >= 0;
  alsa.seqQueueTempoFree(tempo);
  return isSet;
}
