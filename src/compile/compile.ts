import { InternalError } from "../base/errors.js";
import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import type { KernelModel, KernelRow, KernelTier } from "../kernel/model.js";
import type { Objective, TierSpec, Variant } from "../objectives/objective.js";
import { RULES } from "../rules/kinds.js";
import type { Facts } from "../view/facts.js";
import type { RowSpec, View } from "../view/view.js";
import { viewOf } from "./view-of.js";

/** One tier of the policy with the objective that makes it. */
export interface PolicyTier extends Variant {
  readonly objective: Objective;
  /** In the tier's unit. */
  readonly tolerance: number;
}

/** A tier in the kernel's terms: its value is (kernel value + constant) / divisor. */
export interface CompiledTier extends PolicyTier {
  readonly constant: number;
  readonly divisor: number;
}

/** A problem as the solver sees it, and what is needed to read the solver's answer. */
export interface Compiled {
  readonly model: KernelModel;
  readonly view: View;
  /** Agent i is households[i], in the order of the draw. */
  readonly households: readonly Household[];
  /** Place j is dwellings[j]. */
  readonly dwellings: readonly Dwelling[];
  readonly tiers: readonly CompiledTier[];
}

/** The candidates and the rows that the rules add: what every set of tiers has in common. */
export interface Ground {
  readonly view: View;
  readonly households: readonly Household[];
  readonly dwellings: readonly Dwelling[];
  readonly rows: readonly RowSpec[];
}

/** Drop arcs and add rows: every hard rule that is switched on. `households` come in the order of the draw. */
export const groundOf = (facts: Facts, households: readonly Household[]): Ground => {
  const { dwellings, policy } = facts.problem;
  const view = viewOf(facts, { households, dwellings });
  const rows = RULES.flatMap(({ id, rows: add }) => {
    const parameters = policy.rules[id];
    return add === null || parameters === false ? [] : add(parameters, view);
  });
  return { view, households, dwellings, rows };
};

const kernelRow = (spec: RowSpec): KernelRow => ({
  name: spec.id,
  arcs: Int32Array.from(spec.terms, ({ candidate }) => candidate),
  coefficients: Float64Array.from(spec.terms, ({ coefficient }) => coefficient),
  ...(spec.min === undefined ? {} : { min: spec.min }),
  ...(spec.max === undefined ? {} : { max: spec.max }),
});

/** Collects rows so that rows of one id are one row; returns the index of each. */
const rowCollector = (given: readonly RowSpec[]) => {
  const rows: KernelRow[] = [];
  const indexOf = new Map<string, number>();
  const add = (spec: RowSpec): number => {
    const known = indexOf.get(spec.id);
    if (known !== undefined) return known;
    indexOf.set(spec.id, rows.length);
    return rows.push(kernelRow(spec)) - 1;
  };
  for (const spec of given) {
    if (indexOf.has(spec.id)) throw new InternalError("row.duplicate-id", `two rules add a row ${spec.id}`);
    add(spec);
  }
  return { rows, add };
};

/** A kernel tier with a tolerance is held by its largest term alone: a tolerance below every difference of two loads does just that. */
const LARGEST_ONLY = 1e-12;

const kernelTier = (
  tier: PolicyTier,
  spec: TierSpec,
  { view, add }: { view: View; add: (row: RowSpec) => number },
): KernelTier => {
  const { weight, convex, leximax, largestOnly = false, divisor = 1 } = spec;
  return {
    name: tier.name,
    sense: leximax === undefined ? tier.sense : "min",
    tolerance: Math.max(tier.tolerance * Math.abs(divisor), largestOnly ? LARGEST_ONLY : 0),
    ...(weight === undefined ? {} : { weights: Float64Array.from(view.candidates, weight) }),
    ...(convex === undefined ? {} : { convex: convex.map(({ row, ...term }) => ({ ...term, row: add(row) })) }),
    ...(leximax === undefined ? {} : { leximax: leximax.map(({ row, ...term }) => ({ ...term, row: add(row) })) }),
  };
};

/** The kernel's model of a problem: rules as arcs and rows, objectives as tiers. `totals` are per tier name. */
export const compile = (
  ground: Ground,
  policyTiers: readonly PolicyTier[],
  totals: Readonly<Record<string, number>>,
): Compiled => {
  const { view, households, dwellings } = ground;
  const agentOf = new Map(households.map(({ id }, agent) => [id, agent]));
  const placeOf = new Map(dwellings.map(({ id }, place) => [id, place]));
  const { rows, add } = rowCollector(ground.rows);
  const specs = policyTiers.map((tier) => ({
    tier,
    spec: tier.objective.compile(tier.parameters, view, totals[tier.name] ?? 0),
  }));
  const kernelTiers = specs.map(({ tier, spec }) => kernelTier(tier, spec, { view, add }));
  const model: KernelModel = {
    agents: households.length,
    places: Float64Array.from(dwellings, ({ count }) => count),
    arcs: {
      agent: Int32Array.from(view.candidates, ({ household }) => agentOf.get(household.id) ?? -1),
      place: Int32Array.from(view.candidates, ({ dwelling }) => placeOf.get(dwelling.id) ?? -1),
    },
    rows,
    tiers: kernelTiers,
  };
  const tiers = specs.map(({ tier, spec }) => ({ ...tier, constant: spec.constant ?? 0, divisor: spec.divisor ?? 1 }));
  return { model, view, households, dwellings, tiers };
};
