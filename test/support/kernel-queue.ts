import type { KernelQueue } from '#daimon/bridge/midi/ports/kernel-queue.js';

/**
 * A queue of ALSA's in virtual time: it sends at whole multiples of its period from its start, as time `passes`.
 * `putOff`: so much after `start`, in ms, it really starts, for its timer serves others.
 */
export function virtualQueue(
  clock: () => number,
  hear: (message: Uint8Array, time: number) => void,
  putOff: () => number = () => 0,
) {
  const period = 0.2;
  /** A hair above what the queue's own clock shows, where the two are added up in different ways. */
  const HAIR = 1e-9;
  /** What was sent, and what was enqueued, and not flushed yet; and what waits. */
  let collected: Uint8Array[] = [];
  let written: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  let queued: { readonly at: number; readonly since: number; readonly bytes: Uint8Array }[] = [];
  let origin: number | null = null;
  let startedAt = 0;
  let time = 0;
  let rings = 0;
  let waiting = 0;
  let stuck = false;
  let heldUp = (): void => {};
  const passUntil = (now: number): void => {
    if (origin === null || stuck) return;
    const begun = origin;
    const step = Math.floor((now - begun) / period + HAIR);
    const due = queued.filter(({ at }) => at <= step * period + HAIR).sort((a, b) => a.at - b.at);
    queued = queued.filter((each) => !due.includes(each));
    for (const { at, since, bytes } of due)
      hear(bytes, Math.max(since, begun + Math.ceil(at / period - HAIR) * period));
  };
  const queue: KernelQueue = {
    period,
    sendMessage: (message) => void collected.push(Uint8Array.from(message)),
    enqueue: (message, at) => {
      written.push({ at, bytes: Uint8Array.from(message) });
      return true;
    },
    flush: () => {
      for (const message of collected) hear(message, clock());
      collected = [];
      queued.push(...written.map((each) => ({ ...each, since: clock() })));
      written = [];
      return true;
    },
    start: () => {
      startedAt = clock();
      origin = startedAt + putOff();
    },
    stop: () => {
      origin = null;
    },
    look: () => {
      rings = origin === null ? 0 : Math.max(0, Math.floor((clock() - origin) / period + HAIR));
      time = origin === null ? 0 : clock() - (rings === 0 ? startedAt : origin);
      waiting = queued.length;
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
      queue.flush();
      heldUp();
      queued = [];
    },
    destroy: () => {},
  };
  return {
    queue,
    /** Sends what goes until now. */
    passes: () => passUntil(clock()),
    isRunning: () => origin !== null,
    /** From now on this happens before it forgets what waits. */
    beforeClear: (happens: () => void) => {
      heldUp = happens;
    },
    /** From now on nothing leaves it. */
    stick: () => {
      stuck = true;
    },
  };
}
