/** Ranks from 0; equal values share the mean of theirs. */
export function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]] === values[order[from]]) to++;
    for (let i = from; i <= to; i++) ranks[order[i]] = (from + to) / 2;
    from = to + 1;
  }
  return ranks;
}

/** Spearman's rank correlation, ties by their mean rank; pairs that hold NaN are left out. 0 where either is constant. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const kept = Array.from({ length: a.length }, (_, i) => i).filter((i) => !Number.isNaN(a[i]) && !Number.isNaN(b[i]));
  return pearson(ranksOf(kept.map((i) => a[i])), ranksOf(kept.map((i) => b[i])));
}

/** Pearson's correlation; 0 where either is constant. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [centred(a), centred(b)];
  const product = dot(x, y);
  return product === 0 ? 0 : Math.max(-1, Math.min(1, product / Math.sqrt(dot(x, x) * dot(y, y))));
}

function centred(values: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(values);
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  return all.map((x) => x - mean);
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
