import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { emptyTimeline, sharedTimeline, timelineMemory } from '#daimon/bridge/midi/output/shared-timeline.js';
import { bpm, millis, tick } from '#daimon/music/units.js';

describe('the shared timeline', () => {
  it('is none until one is written, and none again', () => {
    const memory = timelineMemory();
    const [writer, reader] = [sharedTimeline(memory), sharedTimeline(memory)];
    const line = { tempo: bpm(133.7), tickOrigin: tick(-1.5), timeOrigin: millis(1e10 + 0.125) };
    const read = emptyTimeline();
    assert.equal(reader.read(read), false);
    writer.write(line, millis(-12.5));
    assert.equal(reader.read(read), true);
    assert.deepEqual(read, { ...line, offset: -12.5 });
    writer.write(null);
    assert.equal(reader.read(read), false);
    assert.deepEqual(read, { ...line, offset: -12.5 });
  });

  it('is read as it was while its writer sleeps inside a write', () => {
    const memory = timelineMemory();
    const timeline = sharedTimeline(memory);
    const line = { tempo: bpm(120), tickOrigin: tick(0), timeOrigin: millis(5) };
    const read = emptyTimeline();
    timeline.write(line);
    timeline.read(read);
    // an odd sequence number, and half of another timeline
    const words = new Int32Array(memory);
    words[0]++;
    words[2] = 0;
    assert.equal(timeline.read(read), true);
    assert.deepEqual(read, { ...line, offset: 0 });
  });

  it('is never read half old and half new while another thread writes', async () => {
    const memory = timelineMemory();
    const stop = new SharedArrayBuffer(4);
    const reader = sharedTimeline(memory);
    const writer = new Worker(new URL('../../../support/timeline-writer.js', import.meta.url), {
      workerData: { memory, stop },
    });
    const failed = new Promise<never>((_, reject) => writer.once('error', reject));
    const readMany = async (): Promise<void> => {
      const read = emptyTimeline();
      while (!reader.read(read)) await turn();
      for (let i = 0; i < 100_000; i++) {
        reader.read(read);
        const n = Math.round(read.tempo * 7);
        assert.deepEqual([read.tickOrigin, read.timeOrigin], [(2 * n) / 7, (3 * n) / 7]);
      }
      assert.ok(read.tempo > 1 / 7);
    };
    await Promise.race([readMany(), failed]);
    Atomics.store(new Int32Array(stop), 0, 1);
    await once(writer, 'exit');
  });
});
