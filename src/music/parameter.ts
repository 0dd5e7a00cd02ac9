/**
 * A choice that a player may make, told once: whatever reads, shows, documents or moves it derives from here. A group
 * of them is a table, `{ name: parameter }`, and its values, an object under the same names, are its `Settings`.
 */
export type Parameter = NumberParameter | WholeParameter | ChoiceParameter | PatternParameter | ListParameter;

export type ParameterTable = Readonly<Record<string, Parameter>>;

interface Told {
  /** What it does, in one line; no full stop. */
  readonly help: string;
  /** Of its numbers, in words: 'semitones'. */
  readonly unit?: string;
}

/** Any number from `min` to `max`. */
export interface NumberParameter extends Told {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** What its ends sound like, in a word or two. */
  readonly low?: string;
  readonly high?: string;
}

/** A whole number from `min` to `max`. */
export interface WholeParameter extends Told {
  readonly kind: 'whole';
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** One of a few words or numbers. */
export interface ChoiceParameter extends Told {
  readonly kind: 'choice';
  readonly options: readonly (string | number)[];
  readonly default: string | number;
  /** The options in words, where there are too many to list: what stands after 'it must be'. */
  readonly says?: string;
}

/** A short text in a notation of its own; empty is off. */
export interface PatternParameter extends Told {
  readonly kind: 'pattern';
  /** Of the whole text; it bounds the length. */
  readonly shape: RegExp;
  /** The notation in words: what stands after 'it must be'. */
  readonly says: string;
  readonly default: string;
}

/** `least` to `most` whole numbers from `min` to `max`, or one of the names that stand for such a list. */
export interface ListParameter extends Told {
  readonly kind: 'list';
  readonly least: number;
  readonly most: number;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
  readonly default: string | readonly number[];
}

/** A value of any parameter. */
export type Value = number | string | readonly number[];

/** The type of a parameter's values. */
export type ValueOf<P extends Parameter> = P extends NumberParameter | WholeParameter
  ? number
  : P extends { readonly kind: 'choice'; readonly options: readonly (infer Option)[] }
    ? Option
    : P extends PatternParameter
      ? string
      : P extends { readonly kind: 'list'; readonly names: readonly (infer Name)[] }
        ? readonly number[] | Name
        : never;

/** A value for each parameter of a table. */
export type Settings<Table extends ParameterTable> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

/** The legal values, in words that go on after 'it must be'. */
export function legalValues(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'number':
      return `a number from ${parameter.min} to ${parameter.max}`;
    case 'whole':
      return `a whole number from ${parameter.min} to ${parameter.max}`;
    case 'choice':
      return parameter.says ?? `one of ${quoted(parameter.options)}`;
    case 'pattern':
      return parameter.says;
    case 'list': {
      const { least, most, min, max, names } = parameter;
      const list = `a list of ${least} to ${most} whole numbers from ${min} to ${max}`;
      return names.length === 0 ? list : `${list}, or one of ${quoted(names)}`;
    }
  }
}

/** Whether a value from outside is one of the parameter's. */
export function isLegal<P extends Parameter>(parameter: P, value: unknown): value is ValueOf<P> {
  switch (parameter.kind) {
    case 'number':
      return within(parameter, value);
    case 'whole':
      return Number.isInteger(value) && within(parameter, value);
    case 'choice':
      return isOneOf(parameter.options, value);
    case 'pattern':
      return typeof value === 'string' && parameter.shape.test(value);
    case 'list': {
      if (!Array.isArray(value)) return isOneOf(parameter.names, value);
      const { least, most } = parameter;
      const fits = (entry: unknown): boolean => Number.isInteger(entry) && within(parameter, entry);
      return value.length >= least && value.length <= most && value.every(fits);
    }
  }
}

/** The settings of a table that nobody has touched. */
export const defaultsOf = <Table extends ParameterTable>(table: Table): Settings<Table> =>
  mapTable(table, (parameter) => parameter.default) as Settings<Table>;

/** Something for each parameter of a table, under its name: a schema, a knob, a line of a page. */
export function mapTable<Table extends ParameterTable, T>(table: Table, make: (parameter: Parameter) => T) {
  const made = Object.entries(table).map(([name, parameter]) => [name, make(parameter)]);
  return Object.fromEntries(made) as Readonly<Record<keyof Table, T>>;
}

/** The names of a table in its order. */
export const namesOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table & string)[];

const quoted = (words: readonly (string | number)[]): string =>
  words.map((word) => (typeof word === 'string' ? `'${word}'` : word)).join(', ');

const isOneOf = (words: readonly (string | number)[], value: unknown): boolean => words.some((word) => word === value);

/** Whether a value is a number in the range; what is no number is in none. */
const within = ({ min, max }: { readonly min: number; readonly max: number }, value: unknown): boolean =>
  typeof value === 'number' && value >= min && value <= max;
