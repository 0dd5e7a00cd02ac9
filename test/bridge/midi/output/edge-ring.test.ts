import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type EdgeRing, edgeRing, edgeRingMemory } from '#daimon/bridge/midi/output/edge-ring.js';
import { sentRing, sentRingMemory } from '#daimon/bridge/midi/output/sent-ring.js';
import { tick } from '#daimon/music/units.js';
import { type Edge, type Epoch, FIRST_EPOCH } from '#daimon/transport/edge.js';

const edge = (n: number): Edge => ({ tick: tick(n + 0.25), status: 0x90 | (n & 15), data1: n & 127, data2: 1 });

function take(edges: EdgeRing): Edge {
  const at = edges.ring.head();
  const taken = { tick: edges.tick(at), status: edges.status(at), data1: edges.data1(at), data2: edges.data2(at) };
  edges.ring.advance();
  return taken;
}

describe('the ring of edges', () => {
  it('gives back what was put in, in order, many times around', () => {
    const edges = edgeRing(edgeRingMemory(8));
    for (let n = 0; n < 100; n += 5) {
      const batch = [n, n + 1, n + 2, n + 3, n + 4].map(edge);
      assert.ok(edges.push(batch, n as Epoch));
      assert.equal(edges.epoch(edges.ring.head()), n);
      assert.deepEqual(
        batch.map(() => take(edges)),
        batch,
      );
    }
    assert.equal(edges.ring.length(), 0);
  });

  it('takes a batch whole or, where it does not fit, not at all', () => {
    const edges = edgeRing(edgeRingMemory(8));
    assert.ok(edges.push([0, 1, 2, 3, 4].map(edge), FIRST_EPOCH));
    assert.equal(edges.push([5, 6, 7, 8].map(edge), FIRST_EPOCH), false);
    assert.equal(edges.ring.length(), 5);
    assert.ok(edges.push([5, 6, 7].map(edge), FIRST_EPOCH));
    assert.equal(edges.ring.room(), 0);
    for (let n = 0; n < 8; n++) assert.deepEqual(take(edges), edge(n));
  });

  it('goes on past the end of its 32-bit counters', () => {
    const memory = edgeRingMemory(4);
    new Int32Array(memory, 0, 2).fill(0x7fff_fffe);
    const edges = edgeRing(memory);
    for (let n = 0; n < 8; n += 2) {
      assert.ok(edges.push([edge(n), edge(n + 1)], FIRST_EPOCH));
      assert.equal(edges.ring.length(), 2);
      assert.deepEqual([take(edges), take(edges)], [edge(n), edge(n + 1)]);
    }
  });

  it('has a power of two for its size, as the counters need', () => {
    assert.throws(() => edgeRingMemory(100), /power of two/);
  });

  it('loses, repeats and tears nothing between two threads', async () => {
    const count = 30_000;
    const memory = edgeRingMemory(64);
    const edges = edgeRing(memory);
    const producer = new Worker(new URL('../../../support/ring-producer.js', import.meta.url), {
      workerData: { memory, count },
    });
    const failed = new Promise<never>((_, reject) => producer.once('error', reject));
    const received = async (): Promise<void> => {
      for (let n = 0; n < count; n++) {
        while (edges.ring.length() === 0) await turn();
        assert.equal(edges.epoch(edges.ring.head()), n - (n % 3));
        assert.deepEqual(take(edges), { tick: n, status: 0x90, data1: n & 127, data2: (n >> 7) & 127 });
      }
    };
    await Promise.race([received(), failed]);
    assert.equal(edges.ring.length(), 0);
  });
});

describe('the ring of echoes', () => {
  it('carries a sent message with its place, time and lateness', () => {
    const sent = sentRing(sentRingMemory(2));
    for (let n = 0; n < 5; n++) {
      assert.equal(sent.take(), null);
      assert.ok(sent.push(n, 0x95, 60, 100, 3, n + 0.5, 1e9 + n / 8, 0.125));
      assert.deepEqual(sent.take(), {
        edge: { tick: n, status: 0x95, data1: 60, data2: 100 },
        epoch: 3,
        tick: n + 0.5,
        time: 1e9 + n / 8,
        late: 0.125,
      });
    }
  });

  it('says when it is full', () => {
    const sent = sentRing(sentRingMemory(2));
    const push = (): boolean => sent.push(0, 0x80, 0, 0, 0, 0, 0, 0);
    assert.deepEqual([push(), push(), push()], [true, true, false]);
  });
});
