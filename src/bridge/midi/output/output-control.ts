import type { PortOpened, PortWish } from '../ports/ports.js';
import type { Inherited } from './output-messages.js';

/** The words of shared memory by which the main thread steers the output thread, by index into an Int32Array. */

/** Grows by one after each change that the main thread makes; the output thread waits on it. */
export const SIGNAL = 0;
/** The current epoch. */
export const EPOCH = 1;
/** 1 once the port shall be closed. */
export const CLOSING = 2;
/** How often the main thread has asked for a release, and how many of them the output thread has done. */
export const RELEASES = 3;
export const RELEASED = 4;
/** Messages that the driver refused. */
export const REFUSED = 5;
/** Echoes for which there was no room. */
export const LOST = 6;
/** 1 once the last note is released, at closing; the main thread may wait on it. */
export const CLOSED = 7;
/** How often the main thread has cried panic, and how many of them the output thread has heard. */
export const PANICS = 8;
export const PANICKED = 9;

/** How often the main thread has asked the output thread to look for its port again. */
export const LOOKS = 10;
/** Queues of the kernel's that stood still: the output thread sends by itself since. */
export const STUCK = 11;

/** The last signal that the output thread has acted on; the main thread may wait on it. */
export const OBEYED = 12;

export const controlMemory = (): SharedArrayBuffer => new SharedArrayBuffer(13 * 4);

/** Tells the output thread that something has changed. */
export function signal(control: Int32Array): void {
  Atomics.add(control, SIGNAL, 1);
  Atomics.notify(control, SIGNAL);
}

/** What the output thread is started with. */
export interface OutputThreadData {
  readonly wish: PortWish;
  readonly sendsClock: boolean;
  readonly control: SharedArrayBuffer;
  readonly edges: SharedArrayBuffer;
  readonly sent: SharedArrayBuffer;
  readonly starts: SharedArrayBuffer;
  readonly timeline: SharedArrayBuffer;
  /** What a thread before it may have left sounding. */
  readonly inherited: Inherited;
}

/** What it says before it begins to play, and each time that it has looked for its port again. */
export type OutputThreadReady = PortOpened;
