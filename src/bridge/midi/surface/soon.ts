/** Does something a little later, once, however often it is asked for until then. */
export interface Soon {
  (): void;
  callOff(): void;
}

/** Calls back later; gives what calls it off. */
export type Wait = (ms: number, then: () => void) => () => void;

export function soon(ms: number, act: () => void, wait: Wait): Soon {
  let callOff: (() => void) | null = null;
  const ask = (): void => {
    callOff ??= wait(ms, () => {
      callOff = null;
      act();
    });
  };
  return Object.assign(ask, {
    callOff: () => {
      callOff?.();
      callOff = null;
    },
  });
}

export const waitFor: Wait = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};
