import { type Issue, ProblemError } from "../base/errors.js";
import { numberOf, type Ratio, ratio, ratioOf, wholeProportions, ZERO } from "../base/exact.js";
import { faultAt } from "./fault.js";
import { risingLevel } from "./level.js";

/** What keeps a part from standing at the level: what is there already, or the most it may get. */
export type Bound = "none" | "settled" | "maximum";

export interface WaterFill {
  /** Load per unit of weight at which every unbound part ends; the smallest such level. */
  readonly level: number;
  /** What each part gets, the doubles nearest to `exact`. */
  readonly amounts: readonly number[];
  readonly binding: readonly Bound[];
  /** The same figures as fractions: `amounts` add up to the total exactly. */
  readonly exact: { readonly level: Ratio; readonly amounts: readonly Ratio[] };
}

/**
 * Fill up what is there: t_d = clamp(level * w_d - settled_d, 0, maximum_d), with the level at which the t_d add up to `total`.
 *
 * Unit: that of `total`, any finite number from 0. Shape: one entry per part. Exact in fractions; O(n log n).
 * Whole numbers: `apportion(total + sum settled, w, method, { minimum: settled, maximum: settled + maximum })` less `settled` is
 * within one of t_d for "hamilton", by definition; for the others nearly always, not always (their quotas are these, bounded).
 * Edge: weight 0 gets 0; a part that stands exactly at a bound counts as unbound; total 0 has level 0.
 *
 * @throws ProblemError `water-fill.not-a-size`, `water-fill.length-mismatch`, `water-fill.maximum-below-total`.
 *
 * @example
 * waterFill(10, [1, 1], [6, 0]).amounts; // [2, 8]
 */
export const waterFill = (
  total: number,
  weights: readonly number[],
  settled: readonly number[],
  maximum?: readonly number[],
): WaterFill => {
  const limits = maximum ?? weights.map(() => Infinity);
  const issues = [
    ...sizeIssues("total", [total], 1, false),
    ...sizeIssues("weights", weights, weights.length, false),
    ...sizeIssues("settled", settled, weights.length, false),
    ...sizeIssues("maximum", limits, weights.length, true),
  ];
  if (issues.length > 0) throw new ProblemError(issues);
  const filled = fillExactly(
    ratioOf(total),
    weights.map(ratioOf),
    settled.map(ratioOf),
    limits.map((limit) => (limit === Infinity ? null : ratioOf(limit))),
  );
  if (filled !== null) return filled;
  const message = `${total} cannot be filled in: the parts with a weight above 0 take less.`;
  throw new ProblemError([
    faultAt("water-fill.maximum-below-total", "total", "what the parts take", String(total), message),
  ]);
};

/** As `waterFill`, for fractions that are checked already; null where the parts cannot take the total. */
export const fillExactly = (
  total: Ratio,
  weights: readonly Ratio[],
  settled: readonly Ratio[],
  maximum: readonly (Ratio | null)[],
): WaterFill | null => {
  const unit = [total, ...settled, ...maximum.filter((limit) => limit !== null)].reduce(
    (common, { denominator }) => ratio(common, denominator).numerator * denominator,
    1n,
  );
  const units = (value: Ratio): bigint => value.numerator * (unit / value.denominator);
  const lower = settled.map(units);
  const upper = maximum.map((limit, i) => (limit === null ? null : (lower[i] ?? 0n) + units(limit)));
  const whole = wholeProportions(weights);
  const sum = lower.reduce((all, value) => all + value, 0n);
  const level = risingLevel({ weights: whole, lower, upper })(units(total) + sum);
  if (level === null) return null;
  const parts = whole.map((weight, i): readonly [Ratio, Bound] => {
    const at = weight * level.numerator;
    const bottom = lower[i] ?? 0n;
    const top = upper[i] ?? null;
    if (at < bottom * level.denominator) return [ZERO, "settled"];
    if (weight === 0n) return [ZERO, bottom > 0n ? "settled" : "none"];
    if (top !== null && at > top * level.denominator) return [ratio(top - bottom, unit), "maximum"];
    return [ratio(at - bottom * level.denominator, level.denominator * unit), "none"];
  });
  const amounts = parts.map(([amount]) => amount);
  const exactLevel = perWeight(ratio(level.numerator, level.denominator * unit), weights, whole);
  return {
    level: numberOf(exactLevel),
    amounts: amounts.map(numberOf),
    binding: parts.map(([, bound]) => bound),
    exact: { level: exactLevel, amounts },
  };
};

/** The level counts per whole proportion; callers count per unit of their weights. */
const perWeight = (level: Ratio, weights: readonly Ratio[], whole: readonly bigint[]): Ratio => {
  const first = whole.findIndex((weight) => weight > 0n);
  const weight = weights[first];
  if (weight === undefined) return ZERO;
  return ratio(level.numerator * (whole[first] ?? 0n) * weight.denominator, level.denominator * weight.numerator);
};

const sizeIssues = (name: string, values: readonly number[], length: number, endless: boolean): readonly Issue[] => [
  ...(values.length === length
    ? []
    : [
        faultAt(
          "water-fill.length-mismatch",
          name,
          `${length} numbers`,
          `${values.length} numbers`,
          `There are ${values.length} ${name} figures for ${length} weights.`,
        ),
      ]),
  ...values.flatMap((value, i) =>
    value >= 0 && (endless || value < Infinity)
      ? []
      : [
          faultAt(
            "water-fill.not-a-size",
            name === "total" ? name : `${name}[${i}]`,
            "a finite number, 0 or more",
            String(value),
            `The figure ${i} of ${name} is ${value}; it must be a finite number, 0 or more.`,
          ),
        ],
  ),
];
