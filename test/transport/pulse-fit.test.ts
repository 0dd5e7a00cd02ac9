import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Millis, millis, tempoOfBeat } from '#daimon/music/units.js';
import { fitPulse, NO_PULSES, type PulseFit } from '#daimon/transport/pulse-fit.js';
import { pulseAt, pulses } from './pulse-train.js';

const fitted = (arrivals: readonly Millis[], from: PulseFit = NO_PULSES): PulseFit => arrivals.reduce(fitPulse, from);

const tempo = (fit: PulseFit): number => {
  assert.ok(fit.interval !== null);
  return tempoOfBeat(millis(fit.interval * 24));
};

const worst = (trials: number, error: (trial: number) => number): number =>
  Math.max(...Array.from({ length: trials }, (_, trial) => Math.abs(error(trial))));

test('two steady pulses give the tempo', () => {
  for (const bpm of [20, 60, 120, 173.5, 300]) assert.ok(Math.abs(tempo(fitted(pulses(bpm, 2))) - bpm) < 1e-6);
});

test('a steady train of any length has its own tempo and phase', () => {
  for (const count of [2, 3, 24, 96, 97, 1000]) {
    const fit = fitted(pulses(120, count, 5000));
    assert.ok(Math.abs(tempo(fit) - 120) < 1e-6);
    assert.ok(Math.abs(fit.phase - (5000 + (count - 1) * pulseAt(120))) < 1e-6);
  }
});

test('pulses that jitter by 2 ms give the tempo within 0.7 BPM after a beat and 0.1 after a bar', () => {
  assert.ok(worst(200, (trial) => tempo(fitted(pulses(120, 25, 0, 2, trial))) - 120) < 0.7);
  assert.ok(worst(200, (trial) => tempo(fitted(pulses(120, 97, 0, 2, trial))) - 120) < 0.1);
});

test('the fitted phase jitters less than half as much as the pulses', () => {
  assert.ok(worst(200, (trial) => fitted(pulses(120, 97, 0, 2, trial)).phase - 96 * pulseAt(120)) < 1);
});

test('averaging intervals would do far worse: the line weighs all pulses, not the first and last', () => {
  const trials = Array.from({ length: 200 }, (_, trial) => pulses(120, 97, 0, 2, trial));
  const spread = (tempos: readonly number[]): number =>
    Math.sqrt(tempos.reduce((sum, value) => sum + (value - 120) ** 2, 0) / tempos.length);
  const averaged = trials.map((train) => tempoOfBeat(millis(((train[96] - train[0]) / 96) * 24)));
  assert.ok(spread(trials.map((train) => tempo(fitted(train)))) < spread(averaged) / 2);
});

for (const [from, to] of [
  [120, 156],
  [120, 84],
  [60, 78],
  [200, 140],
]) {
  test(`a jump from ${from} to ${to} BPM is followed within a beat`, () => {
    const before = pulses(from, 200);
    const jumped = before[199] + pulseAt(to);
    const fit = fitted(pulses(to, 24, jumped), fitted(before));
    assert.ok(Math.abs(tempo(fit) - to) < 0.01, `${tempo(fit)}`);
    assert.ok(Math.abs(fit.phase - (jumped + 23 * pulseAt(to))) < 0.1);
  });

  test(`with pulses that jitter by 2 ms, a jump from ${from} to ${to} BPM is followed within 2 % in a beat`, () => {
    const error = worst(100, (trial) => {
      const before = pulses(from, 200, 0, 2, trial);
      const jumped = 199 * pulseAt(from) + pulseAt(to);
      return tempo(fitted(pulses(to, 24, jumped, 2, trial + 1000), fitted(before))) / to - 1;
    });
    assert.ok(error < 0.02, `${error}`);
  });
}

test('an accelerando from 120 to 140 in four bars is never more than 4 ms off its beat', () => {
  let fit = fitted(pulses(120, 96));
  let arrival: number = fit.phase;
  for (let i = 0; i < 384; i++) {
    arrival += pulseAt(120 + (20 * i) / 384);
    fit = fitPulse(fit, millis(arrival));
    assert.ok(Math.abs(fit.phase - arrival) < 4, `pulse ${i}: ${fit.phase - arrival}`);
  }
});

test('one pulse that comes 15 ms late bends the tempo by less than 1 BPM', () => {
  const train = pulses(120, 200).map((arrival, i) => (i === 150 ? millis(arrival + 15) : arrival));
  for (let length = 151; length <= 200; length++) {
    assert.ok(Math.abs(tempo(fitted(train.slice(0, length))) - 120) < 1);
  }
});

test('after a pause the tempo is held until four pulses tell a new one', () => {
  const fit = fitted(pulses(90, 3, 10_000), fitted(pulses(120, 50)));
  assert.ok(Math.abs(tempo(fit) - 120) < 1e-6);
  assert.ok(Math.abs(tempo(fitted(pulses(90, 4, 10_000), fitted(pulses(120, 50)))) - 90) < 1e-6);
});

test('a burst of pulses at one moment is no infinite tempo', () => {
  const burst = Array.from({ length: 30 }, () => millis(1000));
  assert.ok(tempo(fitted(burst)) <= 600);
});
