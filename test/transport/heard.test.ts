import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phraseNotes } from '#daimon/music/phrase.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { STEPS_PER_BAR, TICKS_PER_BAR, TICKS_PER_STEP, type Tick, tick } from '#daimon/music/units.js';
import { type Heard, type HeardEvent, hear, NOTHING_HEARD, phraseHeard } from '#daimon/transport/heard.js';

const BAR = TICKS_PER_BAR;
type Struck = readonly [onset: number, length: number, pitch: number, channel?: number];

const played = (notes: readonly Struck[], before: Heard = NOTHING_HEARD): Heard =>
  notes
    .flatMap(([onset, length, pitch, channel = 0]): HeardEvent[] => [
      { kind: 'on', tick: tick(onset), pitch, channel },
      { kind: 'off', tick: tick(onset + length), pitch, channel },
    ])
    .toSorted((a, b) => at(a) - at(b) || (a.kind === 'off' ? -1 : 1))
    .reduce(hear, before);
const at = (event: HeardEvent): number => (event.kind === 'jump' ? event.from : event.tick);

/** Bars, then onset, length and pitch of each note, in steps. */
function phrase(heard: Heard, now = 0): readonly unknown[] {
  const found = phraseHeard(heard, tick(now));
  if (found === null) return [];
  return [found.bars, ...phraseNotes(found).map(({ onset, end, pitch }) => [onset, end - onset, pitch])];
}

/** One note a bar, on its downbeat. */
const downbeats = (from: number, bars: number): Struck[] =>
  Array.from({ length: bars }, (_, i) => [(from + i) * BAR, 480, 60 + i]);

test('a phrase is what was played, on the nearest sixteenths, from its first bar line on', () => {
  const heard = played([
    [3 * BAR - 40, 500, 60],
    [3 * BAR + 485, 230, 64],
    [4 * BAR + 10, 900, 67],
  ]);
  assert.deepEqual(phrase(heard), [2, [0, 4, 60], [4, 2, 64], [16, 8, 67]]);
});

test('nothing heard is no phrase, and drums are not heard', () => {
  assert.deepEqual(phrase(NOTHING_HEARD), []);
  assert.deepEqual(phrase(played([[0, 480, 36, 9]])), []);
});

test('a phrase is at most the last 16 bars', () => {
  const heard = played(downbeats(0, 20));
  const [bars, first, ...others] = phrase(heard);
  assert.equal(bars, 16);
  assert.deepEqual(first, [0, 4, 64]);
  assert.equal(others.length, 15);
});

test('two silent bars part one phrase from the next, one does not', () => {
  assert.equal(phrase(played([...downbeats(0, 4), ...downbeats(5, 2)]))[0], 7);
  assert.equal(phrase(played([...downbeats(0, 4), ...downbeats(6, 2)]))[0], 2);
});

test('a note held into a bar makes it the phrase’s, a finger lifted late does not', () => {
  assert.equal(phrase(played([[0, 2 * BAR, 60]]))[0], 2);
  assert.equal(phrase(played([[0, BAR + 240, 60]]))[0], 1);
});

test('notes that are still held end now', () => {
  const held = hear(NOTHING_HEARD, { kind: 'on', tick: tick(0), pitch: 60, channel: 0 });
  assert.deepEqual(phrase(held, 3 * BAR), [3, [0, 48, 60]]);
});

test('a loop that is played four times over is heard as four times as many bars', () => {
  let heard = NOTHING_HEARD;
  for (let pass = 0; pass < 4; pass++) {
    heard = played(
      downbeats(8, 2).map(([onset, length]) => [onset, length, 60 + pass]),
      heard,
    );
    heard = hear(heard, { kind: 'jump', from: tick(10 * BAR), to: tick(8 * BAR) });
  }
  assert.deepEqual(phrase(heard, 8 * BAR), [
    8,
    ...Array.from({ length: 8 }, (_, bar) => [bar * STEPS_PER_BAR, 4, 60 + (bar >> 1)]),
  ]);
});

test('wherever a song jumps, what is heard later comes later, on its own beat, at most a bar further on', () => {
  for (let trial = 0; trial < 60; trial++) {
    const random = randomFrom(seed(trial));
    const place = (): number => random.below(64 * 16) * TICKS_PER_STEP;
    const [from, to] = [place(), place()];
    const jump: HeardEvent = { kind: 'jump', from: tick(from), to: tick(to) };
    const heard = played([[to, 120, 72]], hear(played([[from - 120, 120, 60]]), jump));
    const [, first, second] = phrase(heard) as [number, number[], number[]];
    assert.equal((((second[0] * TICKS_PER_STEP - to) % BAR) + BAR) % BAR, 0);
    assert.ok(second[0] > first[0] && second[0] - first[0] <= STEPS_PER_BAR);
  }
});

test('however much is played, no more is kept than a block holds, and a phrase is in its bars', () => {
  for (let trial = 0; trial < 10; trial++) {
    const random = randomFrom(seed(trial));
    let [heard, now] = [NOTHING_HEARD, 0];
    for (let i = 0; i < 6000; i++) {
      now += random.below(80);
      const kind = random.below(3) === 0 ? 'off' : 'on';
      heard = hear(heard, { kind, tick: tick(now), pitch: random.below(128), channel: random.below(16) });
      if (random.below(500) === 0) {
        const to = random.below(now);
        heard = hear(heard, { kind: 'jump', from: tick(now), to: tick(to) });
        now = to;
      }
    }
    assert.ok(heard.notes.length <= 4096);
    const oldest = Math.min(...heard.notes.map(({ end }) => end));
    const newest: Tick = heard.notes[heard.notes.length - 1].end;
    assert.ok(newest - oldest <= 17 * BAR);
    const found = phraseHeard(heard, tick(now));
    assert(found !== null);
    for (const { onset, end } of phraseNotes(found)) {
      assert.ok(onset >= 0 && end > onset && end <= found.bars * STEPS_PER_BAR);
    }
  }
});
