import type { Worker } from 'node:worker_threads';
import { DaimonError, unreachable } from '../errors.js';
import type { Phrase } from '../music/phrase.js';
import {
  type Drawn,
  type DrawRequest,
  type Engine,
  type EngineInfo,
  type Located,
  MAX_WAITING_DRAWS,
} from './engine.js';
import type { FromEngine, ToEngine } from './messages.js';

// one accident may be bad luck; a second means that playing on would only stumble again
const MAX_RESTARTS = 1;
// a draw can't be interrupted: longer than a slow one, shorter than a player's patience
const CLOSE_TIMEOUT_MILLIS = 2000;

type Answer = Extract<FromEngine, { kind: 'drawn' | 'located' }>;

interface Waiting {
  /** Takes the answer that its question has. */
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: DaimonError) => void;
}

/** The main thread's side of the engine: owns the worker, hands out draws, survives one crash of it. */
export class EngineThread implements Engine {
  readonly info: EngineInfo;
  readonly #spawn: () => Worker;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker;
  #nextId = 0;
  #restarts = 0;
  /** Why no draw is taken any more; null while they are. */
  #ended: DaimonError | null = null;
  #closing: Promise<void> | null = null;

  private constructor(spawn: () => Worker, worker: Worker, info: EngineInfo) {
    this.#spawn = spawn;
    this.#worker = worker;
    this.info = info;
    this.#listen(worker);
  }

  /** Resolves when the worker says that it is ready; rejects with the DaimonError that it could not start for. */
  static start(spawn: () => Worker): Promise<EngineThread> {
    const worker = spawn();
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        worker.off('message', hear).off('error', fail).off('exit', fail);
        act();
      };
      const hear = (message: FromEngine): void => {
        if (message.kind === 'ready') settle(() => resolve(new EngineThread(spawn, worker, message.info)));
        else if (message.kind === 'unable') settle(() => reject(errorOf(message.refusal)));
      };
      const fail = (cause: unknown): void => settle(() => reject(stopped(cause, 'before it was ready')));
      worker.on('message', hear).on('error', fail).on('exit', fail);
    });
  }

  async draw(request: DrawRequest): Promise<Drawn> {
    const answer = await this.#ask((id) => ({ kind: 'draw', id, request }));
    if (answer.kind === 'drawn') return answer.drawn;
    throw crossed(answer.kind);
  }

  async locate(phrase: Phrase): Promise<Located> {
    const answer = await this.#ask((id) => ({ kind: 'locate', id, phrase }));
    if (answer.kind === 'located') return answer.located;
    throw crossed(answer.kind);
  }

  #ask(question: (id: number) => ToEngine): Promise<Answer> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    if (this.#waiting.size >= MAX_WAITING_DRAWS) {
      return Promise.reject(
        new DaimonError(
          'draw',
          `${MAX_WAITING_DRAWS} blocks are waiting to be drawn: wait for some before asking more.`,
        ),
      );
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#tell(question(id));
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const crashed = this.#ended !== null;
    this.#end(new DaimonError('draw', 'The engine was closed: start it again to draw.'));
    if (crashed) return;
    const exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    const impatience = setTimeout(() => void this.#worker.terminate(), CLOSE_TIMEOUT_MILLIS);
    this.#tell({ kind: 'close' });
    await exited;
    clearTimeout(impatience);
  }

  #tell(message: ToEngine): void {
    this.#worker.postMessage(message);
  }

  #listen(worker: Worker): void {
    let accident: unknown = null;
    worker.on('message', (message: FromEngine) => this.#hear(message));
    worker.on('error', (error) => {
      accident = error;
    });
    worker.on('exit', () => this.#recover(accident));
  }

  #hear(message: FromEngine): void {
    switch (message.kind) {
      case 'drawn':
      case 'located':
        this.#take(message.id)?.resolve(message);
        return;
      case 'refused':
        this.#take(message.id)?.reject(errorOf(message.refusal));
        return;
      case 'unable':
        this.#end(errorOf(message.refusal));
        return;
      case 'ready':
        return;
      default:
        unreachable(message);
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /** The worker is gone without having been asked: what waited is lost, and a new worker serves what comes. */
  #recover(accident: unknown): void {
    if (this.#ended !== null) return;
    if (this.#restarts >= MAX_RESTARTS) {
      this.#end(stopped(accident, 'once too often, and no block can be drawn any more'));
      return;
    }
    this.#restarts++;
    this.#rejectWaiting(stopped(accident, 'and was started again, so ask for the block once more'));
    this.#worker = this.#spawn();
    this.#listen(this.#worker);
  }

  #end(error: DaimonError): void {
    this.#ended = error;
    this.#rejectWaiting(error);
  }

  #rejectWaiting(error: DaimonError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

const errorOf = ({ code, message }: { code: DaimonError['code']; message: string }): DaimonError =>
  new DaimonError(code, message);

const crossed = (kind: Answer['kind']): DaimonError =>
  new DaimonError('internal', `The engine's thread gave an answer to something else (${kind}): please report it.`);

function stopped(cause: unknown, outcome: string): DaimonError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  return new DaimonError('draw', `The engine's thread stopped${reason} ${outcome}.`, { cause });
}
