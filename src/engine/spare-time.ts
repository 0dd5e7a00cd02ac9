/** What is done while nothing is asked for, until the next question. */
export interface SpareTime {
  /** A question has come. */
  interrupt(): void;
  /** It is answered. */
  resume(): void;
}

/** Ms after the last answer until spare time begins: while a knob is turned, what was found is of no use a moment later. */
export const REST = 1000;
/** Ms between steps, so that they take a quarter of a core or so, and music elsewhere is not disturbed. */
export const PAUSE = 20;

/** Calls `step`, one at a time, until it says that there is nothing left; it must not reject. */
export function spareTime(step: () => Promise<boolean>): SpareTime {
  let timer: NodeJS.Timeout | null = null;
  const wait = (ms: number): void => {
    timer = setTimeout(() => void work(), ms).unref();
  };
  const work = async (): Promise<void> => {
    const mine = timer;
    const isMore = await step();
    // a question came meanwhile
    if (timer !== mine) return;
    if (isMore) wait(PAUSE);
  };
  const interrupt = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    interrupt,
    resume: () => {
      interrupt();
      wait(REST);
    },
  };
}
