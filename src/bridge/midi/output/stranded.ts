import type { Millis } from '../../../music/units.js';
import { Ledger } from './ledger.js';

const VOICES = 16 * 128;

/** In ms: a port is looked at once a second, or later on a busy machine: what was sent since may have gone nowhere. */
const UNSEEN = 3000;

/**
 * What an instrument may hold whose port is gone: what sounded then, and what was ended since the port was last seen to
 * be there. An instrument behind an interface that is plugged in again sounds on. Realtime-safe: yes.
 */
export class Stranded {
  /** When each note was last ended, at channel * 128 + pitch, in ms. */
  readonly #ended = new Float64Array(VOICES).fill(Number.NEGATIVE_INFINITY);
  readonly #left = new Ledger();

  /** An off was sent. */
  end(channel: number, pitch: number, time: Millis): void {
    this.#ended[channel * 128 + pitch] = time;
  }

  /** The port is gone. */
  lose(sounding: Ledger, now: Millis): void {
    sounding.visit((channel, pitch) => this.#left.strike(channel, pitch));
    for (let at = 0; at < VOICES; at++) if (this.#ended[at] > now - UNSEEN) this.#left.strike(at >> 7, at & 127);
  }

  /** It is back: tells each note to `each` once, by channel and pitch. */
  drain(each: (channel: number, pitch: number) => void): void {
    this.#left.drain(each);
  }
}
