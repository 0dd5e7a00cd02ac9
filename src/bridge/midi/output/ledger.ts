const CHANNELS = 16;
const PITCHES = 128;

/** Marks a pitch that was struck at some time and, while every pitch is gone through, one of them that is silent. */
const STRUCK = 1;
const STRUCK_AND_SILENT = 2;

/**
 * Which notes sound, by channel and pitch: a fixed table, so that whatever was struck can be released. A pitch struck
 * again before its off is counted, for each of its offs is still to come and only the last may end it.
 * Realtime-safe: yes, but for `everStruck`.
 */
export class Ledger {
  /** Strikes not yet lifted, at channel * 128 + pitch. 8 bits: more strikes of one held pitch are not a score. */
  readonly #strikes = new Uint8Array(CHANNELS * PITCHES);
  /** Whether a pitch was ever struck, at channel * 128 + pitch. */
  readonly #struck = new Uint8Array(CHANNELS * PITCHES);
  #sounding = 0;

  /** Pitches that sound now, over all channels. */
  get sounding(): number {
    return this.#sounding;
  }

  /** Counts a note on; true if the pitch sounded already. */
  strike(channel: number, pitch: number): boolean {
    const at = channel * PITCHES + pitch;
    const strikes = this.#strikes[at];
    this.#struck[at] = STRUCK;
    if (strikes === 0) this.#sounding++;
    if (strikes < 255) this.#strikes[at] = strikes + 1;
    return strikes > 0;
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

  sounds(channel: number, pitch: number): boolean {
    return this.#strikes[channel * PITCHES + pitch] > 0;
  }

  /** Becomes as the other is. */
  copy(other: Ledger): void {
    this.#strikes.set(other.#strikes);
    this.#struck.set(other.#struck);
    this.#sounding = other.#sounding;
  }

  /** Tells every sounding note to `each`, by channel and pitch. */
  visit(each: (channel: number, pitch: number) => void): void {
    for (let at = 0; at < this.#strikes.length; at++) if (this.#strikes[at] > 0) each(at >> 7, at & 127);
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

  /** Like `drain`, and then tells every other pitch that was ever struck to `eachSilent`, in the same order. */
  drainAll(each: (channel: number, pitch: number) => void, eachSilent: (channel: number, pitch: number) => void): void {
    for (let at = 0; at < this.#struck.length; at++)
      if (this.#struck[at] === STRUCK && this.#strikes[at] === 0) this.#struck[at] = STRUCK_AND_SILENT;
    this.drain(each);
    for (let at = 0; at < this.#struck.length; at++) {
      if (this.#struck[at] !== STRUCK_AND_SILENT) continue;
      this.#struck[at] = STRUCK;
      eachSilent(at >> 7, at & 127);
    }
  }

  /** Every pitch that was ever struck, as channel * 128 + pitch. Allocates. */
  everStruck(): number[] {
    return Array.from(this.#struck.keys()).filter((at) => this.#struck[at] !== 0);
  }

  /** True if any pitch of the channel was ever struck. */
  wasPlayed(channel: number): boolean {
    for (let at = channel * PITCHES; at < (channel + 1) * PITCHES; at++) if (this.#struck[at] !== 0) return true;
    return false;
  }
}
