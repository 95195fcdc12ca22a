import { ProblemError } from "../base/errors.js";
import { isZero, numberOf, type Ratio, ratioOf, wholeProportions } from "../base/exact.js";
import { methodIssues, reachIssues, shapeIssues, tieBreakIssues, weightIssues } from "./apportion-faults.js";
import { METHODS, type MethodName } from "./methods/kinds.js";
import type { Division, Method, Tie } from "./methods/method.js";

export type { MethodName } from "./methods/kinds.js";
export type { Tie } from "./methods/method.js";

/**
 * Who gets a seat that two or more have the same claim to. `largest-weight` and `smallest-weight` fall back to the first;
 * a list gives each party its place in a draw, smallest first, equal places again to the first.
 */
export type TieBreak = "largest-weight" | "smallest-weight" | "first" | "last" | readonly number[];

export interface ApportionOptions {
  /** Least seats, for all or one by one. Default 0. */
  readonly minimum?: number | readonly number[];
  /** Most seats, for all or one by one. Default: none. */
  readonly maximum?: number | readonly number[];
  /** Default `largest-weight`, so that the order of the parties decides only between equal weights. */
  readonly tieBreak?: TieBreak;
}

export interface Apportionment {
  readonly method: MethodName;
  readonly seats: readonly number[];
  /** What the tie-break decided; empty where the method decided everything. */
  readonly ties: readonly Tie[];
  readonly tieBreak: TieBreak;
}

/**
 * Divide `total` whole seats among parties in proportion to their weights, exactly: doubles are taken as the fractions they are.
 *
 * Every party gets at least its minimum and at most its maximum; the method decides between them.
 * Unit: seats. Shape: one entry per party, in their order; the sum is `total`. Cost: O(n log n), the quota method O(total log n).
 * Edge: weight 0 gets its minimum; Adams, Huntington-Hill and Dean give every positive weight one seat before any gets a second.
 *
 * @throws ProblemError `apportion.total-not-whole`, `apportion.unknown-method`, `apportion.weight-not-a-size`, `apportion.no-parties`,
 * `apportion.weights-all-zero`, `apportion.length-mismatch`, `apportion.bound-not-whole`, `apportion.minimum-above-maximum`,
 * `apportion.minimum-above-total`, `apportion.maximum-below-total`, `apportion.unknown-tie-break`.
 *
 * @example
 * apportion(60, [20004, 4902, 7027], "hamilton"); // [38, 9, 13]
 */
export const apportion = (
  total: number,
  weights: readonly number[],
  method: MethodName,
  options: ApportionOptions = {},
): number[] => [...apportionWithTies(total, weights, method, options).seats];

/** As `apportion`, with the ties that the tie-break had to decide. */
export const apportionWithTies = (
  total: number,
  weights: readonly number[],
  method: MethodName,
  options: ApportionOptions = {},
): Apportionment => {
  const issues = weightIssues(weights);
  if (issues.length > 0) throw new ProblemError(issues);
  return apportionExactly(total, weights.map(ratioOf), method, options);
};

/** As `apportionWithTies`, for weights that are fractions already. None may be negative. */
export const apportionExactly = (
  total: number,
  weights: readonly Ratio[],
  method: MethodName,
  options: ApportionOptions = {},
): Apportionment => {
  const { tieBreak = "largest-weight" } = options;
  const found: Method | undefined = METHODS.find(({ name }) => name === method);
  const minimum = spread(options.minimum ?? 0, weights.length);
  const maximum = spread(options.maximum ?? Infinity, weights.length);
  const asked = { total, positive: weights.map((weight) => !isZero(weight)), minimum, maximum };
  const issues = [...methodIssues(method), ...tieBreakIssues(tieBreak, weights.length), ...shapeIssues(asked)];
  if (issues.length > 0 || found === undefined) throw new ProblemError(issues);
  const unreachable = reachIssues(asked);
  if (unreachable.length > 0) throw new ProblemError(unreachable);
  const whole = wholeProportions(weights);
  const division: Division = {
    total,
    weights: whole,
    approximate: approximately(whole),
    minimum,
    maximum,
    rank: ranks(whole, tieBreak),
  };
  return { method, ...found.divide(division), tieBreak };
};

const spread = (bound: number | readonly number[], parties: number): readonly number[] =>
  typeof bound === "number" ? Array.from({ length: parties }, () => bound) : bound;

const approximately = (weights: readonly bigint[]): Float64Array => {
  const largest = weights.reduce((most, weight) => (weight > most ? weight : most), 1n);
  return Float64Array.from(weights, (weight) => numberOf({ numerator: weight, denominator: largest }));
};

const ranks = (weights: readonly bigint[], tieBreak: TieBreak): readonly number[] => {
  const parties = weights.map((_, party) => party);
  const byWeight = (i: number, j: number): number => {
    const [a, b] = [weights[i] ?? 0n, weights[j] ?? 0n];
    return a === b ? 0 : a > b ? -1 : 1;
  };
  const places = typeof tieBreak === "string" ? [] : tieBreak;
  const orders = {
    "largest-weight": (i: number, j: number) => byWeight(i, j) || i - j,
    "smallest-weight": (i: number, j: number) => byWeight(j, i) || i - j,
    first: (i: number, j: number) => i - j,
    last: (i: number, j: number) => j - i,
    draw: (i: number, j: number) => (places[i] ?? 0) - (places[j] ?? 0) || i - j,
  };
  const rank = parties.slice();
  const order = parties.sort(orders[typeof tieBreak === "string" ? tieBreak : "draw"]);
  for (const [place, party] of order.entries()) rank[party] = place;
  return rank;
};
