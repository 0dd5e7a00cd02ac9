import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hostMessage } from '#daimon/bridge/midi/midi-in.js';
import type { Sent } from '#daimon/bridge/midi/midi-out.js';
import { seed } from '#daimon/music/random.js';
import { bpm, millis, TICKS_PER_BAR, TICKS_PER_PULSE } from '#daimon/music/units.js';
import { newClock, USUAL_POLICY } from '#daimon/transport/clock/clock.js';
import type { FollowerPolicy } from '#daimon/transport/clock/follower.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { blockOf } from '../transport/stage.js';
import { BAR, CONTINUE, HostTrace, PULSE, START, STOP, toBar } from './host-trace.js';
import { performance } from './performance.js';

/*
 * Hosts as they are. Each test plays a host's bytes to a daemon in virtual time, down to the realtime half of its
 * output, and holds what comes out against the bars that should be heard, and when. That nothing is left sounding is
 * part of every one. Where a host's way was learned from a thread or a manual, the test says so.
 */

/** Bars of the song that are heard, the first one's downbeat at `at`. */
interface Passage {
  readonly bar: number;
  readonly bars: number;
  readonly at: number;
}

interface Played {
  readonly ons: readonly string[];
  readonly late: readonly number[];
}

async function played({ messages, time: end }: HostTrace, policy: FollowerPolicy = USUAL_POLICY): Promise<Played> {
  const clock = newClock('host', bpm(120), policy);
  const { bench, goTo } = await performance('host', { clock, chase: false });
  const sent: Sent[] = [];
  for (const { time, bytes } of messages) {
    sent.push(...goTo(time));
    const message = hostMessage(bytes, millis(time));
    if (message !== null) bench.player.turn({ kind: 'message', message });
  }
  sent.push(...goTo(end + 5000));
  assert.deepEqual(hanging(sent), [], 'nothing hangs');
  const ons = sent.filter(({ edge }) => isNoteOn(edge));
  return {
    ons: ons.map(({ time, edge }) => heard(time, edge.data1, edge.status & 15)).sort(),
    late: ons.map(({ late }) => late),
  };
}

function hanging(sent: readonly Sent[]): readonly string[] {
  const sounding = new Set<string>();
  for (const { edge } of sent) {
    const voice = `${edge.status & 15}/${edge.data1}`;
    if (isNoteOn(edge)) sounding.add(voice);
    else sounding.delete(voice);
  }
  return [...sounding];
}

/** To the hundredth of a millisecond. */
const heard = (time: number, pitch: number, channel: number): string =>
  `${time.toFixed(2).padStart(9)} ms: ${pitch} on ${channel}`;

/** What seed 7 has in these bars. */
function expected(passages: readonly Passage[]): readonly string[] {
  const ons = passages.flatMap(({ bar, bars, at }) => {
    const from = (bar - 1) * TICKS_PER_BAR;
    const inside = blockOf(seed(7)).notes.filter(({ onset }) => onset >= from && onset < from + bars * TICKS_PER_BAR);
    return inside.map(({ onset, pitch, channel }) =>
      heard(at + ((onset - from) * PULSE) / TICKS_PER_PULSE, pitch, channel),
    );
  });
  return [...new Set(ons)].sort();
}

/** Plays a trace, and holds it against the bars. Every note is on time, not only on its place. */
async function hears(trace: HostTrace, passages: readonly Passage[], policy?: FollowerPolicy): Promise<void> {
  const { ons, late } = await played(trace, policy);
  assert.ok(ons.length > 10);
  assert.deepEqual(ons, expected(passages));
  assert.ok(Math.max(...late) < 0.01, 'on time');
}

it('the downbeat is the first pulse after Start, and Stop on a bar line ends the bars before it', async () => {
  const trace = new HostTrace().send(START).wait(1);
  const at = trace.time;
  await hears(trace.bars(2).before(STOP), [{ bar: 1, bars: 2, at }]);
});

it('Ableton Live wraps a loop by Song Position alone, while its clock runs on: bar 3 is there again on its downbeat (uClock issue 65)', async () => {
  const trace = new HostTrace().pulses(30).before(toBar(3), CONTINUE);
  const at = trace.time;
  trace.bars(2).before(toBar(3)).bars(2).before(toBar(3)).bars(2).before(STOP);
  await hears(
    trace,
    [0, 2, 4].map((bars) => ({ bar: 3, bars: 2, at: at + bars * BAR })),
  );
});

it('Bitwig wraps a loop by Stop, Song Position, Start in one breath, while its clock runs on (Orca pull request 240)', async () => {
  const trace = new HostTrace().before(toBar(5), START);
  const at = trace.time;
  trace.bars(1).before(STOP, toBar(5), START).bars(1).before(STOP, toBar(5), START).bars(1).before(STOP);
  await hears(
    trace,
    [0, 1, 2].map((bars) => ({ bar: 5, bars: 1, at: at + bars * BAR })),
  );
});

