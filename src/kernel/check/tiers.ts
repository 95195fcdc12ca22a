// Typed arrays are read with `as number` here: every index comes from the town.
import type { KernelTier } from "../model.js";
import { copyOf } from "./domain.js";
import { countObjective, type Objective, objectiveValue, sameTerm, sizeOf, sumObjective, unitOf } from "./objective.js";
import { checkStage, choiceOf, type Run, settle } from "./stage.js";
import { near, ROUNDING, valuesOf } from "./town.js";

/** A tier as recomputed, in its own sense. */
export interface CheckedTier {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
  /** How far value and bound may lie apart in a tier that is optimal, and how far each may be from what is told of it: by its own size. */
  readonly tolerance: number;
  readonly rounding: { readonly value: number; readonly bound: number };
  readonly vector: readonly number[] | null;
}

/** What rounding may have put a bound above a multiple by, in units: values are at most 2^40 of them, and weights a hair off each. */
const BEYOND = 2 ** -10;

/** A tier of weights and convex terms. */
export const checkSum = (run: Run, tier: KernelTier, index: number): CheckedTier => {
  const { town } = run.work;
  const objective = sumObjective(town, run.domain, tier);
  const sign = tier.sense === "min" ? 1 : -1;
  const tolerance = run.certificate.tolerances[index] ?? 0;
  const unit = unitOf(town, tier, { ...objective, size: sizeOf(town, objective, run.whole) });
  const shown = checkStage(run, { objective, tier: index, tolerance, unit }) ?? Number.NEGATIVE_INFINITY;
  // There is no value between one multiple and the next.
  const bound = unit > 0 ? Math.max(shown, Math.ceil(shown / unit - BEYOND) * unit) : shown;
  const value = objectiveValue(town, objective, run.result.arcOf);
  // What is whole is best or it is not: a part of a large value is no rounding there.
  const within = (told: number): number =>
    unit > 0 ? Math.min(near(told, 0), unit / 8) : Number.isFinite(told) ? near(told, 0) : 0;
  return {
    name: tier.name,
    value: sign * value,
    bound: sign * bound,
    tolerance: unit > 0 ? Math.floor(tolerance / unit + ROUNDING) * unit : tolerance,
    rounding: { value: within(value), bound: within(bound) },
    vector: null,
  };
};

/** Hold a count of terms at `most`: where it must be 0, so must each row's part. */
const holdCount = (run: Run, objective: Objective, most: number): void => {
  run.limits = [...run.limits, { objective, most, room: most }];
  if (most > 0) return;
  run.domain = copyOf(run.domain);
  const { low, high } = run.domain;
  for (const [row, { base, cost }] of objective.tables)
    while ((high[row] as number) > (low[row] as number) && (cost[(high[row] as number) - base] as number) > 0)
      high[row] = (high[row] as number) - 1;
  settle(run);
};

/** Where no more rows can count than have to, each of them has to. */
const pinReaching = (run: Run, { tables }: Objective, count: number): void => {
  const { low, high } = run.domain;
  const reaching = [...tables].filter(([row, { base, cost }]) => (cost[(high[row] as number) - base] as number) > 0);
  // One row may carry several terms: then it counts several times.
  if (reaching.length !== count || reaching.some(([row, { base, cost }]) => cost[(high[row] as number) - base] !== 1))
    return;
  for (const [row, { base, cost }] of reaching)
    while ((low[row] as number) < (high[row] as number) && cost[(low[row] as number) - base] === 0)
      low[row] = (low[row] as number) + 1;
  settle(run);
};

/** The largest of each group of values that are equal to it. */
const distinctOf = (vector: readonly number[]): readonly number[] => {
  const firsts: number[] = [];
  for (const value of vector) {
    const first = firsts.at(-1);
    if (first === undefined || value < first - sameTerm(first)) firsts.push(value);
  }
  return firsts;
};

/** Whether two vectors are the same, term by term. */
export const isSameVector = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length &&
  one.every((value, i) => Math.abs(value - (other[i] as number)) <= sameTerm(other[i] as number));

