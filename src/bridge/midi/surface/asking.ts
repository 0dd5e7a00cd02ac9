import type { Values } from '../../control/controls.js';
import type { Desk } from '../../control/desk.js';
import type { PlayerRequest } from '../../control/protocol.js';

/** Asks the daemon for what hands want; what is refused is said, but not again and again while a fader moves on. */
export interface Asking {
  ask(request: PlayerRequest): void;
  /** All of these, or, where one is refused, the others. */
  set(values: Values): void;
  complain(error: unknown): void;
}

export interface AskingParts extends Pick<Desk, 'onRequest'> {
  readonly say: (sentence: string) => void;
  /** In ms. */
  readonly now: () => number;
}

/** The same sentence is not said again for so long, in ms. */
const SAID_MS = 5000;

export function newAsking({ onRequest, say, now }: AskingParts): Asking {
  const said = new Map<string, number>();

  const complain = (error: unknown): void => {
    const sentence = error instanceof Error ? error.message : String(error);
    for (const [old, at] of said) if (now() - at >= SAID_MS) said.delete(old);
    if (said.has(sentence)) return;
    said.set(sentence, now());
    say(sentence);
  };

  const ask = (request: PlayerRequest): void => {
    try {
      const outcome = onRequest(request);
      if (outcome instanceof Promise) outcome.catch(complain);
    } catch (error) {
      complain(error);
    }
  };

  const areTaken = (values: Values): boolean => {
    try {
      onRequest({ kind: 'set', values });
      return true;
    } catch {
      return false;
    }
  };

  return {
    ask,
    complain,
    set: (values) => {
      const turned = Object.entries(values);
      if (turned.length === 0 || (turned.length > 1 && areTaken(values))) return;
      for (const [path, value] of turned) ask({ kind: 'set', values: { [path]: value } });
    },
  };
}
