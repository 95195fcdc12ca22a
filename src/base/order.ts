/** Order by UTF-16 code units: the same on every platform and in every locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A copy, sorted by a text that the caller derives. */
export const sortedBy = <T>(items: readonly T[], textOf: (item: T) => string): readonly T[] =>
  items
    .map((item) => ({ item, text: textOf(item) }))
    .sort((a, b) => byText(a.text, b.text))
    .map(({ item }) => item);

/** Items under the key that the caller derives, in their order. */
export const groupedBy = <T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};
