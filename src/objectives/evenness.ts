import * as z from "zod";
import { amountOf } from "../domain/measure.js";
import type { EvennessMethod, EvennessPolicy } from "../domain/policy.js";
import { type Facts, placedIn } from "../view/facts.js";
import { type AreaTarget, areaTargets } from "../view/targets.js";
import { loadTerms, type RowSpec, type View } from "../view/view.js";
import { defineObjective, type Measured, type PlacementsOnly, type TierSpec } from "./objective.js";

/** An area without weight, or with hardly any, is reckoned to be due half a person: dividing by nothing has no meaning. */
const LEAST_IDEAL = 0.5;
/** Loads are told per this many residents (or whatever the weight counts). */
const PER = 1000;

interface Parameters {
  readonly evenness: EvennessPolicy;
  readonly level: string;
}

/** One way to say "even": what it adds to the tier, and what it measures on loads. `arrivals[i]` belongs to `targets[i]`. */
interface Meaning {
  readonly sense: "min" | "max";
  readonly unit: string;
  /** `most` is an upper bound on what any area can receive. */
  readonly compile: (
    targets: readonly AreaTarget[],
    rowOf: (target: AreaTarget, sign: 1 | -1) => RowSpec,
    most: number,
  ) => TierSpec;
  readonly measure: (targets: readonly AreaTarget[], arrivals: readonly number[]) => Measured;
}

const idealOf = ({ idealLoad }: AreaTarget): number => Math.max(LEAST_IDEAL, idealLoad);
const weightOf = ({ weight }: AreaTarget): number => Math.max(LEAST_IDEAL, weight);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** sum of (load - ideal)^2 / ideal: its minimiser is Webster's apportionment (Balinski and Young, Fair Representation, appendix A). */
const webster: Meaning = {
  sense: "min",
  unit: "persons (sum of squared deviation over ideal)",
  compile: (targets, rowOf) => ({
    convex: targets.map((target) => ({
      row: rowOf(target, 1),
      form: "quadratic",
      target: idealOf(target) - target.before,
      scale: 1 / idealOf(target),
    })),
  }),
  measure: (targets, arrivals) => ({
    value: sum(
      targets.map((target, i) => {
        const deviation = target.before + (arrivals[i] ?? 0) - idealOf(target);
        return deviation ** 2 / idealOf(target);
      }),
    ),
  }),
};

/** sum of |arrivals - target|, with water-filled targets: its minimiser is Hamilton's apportionment (largest remainder). */
const absolute: Meaning = {
  sense: "min",
  unit: "persons (sum of absolute deviations)",
  compile: (targets, rowOf) => ({
    convex: targets.map((target) => ({ row: rowOf(target, 1), form: "absolute", target: target.fraction, scale: 1 })),
  }),
  measure: (targets, arrivals) => ({
    value: sum(targets.map(({ fraction }, i) => Math.abs((arrivals[i] ?? 0) - fraction))),
  }),
};

/** The most burdened area as low as it can be, then the next: Jefferson's apportionment. */
const leximax: Meaning = {
  sense: "min",
  unit: `per ${PER}`,
  compile: (targets, rowOf) => ({
    leximax: targets.map((target) => ({ row: rowOf(target, 1), offset: target.before, divisor: weightOf(target) })),
    divisor: 1 / PER,
  }),
  measure: (targets, arrivals) => {
    const vector = targets
      .map((target, i) => ((target.before + (arrivals[i] ?? 0)) / weightOf(target)) * PER)
      .sort((a, b) => b - a);
    return { value: vector[0] ?? 0, vector };
  },
};

/** The least loaded area as high as it can be, then the next: Adams's apportionment. */
const leximin: Meaning = {
  sense: "max",
  unit: `per ${PER}`,
  compile: (targets, rowOf) => ({
    leximax: targets.map((target) => ({ row: rowOf(target, -1), offset: -target.before, divisor: weightOf(target) })),
    divisor: -1 / PER,
  }),
  measure: (targets, arrivals) => {
    const vector = targets
      .map((target, i) => ((target.before + (arrivals[i] ?? 0)) / weightOf(target)) * PER)
      .sort((a, b) => a - b);
    return { value: vector[0] ?? 0, vector };
  },
};

/** (ideal - load)^2 / load at load >= 1; an empty area costs more than any other can (`empty`), and stays convex. */
const hillCost = (ideal: number, load: number, empty: number): number =>
  load >= 1 ? (ideal - load) ** 2 / load : (ideal - 1) ** 2 + empty * (1 - load);

const emptyCost = (targets: readonly AreaTarget[]): number => 1 + sum(targets.map((target) => idealOf(target) ** 2));

