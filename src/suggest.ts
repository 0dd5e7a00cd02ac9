/** The nearest of the names to what was typed, for `did you mean`; null when none is near. Imported by all. */
export function suggest(typed: string, names: Iterable<string>): string | null {
  // a third of the letters may differ, and always two: `flok` is `folk`, `cat` is not `drone`
  let nearest = Math.max(2, Math.floor(typed.length / 3)) + 1;
  let best: string | null = null;
  for (const name of names) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < nearest && distance < name.length) {
      nearest = distance;
      best = name;
    }
  }
  return best;
}

/** ` Did you mean 'x'?`, to stand after a sentence; empty when nothing is near. */
export function didYouMean(typed: string, names: Iterable<string>): string {
  const near = suggest(typed, names);
  return near === null ? '' : ` Did you mean '${near}'?`;
}

/** Levenshtein's distance: the fewest letters put in, taken out or changed that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, above[j] + 1, row[j - 1] + 1));
    }
  }
  return row[b.length];
}
