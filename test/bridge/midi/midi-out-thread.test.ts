import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { EDGE_CAPACITY } from '#daimon/bridge/midi/edge-ring.js';
import type { MidiOut, Sent } from '#daimon/bridge/midi/midi-out.js';
import { type MidiOutOptions, openMidiOut } from '#daimon/bridge/midi/midi-out-thread.js';
import { now } from '#daimon/bridge/monotonic.js';
import { bpm, type Millis, millis, plus, tick } from '#daimon/music/units.js';
import { type Edge, FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';

/** The real thread, without a port on any machine: what it would send is only echoed. */
async function openPortless(options: Partial<MidiOutOptions> = {}) {
  const warnings: string[] = [];
  const out = await openMidiOut({
    port: { kind: 'existing', name: 'no port has this name' },
    warn: (sentence) => warnings.push(sentence),
    ...options,
  });
  const sent: Sent[] = [];
  const listeners = new Set<() => void>();
  out.onSent((each) => {
    sent.push(each);
    for (const listener of listeners) listener();
  });
  /** Resolves once so many messages have been heard of. */
  const heard = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (sent.length < count) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  return { out, sent, heard, warnings };
}

const on = (at: number, pitch: number): Edge => ({ tick: tick(at), status: 0x90, data1: pitch, data2: 80 });
const off = (at: number, pitch: number): Edge => ({ tick: tick(at), status: 0x80, data1: pitch, data2: 64 });
const scale: readonly Edge[] = Array.from({ length: 100 }, (_, i) => [on(i * 10, i), off(i * 10 + 9, i)]).flat();
const SECOND = nextEpoch(FIRST_EPOCH);
const FAR = 1e9;

/** 1000 BPM: a tick is an eighth of a millisecond. */
const playFrom = (out: MidiOut, time: Millis): void =>
  out.setTimeline({ tempo: bpm(1000), tickOrigin: tick(0), timeOrigin: time });

const edgesOf = (sent: readonly Sent[]): readonly Edge[] => sent.map((each) => each.edge);
const messages = (sent: readonly Sent[]): readonly (readonly number[])[] =>
  sent.map(({ edge }) => [edge.status, edge.data1]);

describe('the output thread', () => {
  it('without a port says why', async () => {
    const { out } = await openPortless();
    assert.equal(out.port, null);
    assert.match(out.missing ?? '', /^(There is no MIDI: |No MIDI output is named like ')/);
    await out.close();
  });

  it('sends all it is given once, in order, never early, and knows how late', async () => {
    const { out, sent, heard } = await openPortless();
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
    const { out, sent, heard } = await openPortless();
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
    const { out, sent, heard } = await openPortless();
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
    const { out, sent, heard } = await openPortless();
    playFrom(out, now());
    out.schedule([on(0, 60), off(FAR, 60)], FIRST_EPOCH);
    await heard(1);
    out.setTimeline(null);
    await heard(2);
    await out.close();
    assert.deepEqual(messages(sent)[1], [0x80, 60]);
  });

  it('in a panic ends what sounds, and tells of it', async () => {
    const { out, sent, heard } = await openPortless();
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
    const { out, sent, heard } = await openPortless();
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
    const { out, sent, heard } = await openPortless();
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

  it('that dies has its notes released by a fresh one, which plays on; it is said once', async () => {
    const started: Worker[] = [];
    const { out, sent, heard, warnings } = await openPortless({
      startThread: (program, options) => {
        started.push(new Worker(program, options));
        return started[started.length - 1];
      },
    });
    playFrom(out, now());
    out.schedule([on(0, 60), on(0, 64), off(FAR, 60), off(FAR, 64)], FIRST_EPOCH);
    await heard(2);
    await started[0].terminate();
    await heard(4);
    assert.deepEqual(messages(sent).slice(2), [
      [0x80, 60],
      [0x80, 64],
    ]);
    out.release(SECOND);
    out.schedule([on(0, 72), off(1, 72)], SECOND);
    await heard(6);
    await out.close();
    assert.deepEqual(edgesOf(sent).slice(4), [on(0, 72), off(1, 72)]);
    assert.equal(started.length, 2);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /MIDI output thread stopped .* a fresh one plays on\./);
  });
});
