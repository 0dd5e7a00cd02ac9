import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openKernelQueue } from '#daimon/bridge/midi/ports/kernel-queue.js';
import type { Handle, Libasound } from '#daimon/bridge/midi/ports/libasound.js';

/** An ALSA that has what is asked for, and keeps what it is given. */
function library(changes: Partial<Libasound> = {}) {
  const calls: string[] = [];
  const events: string[] = [];
  const give = (what: string) => (handle: [Handle]) => {
    handle[0] = what;
    calls.push(`+${what}`);
    return 0;
  };
  const free = (what: Handle) => {
    calls.push(`-${what}`);
    return 0;
  };
  const fine = () => 0;
  const take = (how: string) => (_: Handle, event: Uint8Array) => {
    events.push(`${how} ${Buffer.from(event).toString('hex')}`);
    return 28;
  };
  const alsa: Libasound = {
    seqOpen: give('seq'),
    seqClose: free,
    seqSetClientName: fine,
    seqClientId: () => 130,
    seqCreateSimplePort: () => 1,
    seqConnectTo: fine,
    seqAllocQueue: () => 5,
    seqGetQueueStatus: (_, queue, status) => {
      const words = new Uint32Array(status.buffer, status.byteOffset, 7);
      words.set([queue, 3, 11_250, 2, 250_000_000, 1, 0]);
      return 0;
    },
    seqQueueStatusSizeof: () => 92,
    seqQueueTimerMalloc: give('queue timer'),
    seqQueueTimerFree: free,
    seqQueueTimerSetId: fine,
    seqQueueTimerSetResolution: fine,
    seqSetQueueTimer: fine,
    seqQueueTempoMalloc: give('tempo'),
    seqQueueTempoFree: free,
    seqQueueTempoSetTempo: fine,
    seqQueueTempoSetPpq: fine,
    seqSetQueueTempo: fine,
    seqEventOutput: take('held'),
    seqEventOutputDirect: take('direct'),
    seqDrainOutput: fine,
    seqExtractOutput: () => -2,
    seqRemoveEventsMalloc: give('events'),
    seqRemoveEventsFree: free,
    seqRemoveEventsSetCondition: fine,
    seqRemoveEvents: fine,
    midiEventNew: (_, coder) => give('coder')(coder),
    midiEventFree: free,
    midiEventResetEncode: fine,
    midiEventEncode: (_, bytes, count, event) => {
      event[0] = 6;
      event.set(bytes, 16);
      return count;
    },
    timerOpen: give('timer'),
    timerClose: free,
    timerInfoMalloc: give('timer info'),
    timerInfoFree: free,
    timerInfo: fine,
    timerInfoGetResolution: () => 1,
    timerIdMalloc: give('id'),
    timerIdFree: free,
    timerIdSetClass: fine,
    timerIdSetCard: fine,
    timerIdSetDevice: fine,
    ...changes,
  };
  /** What was given and not taken back. */
  const held = (): readonly string[] => {
    const open = new Set<string>();
    for (const call of calls) {
      if (call.startsWith('+')) open.add(call.slice(1));
      else assert.ok(open.delete(call.slice(1)), call);
    }
    return [...open];
  };
  return { alsa, events, held };
}

const OURS = { kind: 'virtual', name: 'Daimon Out' } as const;

describe('a port with a queue of the kernel', () => {
  it('holds messages back until a time in seconds and nanoseconds, from our port to all who listen to it', () => {
    const { alsa, events } = library();
    const queue = openKernelQueue(alsa, OURS)!;
    assert.ok(queue.enqueue(Buffer.of(0x90, 60, 80), 2000.5));
    // type, flags, tag, queue; seconds; nanoseconds; source, destination
    const [how, event] = events[0]!.split(' ');
    assert.equal(how, 'held');
    assert.equal(event!.slice(0, 38), ['06010005', '02000000', '20a10700', '8201', 'fefd', '903c50'].join(''));
  });

  it('sends past the queue what is wanted at once', () => {
    const { alsa, events } = library();
    const queue = openKernelQueue(alsa, OURS)!;
    queue.sendMessage(Buffer.of(0x80, 60, 0));
    assert.match(events[0]!, /^held 060000fd.{16}8201fefd803c00/);
  });

  it('hands over all that it was given in one call, and what is to be at once before all that waits is forgotten', () => {
    const calls: string[] = [];
    const call = (name: string) => () => calls.push(name);
    const { alsa } = library({
      seqEventOutput: call('write'),
      seqDrainOutput: call('hand over'),
      seqRemoveEvents: call('forget'),
    });
    const queue = openKernelQueue(alsa, OURS)!;
    for (const pitch of [60, 64, 67]) queue.sendMessage(Buffer.of(0x80, pitch, 0));
    queue.clear();
    assert.deepEqual(calls, ['write', 'write', 'write', 'hand over', 'forget']);
  });

  it('passes over what is refused, and what came after it goes out', () => {
    let held = ['on', 'refused', 'off', 'refused', 'off'];
    const out: string[] = [];
    const { alsa } = library({
      seqDrainOutput: () => {
        const end = held.includes('refused') ? held.indexOf('refused') : held.length;
        out.push(...held.slice(0, end));
        held = held.slice(end);
        return held.length > 0 ? -12 : 0;
      },
      seqExtractOutput: () => (held.shift() === undefined ? -2 : 0),
    });
    const queue = openKernelQueue(alsa, OURS)!;
    assert.equal(queue.flush(), false);
    assert.deepEqual(out, ['on', 'off', 'off']);
    assert.equal(queue.flush(), true);
  });

  it('is started and stopped by the timer port of the sequencer', () => {
    const { alsa, events } = library();
    const queue = openKernelQueue(alsa, OURS)!;
    queue.start();
    queue.stop();
    assert.match(events[0]!, /^direct 1e0000fd.{16}8201000005/);
    assert.match(events[1]!, /^direct 200000fd.{16}8201000005/);
  });

  it('tells its time, how often it has rung, and how much waits', () => {
    const queue = openKernelQueue(library().alsa, OURS)!;
    queue.look();
    assert.equal(queue.time, 2250);
    assert.equal(queue.rings, 11_250);
    assert.equal(queue.waiting, 3);
  });

  it('is not there without a high resolution timer, a queue or the port to connect to; and then nothing is kept', () => {
    const there = { kind: 'existing', client: 14, port: 0 } as const;
    const lacks: Partial<Libasound>[] = [
      { timerOpen: () => -2 },
      { timerInfoGetResolution: () => 4_000_000 },
      { seqOpen: () => -2 },
      { seqAllocQueue: () => -12 },
      { seqSetQueueTimer: () => -22 },
      { seqSetQueueTempo: () => -22 },
      { seqConnectTo: () => -22 },
      { midiEventNew: () => -12 },
      { seqRemoveEventsMalloc: () => -12 },
    ];
    for (const lack of lacks) {
      const { alsa, held } = library(lack);
      assert.equal(openKernelQueue(alsa, there), null);
      assert.deepEqual(held(), [], Object.keys(lack)[0]);
    }
  });

  it('gives everything back when it is closed', () => {
    const { alsa, held } = library();
    openKernelQueue(alsa, OURS)!.destroy();
    assert.deepEqual(held(), []);
  });

  it('throws where the system refuses a message, and says so where it refuses what was held back', () => {
    const { alsa } = library({ seqEventOutput: () => -11, seqDrainOutput: () => -11 });
    const queue = openKernelQueue(alsa, OURS)!;
    assert.throws(() => queue.sendMessage(Buffer.of(0x80, 60, 0)));
    assert.equal(queue.flush(), false);
  });
});
