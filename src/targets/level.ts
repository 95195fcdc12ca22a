import type { Ratio } from "../base/exact.js";

/**
 * Parts that rise together: part i holds clamp(level * weight_i, lower_i, upper_i); `null` is an endless upper bound.
 * All in one unit, 0 <= lower <= upper. A part of weight 0 stays at its lower bound.
 */
export interface Parts {
  readonly weights: readonly bigint[];
  readonly lower: readonly bigint[];
  readonly upper: readonly (bigint | null)[];
}

/** At `numerator / weight` the slope changes by `slope` and the constant by `constant`. */
interface Bend {
  readonly numerator: bigint;
  readonly weight: bigint;
  readonly slope: bigint;
  readonly constant: bigint;
}

const bendsOf = ({ weights, lower, upper }: Parts): readonly Bend[] =>
  weights
    .flatMap((weight, i): readonly Bend[] => {
      const bottom = lower[i] ?? 0n;
      const top = upper[i] ?? null;
      if (weight === 0n || bottom === top) return [];
      const leaving = { numerator: bottom, weight, slope: weight, constant: -bottom };
      return top === null ? [leaving] : [leaving, { numerator: top, weight, slope: -weight, constant: top }];
    })
    .sort((a, b) => {
      const left = a.numerator * b.weight;
      const right = b.numerator * a.weight;
      return left < right ? -1 : left > right ? 1 : 0;
    });

/**
 * The function "total -> smallest level >= 0 at which the parts hold that total", exactly; null where no level does.
 * Ratios are not reduced. Cost: O(n log n) once; totals must be asked for in rising order, and a whole sweep costs O(n).
 */
export const risingLevel = (parts: Parts): ((total: bigint) => Ratio | null) => {
  const bends = bendsOf(parts);
  let constant = parts.lower.reduce((sum, value) => sum + value, 0n);
  let slope = 0n;
  let next = 0;
  let reached: Ratio = { numerator: 0n, denominator: 1n };
  return (total) => {
    for (;;) {
      const held = constant * reached.denominator + slope * reached.numerator;
      if (held === total * reached.denominator) return reached;
      if (held > total * reached.denominator) return null;
      const bend = bends[next];
      const reachesBend = bend !== undefined && constant * bend.weight + slope * bend.numerator <= total * bend.weight;
      if (!reachesBend) return slope === 0n ? null : { numerator: total - constant, denominator: slope };
      reached = { numerator: bend.numerator, denominator: bend.weight };
      slope += bend.slope;
      constant += bend.constant;
      next += 1;
    }
  };
};
