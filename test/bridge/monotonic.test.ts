import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { now } from '#daimon/bridge/monotonic.js';

describe('the clock of all threads', () => {
  it('does not go back', () => {
    let last = now();
    for (let i = 0; i < 10_000; i++) {
      const time = now();
      assert.ok(time >= last);
      last = time;
    }
  });

  it('reads on another thread between what it read here before the question and after the answer', async () => {
    const worker = new Worker(new URL('../support/clock-reader.js', import.meta.url));
    for (let i = 0; i < 20; i++) {
      const before = now();
      worker.postMessage(null);
      const [there]: number[] = await once(worker, 'message');
      const after = now();
      assert.ok(before <= there && there <= after, `${before} ${there} ${after}`);
    }
    await worker.terminate();
  });
});
