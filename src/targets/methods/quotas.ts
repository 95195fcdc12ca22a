import { InternalError } from "../../base/errors.js";
import type { Ratio } from "../../base/exact.js";
import { type Parts, risingLevel } from "../level.js";
import type { Division } from "./method.js";

export const partsOf = ({ weights, minimum, maximum }: Division): Parts => ({
  weights,
  lower: minimum.map(BigInt),
  upper: maximum.map((value) => (value === Infinity ? null : BigInt(value))),
});

/** The level at which the bounded quotas clamp(level * w, minimum, maximum) add up to `total`. */
export const levelFor = (division: Division, total: number): Ratio => {
  const level = risingLevel(partsOf(division))(BigInt(total));
  if (level === null) throw new InternalError("apportion.no-level", `no level holds ${total}`);
  return level;
};

/** The bounded quota of one party, rounded down, and its remainder as a multiple of 1 / level.denominator. */
export const quotaOf = (division: Division, level: Ratio, party: number): readonly [number, bigint] => {
  const numerator = (division.weights[party] ?? 0n) * level.numerator;
  const whole = Number(numerator / level.denominator);
  const minimum = division.minimum[party] ?? 0;
  const maximum = division.maximum[party] ?? Infinity;
  if (whole < minimum) return [minimum, 0n];
  if (whole >= maximum) return [maximum, 0n];
  return [whole, numerator % level.denominator];
};
