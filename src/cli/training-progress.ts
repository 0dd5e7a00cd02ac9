import type { TrainingProgress } from '../training/train.js';

/** Where no line can be drawn over, one every so often. */
const LOG_SECONDS = 30;
/** Steps over which losses and pace are averaged: single steps jump about. */
const WINDOW = 50;

/** Shows losses, pace and the time left, on stderr. */
export function showTraining({ steps }: { steps: number }): {
  step(progress: TrainingProgress): void;
  end(): void;
} {
  const { stderr } = process;
  const recent: TrainingProgress[] = [];
  let shown = 0;
  return {
    step(progress) {
      recent.push(progress);
      if (recent.length > WINDOW) recent.shift();
      const now = performance.now();
      if (now - shown < (stderr.isTTY ? 200 : LOG_SECONDS * 1000) && progress.step < steps) return;
      shown = now;
      const pace = mean(recent.map((p) => p.seconds));
      const losses = Object.keys(progress.losses).map(
        (name) => `${name} ${mean(recent.flatMap((p) => p.losses[name] ?? [])).toPrecision(4)}`,
      );
      const left = duration((steps - progress.step) * pace);
      const line = `step ${progress.step} of ${steps}  ${losses.join('  ')}  ${(1 / pace).toFixed(1)} steps/s  ${left} left`;
      stderr.write(stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    },
    end() {
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
