import { shareOf } from '../../../music/fader.js';
import type { Control, Values } from '../../control/controls.js';
import { MESSAGES } from '../midi-messages.js';
import type { Binding, Target } from './bindings.js';
import { bitsAtShare, bitsOf, type Source, sourceWords } from './control-source.js';
import type { ControlMap } from './map-file.js';
import { wayOf } from './way.js';

/** Where things stand, as far as a controller can show it. */
export interface Shown {
  readonly controls: readonly Control[];
  readonly values: Values;
  /** The names of all presets, and of the one that plays. */
  readonly presets: readonly string[];
  readonly preset: string;
  readonly isPlaying: boolean;
}

/** What a controller is to show, by what shows it: a motor fader, a ring, the light of a pad. As messages of MIDI, in order. */
export type Lights = ReadonlyMap<string, readonly Uint8Array[]>;

/** `channelOf`: where a binding that names no channel is shown, 1..16. */
export function lightsOf(map: ControlMap, shown: Shown, channelOf: (binding: Binding) => number): Lights {
  const lights = new Map<string, readonly Uint8Array[]>();
  for (const binding of map.bindings) {
    const channel = binding.source.channel ?? channelOf(binding);
    for (const { source, level } of lightsOfBinding(binding, shown))
      lights.set(addressOf(source, channel), messagesFor(source, channel, valueAt(source, level, map)));
  }
  return lights;
}

/** What shows a source, and what moves it: the same for both. */
export const addressOf = (source: Source, channel: number): string =>
  `${sourceWords({ ...source, channel: null })}/${channel}`;

/** `level`: a share of a way, or whether it is lit. */
interface Light {
  readonly source: Source;
  readonly level: number | boolean;
}

function lightsOfBinding({ source, target }: Binding, shown: Shown): readonly Light[] {
  switch (target.kind) {
    case 'turn':
      return turnLights(source, target, shown);
    case 'recall': {
      const isRecalled = (place: number): boolean => shown.presets[target.first - 1 + place] === shown.preset;
      if (source.kind !== 'note') return source.kind === 'program' ? [] : [{ source, level: isRecalled(0) }];
      return keysOf(source).map((key, place) => ({ source: key, level: isRecalled(place) }));
    }
    case 'ask': {
      const level = isLit(target, shown);
      return level === null || source.kind === 'program' ? [] : [{ source, level }];
    }
  }
}

/** Null for requests that leave nothing to be seen. */
function isLit({ request }: Extract<Target, { kind: 'ask' }>, { preset, isPlaying }: Shown): boolean | null {
  switch (request.kind) {
    case 'preset':
      return request.name === preset;
    case 'start':
      return isPlaying;
    case 'stop':
      return !isPlaying;
    default:
      return null;
  }
}

function turnLights(source: Source, target: Extract<Target, { kind: 'turn' }>, shown: Shown): readonly Light[] {
  const way = wayOf(target, shown.controls);
  const value = way === null ? undefined : shown.values[way.path];
  if (way === null || value === undefined) return [];
  const share = shareOf(way.parameter, value);
  if (share === null) return [];
  const level = Math.min(Math.max(way.inverted ? 1 - share : share, 0), 1);
  if (source.kind !== 'note') return [{ source, level }];
  const { root } = target;
  if (root === null) return keysOf(source).map((key) => ({ source: key, level: level >= 0.5 }));
  return keysOf(source).map((key) => ({ source: key, level: key.low - root === value }));
}

const keysOf = (source: Extract<Source, { kind: 'note' }>) =>
  Array.from({ length: source.high - source.low + 1 }, (_, i) => {
    return { ...source, low: source.low + i, high: source.low + i };
  });

/** The value that stands for a share of a way, or for a light. */
function valueAt(source: Source, level: number | boolean, { lit, unlit }: Pick<ControlMap, 'lit' | 'unlit'>): number {
  const bits = bitsOf(source);
  const isLit = level === true || (typeof level === 'number' && level >= 0.5);
  if (typeof level === 'number' && bits !== 0) return bitsAtShare(level, bits);
  return (isLit ? lit : unlit) * (bits === 14 ? 128 : 1);
}

/** What brings a source to a value of its own bits. The pressure of a hand can't be shown, nor a program. */
export function messagesFor(source: Source, channel: number, value: number): readonly Uint8Array[] {
  const message = (kind: 'controlChange' | 'noteOn' | 'pitchBend', data1: number, data2: number): Uint8Array =>
    Uint8Array.of(MESSAGES[kind].status | (channel - 1), data1, data2);
  const control = (number: number, data: number): Uint8Array => message('controlChange', number, data);
  const [coarse, fine] = [value >> 7, value & 0x7f];
  switch (source.kind) {
    case 'cc':
      return [control(source.number, value)];
    case 'cc14':
      return [control(source.number, coarse), control(source.number + 32, fine)];
    case 'nrpn':
      return [
        control(99, source.number >> 7),
        control(98, source.number & 0x7f),
        control(6, coarse),
        control(38, fine),
      ];
    case 'note':
      return [message('noteOn', source.low, value)];
    case 'bend':
      return [message('pitchBend', fine, coarse)];
    case 'pressure':
    case 'program':
      return [];
  }
}
