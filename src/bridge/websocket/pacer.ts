/** Does something at once when it is asked to, and then again at most so often while it is. */
export class Pacer {
  readonly #act: () => boolean;
  #everyMs: number;
  #asked = false;
  #timer: NodeJS.Timeout | null = null;

  /** `act` gives false where it can't yet: it is then asked again, after the pause. */
  constructor(everyMs: number, act: () => boolean) {
    this.#everyMs = everyMs;
    this.#act = act;
  }

  ask(): void {
    this.#asked = true;
    if (this.#timer === null) this.#goOn();
  }

  /** From the next pause on. */
  set everyMs(wanted: number) {
    this.#everyMs = wanted;
  }

  #goOn(): void {
    this.#timer = null;
    if (!this.#asked) return;
    this.#asked = !this.#act();
    this.#timer = setTimeout(() => this.#goOn(), this.#everyMs).unref();
  }

  close(): void {
    this.#asked = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
