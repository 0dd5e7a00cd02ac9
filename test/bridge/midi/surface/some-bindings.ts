import type { Action } from '#daimon/bridge/midi/surface/action.js';
import type { Binding, Target } from '#daimon/bridge/midi/surface/bindings.js';
import type { Source } from '#daimon/bridge/midi/surface/control-source.js';
import type { ControlMap } from '#daimon/bridge/midi/surface/map-file.js';
import { USUAL } from '#daimon/bridge/midi/surface/map-file.js';

export const cc = (number: number, channel: number | null = null): Source => ({
  kind: 'cc',
  number,
  encoding: null,
  channel,
});

export const note = (low: number, high = low, channel: number | null = null): Source => ({
  kind: 'note',
  low,
  high,
  channel,
});

type Turn = Extract<Target, { kind: 'turn' }>;

export const turn = (path: string, more: Partial<Turn> = {}): Turn => ({
  kind: 'turn',
  path,
  from: null,
  to: null,
  root: null,
  momentary: false,
  ...more,
});

export const ask = (request: Action, lift: Action | null = null): Target => ({ kind: 'ask', request, lift });

export const mapOf = (bindings: readonly Binding[], more: Partial<ControlMap> = {}): ControlMap => ({
  name: 'desk',
  title: 'Desk',
  port: 'desk',
  ...USUAL,
  bindings,
  ...more,
});
