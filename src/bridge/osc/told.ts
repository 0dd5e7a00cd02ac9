import type { Control, Values } from '../control/controls.js';
import type { HelloBody, ServerMessage, StateBody } from '../control/protocol.js';
import { FADER, ROOT, STATE } from './address.js';
import type { Sent } from './packet.js';
import { faderSent, valueSent, whole } from './turned.js';

/** What daimon says over OSC. */
export interface Told {
  readonly address: string;
  readonly args: readonly Sent[];
  /** It stands until it is said anew, and is not said again to who knows it; what does not just happened. */
  readonly stands: boolean;
}

/** What of the state is told, each under `/daimon/state/`. */
const OF_STATE: Readonly<Record<string, (state: StateBody) => readonly Sent[]>> = {
  clock: ({ clock }) => [text(clock)],
  source: ({ source }) => [text(source)],
  // a host's tempo trembles in the decimals beyond
  tempo: ({ tempo }) => (tempo === null ? [] : [{ type: 'float', value: Math.round(tempo * 100) / 100 }]),
  bar: ({ position }) => [whole(position.bar)],
  beat: ({ position }) => [whole(position.beat)],
  model: ({ model }) => [text(model)],
  preset: ({ preset }) => [text(preset)],
  seed: ({ seed }) => [whole(seed)],
  queued: ({ queued }) => (queued === null ? [] : [text(queued.preset), whole(queued.at.bar)]),
  'held/low': ({ held }) => held.low.map(whole),
  'held/high': ({ held }) => held.high.map(whole),
};

/** What else is told, and with what. */
export const TOLD = {
  note: 'channel pitch velocity',
  block: 'number bar seed',
  presets: 'name ...',
  notice: 'text',
  error: 'code sentence',
  ok: '"ping"',
} as const;

export const STATE_NAMES: readonly string[] = Object.keys(OF_STATE);

/** Whether daimon speaks under this address: from others it asks for nothing, least of all for an answer. */
export const isTold = (address: string): boolean =>
  address.startsWith(ROOT + STATE) || Object.keys(TOLD).some((name) => address === ROOT + name);

/** What a message of the protocol is over OSC. */
export function toldOf(message: ServerMessage, controls: readonly Control[]): readonly Told[] {
  switch (message.kind) {
    case 'values':
      return valuesTold(message.values, controls);
    case 'state':
      return stateTold(message);
    case 'presets':
      return [presetsTold(message.presets)];
    case 'block':
      return [passes('block', [whole(message.number), whole(message.bar), whole(message.seed)])];
    case 'note': {
      const { channel, pitch, velocity, on } = message;
      return [passes('note', [whole(channel), whole(pitch), whole(on ? velocity : 0)])];
    }
    case 'notice':
      return [passes('notice', [text(message.text)])];
    // what follows from another model comes with its values; answers go to who asked
    case 'model':
    case 'hello':
    case 'history':
    case 'captured':
    case 'drawn':
    case 'bindings':
    case 'ok':
    case 'error':
      return [];
  }
}

/** All that stands. */
export const standing = ({ values, state, presets }: HelloBody, controls: readonly Control[]): readonly Told[] => [
  ...valuesTold(values, controls),
  ...stateTold(state),
  presetsTold(presets),
];

/** Each value as it is, and where a fader on it stands. */
export const valuesTold = (values: Values, controls: readonly Control[]): readonly Told[] =>
  controls.flatMap((control) => {
    const value = values[control.path];
    return value === undefined ? [] : turnedTold(control, value);
  });

function turnedTold({ path, parameter }: Control, value: Values[string]): readonly Told[] {
  const told = stands(path, valueSent(parameter, value));
  const share = faderSent(parameter, value);
  return share === null ? [told] : [told, stands(FADER + path, share)];
}

export const stateTold = (state: StateBody): readonly Told[] =>
  STATE_NAMES.map((name) => stands(STATE + name, OF_STATE[name](state)));

const presetsTold = (presets: HelloBody['presets']): Told =>
  stands(
    'presets',
    presets.map(({ name }) => text(name)),
  );

const stands = (path: string, args: readonly Sent[]): Told => ({ address: ROOT + path, args, stands: true });
const passes = (path: string, args: readonly Sent[]): Told => ({ address: ROOT + path, args, stands: false });

// a text of OSC ends at its first NUL
const text = (value: string): Sent => ({ type: 'string', value: value.replaceAll('\0', ' ') });