/** What no choice goes below, where stages show no more than that some term reaches a threshold. They leave nothing behind. */
const shownFloor = (run: Run, tier: KernelTier, index: number): number => {
  let floor = Number.NEGATIVE_INFINITY;
  for (let stage = run.certificate.stages[run.next]; stage?.tier === index && stage.least === true; ) {
    const { threshold = 0 } = stage;
    const kept = { domain: copyOf(run.domain), limits: run.limits };
    const objective = countObjective(run.work.town, run.domain, { tier, threshold, above: false });
    const shown = checkStage(run, {
      objective,
      tier: index,
      tolerance: Number.POSITIVE_INFINITY,
      unit: 1,
      nonzero: true,
      threshold,
    });
    if (shown === null) break;
    if (shown >= 1) floor = Math.max(floor, threshold);
    Object.assign(run, kept);
    stage = run.certificate.stages[run.next];
  }
  return floor;
};

/** Per distinct value of the vector, largest first: no fewer terms reach it while none above grows more numerous. With a tolerance only the largest counts. */
export const checkLeximax = (run: Run, tier: KernelTier, index: number): CheckedTier => {
  const { work, problems, result } = run;
  const { town } = work;
  const terms = tier.leximax ?? [];
  const tolerance = run.certificate.tolerances[index] ?? 0;
  const termsAt = (values: ArrayLike<number>): readonly number[] =>
    terms.map(({ row, offset, divisor }) => ((values[row] ?? 0) * (town.grid[row] ?? 0) + offset) / divisor);
  const vectorOf = (arcOf: ArrayLike<number>): readonly number[] =>
    [...termsAt(valuesOf(town, arcOf))].sort((a, b) => b - a);
  // Without terms the value is 0.
  let bound = terms.length === 0 ? 0 : shownFloor(run, tier, index);
  const counted = vectorOf(choiceOf(run));
  const distinct = distinctOf(counted);
  let proven = 0;
  for (const [position, threshold] of distinct.entries()) {
    const kept = { domain: copyOf(run.domain), limits: run.limits };
    const choice = choiceOf(run);
    const above = countObjective(town, run.domain, { tier, threshold, above: true });
    holdCount(run, above, objectiveValue(town, above, choice));
    const objective = countObjective(town, run.domain, { tier, threshold, above: false });
    const spent = tolerance > 0 ? { tolerance: Number.POSITIVE_INFINITY, nonzero: true } : { tolerance: 0 };
    const least = checkStage(run, { objective, tier: index, unit: 1, ...spent, threshold });
    if (least === null) {
      Object.assign(run, kept);
      break;
    }
    const complete = least >= objectiveValue(town, objective, choice);
    if (complete) proven++;
    if (complete && position === 0) bound = threshold;
    if (tolerance > 0) {
      const wide = countObjective(town, kept.domain, { tier, threshold: threshold + tolerance, above: true });
      Object.assign(run, kept);
      holdCount(run, wide, 0);
    } else if (complete) pinReaching(run, objective, objectiveValue(town, objective, choice));
    if (!complete || tolerance > 0) break;
  }
  if (bound === Number.NEGATIVE_INFINITY)
    bound = termsAt(run.domain.low).reduce((most, one) => Math.max(most, one), bound);
  const vector = vectorOf(result.arcOf);
  if (result.tiers[index]?.optimal === true) {
    const all = tolerance > 0 ? Math.min(1, distinct.length) : distinct.length;
    if (proven < all) problems.push(`${tier.name} is called optimal; ${proven} of its ${all} values are proven`);
    if (tolerance === 0 && !isSameVector(vector, counted))
      problems.push(`${tier.name} is called optimal; the certificate proves it of another choice`);
  }
  return {
    name: tier.name,
    value: vector[0] ?? 0,
    bound,
    tolerance,
    rounding: { value: sameTerm(vector[0] ?? 0), bound: Number.isFinite(bound) ? sameTerm(bound) : 0 },
    vector,
  };
};
