import type { Peer } from './nearby.js';

export interface Packet {
  readonly bytes: Uint8Array;
  readonly sender: Peer;
}

export interface InboxLimits {
  /** Packets that wait. */
  readonly waiting: number;
  /** Messages read at a time. */
  readonly atATime: number;
  /** From one time to the next, in ms. */
  readonly pauseMs: number;
}

export interface Inbox {
  /** Takes a packet; the oldest one that waits makes room for it. */
  push(packet: Packet): void;
  close(): void;
}

/**
 * Packets wait here for their time, so that a flood of them leaves the daemon's loop to the music. `read` gives how
 * many messages there were, `done` follows the last of a time. What comes to an empty inbox is read at once.
 */
export function newInbox(limits: InboxLimits, read: (packet: Packet) => number, done: () => void): Inbox {
  const packets: Packet[] = [];
  let first: NodeJS.Immediate | undefined;
  let next: NodeJS.Timeout | undefined;
  const turn = (): void => {
    first = undefined;
    next = undefined;
    if (packets.length === 0) return;
    for (let room = limits.atATime; room > 0 && packets.length > 0; ) room -= Math.max(1, read(packets.shift()!));
    done();
    next = setTimeout(turn, limits.pauseMs);
  };
  return {
    push(packet) {
      if (packets.length === limits.waiting) packets.shift();
      packets.push(packet);
      if (next === undefined) first ??= setImmediate(turn);
    },
    close() {
      clearImmediate(first);
      clearTimeout(next);
      packets.length = 0;
    },
  };
}
