import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostMessage } from '#daimon/bridge/midi/midi-in.js';
import { edgePlayer } from '#daimon/bridge/midi/output/edge-player.js';
import { edgeRing, edgeRingMemory } from '#daimon/bridge/midi/output/edge-ring.js';
import { epochStarts, epochStartsMemory } from '#daimon/bridge/midi/output/epoch-starts.js';
import { controlMemory, SIGNAL } from '#daimon/bridge/midi/output/output-control.js';
import { sentRing, sentRingMemory } from '#daimon/bridge/midi/output/sent-ring.js';
import { sharedTimeline, timelineMemory } from '#daimon/bridge/midi/output/shared-timeline.js';
import { barStart } from '#daimon/music/position.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { bpm, type Millis, millis, type Tick, tick } from '#daimon/music/units.js';
import { USUAL_POLICY } from '#daimon/transport/clock/clock.js';
import { lineOf, songPosition } from '#daimon/transport/clock/clock-state.js';
import { follow, idleFollower } from '#daimon/transport/clock/follower.js';
import { type ClockCommand, idleInternal, obey } from '#daimon/transport/clock/internal-clock.js';
import { type Edge, FIRST_EPOCH } from '#daimon/transport/edge.js';

/** 125 BPM: a tick is a millisecond, a pulse comes every 20. */
const TEMPO = bpm(125);
/** From a command to its downbeat. */
const PRE_ROLL = 50;

type Command = { readonly kind: 'start' | 'stop' | 'continue' } | { locate: Tick } | { tempo: number };

/** Our own clock, the output it leads, and a follower that hears what is sent; in virtual time. */
function stage(offset = 0) {
  const control = new Int32Array(controlMemory());
  const edges = edgeRing(edgeRingMemory(1024));
  const sent = sentRing(sentRingMemory(1024));
  const timeline = sharedTimeline(timelineMemory());
  const wire: string[] = [];
  let time = 0;
  let ours = idleInternal(TEMPO);
  let theirs = idleFollower(USUAL_POLICY);
  const clock = (): Millis => millis(time);
  const player = edgePlayer({
    control,
    edges,
    sent,
    starts: epochStarts(epochStartsMemory()),
    timeline,
    clock,
    send: (bytes) => {
      wire.push(`${Number(time.toFixed(6))} ${bytes.toString('hex')}`);
      const message = hostMessage(bytes, clock());
      if (message !== null) theirs = follow(theirs, message).clock;
    },
    sendsClock: true,
  });
  const look = (): number => player.advance(Atomics.load(control, SIGNAL));
  const told = (command: Command): ClockCommand =>
    'locate' in command
      ? { kind: 'locate', time: clock(), tick: command.locate }
      : 'tempo' in command
        ? { kind: 'tempo', time: clock(), tempo: bpm(command.tempo) }
        : { ...command, time: clock() };
  return {
    player,
    echo: sent,
    /** What was sent since the last time of asking. */
    since: () => wire.splice(0),
    tell: (command: Command) => {
      ours = obey(ours, told(command)).clock;
      timeline.write(lineOf(ours.state), millis(offset));
      Atomics.add(control, SIGNAL, 1);
    },
    schedule: (planned: readonly Edge[]) => {
      assert.ok(edges.push(planned, FIRST_EPOCH));
      Atomics.add(control, SIGNAL, 1);
    },
    /** Lets time pass as a punctual thread would see it. */
    until: (end: number) => {
      for (let wait = look(); time + wait <= end; wait = look()) time += Math.max(0, wait);
      time = end;
    },
    /** The thread sleeps through until then. */
    sleep: (end: number) => {
      time = end;
    },
    /** By how many ticks the follower is ahead of us. */
    ahead: () => songPosition(theirs.state, clock()) - songPosition(ours.state, clock()),
    tempi: () => [theirs.state, ours.state].map((state) => lineOf(state)?.tempo ?? null),
    state: () => theirs.state.kind,
    now: () => time,
  };
}

const pulses = (from: number, to: number): readonly string[] =>
  Array.from({ length: Math.floor((to - from) / 20) + 1 }, (_, i) => `${from + i * 20} f8`);
const on = (at: number): Edge => ({ tick: tick(at), status: 0x90, data1: 60, data2: 80 });
const off = (at: number): Edge => ({ tick: tick(at), status: 0x80, data1: 60, data2: 64 });

