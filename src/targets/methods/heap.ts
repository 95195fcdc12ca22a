/** A queue of small whole numbers, first by the caller's order. */
export interface Queue {
  readonly size: () => number;
  readonly peek: () => number | undefined;
  readonly pop: () => number | undefined;
  readonly push: (item: number) => void;
}

/**
 * A binary heap. `before(a, b)` must be a strict total order that does not change for items inside.
 * Cost: O(log n) for each push and pop.
 */
export const queueBy = (before: (a: number, b: number) => boolean): Queue => {
  const items: number[] = [];
  // Inside the array by construction: indices come from the loops below.
  const at = (index: number): number => items[index] as number;
  const swap = (a: number, b: number): void => {
    const kept = at(a);
    items[a] = at(b);
    items[b] = kept;
  };
  const rise = (start: number): void => {
    let child = start;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(at(child), at(parent))) return;
      swap(child, parent);
      child = parent;
    }
  };
  const sink = (): void => {
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      if (left >= items.length) return;
      const right = left + 1;
      const child = right < items.length && before(at(right), at(left)) ? right : left;
      if (!before(at(child), at(parent))) return;
      swap(child, parent);
      parent = child;
    }
  };
  return {
    size: () => items.length,
    peek: () => items[0],
    pop: () => {
      const top = items[0];
      const last = items.pop();
      if (items.length > 0 && last !== undefined) {
        items[0] = last;
        sink();
      }
      return top;
    },
    push: (item) => {
      items.push(item);
      rise(items.length - 1);
    },
  };
};
