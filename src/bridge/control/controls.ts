import { DaimonError } from '../../errors.js';
import { DECODING, type Decoding } from '../../music/decoding.js';
import { FEEL } from '../../music/feel.js';
import { isLegal, legalValues, type Parameter, type ParameterTable, type Value } from '../../music/parameter.js';
import { PLAYING } from '../../music/playing.js';
import { DRAWING } from '../../music/preset.js';
import { didYouMean } from '../../suggest.js';

/**
 * Something that a hand can turn. WebSocket, OSC and MIDI have the same ones under the same paths: what is another
 * parameter in a table, or another knob of a model, is there by itself.
 */
export interface Control {
  /** `swing`, `knobs/density`, `morph/x`. */
  readonly path: string;
  readonly group: ControlGroup;
  readonly parameter: Parameter;
  /** Where it stands until somebody says otherwise. */
  readonly default: Value;
}

export const CONTROL_GROUPS = ['playing', 'knobs', 'drawing', 'feel', 'notes', 'components'] as const;
export type ControlGroup = (typeof CONTROL_GROUPS)[number];

/** Values by the paths of their controls. */
export type Values = Readonly<Record<string, Value>>;

/** What of a model decides how it can be turned. */
export interface Turned {
  readonly knobs: readonly {
    readonly name: string;
    readonly low: string;
    readonly high: string;
    readonly help: string;
  }[];
  /** Raw directions of its latents, turned as knobs are. */
  readonly components: readonly { readonly name: string }[];
  /** How its notes are made where a preset does not say. */
  readonly decoding: Decoding;
}

/** Before the name of a model's knob, as in a preset's file, where they are a table. */
const KNOBS = 'knobs/';
const KNOB = { kind: 'number', min: -1, max: 1, default: 0 } as const;
const COMPONENT = { ...KNOB, help: 'a raw direction of the latents, for explorers' } as const;

/** A model's are asked for each time that something is turned. */
const known = new WeakMap<Turned, readonly Control[]>();

/** All that can be turned while this model plays. */
export function controlsOf(turned: Turned): readonly Control[] {
  const controls = known.get(turned) ?? listed(turned);
  known.set(turned, controls);
  return controls;
}

function listed({ knobs, components, decoding }: Turned): readonly Control[] {
  return [
    ...controlsIn('playing', PLAYING),
    ...knobs.map(({ name, low, high, help }) => control('knobs', KNOBS + name, { ...KNOB, low, high, help })),
    ...controlsIn('drawing', DRAWING),
    ...controlsIn('feel', FEEL),
    ...controlsIn('notes', DECODING, decoding),
    ...components.map(({ name }) => control('components', KNOBS + name, COMPONENT)),
  ];
}

const control = (group: ControlGroup, path: string, parameter: Parameter, at: Value = parameter.default): Control => ({
  path,
  group,
  parameter,
  default: at,
});

const controlsIn = (group: ControlGroup, table: ParameterTable, defaults: Values = {}): readonly Control[] =>
  Object.entries(table).map(([name, parameter]) => control(group, name, parameter, defaults[name]));

/** The one on a path. Throws `parameter` where there is none. */
export function controlAt<Named extends { readonly path: string }>(controls: readonly Named[], path: string): Named {
  const found = controls.find((one) => one.path === path);
  if (found !== undefined) return found;
  const near = didYouMean(
    path,
    controls.map((one) => one.path),
  );
  throw new DaimonError('parameter', `There is nothing to turn at '${path}'.${near}`);
}

/** Throws `parameter` for a path or a value that there is not. */
export function checkValues(controls: readonly Control[], values: Values): void {
  for (const [path, value] of Object.entries(values)) legalValue(path, controlAt(controls, path).parameter, value);
}

/** The value, where it is one of the parameter's; otherwise throws `parameter`. */
export function legalValue(path: string, parameter: Parameter, value: unknown): Value {
  if (isLegal(parameter, value)) return value;
  throw new DaimonError('parameter', `${path} is ${JSON.stringify(value)}; it must be ${legalValues(parameter)}.`);
}

/** Knobs as values: each under its path. */
export const knobValues = (knobs: Readonly<Record<string, number>>): Values =>
  Object.fromEntries(Object.entries(knobs).map(([name, value]) => [KNOBS + name, value]));

/** The name of the knob on a path; null where that is none's. */
export const knobAt = (path: string): string | null => (path.startsWith(KNOBS) ? path.slice(KNOBS.length) : null);

/** Whether nothing was turned in between. A list that stays is the very same one. */
export function areSame(some: Values, others: Values): boolean {
  if (some === others) return true;
  const paths = Object.keys(some);
  return paths.length === Object.keys(others).length && paths.every((path) => some[path] === others[path]);
}
