import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SleeperData } from './sleeper-thread.js';

/** How late, in ms, a thread was that did nothing but sleep to these moments: see sleeper-thread.ts. */
export async function latenessOfSleeper(workerData: SleeperData): Promise<readonly number[]> {
  const thread = new Worker(new URL('./sleeper-thread.js', import.meta.url), { workerData });
  const [late] = (await once(thread, 'message')) as [Float64Array];
  return [...late];
}
