import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkAddon, checkOpenClock, checkSnapshot } from '#daimon/bridge/clock-addon/addon-interface.js';
import { millis } from '#daimon/music/units.js';

const NOW = millis(1_000_000);
const GOOD = { time: 1_000_500, tempo: 96.5, beat: 2.5, isPlaying: true };

it('beats become ticks, and what else an add-on adds is left aside', () => {
  assert.deepEqual(checkSnapshot({ ...GOOD, peers: 3 }, NOW), {
    kind: 'good',
    value: { time: 1_000_500, tempo: 96.5, tick: 1200, isPlaying: true },
  });
});

for (const [nonsense, why] of [
  [{ ...GOOD, tempo: 0 }, 'tempo is 0; it must be a number from 20 to 300.'],
  [{ ...GOOD, tempo: Number.NaN }, 'tempo is NaN; it must be a number from 20 to 300.'],
  [{ ...GOOD, beat: Number.POSITIVE_INFINITY }, /^beat is Infinity; it must be a number from -1000000 to 1000000\.$/],
  [{ ...GOOD, beat: '2' }, /^beat is "2"; it must be a number/],
  [{ ...GOOD, isPlaying: 1 }, 'isPlaying is 1; it must be true or false.'],
  [{ ...GOOD, time: undefined }, 'time is missing; it must be a number of ms.'],
  // as Date.now() would have it
  [{ ...GOOD, time: 1_790_000_000_000 }, /^time is 1790000000000; .* process\.hrtime\(\), which is at 1000000 now\.$/],
  [undefined, /^it is missing; it must be an object \{ time, tempo, beat, isPlaying \}\.$/],
  ['go', /^it is "go"; it must be an object/],
] as const) {
  it(`is told nothing by ${JSON.stringify(nonsense)}, and says why`, () => {
    const checked = checkSnapshot(nonsense, NOW);
    assert.ok(checked.kind === 'bad');
    if (typeof why === 'string') assert.equal(checked.why, why);
    else assert.match(checked.why, why);
  });
}

it('an add-on exports the version of its interface and a function that opens it', () => {
  const openClock = () => {};
  assert.equal(checkAddon({ clockVersion: 1, openClock }).kind, 'good');
  for (const [module, why] of [
    [{ clockVersion: 2, openClock }, /^clockVersion is 2; it must be 1/],
    [{ openClock }, /^clockVersion is missing; it must be 1/],
    [{ clockVersion: 1, openClock: {} }, /^openClock is \{\}; it must be a function\.$/],
  ] as const) {
    const checked = checkAddon(module);
    assert.ok(checked.kind === 'bad');
    assert.match(checked.why, why);
  }
});

it('what opening gives is kept whole, as closing may want it', () => {
  class Session {
    isOpen = true;
    close(): void {
      this.isOpen = false;
    }
  }
  const session = new Session();
  const checked = checkOpenClock(session);
  assert.ok(checked.kind === 'good');
  checked.value.close();
  assert.equal(session.isOpen, false);
  for (const none of [undefined, null, () => {}, { close: true }]) assert.equal(checkOpenClock(none).kind, 'bad');
});
