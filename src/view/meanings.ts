import type { EvennessMethod } from "../domain/policy.js";
import type { AreaTarget } from "./targets.js";
import type { Candidate, RowSpec } from "./view.js";

/** Loads are told per this many residents (or whatever the weight counts). */
export const PER = 1000;
/**
 * Of two empty areas the larger one is the worse off: leximin reckons every load this much higher, so that zeros are ordered by
 * weight, as Adams's method orders them. Small enough never to outweigh one person among whole weights below 500,000.
 */
const EMPTY_LOAD = 2 ** -20;

/** What a meaning of "even" adds to a tier: a part of `TierSpec` in objectives/objective.ts. */
export interface MeaningTier {
  readonly weight?: (candidate: Candidate) => number;
  readonly convex?: readonly {
    readonly row: RowSpec;
    readonly form: "absolute" | "quadratic";
    readonly target: number;
    readonly scale: number;
  }[];
  readonly leximax?: readonly { readonly row: RowSpec; readonly offset: number; readonly divisor: number }[];
  readonly largestOnly?: boolean;
  readonly constant?: number;
  readonly divisor?: number;
}

/** The areas of a level, and an upper bound on what all of them together can receive. */
export interface Spread {
  readonly targets: readonly AreaTarget[];
  readonly most: number;
}

/** One way to say "even": what it adds to the tier, and what it measures on loads. `arrivals[i]` belongs to `targets[i]`. */
export interface Meaning {
  readonly sense: "min" | "max";
  readonly unit: string;
  readonly compile: (spread: Spread, rowOf: (target: AreaTarget, sign: 1 | -1) => RowSpec) => MeaningTier;
  readonly measure: (
    spread: Spread,
    arrivals: readonly number[],
  ) => { readonly value: number; readonly vector?: readonly number[] };
}

type RowOf = Parameters<Meaning["compile"]>[1];

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const least = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const largest = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);

/** The load due to an area of positive weight. Where nothing is spread any proportional ideal will do: the share itself. */
const idealOf = ({ idealLoad, share }: AreaTarget): number => (idealLoad > 0 ? idealLoad : share);

const isDue = ({ weight }: AreaTarget): boolean => weight > 0;

/** The highest load that any area can come to. */
const highestLoad = ({ targets, most }: Spread): number => most + sum(targets.map(({ before }) => before));

/** Persons in areas of weight 0, who are due nobody: each costs `price`, more than any person elsewhere can. */
const undue = (targets: readonly AreaTarget[], price: number, rowOf: RowOf) => {
  const prices = new Map<number, number>();
  for (const target of targets.filter((one) => !isDue(one)))
    for (const { candidate, coefficient } of rowOf(target, 1).terms) prices.set(candidate, coefficient * price);
  return prices;
};

const undueCost = (targets: readonly AreaTarget[], price: number, arrivals: readonly number[]): number =>
  sum(targets.map((target, i) => (isDue(target) ? 0 : price * (arrivals[i] ?? 0))));

const websterPrice = (spread: Spread): number => {
  const ideals = spread.targets.filter(isDue).map(idealOf);
  return ideals.length === 0 ? 1 : (2 * highestLoad(spread)) / least(ideals);
};

/** sum of (load - ideal)^2 / ideal: its minimiser is Webster's apportionment (Balinski and Young, Fair Representation, appendix A). */
const webster: Meaning = {
  sense: "min",
  unit: "persons (sum of squared deviation over ideal)",
  compile: (spread, rowOf) => {
    const prices = undue(spread.targets, websterPrice(spread), rowOf);
    return {
      ...(prices.size === 0 ? {} : { weight: ({ index }) => prices.get(index) ?? 0 }),
      convex: spread.targets.filter(isDue).map((target) => ({
        row: rowOf(target, 1),
        form: "quadratic",
        target: idealOf(target) - target.before,
        scale: 1 / idealOf(target),
      })),
    };
  },
  measure: (spread, arrivals) => ({
    value:
      undueCost(spread.targets, websterPrice(spread), arrivals) +
      sum(
        spread.targets.map((target, i) =>
          isDue(target) ? (target.before + (arrivals[i] ?? 0) - idealOf(target)) ** 2 / idealOf(target) : 0,
        ),
      ),
  }),
};

