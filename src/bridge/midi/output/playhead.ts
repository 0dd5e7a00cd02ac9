import { isNoteOff, isNoteOn, MESSAGES } from '../midi-messages.js';
import type { EdgeRing } from './edge-ring.js';
import { Ledger } from './ledger.js';

/** What is done with a message: its tick, its bytes, and when it is due. */
export type Each = (tick: number, status: number, data1: number, data2: number, due: number) => void;

/**
 * How far the music has come. It goes on by steps, each of which tells the messages that it comes to, by what sounds.
 * Realtime-safe: yes, all of it.
 */
export interface Playhead {
  /** The epoch that plays. */
  epoch: number;
  /** The tick of the last step. */
  tick: number;
  /** What sounds. */
  readonly ledger: Ledger;
  /** The edge at an index of the ring's. */
  play(at: number, due: number, each: Each): void;
  /** The next epoch begins at `start`: what sounds ends there or, where it was struck since, with that. */
  takeOver(start: number, due: number, each: Each): void;
  /** What sounds ends here; then other pitches ever struck are told, where they shall be. */
  end(due: number, each: Each, eachSilent?: (channel: number, pitch: number) => void): void;
  /** Becomes as the other is. */
  copy(other: Playhead): void;
}

export function playhead(edges: EdgeRing, epoch: number): Playhead {
  const ledger = new Ledger();
  let ending: Each = () => {};
  let ends = 0;
  const endNote = (channel: number, pitch: number): void =>
    ending(head.tick, MESSAGES.noteOff.status | channel, pitch, 0, ends);

  const head: Playhead = {
    epoch,
    tick: 0,
    ledger,
    play: (at, due, each) => {
      const tick = edges.tick(at);
      const status = edges.status(at);
      const data1 = edges.data1(at);
      const data2 = edges.data2(at);
      const channel = status & 0x0f;
      head.tick = tick;
      if (isNoteOff(status, data2)) {
        if (!ledger.lift(channel, data1)) return;
      } else if (isNoteOn(status, data2)) {
        // struck again while it sounds: most instruments want the off first
        if (ledger.strike(channel, data1)) each(tick, MESSAGES.noteOff.status | channel, data1, 0, due);
      }
      each(tick, status, data1, data2, due);
    },
    takeOver: (start, due, each) => {
      head.tick = Math.max(head.tick, start);
      head.end(due, each);
      head.tick = start;
      head.epoch++;
    },
    end: (due, each, eachSilent) => {
      ending = each;
      ends = due;
      if (eachSilent === undefined) ledger.drain(endNote);
      else ledger.drainAll(endNote, eachSilent);
    },
    copy: (other) => {
      head.epoch = other.epoch;
      head.tick = other.tick;
      ledger.copy(other.ledger);
    },
  };
  return head;
}
