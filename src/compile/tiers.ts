import { InternalError } from "../base/errors.js";
import type { Plan } from "../domain/plan.js";
import type { Policy } from "../domain/policy.js";
import { OBJECTIVES } from "../objectives/kinds.js";
import type { Facts } from "../view/facts.js";
import type { PolicyTier } from "./compile.js";

/** The policy's tiers in order, evenness once per level. `tolerances` replace the policy's, per tier name. */
export const policyTiersOf = (policy: Policy, tolerances: Readonly<Record<string, number>>): readonly PolicyTier[] =>
  policy.tiers.flatMap(({ tier, tolerance }) => {
    const objective = OBJECTIVES.find((one) => one.tier === tier);
    if (objective === undefined) throw new InternalError("tier.unknown", `no objective makes the tier ${tier}`);
    return objective.variants(policy.objectives[objective.id], policy).map((variant) => ({
      ...variant,
      objective,
      tolerance: tolerances[variant.name] ?? tolerances[tier] ?? tolerance,
    }));
  });

/** Where the first tier stands whose targets are made from a total, or the number of tiers where there is none. */
export const firstTierWithTotal = (tiers: readonly PolicyTier[], facts: Facts): number => {
  const index = tiers.findIndex(
    ({ objective, parameters }) => objective.total(parameters, facts, { placements: [] }) !== null,
  );
  return index < 0 ? tiers.length : index;
};

/** The totals to spread, read off a plan that is best for the tiers before. */
export const totalsOf = (
  tiers: readonly PolicyTier[],
  facts: Facts,
  plan: Pick<Plan, "placements">,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    tiers.flatMap(({ name, objective, parameters }) => {
      const total = objective.total(parameters, facts, plan);
      return total === null ? [] : [[name, total] as const];
    }),
  );
