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
const targetWordsBefore = (target: Target): string =>
  targetWords(target).replace(/^(turn|ask|recall)s/, (verb) =>
    verb === 'recalls' ? 'recalled' : `${verb.slice(0, -1)}ed`,
  );

function askedWords(request: Action): string {
  if ('name' in request) return `${request.kind} ${request.name}`;
  return request.kind;
}

/** Bindings by what moves them. */
export type Index = ReadonlyMap<string, readonly Binding[]>;

/** A controller says hundreds of things a second, and has hundreds of bindings: each is found without a search. */
export function indexOf(bindings: readonly Binding[]): Index {
  const index = new Map<string, Binding[]>();
  for (const binding of bindings) {
    for (const name of movesOf(binding.source)) index.set(name, [...(index.get(name) ?? []), binding]);
  }
  return index;
}

/** The binding that a message moves, and in which of its meanings; null where it moves none. */
export function moved(index: Index, moves: readonly Move[]): Touched | null {
  let best: Touched | null = null;
  for (const move of moves) {
    for (const binding of index.get(nameOf(move)) ?? []) {
      // how a note of MPE is touched moves only what is bound on the note's own channel
      const { channel } = binding.source;
      if (channel === null ? move.perNote : channel !== move.channel) continue;
      if (best === null || rank(binding) > rank(best.binding)) best = { binding, move };
    }
  }
  return best;
}

export interface Touched {
  readonly binding: Binding;
  readonly move: Move;
}

/** What names its channel comes before what does not, a pair before its halves, a key before a range of them. */
const rank = ({ source }: Binding): number =>
  (source.channel === null ? 0 : 4) +
  (source.kind === 'cc14' ? 2 : 0) +
  (source.kind === 'note' && source.low === source.high ? 1 : 0) +
  (source.kind === 'program' && source.number !== null ? 1 : 0);

function nameOf(move: Move): string {
  switch (move.kind) {
    case 'bend':
      return 'bend';
    case 'pressure':
      return `pressure ${move.note ?? 'of all'}`;
    case 'nrpn-step':
      return `nrpn ${move.number}`;
    default:
      return `${move.kind} ${move.number}`;
  }
}

/** The names of the moves that move a source; a pair is moved as a pair. */
const movesOf = (source: Source): readonly string[] =>
  source.kind === 'cc14' ? [`cc14 ${source.number}`] : messagesOf(source);

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
