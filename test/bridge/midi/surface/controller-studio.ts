import { setImmediate as settled } from 'node:timers/promises';
import { controlsOf, type Values } from '#daimon/bridge/control/controls.js';
import { type MessageOf, messageSchema, type PlayerRequest } from '#daimon/bridge/control/protocol.js';
import { openHands } from '#daimon/bridge/midi/surface/hands.js';
import type { ControlMap } from '#daimon/bridge/midi/surface/map-file.js';
import { DaimonError } from '#daimon/errors.js';
import { DEFAULT_DECODING } from '#daimon/music/decoding.js';
import { HELLO } from '../../../support/control.js';
import { ask, cc, mapOf, note, turn } from './some-bindings.js';

export const CONTROLS = controlsOf({
  knobs: [{ name: 'density', low: 'sparse', high: 'dense', help: 'notes a bar' }],
  components: [],
  decoding: DEFAULT_DECODING,
});
const PRESETS = ['plain', 'hearth', 'river'].map((name) => ({ name, title: name, description: name }));

/** A daemon that takes what it is asked for, and controllers at it, in virtual time. */
export function studio(maps: readonly ControlMap[]) {
  let time = 0;
  let values: Values = { swing: 50, 'knobs/density': 0, transpose: 0, texture: 'polyphonic', tempo: 120, gate: 1 };
  let state = { ...HELLO.state, preset: 'plain', clock: 'running' as 'running' | 'stopped' };
  let waiting: { readonly at: number; readonly then: () => void }[] = [];
  const asked: PlayerRequest[] = [];
  const said: string[] = [];
  const told: MessageOf<'bindings'>[] = [];
  const saved: ControlMap[] = [];
  const hands = openHands({
    hello: () => ({ ...HELLO, values, presets: PRESETS, state }),
    onRequest: (request) => {
      asked.push(request);
      if (request.kind === 'set') {
        for (const path of Object.keys(request.values)) {
          if (!(path in values)) throw new DaimonError('parameter', `${path} can't be turned.`);
        }
        values = { ...values, ...request.values };
        hands.broadcast({ kind: 'values', values });
      }
      if (request.kind === 'preset') state = { ...state, preset: request.name };
      if (request.kind === 'stop') state = { ...state, clock: 'stopped' };
      hands.broadcast({ kind: 'state', ...state });
    },
    controls: () => CONTROLS,
    values: () => values,
    maps,
    tell: (message) => told.push(messageSchema.parse(message) as MessageOf<'bindings'>),
    say: (sentence) => said.push(sentence),
    save: async (map) => void saved.push(map),
    now: () => time,
    wait: (ms, then) => {
      const one = { at: time + ms, then };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
  });
  const pass = (ms: number): void => {
    const end = time + ms;
    for (;;) {
      const due = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      waiting = waiting.filter((other) => other !== due);
      time = Math.max(time, due.at);
      due.then();
    }
    time = end;
  };
  /** A controller at a port of this name. */
  const plug = (name: string) => {
    const shown: string[] = [];
    const port = {
      wanted: name,
      name: name as string | null,
      send: (bytes: Uint8Array) => void shown.push(bytes.join(' ')),
    };
    const hand = hands.add(port);
    return {
      say: (...bytes: number[]) => hand.hear(Uint8Array.from(bytes)),
      /** What it was shown since the last time of asking. */
      shown: () => shown.splice(0),
      come: (there: boolean) => {
        port.name = there ? name : null;
        hand.changed();
      },
    };
  };
  return {
    hands,
    plug,
    pass,
    said,
    told,
    saved,
    asked: () => asked.splice(0),
    values: () => values,
    turned: (path: string, value: number | string) => {
      values = { ...values, [path]: value };
      hands.broadcast({ kind: 'values', values });
    },
    settled: async () => {
      await settled();
    },
  };
}

export const DESK = mapOf(
  [
    { source: cc(21), target: turn('swing') },
    { source: cc(22), target: turn('knob 1') },
    { source: cc(23), target: turn('morph/x') },
    { source: note(36), target: ask({ kind: 'next' }) },
    { source: note(37), target: ask({ kind: 'start' }, { kind: 'stop' }) },
    { source: note(40, 42), target: { kind: 'recall', first: 1 } },
    { source: note(48, 72), target: turn('transpose', { root: 60 }) },
    { source: { kind: 'program', number: null, channel: null }, target: { kind: 'recall', first: 1 } },
    { source: cc(60), target: ask({ kind: 'undo' }) },
    { source: note(80), target: turn('gate', { momentary: true, from: 1, to: 0.2 }) },
    { source: note(81), target: turn('texture') },
  ],
  { takeover: 'jump' },
);
