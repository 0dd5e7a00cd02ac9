import assert from 'node:assert/strict';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, it } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import { heardBy, listener, midNote, recorder, sendBytes, sequencer, silence } from '../../support/alsa.js';
import { fitOf, pairUp } from '../../support/comparison.js';
import { daimon, eventually, inFolder } from '../../support/program.js';
import { notesOf, type Smf, type SmfNote, textsOf } from '../../support/smf.js';
import { readMidi, rendered } from '../../support/take.js';

const SEED = 7;
const BPM = 180;
const STEP = 120;
const BAR = 16 * STEP;
const BLOCK = 16 * BAR;
const PULSE = STEP / 6;
const secondsOf = (bars: number): number => (bars * 4 * 60) / BPM;

interface Take {
  readonly heard: readonly SmfNote[];
  readonly own: Smf;
  /** The longest that this process was kept from running while it played, in ms. */
  readonly stalled: number;
}

/** A VM without a processor for a beat makes anything late: such a take says nothing of daimon, and is done again. */
const STALL_MS = 60_000 / BPM;
const TAKES = 3;

/** What a host hears of seed 7, and what daimon recorded itself: midish plays the bars, arecordmidi records, `meanwhile` may meddle. */
async function heardByHost(bars: number, meanwhile: () => Promise<void> = async () => {}): Promise<Take> {
  for (let left = TAKES - 1; ; left--) {
    const take = await takeByHost(bars, meanwhile);
    if (take.stalled < STALL_MS || left === 0) return take;
    console.log(`the VM stood still for ${take.stalled.toFixed(0)} ms; once more`);
  }
}

const takeByHost = (bars: number, meanwhile: () => Promise<void>): Promise<Take> =>
  inFolder(async (folder) => {
    const own = join(folder, 'own.mid');
    const program = daimon(['start', '--clock', 'host', '--seed', String(SEED), '--record', own, '--ws-port', '0']);
    const file = join(folder, 'host.mid');
    const arecordmidi = await recorder('Daimon Out', file);
    const midish = await sequencer('Daimon In', BPM);
    try {
      const delay = monitorEventLoopDelay({ resolution: 10 });
      delay.enable();
      midish.write('p');
      await meanwhile();
      await passes(secondsOf(bars) * 1000);
      delay.disable();
      midish.write('s');
      // what Stop has to end, ends within this; the recorder would show what doesn't
      await passes(1000);
      await arecordmidi.end('SIGINT');
      const { code, stderr } = await program.end('SIGTERM');
      assert.equal(code, 143, stderr);
      return { heard: notesOf(readMidi(file)), own: readMidi(own), stalled: delay.max / 1e6 };
    } finally {
      await Promise.all([program, arecordmidi, midish].map((each) => each.close()));
    }
  });

describe('a host that sends clock', () => {
  it('hears every planned note once, on its grid line, in order, with its off; and Stop leaves none on', async () => {
    const planned = await rendered(SEED, 2);
    // midish takes half a bar and more to begin
    const { heard, own } = await heardByHost(18);
    const pairs = pairUp(planned, heard, BLOCK + BAR);
    const fit = fitOf(pairs);
    const stepAt = (tick: number): number => fit(tick + STEP) - fit(tick);
    // the tempo that was asked for: arecordmidi's ticks are of 120 beats a minute
    assert.ok(Math.abs((stepAt(0) * BPM) / 120 / STEP - 1) < 0.05, `a step lasts ${stepAt(0)} recorded ticks`);
    const off = pairs.map((pair) => Math.abs(pair.recorded.on - fit(pair.planned.on)) / stepAt(0));
    // a stall of the VM may move some; whatever is planned a step aside would move all of its kind
    assert.ok(off.filter((steps) => steps < 0.5).length > 0.9 * off.length, 'nine in ten on their own sixteenth');
    assert.ok(Math.max(...off) < 4, 'none further than a beat');
    // Stop cut the last ones short; all before it lasted as long as they were planned to, within a beat
    for (const { planned: plan, recorded: note } of pairs.filter(({ planned: { off: end } }) => end <= BLOCK + BAR)) {
      assert.ok(Math.abs(note.off - fit(plan.off)) < 4 * stepAt(0), `pitch ${note.pitch} at ${plan.on} has its off`);
    }
    assert.equal(pairUp(notesOf(own), heard, Number.POSITIVE_INFINITY).length, heard.length);
    assert.equal(textsOf(own, 6).length, 2, 'a marker for each of the two blocks');
  });

  it('jumps to bar 25, and hears from there what belongs there, with nothing left sounding', async () => {
    const planned = await rendered(SEED, 2);
    const { heard } = await heardByHost(3, async () => {
      await passes(secondsOf(2) * 1000);
      // song position 384: bar 25
      await sendBytes('Daimon In', 'F2 00 03');
    });
    // nobody has drawn the block of bar 25 yet, and a slow machine needs a moment: it may be taken up within the bar
    const arrivals = Array.from({ length: BAR / PULSE }, (_, pulse) => 24 * BAR + pulse * PULSE);
    const takenUp = (from: number, rest: readonly SmfNote[]): boolean => fits(soundingFrom(planned, from), rest);
    const jump = heard.findIndex(
      (_, n) => fits(planned, heard.slice(0, n)) && arrivals.some((from) => takenUp(from, heard.slice(n))),
    );
    assert.ok(jump > 0 && jump < heard.length - 1, 'a beginning of bar 1 on, then a beginning of bar 25 on');
  });
});

/** What is planned from there on; notes that should be sounding there are struck on arrival. */
const soundingFrom = (planned: readonly SmfNote[], from: number): readonly SmfNote[] =>
  planned.filter(({ off }) => off > from).map((note) => ({ ...note, on: Math.max(note.on, from) }));

const fits = (planned: readonly SmfNote[], recorded: readonly SmfNote[]): boolean => {
  try {
    return pairUp(planned, recorded, 0).length > 0;
  } catch {
    return false;
  }
};

describe("a host's Stop", () => {
  it('ends what sounds while the daemon itself stands still; once it goes on, it plays from the next Start', async () => {
    const program = daimon(['start', '--clock', 'host', '--seed', '7', '--ws-port', '0']);
    const dump = await listener('Daimon Out');
    const midish = await sequencer('Daimon In', 120);
    try {
      midish.write('p');
      await midNote(dump);
      process.kill(program.pid, 'SIGSTOP');
      midish.write('s');
      await silence(dump);
      const { length } = heardBy(dump);
      await passes(500);
      assert.equal(heardBy(dump).length, length, 'nor is what was planned played on');
      process.kill(program.pid, 'SIGCONT');
      midish.write('p');
      await eventually('the next take', () => (heardBy(dump).length > length + 8 ? true : null));
      midish.write('s');
      await silence(dump);
    } finally {
      process.kill(program.pid, 'SIGCONT');
      await Promise.all([program, dump, midish].map((each) => each.close()));
    }
  });
});
