import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import type { MidiOut, Sent } from '#daimon/bridge/midi/midi-out.js';
import { openMidiOut } from '#daimon/bridge/midi/output/output-process.js';
import { now } from '#daimon/bridge/monotonic.js';
import { millis, plus, tick } from '#daimon/music/units.js';
import { type Epoch, FIRST_EPOCH, nextEpoch } from '#daimon/transport/edge.js';
import { heardBy, listener, soundingIn } from '../../support/alsa.js';
import { off, on, playFrom } from '../../support/portless.js';
import { eventually, type Program } from '../../support/program.js';

const CHORD = [60, 64, 67];
/** 50 ms, in ticks of an eighth. */
const APART = 400;

/** An output at a port of its own, who listens to it, and what it tells of what it sent. */
async function listenedTo(
  play: (out: MidiOut, dump: Program, sent: readonly Sent[]) => Promise<unknown>,
): Promise<{ readonly dump: Program; readonly sent: readonly Sent[] }> {
  const out = await openMidiOut({ port: { kind: 'virtual', name: 'Daimon Out' }, warn: console.error });
  const dump = await listener('Daimon Out');
  const sent: Sent[] = [];
  out.onSent((each) => sent.push(each));
  try {
    await play(out, dump, sent);
    await out.close();
    await eventually('every off', () => (soundingIn(heardBy(dump)).length === 0 ? true : null));
    return { dump, sent };
  } finally {
    await Promise.all([out.close(), dump.close()]);
  }
}

const notesTold = (sent: readonly Sent[]) =>
  sent.map(({ edge }) => ({ on: edge.status === 0x90, channel: 0, pitch: edge.data1 }));

describe('at a real port, of launches one upon the other', () => {
  it('each ends what sounds before its first notes begin, and is told of in its epoch', async () => {
    const count = 40;
    const { dump, sent } = await listenedTo(async (out, heard) => {
      playFrom(out, plus(now(), millis(300)));
      let epoch: Epoch = FIRST_EPOCH;
      for (let i = 0; i < count; i++) {
        const edges = CHORD.map((pitch) => on(i * APART, pitch));
        const stale = CHORD.map((pitch) => off((i + 2) * APART, pitch));
        out.schedule([...edges, ...stale], epoch);
        epoch = nextEpoch(epoch);
        out.takeOver(epoch, tick((i + 1) * APART));
      }
      const all = 2 * CHORD.length * count;
      await eventually('all notes', () => (heardBy(heard).length === all ? true : null));
    });
    const chord = (is: boolean) => CHORD.map((pitch) => ({ on: is, channel: 0, pitch }));
    assert.deepEqual(heardBy(dump), Array.from({ length: count }, () => [...chord(true), ...chord(false)]).flat());
    assert.deepEqual(notesTold(sent), heardBy(dump));
    assert.deepEqual(
      sent.map(({ epoch }) => epoch),
      Array.from({ length: count }, (_, i) => Array.from({ length: 2 * CHORD.length }, () => i)).flat(),
    );
  });

  it('those that come while others are on their way leave no note on, and strike none twice', async () => {
    const { dump, sent } = await listenedTo(async (out) => {
      const start = now();
      playFrom(out, start);
      let epoch: Epoch = FIRST_EPOCH;
      for (let i = 0; i < 150; i++) {
        await passes(3 + (i % 11));
        // up to 30 ms ahead: some overtake what is in the queue already
        const at = Math.round((now() - start) * 8) + ((i * 37) % 240);
        epoch = nextEpoch(epoch);
        out.takeOver(epoch, tick(at));
        out.schedule([...CHORD.map((pitch) => on(at, pitch)), off(at + 60, CHORD[0]!)], epoch);
      }
      await passes(100);
    });
    const told = notesTold(sent);
    assert.ok(told.filter((note) => note.on).length > 50);
    const sounding = new Set<number>();
    let next = 0;
    for (const note of heardBy(dump)) {
      if (note.on) assert.ok(!sounding.has(note.pitch), `${note.pitch} is struck while it sounds`);
      if (note.on) sounding.add(note.pitch);
      else sounding.delete(note.pitch);
      if (note.on === told[next]?.on && note.pitch === told[next]?.pitch) next++;
    }
    assert.equal(next, told.length, 'all that is told of was heard, in that order');
  });
});
