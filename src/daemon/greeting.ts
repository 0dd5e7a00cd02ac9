import type { MessageOf } from '../bridge/control/protocol.js';
import type { MidiIn } from '../bridge/midi/midi-in.js';
import type { MidiOut } from '../bridge/midi/midi-out.js';
import { nameOf } from '../bridge/osc/nearby.js';
import type { OscTarget } from '../bridge/osc/osc.js';
import type { EngineInfo } from '../engine/engine.js';
import type { Millis } from '../music/units.js';
import { VERSION } from '../package.js';
import { type Clock, clockState } from '../transport/clock/clock.js';
import { tempoOf } from '../transport/clock/clock-state.js';
import type { Take } from '../transport/take.js';
import { qrCode } from './qr-code.js';

/** What has come up. */
export interface Setup {
  readonly info: EngineInfo;
  readonly out: Pick<MidiOut, 'port' | 'missing'>;
  readonly input: Pick<MidiIn, 'port' | 'missing'>;
  readonly clock: Clock;
  /** Whether it is sent at the output. */
  readonly clockOut: boolean;
  /** By which a session is joined; null where none is. */
  readonly clockAddon: string | null;
  readonly take: Take;
  readonly offset: Millis;
  /** Of the WebSocket; null where there is none. */
  readonly url: string | null;
  /** Where OSC is heard, and who is told; null where there is none. */
  readonly osc: { readonly url: string; readonly to: readonly OscTarget[] } | null;
  /** By which other devices come to it. */
  readonly links: readonly string[];
  /** The recording's file; null where there is none. */
  readonly recording: string | null;
  /** The MIDI controllers. */
  readonly hands: MessageOf<'bindings'>['controllers'];
}

/** The lines that a start begins with. */
export function greeting({
  info,
  out,
  input,
  clock,
  clockOut,
  clockAddon,
  take,
  offset,
  url,
  osc,
  links,
  recording,
  hands,
}: Setup): readonly string[] {
  const line = (label: string, text: string): string => `  ${label.padEnd(8)} ${text}`;
  const missing = new Set([out.missing, input.missing].filter((why) => why !== null));
  return [
    `daimon ${VERSION}`,
    line('model', `${info.model}, ${info.backend}: ${info.reason}`),
    line('preset', `${take.preset.name}: ${take.preset.title}`),
    line('seed', `${take.seed} (to have this take again: --seed ${take.seed})`),
    line('clock', `${clockLine(clock, clockAddon)}${clockOut ? ', for others to follow' : ''}`),
    ...(offset === 0 ? [] : [line('offset', `${offset} ms`)]),
    ...(out.port === null ? [] : [line('plays to', out.port)]),
    ...(input.port === null ? [] : [line('hears', input.port)]),
    ...[...missing].map((why) => line('no port', why)),
    ...(url === null ? [] : [line('panel', url.replace('ws:', 'http:')), line('control', url)]),
    ...(osc === null
      ? []
      : [line('osc', [osc.url, ...osc.to.map(({ host, port }) => nameOf({ address: host, port }))].join(', to '))]),
    ...hands.map(({ port, map, connected }) =>
      line('hands', `${port}, by the map ${map}${connected ? '' : ', once it is there'}`),
    ),
    ...links.map((link) => line('devices', link)),
    ...links.slice(0, 1).flatMap((link) => qrCode(link)),
    ...(recording === null ? [] : [line('records', recording)]),
    'Ctrl-C ends it.',
  ];
}

function clockLine(clock: Clock, addon: string | null): string {
  switch (clock.mode) {
    case 'host':
      return "the host's; waiting for its Start";
    case 'internal':
      return `our own, at ${tempoOf(clockState(clock))} BPM`;
    case 'auto':
      return `our own, at ${tempoOf(clockState(clock))} BPM, until a host sends one`;
    case 'session':
      return `a session's, which ${addon} joins; waiting for it to play`;
  }
}
