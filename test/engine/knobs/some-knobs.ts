import type { Knob, ModelKnobs } from '#daimon/engine/knobs/knobs.js';
import type { LatentShape } from '#daimon/music/latent.js';
import type { Random } from '#daimon/music/random.js';

/** A knob whose level is what its direction moves: one level on is one level more. */
export function randomKnob(name: string, size: number, random: Random): Knob {
  const offset = Array.from({ length: size }, () => random.normal());
  const square = offset.reduce((sum, x) => sum + x * x, 0);
  return {
    name,
    low: 'little',
    high: 'much',
    help: 'what it is',
    move: { offset, spread: 0 },
    level: { weights: offset.map((x) => x / square), bias: random.normal() },
    ends: [-1 - random.uniform(), 1 + random.uniform()],
    measured: {
      heard: { rho: 0.9, leak: 0.1, into: null },
      changed: { rho: 0.95, leak: 0.2, into: null },
      at: [1, 2, 3],
      bounds: [0.5, 3.5],
      inside: [0.9, 1],
      silent: 0,
    },
  };
}

export function randomKnobs({ channels, rows }: LatentShape, random: Random): ModelKnobs {
  const size = channels * rows;
  return {
    format: 1,
    found: { command: 'none', date: '2026-01-31', draws: 2000, real: { name: 'none.dmn', blocks: 100 } },
    knobs: ['density', 'register'].map((name) => randomKnob(name, size, random)),
    components: ['component-1', 'component-2'].map((name) => ({
      name,
      share: 0.25,
      move: { offset: Array.from({ length: size }, () => random.normal()), spread: 0 },
    })),
    refused: [{ name: 'leaps', reason: 'it leaps' }],
  };
}
