import type { Values } from './controls.js';

/** What one `set` turns, and what becomes of it. */
export interface Setting {
  readonly values: Values;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/** No bar line is so near that a hand would hear it; and a hundred times a second is cheap. */
const EVERY_MS = 10;

/** A span's worth from all clients at their fastest; more are done at once. */
const MAX_WAITING = 256;

/**
 * Turns what clients turn: the first at once, all that come within the next 10 ms together, of each path the newest
 * value. So a thousand sets a second cost little more than a hundred.
 */
export class MergedSets {
  readonly #turn: (values: Values) => unknown;
  #waiting: Setting[] = [];
  #span: NodeJS.Timeout | null = null;

  /** `turn` turns all of these values or throws. */
  constructor(turn: (values: Values) => unknown) {
    this.#turn = turn;
  }

  add(setting: Setting): void {
    this.#waiting.push(setting);
    if (this.#span === null || this.#waiting.length >= MAX_WAITING) this.flush();
    this.#span ??= setTimeout(() => this.#goOn(), EVERY_MS).unref();
  }

  /** For whatever else is asked: it finds done what was asked before it. */
  flush(): void {
    const settings = this.#waiting;
    this.#waiting = [];
    if (settings.length > 0) this.#settle(settings);
  }

  close(): void {
    if (this.#span !== null) clearTimeout(this.#span);
    this.#waiting = [];
  }

  #goOn(): void {
    this.#span = this.#waiting.length === 0 ? null : setTimeout(() => this.#goOn(), EVERY_MS).unref();
    this.flush();
  }

  /** Where not all can be turned together, each half is tried by itself: so only those fail that have to. */
  #settle(settings: readonly Setting[]): void {
    try {
      this.#turn(Object.assign({}, ...settings.map(({ values }) => values)));
    } catch (error) {
      const half = settings.length >> 1;
      if (half === 0) settings[0].fail(error);
      else for (const some of [settings.slice(0, half), settings.slice(half)]) this.#settle(some);
      return;
    }
    for (const { done } of settings) done();
  }
}
