import type { Action } from './action.js';
import { type Source, sourceWords } from './control-source.js';
import type { Move } from './moves.js';

/** What a source does. */
export type Target =
  | {
      readonly kind: 'turn';
      /** Of a control, or `knob 3` for the third knob of whatever model plays. */
      readonly path: string;
      /** Ends of the way, in the parameter's own numbers; null for its range. From high to low it turns the other way. */
      readonly from: number | null;
      readonly to: number | null;
      /** The key that stands for 0, each other one for its distance from it; null where keys are no numbers. */
      readonly root: number | null;
      /** A pad holds it at its far end, and lets it go back. */
      readonly momentary: boolean;
    }
  /** `lift`: asked for when it is let go. */
  | { readonly kind: 'ask'; readonly request: Action; readonly lift: Action | null }
  /** Recalls a preset by its place among all, from 1: `first` by the lowest key, or program 0, the next by the next. */
  | { readonly kind: 'recall'; readonly first: number };

export interface Binding {
  readonly source: Source;
  readonly target: Target;
}

/** In words that go on after 'it now'. */
export function targetWords(target: Target): string {
  switch (target.kind) {
    case 'turn':
      return `turns ${target.path}`;
    case 'ask':
      return `asks for ${askedWords(target.request)}`;
    case 'recall':
      return `recalls preset ${target.first}`;
  }
}

/** In words that go on after the source, of what was. */
export const targetWordsBefore = (target: Target): string =>
  targetWords(target).replace(/^(turn|ask|recall)s/, (verb) =>
    verb === 'recalls' ? 'recalled' : `${verb.slice(0, -1)}ed`,
  );

function askedWords(request: Action): string {
  if ('name' in request) return `${request.kind} ${request.name}`;
  return request.kind;
}

/** The binding that a message moves, and in which of its meanings; null where it moves none. */
export function moved(bindings: readonly Binding[], moves: readonly Move[]): Touched | null {
  const touched = bindings.flatMap((binding) => {
    const move = moves.find((each) => isMovedBy(binding.source, each));
    return move === undefined ? [] : [{ binding, move }];
  });
  return touched.reduce<Touched | null>((best, one) => (best === null || rank(one) > rank(best) ? one : best), null);
}

export interface Touched {
  readonly binding: Binding;
  readonly move: Move;
}

/** What names its channel comes before what does not, a pair before its halves, a key before a range of them. */
const rank = ({ binding: { source } }: Touched): number =>
  (source.channel === null ? 0 : 4) +
  (source.kind === 'cc14' ? 2 : 0) +
  (source.kind === 'note' && source.low === source.high ? 1 : 0) +
  (source.kind === 'program' && source.number !== null ? 1 : 0);

/** How a note of MPE is touched moves only what is bound on the note's own channel. */
function isMovedBy(source: Source, move: Move): boolean {
  if (source.channel === null ? move.perNote : source.channel !== move.channel) return false;
  switch (source.kind) {
    case 'cc':
    case 'cc14':
      return move.kind === source.kind && move.number === source.number;
    case 'nrpn':
      return (move.kind === 'nrpn' || move.kind === 'nrpn-step') && move.number === source.number;
    case 'note':
      return move.kind === 'note' && move.number >= source.low && move.number <= source.high;
    case 'bend':
      return move.kind === 'bend';
    case 'pressure':
      return move.kind === 'pressure' && move.note === source.note;
    case 'program':
      return move.kind === 'program' && (source.number === null || source.number === move.number);
  }
}

export interface Bound {
  readonly bindings: readonly Binding[];
  /** What the source did until now. */
  readonly before: readonly Binding[];
}

/** One more binding. What it covers is gone; what is wider, as that of any channel, stays for all else. */
export function bind(bindings: readonly Binding[], fresh: Binding): Bound {
  const before = bindings.filter(({ source }) => meets(fresh.source, source));
  return { bindings: [...bindings.filter(({ source }) => !covers(fresh.source, source)), fresh], before };
}

/** In a sentence: what a source does from now on, and what it did before. */
export function bindingNews({ source, target }: Binding, before: readonly Binding[]): string {
  const told = before.filter((old) => targetWords(old.target) !== targetWords(target));
  if (told.length === 0) return `${capital(sourceWords(source))} now ${targetWords(target)}.`;
  const was = told.map((old) => targetWordsBefore(old.target)).join(' and ');
  return `${capital(sourceWords(source))} ${was}; it now ${targetWords(target)}.`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Whether some message would move both. */
export function meets(one: Source, other: Source): boolean {
  const isOneChannel = one.channel === null || other.channel === null || one.channel === other.channel;
  const numbers = messagesOf(one);
  return isOneChannel && messagesOf(other).some((number) => numbers.includes(number));
}

/** Whether whatever moves the other moves the one. */
function covers(one: Source, other: Source): boolean {
  const numbers = messagesOf(one);
  return (
    (one.channel === null || one.channel === other.channel) &&
    messagesOf(other).every((number) => numbers.includes(number))
  );
}

const PAIRS = 32;

/** The messages of a channel that move a source, each by a name. */
function messagesOf(source: Source): readonly string[] {
  switch (source.kind) {
    case 'cc':
      return [`cc ${source.number}`];
    case 'cc14':
      return [`cc ${source.number}`, `cc ${source.number + PAIRS}`];
    case 'nrpn':
      return [`nrpn ${source.number}`];
    case 'note':
      return Array.from({ length: source.high - source.low + 1 }, (_, i) => `note ${source.low + i}`);
    case 'bend':
      return ['bend'];
    case 'pressure':
      return [`pressure ${source.note ?? 'of all'}`];
    case 'program':
      return source.number === null
        ? Array.from({ length: 128 }, (_, number) => `program ${number}`)
        : [`program ${source.number}`];
  }
}
