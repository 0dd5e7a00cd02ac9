import type { Parameter } from '../../../music/parameter.js';
import type { Control } from '../../control/controls.js';
import type { Target } from './bindings.js';

/** What a binding turns, on the model that plays now. */
export interface Way {
  readonly path: string;
  /** Between the ends that the binding gives. */
  readonly parameter: Parameter;
  /** From its far end to its near one. */
  readonly inverted: boolean;
}

type Turn = Extract<Target, { kind: 'turn' }>;

const NTH_KNOB = /^knob (\d{1,2})$/;

/** The path that is meant: of `knob 3` that of the third knob. Null where this model has none. */
export function pathOf(path: string, controls: readonly Control[]): string | null {
  const nth = NTH_KNOB.exec(path)?.[1];
  if (nth === undefined) return controls.find((control) => control.path === path)?.path ?? null;
  return controls.filter(({ group }) => group === 'knobs')[Number(nth) - 1]?.path ?? null;
}

/** Null where there is nothing of that path to turn, or no way from one of its values to the next. */
export function wayOf({ path, from, to }: Turn, controls: readonly Control[]): Way | null {
  const found = pathOf(path, controls);
  const parameter = controls.find((control) => control.path === found)?.parameter;
  if (found === null || parameter === undefined || parameter.kind === 'pattern' || parameter.kind === 'list')
    return null;
  if (parameter.kind === 'choice') return { path: found, parameter, inverted: false };
  const { min, max } = parameter;
  const within = (end: number): number =>
    Math.min(Math.max(parameter.kind === 'whole' ? Math.round(end) : end, min), max);
  const [near, far] = [within(from ?? min), within(to ?? max)];
  const ends = { min: Math.min(near, far), max: Math.max(near, far) };
  // ends that lie in one place, outside the range, are none
  return ends.min === ends.max
    ? { path: found, parameter, inverted: false }
    : { path: found, parameter: { ...parameter, ...ends }, inverted: near > far };
}
