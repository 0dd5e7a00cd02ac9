import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { EDGE_CAPACITY } from '#daimon/bridge/midi/output/edge-ring.js';
import { openMidiOut as openProcess } from '#daimon/bridge/midi/output/output-process.js';
import { openMidiOut as openThread } from '#daimon/bridge/midi/output/output-thread.js';
import { now } from '#daimon/bridge/monotonic.js';
import { millis, plus } from '#daimon/music/units.js';
import { type Edge, FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import { edgesOf, FAR, messages, off, on, openPortless, playFrom } from '../../support/portless.js';

const scale: readonly Edge[] = Array.from({ length: 100 }, (_, i) => [on(i * 10, i), off(i * 10 + 9, i)]).flat();
const SECOND = nextEpoch(FIRST_EPOCH);

for (const [name, open] of [
  ['thread', openThread],
  ['process', openProcess],
] as const) {
  describe(`the output ${name}`, () => {
    it('without a port says why', async () => {
      const { out } = await openPortless(open);
      assert.equal(out.port, null);
      assert.match(out.missing ?? '', /^(There is no MIDI: |No MIDI output is named like ')/);
      await out.close();
    });

    it('sends all it is given once, in order, never early, and knows how late', async () => {
      const { out, sent, heard } = await openPortless(open);
      const start = plus(now(), millis(20));
      playFrom(out, start);
      assert.ok(out.schedule(scale.slice(0, 120), FIRST_EPOCH));
      assert.ok(out.schedule(scale.slice(120), FIRST_EPOCH));
      await heard(scale.length);
      await out.close();
      assert.deepEqual(edgesOf(sent), scale);
      for (const { edge, tick: at, time, late, epoch } of sent) {
        const due = start + edge.tick / 8;
        assert.ok(late >= 0);
        assert.ok(Math.abs(time - due - late) < 1e-6);
        assert.ok(Math.abs(at - edge.tick - late * 8) < 1e-3);
        assert.equal(epoch, FIRST_EPOCH);
      }
    });

    it('plays what is scheduled while it waits for something far away', async () => {
      const { out, sent, heard } = await openPortless(open);
      playFrom(out, now());
      out.schedule([on(0, 60), off(FAR, 60)], FIRST_EPOCH);
      await heard(1);
      out.release(SECOND);
      out.schedule([on(0, 61), off(1, 61)], SECOND);
      await heard(4);
      await out.close();
      assert.deepEqual(messages(sent), [
        [0x90, 60],
        [0x80, 60],
        [0x90, 61],
        [0x80, 61],
      ]);
    });

    it('releases every sounding note when an epoch ends, and plays no more of it', async () => {
      const { out, sent, heard } = await openPortless(open);
      playFrom(out, now());
      out.schedule([on(0, 60), on(0, 64), on(0, 67), on(FAR, 72), off(FAR, 60)], FIRST_EPOCH);
      await heard(3);
      out.release(SECOND);
      await heard(6);
      await out.close();
      assert.deepEqual(messages(sent).slice(3), [
        [0x80, 60],
        [0x80, 64],
        [0x80, 67],
      ]);
    });

    it('releases every sounding note when the timeline ends', async () => {
      const { out, sent, heard } = await openPortless(open);
      playFrom(out, now());
      out.schedule([on(0, 60), off(FAR, 60)], FIRST_EPOCH);
      await heard(1);
      out.setTimeline(null);
      await heard(2);
      await out.close();
      assert.deepEqual(messages(sent)[1], [0x80, 60]);
    });

    it('in a panic ends what sounds, and tells of it', async () => {
      const { out, sent, heard } = await openPortless(open);
      playFrom(out, now());
      out.schedule([on(0, 60), on(0, 64), off(FAR, 60)], FIRST_EPOCH);
      await heard(2);
      out.panic();
      await heard(4);
      await out.close();
      assert.deepEqual(messages(sent).slice(2), [
        [0x80, 60],
        [0x80, 64],
      ]);
    });

    it('has released every sounding note, and told of it, once it is closed', async () => {
      const { out, sent, heard } = await openPortless(open);
      playFrom(out, now());
      out.schedule([on(0, 60), on(0, 64), off(FAR, 60), off(FAR, 64)], FIRST_EPOCH);
      await heard(2);
      await out.close();
      assert.deepEqual(messages(sent).slice(2), [
        [0x80, 60],
        [0x80, 64],
      ]);
      assert.equal(out.schedule([on(0, 60)], FIRST_EPOCH), false);
    });

    it('refuses what is more than its queue holds, and plays on', async () => {
      const { out, sent, heard } = await openPortless(open);
      const many = Array.from({ length: EDGE_CAPACITY }, () => on(FAR, 60));
      assert.ok(out.schedule(many, FIRST_EPOCH));
      assert.equal(out.schedule([on(FAR, 60)], FIRST_EPOCH), false);
      out.release(SECOND);
      playFrom(out, now());
      while (!out.schedule([on(0, 62), off(1, 62)], SECOND)) await turn();
      await heard(2);
      await out.close();
      assert.deepEqual(edgesOf(sent), [on(0, 62), off(1, 62)]);
    });
  });
}
