import assert from 'node:assert/strict';
import type { Sent } from '#daimon/bridge/midi/midi-out.js';
import { earlySender } from '#daimon/bridge/midi/output/early-sender.js';
import { edgePlayer } from '#daimon/bridge/midi/output/edge-player.js';
import { edgeRing, edgeRingMemory } from '#daimon/bridge/midi/output/edge-ring.js';
import { epochStarts, epochStartsMemory } from '#daimon/bridge/midi/output/epoch-starts.js';
import { controlMemory, EPOCH, PANICS, RELEASES, SIGNAL, STUCK } from '#daimon/bridge/midi/output/output-control.js';
import { sentRing, sentRingMemory } from '#daimon/bridge/midi/output/sent-ring.js';
import { sharedTimeline, timelineMemory } from '#daimon/bridge/midi/output/shared-timeline.js';
import type { Timeline } from '#daimon/music/timeline.js';
import { bpm, type Millis, millis, tick } from '#daimon/music/units.js';
import { type Edge, type Epoch, FIRST_EPOCH } from '#daimon/transport/edge.js';
import { virtualQueue } from './kernel-queue.js';

export const on = (at: number, pitch: number, channel = 0): Edge => ({
  tick: tick(at),
  status: 0x90 | channel,
  data1: pitch,
  data2: 80,
});
export const off = (at: number, pitch: number, channel = 0): Edge => ({
  tick: tick(at),
  status: 0x80 | channel,
  data1: pitch,
  data2: 64,
});
/** 125 BPM: a tick is a millisecond. */
export const line = (tickOrigin: number, timeOrigin: number, tempo = 125): Timeline => ({
  tempo: bpm(tempo),
  tickOrigin: tick(tickOrigin),
  timeOrigin: millis(timeOrigin),
});
/** A player in virtual time, with what the main thread would do to it; `early`: it has a queue of the kernel's. */
export function studio({ early = false, sendsClock = false } = {}) {
  const control = new Int32Array(controlMemory());
  const edges = edgeRing(edgeRingMemory(1024));
  const sent = sentRing(sentRingMemory(4096));
  const starts = epochStarts(epochStartsMemory());
  const timeline = sharedTimeline(timelineMemory());
  let time = 0;
  const wire: string[] = [];
  const clock = (): Millis => millis(time);
  const hear = (message: Uint8Array, at: number): void => {
    wire.push(`${Number(at.toFixed(6))} ${Buffer.from(message).toString('hex')}`);
  };
  const kernel = virtualQueue(clock, hear);
  const player = edgePlayer({
    control,
    edges,
    sent,
    starts,
    timeline,
    clock,
    send: kernel.queue.sendMessage,
    flush: kernel.queue.flush,
    early: early ? earlySender(kernel.queue, clock) : null,
    sendsClock,
  });
  const signal = (): number => Atomics.add(control, SIGNAL, 1);
  return {
    wire,
    player,
    kernel,
    /** From now on so many ms pass between the look at the queue and the taking back. */
    holdUp: (by: () => number) =>
      kernel.beforeClear(() => {
        time += by();
        kernel.passes();
      }),
    isStuck: () => Atomics.load(control, STUCK) > 0,
    earlySender: () => earlySender(kernel.queue, clock),
    signal,
    setTimeline: (to: Timeline | null, offset?: Millis) => {
      timeline.write(to, offset);
      signal();
    },
    schedule: (planned: readonly Edge[], epoch: Epoch = FIRST_EPOCH) => {
      assert.ok(edges.push(planned, epoch));
      signal();
    },
    release: (epoch: Epoch) => {
      starts.write(epoch, tick(Number.NEGATIVE_INFINITY));
      Atomics.store(control, EPOCH, epoch);
      Atomics.add(control, RELEASES, 1);
      signal();
    },
    takeOver: (epoch: Epoch, from: number) => {
      starts.write(epoch, tick(from));
      Atomics.store(control, EPOCH, epoch);
      signal();
    },
    panic: () => {
      Atomics.add(control, PANICS, 1);
      signal();
    },
    /** Lets time pass as a punctual thread would see it: it wakes for each edge, exactly then. */
    until: (end: number) => {
      for (;;) {
        kernel.passes();
        const wait = player.advance(Atomics.load(control, SIGNAL));
        if (time + wait > end) break;
        // a wait so short that it is lost in the sum would never be over
        time = wait > 0 ? Math.max(time + wait, time + 1e-9) : time;
      }
      time = Math.max(time, end);
      kernel.passes();
    },
    /** The thread sleeps through until then, and looks once. */
    oversleep: (end: number) => {
      time = end;
      kernel.passes();
      player.advance(Atomics.load(control, SIGNAL));
    },
    echo: () => {
      const all: Sent[] = [];
      for (let next = sent.take(); next !== null; next = sent.take()) all.push(next);
      return all;
    },
  };
}
