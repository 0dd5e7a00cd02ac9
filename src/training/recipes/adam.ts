import { deriveSeed, type Random, randomFrom, type Seed } from '../../music/random.js';
import type { ParameterSpec } from '../networks/layers.js';
import type { Values } from '../tape/compile.js';
import { sizeOf } from '../tape/tape.js';

/** Everything that training changes, by name: what a checkpoint holds. */
export type TrainingState = Record<string, Float32Array>;

export interface AdamRates {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
}

const EPSILON = 1e-8;

/** Fills in what `state` lacks. Each name has its own random stream, so a network may grow without changing the others. */
export function initialise(state: TrainingState, specs: readonly ParameterSpec[], seed: Seed): void {
  for (const { name, shape, initial } of specs) {
    if (state[name]) continue;
    const random: Random = randomFrom(deriveSeed(seed, hash(name)));
    state[name] = Float32Array.from({ length: sizeOf(shape) }, () =>
      initial.kind === 'constant' ? initial.value : initial.deviation * random.normal(),
    );
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x0100_0193);
  return h >>> 0;
}

/** Kingma & Ba 2015. `step` counts from 1; moments live in `state` beside the weights they belong to. */
export function adamStep(
  state: TrainingState,
  gradients: Values,
  names: readonly string[],
  step: number,
  rates: AdamRates,
): void {
  const { beta1, beta2 } = rates;
  const rate = (rates.rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  for (const name of names) {
    const weights = state[name]!;
    const gradient = gradients[gradientOf(name)]!;
    const first = momentsOf(state, `adam.first.${name}`, weights.length);
    const second = momentsOf(state, `adam.second.${name}`, weights.length);
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i]!;
      const m = beta1 * first[i]! + (1 - beta1) * g;
      const v = beta2 * second[i]! + (1 - beta2) * g * g;
      first[i] = m;
      second[i] = v;
      weights[i] = weights[i]! - (rate * m) / (Math.sqrt(v) + EPSILON);
    }
  }
}

function momentsOf(state: TrainingState, name: string, length: number): Float32Array {
  state[name] ??= new Float32Array(length);
  return state[name];
}

/** The name of a parameter's gradient among a graph's outputs. */
export const gradientOf = (parameter: string): string => `gradient.${parameter}`;

/** Forgets all moments: a new phase with other losses begins. */
export function resetMoments(state: TrainingState): void {
  for (const name of Object.keys(state)) if (name.startsWith('adam.')) delete state[name];
}

/** Moving average of weights, which draws better than the weights themselves: `average.NAME` in the state. */
export function trackAverage(state: TrainingState, names: readonly string[], decay: number): void {
  for (const name of names) {
    const weights = state[name]!;
    const key = `average.${name}`;
    const average = state[key];
    if (!average) state[key] = weights.slice();
    else for (let i = 0; i < weights.length; i++) average[i] = decay * average[i]! + (1 - decay) * weights[i]!;
  }
}

/** The averaged weights where there are any, else the weights. */
export const averaged = (state: TrainingState, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, state[`average.${name}`] ?? state[name]!]));
