import type * as z from "zod";
import type { LegalBasis, Localised } from "../base/words.js";
import type { Plan } from "../domain/plan.js";
import type { Policy } from "../domain/policy.js";
import type { Facts } from "../view/facts.js";
import type { Candidate, RowSpec, View } from "../view/view.js";

/** What an objective adds to its tier. All numbers are whole where they can be; `divisor` turns them into the tier's unit. */
export interface TierSpec {
  readonly weight?: (candidate: Candidate) => number;
  readonly convex?: readonly {
    readonly row: RowSpec;
    readonly form: "absolute" | "quadratic";
    readonly target: number;
    readonly scale: number;
  }[];
  readonly leximax?: readonly { readonly row: RowSpec; readonly offset: number; readonly divisor: number }[];
  /** Leximax: hold the largest term alone for later tiers, not the whole vector. */
  readonly largestOnly?: boolean;
  /** The tier's value is (what the solver sums + `constant`) / `divisor`; 0 and 1 unless said. */
  readonly constant?: number;
  readonly divisor?: number;
}

/** What an objective measures on a finished plan, from the plan alone. */
export interface Measured {
  readonly value: number;
  /** Leximax and leximin: all terms, worst first. */
  readonly vector?: readonly number[];
}

/** One tier that an objective makes: evenness makes one per level. */
export interface Variant<P = unknown> {
  readonly name: string;
  readonly parameters: P;
  readonly sense: "min" | "max";
  readonly unit: string;
}

/** The part of a plan that an objective may look at. */
export type PlacementsOnly = Pick<Plan, "placements">;

/**
 * A soft aim: adds to a tier, and measures a finished plan by itself. `measure(plan)` equals the solver's value.
 */
export interface Objective {
  readonly id: string;
  /** Its name in `policy.tiers` and in the plan. */
  readonly tier: string;
  readonly title: Localised;
  readonly sense: "min" | "max";
  readonly unit: string;
  readonly legalBasis: readonly LegalBasis[];
  readonly schema: z.ZodType;
  readonly variants: (parameters: unknown, policy: Policy) => readonly Variant[];
  /** A total that the tier's targets are made from, read off a plan that is best for the tiers before; null where none is needed. */
  readonly total: (parameters: unknown, facts: Facts, plan: PlacementsOnly) => number | null;
  readonly compile: (parameters: unknown, view: View, total: number) => TierSpec;
  readonly measure: (parameters: unknown, facts: Facts, plan: PlacementsOnly, total: number) => Measured;
}

interface ObjectiveSpec<P, V = P> {
  readonly id: string;
  readonly tier: string;
  readonly title: Localised;
  readonly sense: "min" | "max";
  readonly unit: string;
  readonly legalBasis: readonly LegalBasis[];
  readonly schema: z.ZodType<P>;
  readonly variants?: (parameters: P, policy: Policy) => readonly Variant<V>[];
  readonly total?: (parameters: V, facts: Facts, plan: PlacementsOnly) => number;
  readonly compile: (parameters: V, view: View, total: number) => TierSpec;
  readonly measure: (parameters: V, facts: Facts, plan: PlacementsOnly, total: number) => Measured;
}

/** Close over an objective's parameter types: its own schema and `variants` made them. */
export const defineObjective = <P, V = P>(spec: ObjectiveSpec<P, V>): Objective => {
  const { variants, total } = spec;
  return {
    id: spec.id,
    tier: spec.tier,
    title: spec.title,
    sense: spec.sense,
    unit: spec.unit,
    legalBasis: spec.legalBasis,
    schema: spec.schema,
    variants: (parameters, policy) =>
      variants === undefined
        ? [{ name: spec.tier, parameters, sense: spec.sense, unit: spec.unit }]
        : variants(parameters as P, policy),
    total: (parameters, facts, plan) => (total === undefined ? null : total(parameters as V, facts, plan)),
    compile: (parameters, view, basis) => spec.compile(parameters as V, view, basis),
    measure: (parameters, facts, plan, basis) => spec.measure(parameters as V, facts, plan, basis),
  };
};
