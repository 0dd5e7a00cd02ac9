import type { Engine, EngineInfo } from '../engine/engine.js';
import { DaimonError } from '../errors.js';

/** The models that are loaded, each with a thread of its own: the one that plays, and the one that takes over from it. */
export interface Engines {
  /** Of the model chosen last. */
  readonly info: EngineInfo;
  /** The model chosen last. */
  readonly chosen: Omit<Engine, 'close'>;
  /** By the number that takes know a model by. */
  of(model: number): Omit<Engine, 'close'>;
  /**
   * Loads a model while the others go on drawing, and has it chosen once it is ready, warm; one that is loaded is chosen
   * at once. Rejects with the DaimonError of the load, or `model` when a later choice came before it was ready.
   */
  choose(name: string): Promise<void>;
  /** Closes all but these, each once it has answered what it was asked. */
  retain(models: readonly number[]): void;
  /** Closes all; what is still loading is awaited, for a thread can't be ended in the middle of that, and closed too. */
  close(): Promise<void>;
}

/** What was chosen last and is not loaded yet. */
interface Wish {
  readonly name: string;
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * `first` is model 0, `start` loads another. Whoever chooses by the dozen costs no more than one load at a time, and one
 * after it: only the last choice is loaded, those that it overtakes are told at once.
 */
export function newEngines(
  first: Engine,
  start: (name: string) => Promise<Engine>,
  onChosen: (model: number, info: EngineInfo) => void,
): Engines {
  const loaded = new Map<number, Loaded>([[0, new Loaded(first)]]);
  let chosen = 0;
  let count = 1;
  let wish: Wish | null = null;
  let loading: Promise<void> | null = null;
  let closed = false;

  const of = (model: number): Loaded => {
    const found = loaded.get(model);
    if (found !== undefined) return found;
    throw new DaimonError('internal', `Model ${model} is asked to draw after it was closed.`);
  };

  const chose = (model: number): void => {
    if (model === chosen) return;
    chosen = model;
    onChosen(model, of(model).info);
  };

  /** Nobody waits any more for what was wished before. */
  const overtake = (by: string): void => {
    wish?.reject(
      new DaimonError('model', `Model "${wish.name}" was not loaded yet when "${by}" was chosen: that one plays.`),
    );
    wish = null;
  };

  const load = async (name: string): Promise<void> => {
    try {
      const engine = await start(name);
      // another may be wished by now; and the same again, after it
      if (closed || wish?.name !== name) return void (await engine.close());
      const model = count++;
      loaded.set(model, new Loaded(engine));
      chose(model);
      wish.resolve();
    } catch (error) {
      if (wish?.name !== name) return;
      wish.reject(error);
    }
    wish = null;
  };

  /** Until no wish is left. */
  const loadAll = async (): Promise<void> => {
    while (wish !== null) await load(wish.name);
    loading = null;
  };

  return {
    get info() {
      return of(chosen).info;
    },
    get chosen() {
      return of(chosen);
    },
    of,
    choose: (name) => {
      if (closed) return Promise.reject(ENDS);
      if (wish?.name === name) return wish.done;
      overtake(name);
      const known = [...loaded].find(([, { info }]) => info.model === name);
      if (known !== undefined) {
        chose(known[0]);
        return Promise.resolve();
      }
      const { promise: done, resolve, reject } = withResolvers();
      wish = { name, done, resolve, reject };
      loading ??= loadAll();
      return done;
    },
    retain: (models) => {
      for (const [model, engine] of loaded) {
        if (model === chosen || models.includes(model) || engine.owes > 0) continue;
        loaded.delete(model);
        void engine.close();
      }
    },
    close: async () => {
      closed = true;
      wish?.reject(ENDS);
      wish = null;
      await Promise.all([loading, ...[...loaded.values()].map((engine) => engine.close())]);
    },
  };
}

const ENDS = new DaimonError('model', 'daimon ends, and loads no model any more: start it again.');

/** An engine, and how many answers it owes. */
class Loaded {
  readonly #engine: Engine;
  #owes = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get info(): EngineInfo {
    return this.#engine.info;
  }

  get owes(): number {
    return this.#owes;
  }

  draw(...request: Parameters<Engine['draw']>): ReturnType<Engine['draw']> {
    this.#owes++;
    return this.#engine.draw(...request).finally(() => this.#owes--);
  }

  locate(...request: Parameters<Engine['locate']>): ReturnType<Engine['locate']> {
    this.#owes++;
    return this.#engine.locate(...request).finally(() => this.#owes--);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}

/** Node 20 has no Promise.withResolvers. */
function withResolvers(): Omit<Wish, 'name' | 'done'> & { readonly promise: Promise<void> } {
  let resolve: Wish['resolve'] = () => {};
  let reject: Wish['reject'] = () => {};
  const promise = new Promise<void>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve, reject };
}
