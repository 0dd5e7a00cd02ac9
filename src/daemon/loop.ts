/** While playing: often enough for the conductor, which plans a beat ahead, 200 ms at 300 BPM, and for the earliest offset. */
const PLAYING_MS = 25;
/** While stopped nothing is due, and what happens is an event. */
const STOPPED_MS = 100;

/** Turns at once, and again and again; gives what ends it. */
export function startLoop(turn: () => void, isStopped: () => boolean): () => void {
  let timer: NodeJS.Timeout | undefined;
  let next: NodeJS.Immediate | undefined;
  const goOn = (): void => {
    turn();
    // after what has arrived meanwhile: by the time alone, pulses that wait to be heard would seem not to have come
    const heardOut = (): void => {
      next = setImmediate(goOn);
    };
    timer = setTimeout(heardOut, isStopped() ? STOPPED_MS : PLAYING_MS);
  };
  goOn();
  return () => {
    clearTimeout(timer);
    clearImmediate(next);
  };
}
