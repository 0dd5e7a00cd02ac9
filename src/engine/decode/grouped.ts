/** Things by a number that each has: its groups in the order of their first, each in the order given. */
export function grouped<T>(things: readonly T[], numberOf: (thing: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const thing of things) {
    const group = groups.get(numberOf(thing));
    if (group === undefined) groups.set(numberOf(thing), [thing]);
    else group.push(thing);
  }
  return groups;
}
