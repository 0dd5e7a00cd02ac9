import { decode } from '../midi-messages.js';

/** What a controller says in one message. */
export type Move = MoveKind & {
  /** 1..16. */
  readonly channel: number;
  /** How one note of an MPE instrument is touched, on the note's own channel. */
  readonly perNote: boolean;
};

type MoveKind =
  /** `value` 0..127. */
  | { readonly kind: 'cc'; readonly number: number; readonly value: number }
  /** `value` 0..16383. */
  | { readonly kind: 'cc14' | 'nrpn'; readonly number: number; readonly value: number }
  /** One up or down, by data increment or decrement. */
  | { readonly kind: 'nrpn-step'; readonly number: number; readonly steps: 1 | -1 }
  /** `velocity` 0: let go. */
  | { readonly kind: 'note'; readonly number: number; readonly velocity: number }
  /** `value` 0..16383, 8192 at rest. */
  | { readonly kind: 'bend'; readonly value: number }
  | { readonly kind: 'pressure'; readonly note: number | null; readonly value: number }
  | { readonly kind: 'program'; readonly number: number };

/** What of the messages before decides what the next one means. */
export interface Ear {
  readonly channels: readonly Channel[];
  /** How many channels belong to notes in MPE's lower zone (from 2 up) and upper one (from 15 down). */
  readonly mpe: { readonly lower: number; readonly upper: number };
}

interface Channel {
  /** The parameter that data entry is about, registered or not. */
  readonly parameter: { readonly registered: boolean; readonly coarse: number; readonly fine: number } | null;
  readonly data: number;
  /** Coarse halves of 14-bit pairs, by number. */
  readonly coarse: Readonly<Record<number, number>>;
}

const CHANNELS = 16;
const QUIET: Channel = { parameter: null, data: 0, coarse: {} };
export const NEW_EAR: Ear = { channels: Array(CHANNELS).fill(QUIET), mpe: { lower: 0, upper: 0 } };

const DATA_ENTRY = 6;
const DATA_ENTRY_FINE = 38;
const INCREMENT = 96;
const DECREMENT = 97;
const NRPN_FINE = 98;
const RPN_COARSE = 101;
/** From here on they are channel modes, no controllers. */
const MODES = 120;
const PAIRS = 32;
/** The third dimension of a note in MPE. */
const TIMBRE = 74;
/** Number 127, 127: no parameter. */
const NONE = 127;
/** The registered parameter by which an MPE instrument says how many channels its notes take. */
const MPE_CONFIGURATION = 6;

interface Heard {
  readonly ear: Ear;
  /** In all the ways that it can be understood: the half of a pair is also a control change of its own. */
  readonly moves: readonly Move[];
}

/** Hears one whole message. Never throws. */
export function hear(ear: Ear, bytes: Uint8Array): Heard {
  const message = decode(bytes);
  if (message === null || !('channel' in message)) return { ear, moves: [] };
  const { data1, data2 } = message;
  const channel = message.channel + 1;
  const one = (move: MoveKind): Heard => ({ ear, moves: [moveOn(ear, channel, move)] });
  switch (message.kind) {
    case 'noteOn':
      return one({ kind: 'note', number: data1, velocity: data2 });
    case 'noteOff':
      return one({ kind: 'note', number: data1, velocity: 0 });
    case 'polyPressure':
      return one({ kind: 'pressure', note: data1, value: data2 });
    case 'channelPressure':
      return one({ kind: 'pressure', note: null, value: data1 });
    case 'programChange':
      return one({ kind: 'program', number: data1 });
    case 'pitchBend':
      return one({ kind: 'bend', value: joined(data2, data1) });
    case 'controlChange':
      return heardControl(ear, channel, data1, data2);
  }
}

