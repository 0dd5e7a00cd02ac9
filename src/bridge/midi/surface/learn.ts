import type { Target } from './bindings.js';
import type { Source } from './control-source.js';
import { guessEncoding } from './encoder.js';
import type { Move } from './moves.js';

/** Waits for something to be moved, to bind it. */
export interface Learning {
  /** What it will be bound to; null where nothing is to be learned. */
  readonly armed: Target | null;
  /** Of one port, the first that said anything. */
  readonly port: string | null;
  readonly moves: readonly Move[];
  /** When the first and the last of them came, in ms. */
  readonly first: number;
  readonly last: number;
}

export const NOTHING_TO_LEARN: Learning = { armed: null, port: null, moves: [], first: 0, last: 0 };

/** The halves of a pair come within a few ms, the steps of an encoder some 50 ms apart: after so long a rest it was all, in ms. */
export const REST_MS = 300;
/** Who moves on and on has moved enough by then, in ms. */
const LONGEST_MS = 2000;
/** A fader says some hundred things in two seconds; what it is shows in fewer. */
const MOST_MOVES = 512;

export const arm = (target: Target | null): Learning => ({ ...NOTHING_TO_LEARN, armed: target });

/** Something was moved. What notes of MPE say of themselves is nothing that was moved. */
export function watch(learning: Learning, port: string, moves: readonly Move[], time: number): Learning {
  const own = moves.filter(({ perNote }) => !perNote);
  const isOther = learning.port !== null && learning.port !== port;
  if (learning.armed === null || own.length === 0 || isOther) return learning;
  // to let go is no beginning: the key may have been down before
  if (learning.moves.length === 0 && own.every((move) => move.kind === 'note' && move.velocity === 0)) return learning;
  return {
    ...learning,
    port,
    moves: [...learning.moves, ...own].slice(0, MOST_MOVES),
    first: learning.port === null ? time : learning.first,
    last: time,
  };
}

export interface Settled {
  readonly learning: Learning;
  /** What was moved, and at which port; null while that is not known. */
  readonly learned: { readonly port: string; readonly source: Source; readonly target: Target } | null;
}

/** Time has passed. A key that is held may be an encoder's touch: what follows tells. */
export function settle(learning: Learning, time: number): Settled {
  const { armed, port, moves, first, last } = learning;
  const isOver = time - first >= LONGEST_MS || (time - last >= REST_MS && !isHeld(moves));
  if (armed === null || port === null || !isOver) return { learning, learned: null };
  const source = recognise(moves, armed);
  // nothing to go by: it goes on waiting
  if (source === null) return { learning: arm(armed), learned: null };
  return { learning: NOTHING_TO_LEARN, learned: { port, source, target: armed } };
}

function isHeld(moves: readonly Move[]): boolean {
  const last = moves.findLast((move) => move.kind === 'note');
  return last?.kind === 'note' && last.velocity > 0;
}

/** Fewer of a controller may come along with a key that is struck. */
const FEWEST_OF_A_TURN = 3;
const PAIRS = 32;

/** What was moved, by all that it said. */
export function recognise(moves: readonly Move[], target: Target): Source | null {
  const nrpn = moves.findLast((move) => move.kind === 'nrpn' || move.kind === 'nrpn-step');
  if (nrpn?.kind === 'nrpn' || nrpn?.kind === 'nrpn-step')
    return { kind: 'nrpn', number: nrpn.number, channel: nrpn.channel };
  // bank select comes before a program
  const program = moves.find((move) => move.kind === 'program');
  if (program !== undefined) return { kind: 'program', number: program.number, channel: program.channel };
  const note = moves.find((move) => move.kind === 'note' && move.velocity > 0);
  const turned = busiest(moves.filter((move) => move.kind === 'cc'));
  if (turned !== null && (note === undefined || turned.values.length >= FEWEST_OF_A_TURN)) {
    const { number, channel, values } = turned;
    const pair = pairOf(moves, number, channel);
    if (pair !== null) return { kind: 'cc14', number: pair, channel };
    return { kind: 'cc', number, channel, encoding: target.kind === 'turn' ? guessEncoding(values) : null };
  }
  if (note?.kind === 'note') return { kind: 'note', low: note.number, high: note.number, channel: note.channel };
  const touch = moves.find((move) => move.kind === 'bend' || move.kind === 'pressure');
  if (touch?.kind === 'bend') return { kind: 'bend', channel: touch.channel };
  if (touch?.kind === 'pressure') return { kind: 'pressure', note: touch.note, channel: touch.channel };
  return null;
}

type ControlMove = Extract<Move, { kind: 'cc' }>;

/** The controller that said most, and what. */
function busiest(moves: readonly ControlMove[]) {
  const keyOf = ({ number, channel }: ControlMove): string => `${channel}/${number}`;
  const all = new Map<string, ControlMove[]>();
  for (const move of moves) all.set(keyOf(move), [...(all.get(keyOf(move)) ?? []), move]);
  const most = [...all.values()].reduce<readonly ControlMove[]>(
    (best, one) => (one.length > best.length ? one : best),
    [],
  );
  return most.length === 0
    ? null
    : { number: most[0].number, channel: most[0].channel, values: most.map(({ value }) => value) };
}

/** The pair of which both halves have moved; null where there is none. */
function pairOf(moves: readonly Move[], number: number, channel: number): number | null {
  const has = (wanted: number): boolean =>
    moves.some((move) => move.kind === 'cc' && move.number === wanted && move.channel === channel);
  const pair = number % PAIRS;
  return number < 2 * PAIRS && has(pair) && has(pair + PAIRS) ? pair : null;
}
