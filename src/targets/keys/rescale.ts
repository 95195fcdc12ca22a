import { add, larger, ONE, type Ratio, subtract, sumOf, ZERO } from "../../base/exact.js";
import { type Bound, fillExactly } from "../water-fill.js";
import type { Key } from "./key.js";
import type { KeyBounds } from "./shares.js";

/** What is known of each area when its figure is made to fit the total. */
export interface Draft {
  readonly share: Ratio;
  readonly stock: Ratio;
  /** Carry-over less offset. */
  readonly adjustment: Ratio;
  readonly preliminary: Ratio;
  readonly bounds: KeyBounds;
}

export interface Rescaled {
  readonly values: readonly Ratio[];
  readonly binding: readonly Bound[];
}

/** clamp(level * weight, lower + shift, upper + shift) - shift, adding up to the total; null where the bounds forbid it. */
const fillBetween = (
  total: Ratio,
  drafts: readonly Draft[],
  weights: readonly Ratio[],
  shifts: readonly Ratio[],
): Rescaled | null => {
  const lower = drafts.map(({ bounds }) => bounds.lower);
  const filled = fillExactly(
    subtract(total, sumOf(lower)),
    weights,
    lower.map((value, i) => add(value, shifts[i] ?? ZERO)),
    drafts.map(({ bounds }) => (bounds.upper === null ? null : subtract(bounds.upper, bounds.lower))),
  );
  if (filled === null) return null;
  return {
    values: filled.exact.amounts.map((amount, i) => add(amount, lower[i] ?? ZERO)),
    binding: filled.binding,
  };
};

/** How figures are made to add up; see `Key.rescale`. Each gives null where floors and caps do not admit the total. */
export const RESCALINGS: Readonly<Record<Key["rescale"], (total: Ratio, drafts: readonly Draft[]) => Rescaled | null>> =
  {
    proportional: (total, drafts) =>
      fillBetween(
        total,
        drafts,
        drafts.map(({ preliminary }) => larger(preliminary, ZERO)),
        drafts.map(() => ZERO),
      ),
    additive: (total, drafts) => {
      // Shifted by the largest figure, so that the common amount starts at 0 and every bound is at least 0.
      const most = drafts.reduce((found, { preliminary }) => larger(found, preliminary), ZERO);
      const shifts = drafts.map(({ preliminary }) => subtract(most, preliminary));
      return fillBetween(
        total,
        drafts,
        drafts.map(() => ONE),
        shifts,
      );
    },
    level: (total, drafts) =>
      fillBetween(
        total,
        drafts,
        drafts.map(({ share }) => larger(share, ZERO)),
        drafts.map(({ stock, adjustment }) => larger(subtract(stock, adjustment), ZERO)),
      ),
  };