it('REAPER sends CC 120 and 123 on all channels when it plays, and its position after Stop: neither is heard (JZZ issue 67)', async () => {
  const silencers = Array.from({ length: 16 }, (_, channel) => [
    [0xb0 | channel, 120, 0],
    [0xb0 | channel, 123, 0],
  ]).flat();
  const trace = new HostTrace()
    .send(toBar(1))
    .wait(300)
    .send(...silencers, toBar(1), START)
    .wait(1);
  const first = trace.time;
  trace
    .bars(2)
    .before(STOP, toBar(1))
    .wait(700)
    .send(toBar(9))
    .wait(300)
    .send(...silencers, toBar(9), CONTINUE)
    .wait(1);
  const second = trace.time;
  await hears(trace.bars(1).before(STOP, toBar(9)), [
    { bar: 1, bars: 2, at: first },
    { bar: 9, bars: 1, at: second },
  ]);
});

it('some hosts send a stray Continue right after Start: nothing is played twice (zynthian issue 1466)', async () => {
  const trace = new HostTrace().send(START).wait(1).send(CONTINUE).wait(1);
  const at = trace.time;
  await hears(trace.bars(2).before(STOP), [{ bar: 1, bars: 2, at }]);
});

it('after Continue without a Song Position the song goes on where it stopped, on a new clock', async () => {
  const trace = new HostTrace().send(START).wait(1);
  const first = trace.time;
  trace.bars(2).before(STOP).wait(1234).send(CONTINUE).wait(3);
  const second = trace.time;
  await hears(trace.bars(1).before(STOP), [
    { bar: 1, bars: 2, at: first },
    { bar: 3, bars: 1, at: second },
  ]);
});

it('a host that sends its position and Continue wherever it starts hears the block from that bar on', async () => {
  const trace = new HostTrace().send(toBar(6), CONTINUE).wait(4);
  const at = trace.time;
  await hears(trace.bars(2).before(STOP), [{ bar: 6, bars: 2, at }]);
});

it('two Starts in a row begin once; a second one in the middle begins again from the top', async () => {
  const trace = new HostTrace().send(START, START).wait(1);
  const at = trace.time;
  trace.bars(2).before(START).bars(1).before(STOP);
  await hears(trace, [
    { bar: 1, bars: 2, at },
    { bar: 1, bars: 1, at: at + 2 * BAR },
  ]);
});

it('pulses while stopped, as Live and most hardware send them, play nothing', async () => {
  const trace = new HostTrace().bars(2).before(START);
  const at = trace.time;
  await hears(trace.bars(1).before(STOP).bars(2), [{ bar: 1, bars: 1, at }]);
});

it('a host that stops its clock while it is stopped is followed again from its own first pulse', async () => {
  const trace = new HostTrace().send(START).wait(1);
  const first = trace.time;
  trace.bars(1).before(STOP).wait(60_000).send(START).wait(7);
  const second = trace.time;
  await hears(trace.bars(1).before(STOP), [
    { bar: 1, bars: 1, at: first },
    { bar: 1, bars: 1, at: second },
  ]);
});

it('a drum machine that knows no Start is followed from its first pulse, where that is asked for', async () => {
  const trace = new HostTrace();
  const at = trace.time;
  trace.bars(2).before(STOP);
  await hears(trace, [{ bar: 1, bars: 2, at }], { ...USUAL_POLICY, runOn: 'clock' });
  assert.equal((await played(trace)).ons.length, 0, 'and otherwise not at all');
});

it('a clock that fails for a second and comes back in time is not noticed', async () => {
  const trace = new HostTrace().send(START).wait(1);
  const at = trace.time;
  trace.bars(2).wait(48 * PULSE);
  trace.pulses(48).bars(1).before(STOP);
  await hears(trace, [{ bar: 1, bars: 4, at }]);
});

it('a clock that fails for good is held for two seconds, a bar; then all is ended', async () => {
  const trace = new HostTrace().send(START).wait(1);
  const at = trace.time;
  trace.bars(2);
  const { ons } = await played(trace);
  // the last pulse came one interval before the bar line; what falls within it is not looked at here
  assert.deepEqual(
    ons.filter((on) => Number.parseFloat(on) < at + 3 * BAR - 2 * PULSE),
    expected([{ bar: 1, bars: 3, at }]).filter((on) => Number.parseFloat(on) < at + 3 * BAR - 2 * PULSE),
  );
  assert.ok(ons.every((on) => Number.parseFloat(on) < at + 3 * BAR));
});

it('a clock that fails is free-wheeled for as long as the song lasts, where that is asked for', async () => {
  const trace = new HostTrace().send(START).wait(1);
  const at = trace.time;
  trace
    .bars(2)
    .wait(8 * BAR)
    .before(STOP);
  await hears(trace, [{ bar: 1, bars: 10, at }], { ...USUAL_POLICY, whenLost: 'free-wheel' });
});