/** sum of |arrivals - aim| over the areas. */
const distanceFrom = (aimOf: (target: AreaTarget) => number, unit: string): Meaning => ({
  sense: "min",
  unit,
  compile: ({ targets }, rowOf) => ({
    convex: targets.map((target) => ({ row: rowOf(target, 1), form: "absolute", target: aimOf(target), scale: 1 })),
  }),
  measure: ({ targets }, arrivals) => ({
    value: sum(targets.map((target, i) => Math.abs((arrivals[i] ?? 0) - aimOf(target)))),
  }),
});

/** With water-filled targets: its minimiser is Hamilton's apportionment (largest remainder). */
const absolute = distanceFrom(({ fraction }) => fraction, "persons (sum of absolute deviations)");

/**
 * With the whole numbers of the quota method as targets. The method has no criterion of its own: it is a path that never falls and
 * never leaves the quota (Balinski and Young 1975), and a plan is held against where that path has come to.
 */
const quota = distanceFrom(({ target }) => target, "persons (sum of absolute deviations)");

/** Weights to divide by: an area of weight 0 counts as so light that one person there outweighs everybody elsewhere. */
const divisors = (spread: Spread): readonly number[] => {
  const weights = spread.targets.filter(isDue).map(({ weight }) => weight);
  const lightest = weights.length === 0 ? 1 : least(weights);
  return spread.targets.map(({ weight }) => (weight > 0 ? weight : lightest / (highestLoad(spread) + 1)));
};

/**
 * Solvers compare terms relatively, and below 1 absolutely: loads are told to them so many times as high that the least that can
 * differ is above 1. `least` is the smallest load that counts.
 */
const scaleFor = (targets: readonly AreaTarget[], least: number): number =>
  largest(targets.map(({ weight }) => weight)) / least;

/** What is settled where nobody is due cannot be helped: it must not be the largest load that hides all others. */
const countedBefore = (target: AreaTarget): number => (isDue(target) ? target.before : 0);

const loadsPer = (spread: Spread, arrivals: readonly number[]): readonly number[] => {
  const per = divisors(spread);
  return spread.targets.map((target, i) => ((countedBefore(target) + (arrivals[i] ?? 0)) / (per[i] ?? 1)) * PER);
};

/** The most burdened area as low as it can be, then the next: Jefferson's apportionment. */
const leximax: Meaning = {
  sense: "min",
  unit: `per ${PER}`,
  compile: (spread, rowOf) => {
    const per = divisors(spread);
    const scale = scaleFor(spread.targets, 1);
    return {
      leximax: spread.targets.map((target, i) => ({
        row: rowOf(target, 1),
        offset: countedBefore(target),
        divisor: (per[i] ?? 1) / scale,
      })),
      divisor: scale / PER,
    };
  },
  measure: (spread, arrivals) => {
    const vector = [...loadsPer(spread, arrivals)].sort((a, b) => b - a);
    return { value: vector[0] ?? 0, vector };
  },
};

/** The most burdened area as low as it can be, and no more: whatever else leaves it so low is as good, so that later tiers decide. */
const minimax: Meaning = {
  ...leximax,
  compile: (spread, rowOf) => ({ ...leximax.compile(spread, rowOf), largestOnly: true }),
  measure: (spread, arrivals) => ({ value: largest(loadsPer(spread, arrivals)) }),
};