/**
 * sum of (ideal - load)^2 / load: its minimiser is Huntington and Hill's apportionment (Huntington 1928). Written out as absolute
 * values at the whole numbers, since any convex function f on 0..n is f(0) + a linear part + sum of half its changes of slope times |y - k|.
 */
const huntingtonHill: Meaning = {
  sense: "min",
  unit: "persons (sum of squared deviation over load)",
  compile: (targets, rowOf, most) => {
    const empty = emptyCost(targets);
    const pieces = targets.map((target) => {
      const cost = (arrivals: number) => hillCost(idealOf(target), target.before + arrivals, empty);
      const slope = (k: number) => cost(k + 1) - cost(k);
      const kinks = Array.from({ length: Math.max(0, most - 1) }, (_, i) => ({
        k: i + 1,
        half: (slope(i + 1) - slope(i)) / 2,
      })).filter(({ half }) => half > 0);
      const row = rowOf(target, 1);
      return {
        id: target.area.id,
        row,
        kinks,
        linear: slope(0) + sum(kinks.map(({ half }) => half)),
        constant: cost(0) - sum(kinks.map(({ k, half }) => k * half)),
      };
    });
    const linear = new Map<number, number>();
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
  measure: (targets, arrivals) => ({
    value: sum(
      targets.map((target, i) => hillCost(idealOf(target), target.before + (arrivals[i] ?? 0), emptyCost(targets))),
    ),
  }),
};

const MEANINGS: Readonly<Record<EvennessMethod, Meaning>> = {
  webster,
  absolute,
  hamilton: absolute,
  leximax,
  jefferson: leximax,
  leximin,
  adams: leximin,
  "huntington-hill": huntingtonHill,
};

const rowsOf =
  (view: View, { evenness }: Parameters) =>
  ({ area }: AreaTarget, sign: 1 | -1): RowSpec => ({
    id: `evenness/${area.level}/${area.id}${sign < 0 ? "/negative" : ""}`,
    terms: loadTerms(view, area, evenness.measure).map((term) => ({ ...term, coefficient: sign * term.coefficient })),
  });

/** What the plan brings to each area of the level, in the policy's measure. */
const arrivalsIn = (
  { evenness, level }: Parameters,
  facts: Facts,
  plan: PlacementsOnly,
): ReadonlyMap<string, number> => {
  const arrivals = new Map<string, number>();
  for (const { household, dwelling } of placedIn(facts, plan)) {
    const area = facts.areaOf(level, dwelling.district)?.id;
    if (area !== undefined) arrivals.set(area, (arrivals.get(area) ?? 0) + amountOf(evenness.measure, household));
  }
  return arrivals;
};

/**
 * The load is spread evenly over the areas of a level: each method minimises its own criterion over what the housing stock allows,
 * so that with ample housing the plan equals the published apportionment seat for seat.
 *
 * Unit: per method. Shape: one row per area, id `evenness/<level>/<area>`; one tier per level, `evenness` or `evenness/<level>`.
 * Edge: an area due less than half a person is reckoned as due half a person.
 *
 * Source: integrationsloven § 6 (even spread over municipalities), applied inside the municipality by its own strategy.
 */
export const evenness = defineObjective<Record<string, never>, Parameters>({
  id: "evenness",
  tier: "evenness",
  title: { da: "Jævn fordeling", en: "Even spread" },
  sense: "min",
  unit: "persons",
  legalBasis: [
    {
      text: "Nyborg Kommune's integration strategy: homes offered evenly spread over the municipality",
      asOf: "2026-11-01",
      kind: "practice",
    },
    { text: "Measure, weight, counting and method are the policy's choice", asOf: "2026-11-01", kind: "choice" },
  ],
  schema: z.strictObject({}),
  variants: (_parameters, policy) =>
    policy.evenness.levels.map((level) => ({
      name: policy.evenness.levels.length === 1 ? "evenness" : `evenness/${level}`,
      parameters: { evenness: policy.evenness, level },
      sense: MEANINGS[policy.evenness.method].sense,
      unit: MEANINGS[policy.evenness.method].unit,
    })),
  total: ({ evenness: { measure } }, facts, plan) =>
    sum(placedIn(facts, plan).map(({ household }) => amountOf(measure, household))),
  compile: (parameters, view, total) => {
    const most = sum(view.problem.households.map((household) => amountOf(parameters.evenness.measure, household)));
    return MEANINGS[parameters.evenness.method].compile(
      areaTargets(view, parameters, total),
      rowsOf(view, parameters),
      most,
    );
  },
  measure: (parameters, facts, plan, total) => {
    const arrivals = arrivalsIn(parameters, facts, plan);
    const targets = areaTargets(facts, parameters, total);
    return MEANINGS[parameters.evenness.method].measure(
      targets,
      targets.map(({ area }) => arrivals.get(area.id) ?? 0),
    );
  },
});
