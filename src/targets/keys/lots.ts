import { compare, isZero, larger, type Ratio, ratioOf, ZERO } from "../../base/exact.js";
import type { Draft, Rescaled } from "./rescale.js";

/** An area out of the race: nothing, whatever its figure. */
const closed = (draft: Draft): Draft => ({ ...draft, bounds: { lower: ZERO, upper: ZERO } });

const withLot = (draft: Draft, lot: Ratio): Draft => {
  const { lower, upper } = draft.bounds;
  if (upper !== null && compare(upper, lot) < 0) return closed(draft);
  // A floor is a promise: it is raised to the lot, not dropped.
  return isZero(lower) ? draft : { ...draft, bounds: { lower: larger(lower, lot), upper } };
};

export interface Lots {
  readonly drafts: readonly Draft[];
  readonly rescaled: Rescaled | null;
  /** Areas that gave way. */
  readonly dropped: ReadonlySet<number>;
}

/**
 * Nothing or at least a lot: while a figure lies between, the smallest gives way (the later of equals) and the others are rescaled.
 *
 * Edge: the last area standing keeps its figure, though it is below the lot. Cost: one rescaling per area that gives way.
 */
export const fitToLots = (
  drafts: readonly Draft[],
  minimumLot: number | null,
  rescale: (drafts: readonly Draft[]) => Rescaled | null,
): Lots => {
  if (minimumLot === null) return { drafts, rescaled: rescale(drafts), dropped: new Set() };
  const lot = ratioOf(minimumLot);
  let current = drafts.map((draft) => withLot(draft, lot));
  const dropped = new Set(
    drafts.flatMap(({ bounds }, i) => (bounds.upper !== null && compare(bounds.upper, lot) < 0 ? [i] : [])),
  );
  for (;;) {
    const rescaled = rescale(current);
    const values = rescaled?.values ?? [];
    const standing = values.flatMap((value, i) => (isZero(value) ? [] : [{ value, i }]));
    const below = standing.filter(({ value }) => compare(value, lot) < 0);
    const smallest = below.reduce<{ readonly value: Ratio; readonly i: number } | undefined>(
      (least, item) => (least === undefined || compare(item.value, least.value) <= 0 ? item : least),
      undefined,
    );
    if (smallest === undefined || standing.length === 1) return { drafts: current, rescaled, dropped };
    dropped.add(smallest.i);
    current = current.map((draft, i) => (i === smallest.i ? closed(draft) : draft));
  }
};
