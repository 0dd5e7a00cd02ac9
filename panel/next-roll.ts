import { hazeOf, type Roll } from './rolls.js';

/** The block that comes next, small: its probabilities, and nothing until it is drawn. */
export function nextRoll(canvas: HTMLCanvasElement): { show(roll: Roll | null): void } {
  let roll: Roll | null = null;
  const draw = (): void => {
    const context = canvas.getContext('2d')!;
    canvas.width = canvas.clientWidth * window.devicePixelRatio;
    canvas.height = canvas.clientHeight * window.devicePixelRatio;
    if (roll !== null) context.drawImage(hazeOf(roll), 0, 0, canvas.width, canvas.height);
  };
  new ResizeObserver(draw).observe(canvas);
  return {
    show: (shown) => {
      roll = shown;
      draw();
    },
  };
}