/** The least loaded area as high as it can be, then the next: Adams's apportionment. Areas of weight 0 are due nobody and left out. */
const leximin: Meaning = {
  sense: "max",
  unit: `per ${PER}`,
  compile: ({ targets }, rowOf) => {
    const scale = scaleFor(targets, EMPTY_LOAD);
    return {
      leximax: targets.filter(isDue).map((target) => ({
        row: rowOf(target, -1),
        offset: -target.before - EMPTY_LOAD,
        divisor: target.weight / scale,
      })),
      divisor: -scale / PER,
    };
  },
  measure: ({ targets }, arrivals) => {
    const vector = targets
      .flatMap((target, i) =>
        isDue(target) ? [((target.before + (arrivals[i] ?? 0) + EMPTY_LOAD) / target.weight) * PER] : [],
      )
      .sort((a, b) => a - b);
    return { value: vector[0] ?? 0, vector };
  },
};

/**
 * (ideal - load)^2 / load from load 1 on. An empty area costs more than anything elsewhere can save, and the larger the more
 * (Hill gives every area one seat before any gets a second, the largest first); the function stays convex.
 */
const hillCost = (ideal: number, load: number, highestIdeal: number): number =>
  load >= 1 ? (ideal - load) ** 2 / load : (ideal - 1) ** 2 + (1 + highestIdeal ** 2 + ideal ** 2) * (1 - load);

const highestIdeal = ({ targets }: Spread): number => largest(targets.map(idealOf));
const hillPrice = (spread: Spread): number => 2 + 2 * highestIdeal(spread) ** 2;

/** What an area can receive at most: every household once, and every dwelling as often as there are such. */
const reach = ({ terms }: RowSpec, most: number): number =>
  Math.min(most, sum(terms.map(({ coefficient }) => coefficient)));

/**
 * sum of (ideal - load)^2 / load: its minimiser is Huntington and Hill's apportionment (Huntington 1928). Written out as absolute
 * values at the whole numbers, since any convex function f on 0..n is f(0) + a linear part + sum of half its changes of slope times |y - k|.
 */
const huntingtonHill: Meaning = {
  sense: "min",
  unit: "persons (sum of squared deviation over load)",
  compile: (spread, rowOf) => {
    const highest = highestIdeal(spread);
    const pieces = spread.targets.filter(isDue).map((target) => {
      const row = rowOf(target, 1);
      const cost = (arrivals: number) => hillCost(idealOf(target), target.before + arrivals, highest);
      const slope = (k: number) => cost(k + 1) - cost(k);
      const kinks = Array.from({ length: Math.max(0, reach(row, spread.most) - 1) }, (_, i) => ({
        k: i + 1,
        half: (slope(i + 1) - slope(i)) / 2,
      })).filter(({ half }) => half > 0);
      const halves = sum(kinks.map(({ half }) => half));
      const constant = cost(0) - sum(kinks.map(({ k, half }) => k * half));
      return { row, kinks, linear: slope(0) + halves, constant };
    });
    const linear = new Map(undue(spread.targets, hillPrice(spread), rowOf));
    for (const piece of pieces)
      for (const { candidate, coefficient } of piece.row.terms) linear.set(candidate, coefficient * piece.linear);
    return {
      weight: ({ index }) => linear.get(index) ?? 0,
      convex: pieces.flatMap(({ row, kinks }) =>
        kinks.map(({ k, half }) => ({ row, form: "absolute" as const, target: k, scale: half })),
      ),
      constant: sum(pieces.map(({ constant }) => constant)),
    };
  },
  measure: (spread, arrivals) => ({
    value:
      undueCost(spread.targets, hillPrice(spread), arrivals) +
      sum(
        spread.targets.map((target, i) =>
          isDue(target) ? hillCost(idealOf(target), target.before + (arrivals[i] ?? 0), highestIdeal(spread)) : 0,
        ),
      ),
  }),
};

/** Every meaning of "even" that a policy may name. */
export const MEANINGS: Readonly<Record<EvennessMethod, Meaning>> = {
  webster,
  absolute,
  hamilton: absolute,
  quota,
  leximax,
  jefferson: leximax,
  minimax,
  leximin,
  adams: leximin,
  "huntington-hill": huntingtonHill,
};
