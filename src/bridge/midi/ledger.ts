const CHANNELS = 16;
const PITCHES = 128;

/**
 * Which notes sound, by channel and pitch: a fixed table, so that whatever was struck can be released. A pitch struck
 * again before its off is counted, for each of its offs is still to come and only the last may end it.
 * Realtime-safe: yes, all of it.
 */
export class Ledger {
  /** Strikes not yet lifted, at channel * 128 + pitch. 8 bits: more strikes of one held pitch are not a score. */
  readonly #strikes = new Uint8Array(CHANNELS * PITCHES);
  #sounding = 0;

  /** Pitches that sound now, over all channels. */
  get sounding(): number {
    return this.#sounding;
  }

  /** Counts a note on; true if the pitch sounded already. */
  strike(channel: number, pitch: number): boolean {
    const at = channel * PITCHES + pitch;
    const struck = this.#strikes[at];
    if (struck === 0) this.#sounding++;
    if (struck < 255) this.#strikes[at] = struck + 1;
    return struck > 0;
  }

  /** Counts a note off; true if it ends the note: it is the last one due, and not one for a pitch that is silent. */
  lift(channel: number, pitch: number): boolean {
    const at = channel * PITCHES + pitch;
    if (this.#strikes[at] === 0) return false;
    this.#strikes[at]--;
    if (this.#strikes[at] > 0) return false;
    this.#sounding--;
    return true;
  }

  /** Forgets every sounding note, telling each to `each` first, by channel and pitch. */
  drain(each: (channel: number, pitch: number) => void): void {
    for (let at = 0; this.#sounding > 0 && at < this.#strikes.length; at++) {
      if (this.#strikes[at] === 0) continue;
      this.#strikes[at] = 0;
      this.#sounding--;
      each(at >> 7, at & 127);
    }
  }
}
