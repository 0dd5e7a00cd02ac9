import type { FeatureTable } from './feature-table.js';
import { type Features, forEachFeature } from './features.js';
import { frechet } from './frechet.js';
import { type Overlap, overlapOf } from './overlap.js';

/** How a set of blocks lies to another. */
export interface Comparison {
  readonly features: Readonly<Record<keyof Features, Overlap>>;
  /** Mean over the features; real music held out against real music is the ceiling. */
  readonly meanOa: number;
  /** Over the features for which it is defined. */
  readonly meanKl: number;
  readonly frechet: number;
}

export function compareSets(generated: FeatureTable, reference: FeatureTable): Comparison {
  const features = forEachFeature((name) => overlapOf(generated[name], reference[name]));
  const all = Object.values(features);
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  return {
    features,
    meanOa: mean(all.map(({ oa }) => oa)),
    meanKl: mean(all.map(({ kl }) => kl).filter(Number.isFinite)),
    frechet: frechet(generated, reference),
  };
}
