/**
 * Milliseconds between two values passed on: 200 a second are more than any clock needs, and what waits for the main
 * thread meanwhile stays little.
 */
export const PACE_MS = 5;

/** Passes values on at a bounded rate. Of those that come too fast the newest waits its turn, in the place of the others. */
export function paced<T>(pass: (value: T) => void): (value: T) => void {
  let waiting: readonly [T] | null = null;
  let isResting = false;
  const go = (value: T): void => {
    isResting = true;
    setTimeout(() => {
      isResting = false;
      if (waiting === null) return;
      const [newest] = waiting;
      waiting = null;
      go(newest);
    }, PACE_MS);
    pass(value);
  };
  return (value) => {
    if (isResting) waiting = [value];
    else go(value);
  };
}
