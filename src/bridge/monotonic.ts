import { type Millis, millis } from '../music/units.js';

/**
 * Monotonic time, the same on all threads and in all processes of a machine. Realtime-safe: yes.
 *
 * `performance.now()` would not do: each thread counts from its own start, from an origin in wall-clock time, which
 * may be set between the starts of two threads; and in a loop it leaves a boxed number behind at each call. Of
 * `process.hrtime()`, taken apart like this and not by index, the compiler leaves out the array once the loop is hot:
 * `node --trace-gc .test-build/bench/jitter.js 20` shows how little is collected.
 */
export function now(): Millis {
  const [seconds, nanoseconds] = process.hrtime();
  return millis(seconds * 1e3 + nanoseconds / 1e6);
}