describe('clock out', () => {
  it('sends Start as soon as it is known, then 24 pulses a beat, the first on the downbeat', () => {
    const { tell, until, since } = stage();
    tell({ kind: 'start' });
    until(PRE_ROLL + 480);
    assert.deepEqual(since(), ['0 fa', ...pulses(PRE_ROLL, PRE_ROLL + 480)]);
  });

  it('keeps to the clock where notes go out 15 ms before it', () => {
    const { tell, until, since, schedule } = stage(-15);
    schedule([on(65), off(185)]);
    tell({ kind: 'start' });
    until(PRE_ROLL + 60);
    assert.deepEqual(since(), ['0 fa', ...pulses(50, 90), '100 903c50', '110 f8']);
  });

  it('sends nothing while there is no timeline, and Stop when it ends', () => {
    const { tell, until, since } = stage();
    until(1000);
    assert.deepEqual(since(), []);
    tell({ kind: 'start' });
    until(1100);
    tell({ kind: 'stop' });
    until(2000);
    assert.deepEqual(since(), ['1000 fa', ...pulses(1050, 1090), '1100 fc']);
  });

  it('sends Stop when the output is closed', () => {
    const { tell, until, since, player } = stage();
    tell({ kind: 'start' });
    until(60);
    player.release();
    player.release();
    assert.deepEqual(since(), ['0 fa', '50 f8', '60 fc']);
  });

  it('sends a pulse before the notes of its tick', () => {
    const { tell, until, since, schedule } = stage();
    tell({ kind: 'start' });
    schedule([on(0), off(20), on(30), off(40)]);
    until(PRE_ROLL + 50);
    assert.deepEqual(
      since().map((sent) => sent.slice(0, 6)),
      ['0 fa', '50 f8', '50 903', '70 f8', '70 803', '80 903', '90 f8', '90 803'],
    );
  });

  it('is not echoed: the recorder hears of notes only', () => {
    const { tell, until, schedule, echo } = stage();
    tell({ kind: 'start' });
    schedule([on(0), off(20)]);
    until(200);
    assert.deepEqual([echo.take()?.edge, echo.take()?.edge, echo.take()], [on(0), off(20), null]);
  });

  it('bends with the tempo, without a word', () => {
    const { tell, until, since } = stage();
    tell({ kind: 'start' });
    until(PRE_ROLL + 30);
    tell({ tempo: 62.5 });
    until(PRE_ROLL + 130);
    assert.deepEqual(since(), ['0 fa', '50 f8', '70 f8', '100 f8', '140 f8', '180 f8']);
  });

  it('goes on with Continue alone where the next pulse is the one that would have come', () => {
    const { tell, until, since } = stage();
    tell({ kind: 'start' });
    until(PRE_ROLL + 70);
    tell({ kind: 'stop' });
    until(1000);
    tell({ kind: 'continue' });
    until(1100);
    assert.deepEqual(since(), ['0 fa', ...pulses(50, 110), '120 fc', '1000 fb', '1060 f8', '1080 f8', '1100 f8']);
  });

  it('begins elsewhere with Song Position and Continue, its pulses from that sixteenth on', () => {
    const { tell, until, since } = stage();
    tell({ locate: barStart(9) });
    tell({ kind: 'continue' });
    until(70);
    assert.deepEqual(since(), ['0 f20001', '0 fb', '50 f8', '70 f8']);
  });

  it('begins between two sixteenths with the pulses of the later one', () => {
    const { tell, until, since } = stage();
    tell({ locate: tick(1921) });
    tell({ kind: 'continue' });
    until(200);
    assert.deepEqual(since(), ['0 f21100', '0 fb', '169 f8', '189 f8']);
  });

  it('jumps with Stop, Song Position, Continue; to the top with Stop, Start', () => {
    const { tell, until, since } = stage();
    tell({ kind: 'start' });
    until(60);
    since();
    tell({ locate: barStart(1000) });
    until(110);
    assert.deepEqual(since(), ['60 fc', '60 f2707c', '60 fb', '110 f8']);
    tell({ kind: 'start' });
    until(160);
    assert.deepEqual(since(), ['110 fc', '110 fa', '160 f8']);
  });

  it('keeps the place in the bar past bar 1024, which no Song Position can name', () => {
    const { tell, until, since } = stage();
    tell({ locate: tick(barStart(1026) + 240) });
    tell({ kind: 'continue' });
    until(50);
    assert.deepEqual(since(), ['0 f21200', '0 fb', '50 f8']);
  });

  it('leaves a millisecond between a Start that it had to send late and the first pulse', () => {
    const { tell, until, since, sleep } = stage();
    tell({ kind: 'start' });
    sleep(75);
    until(95);
    assert.deepEqual(since(), ['75 fa', '76 f8', '76 f8', '90 f8']);
  });

  it('sends each pulse that it overslept, up to 100 ms of them', () => {
    const { tell, until, since, sleep, ahead } = stage();
    tell({ kind: 'start' });
    until(PRE_ROLL + 10);
    since();
    sleep(PRE_ROLL + 115);
    until(PRE_ROLL + 120);
    assert.deepEqual(since(), [...Array.from({ length: 5 }, () => '165 f8'), '170 f8']);
    until(5000);
    assert.ok(Math.abs(ahead()) < 1e-6);
  });

  it('has receivers locate anew where it overslept for longer', () => {
    const { tell, until, since, sleep, ahead, state } = stage();
    tell({ kind: 'start' });
    until(PRE_ROLL + 10);
    since();
    sleep(PRE_ROLL + 121);
    until(PRE_ROLL + 265);
    assert.deepEqual(since(), ['171 fc', '171 f20200', '171 fb', '290 f8', '310 f8']);
    assert.equal(state(), 'running');
    until(5000);
    assert.ok(Math.abs(ahead()) < 1e-6);
  });

  it('tells new receivers where the song is', () => {
    const { tell, until, since, player, ahead } = stage();
    tell({ kind: 'start' });
    until(1000);
    since();
    player.findPort();
    until(1060);
    assert.deepEqual(since(), ['1000 fc', '1000 f20800', '1000 fb', '1010 f8', '1030 f8', '1050 f8']);
    assert.ok(Math.abs(ahead()) < 1e-6);
  });

  it('gives our own follower our tempo and our position, through starts, stops, jumps and tempo changes', () => {
    const { tell, until, ahead, tempi, now } = stage();
    const commands: readonly Command[] = [
      { kind: 'start' },
      { tempo: 90.5 },
      { locate: barStart(17) },
      { kind: 'stop' },
      { kind: 'continue' },
      { tempo: 241 },
      { kind: 'start' },
      { kind: 'stop' },
      { locate: barStart(33) },
      { kind: 'continue' },
      { kind: 'stop' },
      { kind: 'start' },
    ];
    for (const command of commands) {
      tell(command);
      until(now() + 4003);
      const [theirs, ours] = tempi();
      assert.equal(theirs === null, ours === null);
      if (theirs === null || ours === null) continue;
      assert.ok(Math.abs(theirs - ours) < 1e-6, `${JSON.stringify(command)}: ${theirs} BPM, not ${ours}`);
      assert.ok(Math.abs(ahead()) < 1e-6, `${JSON.stringify(command)}: ${ahead()} ticks ahead`);
    }
  });

  it('whatever it is told, and however it sleeps, leaves no follower elsewhere', () => {
    for (let n = 0; n < 100; n++) {
      const random = randomFrom(seed(n));
      const { tell, until, sleep, ahead, state, now } = stage();
      tell({ kind: 'start' });
      for (let round = 0; round < 12; round++) {
        const choice = random.below(8);
        if (choice === 0) tell({ kind: 'stop' });
        else if (choice === 1) tell({ locate: barStart(1 + random.below(40)) });
        else if (choice === 2) tell({ tempo: 40 + random.below(260) });
        else if (choice === 3) tell({ kind: 'start' });
        else if (choice < 6) tell({ kind: 'continue' });
        if (random.below(4) === 0) sleep(now() + random.below(900));
        // followers take a Start within 50 ms of a Song Position for that position, as Bitwig means it
        until(now() + 51 + random.below(700));
      }
      tell({ kind: 'continue' });
      until(now() + 8000);
      assert.equal(state(), 'running');
      assert.ok(Math.abs(ahead()) < 1e-3, `seed ${n}: ${ahead()} ticks ahead`);
    }
  });
});
