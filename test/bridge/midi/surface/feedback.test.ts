import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexOf, moved } from '#daimon/bridge/midi/surface/bindings.js';
import type { Source } from '#daimon/bridge/midi/surface/control-source.js';
import { lightsOf, type Shown } from '#daimon/bridge/midi/surface/feedback.js';
import { flush, NO_GRIP, touch } from '#daimon/bridge/midi/surface/grip.js';
import { hear, NEW_EAR } from '#daimon/bridge/midi/surface/moves.js';
import { atShare } from '#daimon/music/fader.js';
import { randomFrom, seed } from '#daimon/music/random.js';
import { CONTROLS } from './controller-studio.js';
import { ask, cc, mapOf, note, turn } from './some-bindings.js';

const SHOWN: Shown = {
  controls: CONTROLS,
  values: {},
  presets: ['plain', 'hearth'],
  preset: 'hearth',
  isPlaying: true,
};
const messages = (map: Parameters<typeof lightsOf>[0], shown: Shown) =>
  [...lightsOf(map, shown, () => 1).values()].flat().map((bytes) => bytes.join(' '));

test('what a controller is shown turns the very same, were it to say it: whatever is bound, wherever it stands', () => {
  const random = randomFrom(seed(4));
  const sources: readonly Source[] = [
    cc(21, 2),
    { kind: 'cc14', number: 3, channel: 16 },
    { kind: 'nrpn', number: 777, channel: 1 },
    { kind: 'bend', channel: 5 },
  ];
  for (const source of sources) {
    for (const { path, parameter } of CONTROLS) {
      for (const ends of [{}, { from: 0.9, to: 0.2 }]) {
        const value = atShare(parameter, random.uniform());
        if (value === null) continue;
        const binding = { source, target: turn(path, ends) };
        const map = mapOf([binding], { takeover: 'jump' });
        let [ear, grip] = [NEW_EAR, NO_GRIP];
        for (const bytes of [...lightsOf(map, { ...SHOWN, values: { [path]: value } }, () => 1).values()].flat()) {
          const heard = hear(ear, bytes);
          ear = heard.ear;
          const touched = moved(indexOf(map.bindings), heard.moves);
          if (touched !== null) grip = touch(grip, touched).grip;
        }
        const { values } = flush(grip, 'jump', CONTROLS, { [path]: value });
        const again = messages(map, { ...SHOWN, values: { [path]: values[path] ?? value } });
        assert.deepEqual(again, messages(map, { ...SHOWN, values: { [path]: value } }), `${source.kind} ${path}`);
      }
    }
  }
});

test('a pad is lit while its preset plays, while there is playing to stop, while its switch is on', () => {
  const map = mapOf(
    [
      { source: note(36), target: ask({ kind: 'preset', name: 'hearth' }) },
      { source: note(37), target: ask({ kind: 'preset', name: 'plain' }) },
      { source: note(40, 41), target: { kind: 'recall', first: 1 } },
      { source: note(50), target: ask({ kind: 'start' }) },
      { source: cc(51), target: ask({ kind: 'stop' }) },
      { source: note(52), target: ask({ kind: 'next' }) },
      { source: note(60, 62), target: turn('transpose', { root: 60 }) },
      { source: note(70), target: turn('follow') },
    ],
    { lit: 60, unlit: 12 },
  );
  assert.deepEqual(messages(map, { ...SHOWN, values: { transpose: 1, follow: 0.7 } }), [
    '144 36 60',
    '144 37 12',
    '144 40 12',
    '144 41 60',
    '144 50 60',
    '176 51 12',
    '144 60 12',
    '144 61 60',
    '144 62 12',
    '144 70 60',
  ]);
});

test('nothing is shown of what cannot be: programs, pressure, and what cannot be turned just now', () => {
  const map = mapOf([
    { source: { kind: 'program', number: null, channel: null }, target: { kind: 'recall', first: 1 } },
    { source: { kind: 'pressure', note: null, channel: null }, target: turn('swing') },
    { source: cc(20), target: turn('morph/x') },
    { source: cc(21), target: turn('knob 9') },
  ]);
  assert.deepEqual(messages(map, { ...SHOWN, values: { swing: 60 } }), []);
});