function heardControl(ear: Ear, channel: number, number: number, value: number): Heard {
  const before = ear.channels[channel - 1];
  const become = (change: Partial<Channel>): Ear => ({
    ...ear,
    channels: ear.channels.with(channel - 1, { ...before, ...change }),
  });
  if (number >= MODES) return { ear, moves: [] };
  if (number >= NRPN_FINE && number <= RPN_COARSE)
    return { ear: become({ parameter: chosen(before, number, value), data: 0 }), moves: [] };
  if (before.parameter !== null && isData(number)) return heardData(ear, channel, number, value, become);
  const cc = moveOn(ear, channel, { kind: 'cc', number, value });
  if (number >= 2 * PAIRS) return { ear, moves: [cc] };
  const coarse = number < PAIRS ? value : before.coarse[number - PAIRS];
  if (coarse === undefined) return { ear, moves: [cc] };
  // a new coarse half stands for the value with the fine one at 0, until that comes
  const pair = number % PAIRS;
  const fine = number < PAIRS ? 0 : value;
  const cc14 = moveOn(ear, channel, { kind: 'cc14', number: pair, value: joined(coarse, fine) });
  return {
    ear: number < PAIRS ? become({ coarse: { ...before.coarse, [pair]: value } }) : ear,
    moves: [cc, cc14],
  };
}

const isData = (number: number): boolean =>
  number === DATA_ENTRY || number === DATA_ENTRY_FINE || number === INCREMENT || number === DECREMENT;

/** Which parameter is meant once another half of its number has come. */
function chosen({ parameter }: Channel, number: number, value: number): Channel['parameter'] {
  const registered = number > NRPN_FINE + 1;
  const isFine = number % 2 === 0;
  const known = parameter?.registered === registered ? parameter : { registered, coarse: NONE, fine: NONE };
  const next = isFine ? { ...known, fine: value } : { ...known, coarse: value };
  return next.coarse === NONE && next.fine === NONE ? null : next;
}

function heardData(
  ear: Ear,
  channel: number,
  controller: number,
  value: number,
  become: (change: Partial<Channel>) => Ear,
): Heard {
  const { parameter, data: before } = ear.channels[channel - 1];
  if (parameter === null) return { ear, moves: [] };
  const number = joined(parameter.coarse, parameter.fine);
  const isStep = controller === INCREMENT || controller === DECREMENT;
  const data = controller === DATA_ENTRY ? joined(value, 0) : joined(before >> 7, value);
  if (parameter.registered) {
    const isZone = number === MPE_CONFIGURATION && controller === DATA_ENTRY;
    return { ear: isZone ? withZone(ear, channel, value) : ear, moves: [] };
  }
  if (isStep)
    return {
      ear,
      moves: [moveOn(ear, channel, { kind: 'nrpn-step', number, steps: controller === INCREMENT ? 1 : -1 })],
    };
  return { ear: become({ data }), moves: [moveOn(ear, channel, { kind: 'nrpn', number, value: data })] };
}

/** The two zones share 14 channels besides their masters, 1 and 16; what one takes the other has no more. */
function withZone(ear: Ear, master: number, wanted: number): Ear {
  const room = CHANNELS - 2;
  const size = Math.min(wanted, CHANNELS - 1);
  const { lower, upper } = ear.mpe;
  if (master === 1) return { ...ear, mpe: { lower: size, upper: Math.max(0, Math.min(upper, room - size)) } };
  if (master === CHANNELS) return { ...ear, mpe: { upper: size, lower: Math.max(0, Math.min(lower, room - size)) } };
  return ear;
}

function moveOn({ mpe }: Ear, channel: number, move: MoveKind): Move {
  const isMember = (channel > 1 && channel <= 1 + mpe.lower) || (channel < CHANNELS && channel >= CHANNELS - mpe.upper);
  const isExpression =
    move.kind === 'bend' || move.kind === 'pressure' || (move.kind === 'cc' && move.number === TIMBRE);
  return { ...move, channel, perNote: isMember && isExpression };
}

const joined = (coarse: number, fine: number): number => coarse * 128 + fine;
