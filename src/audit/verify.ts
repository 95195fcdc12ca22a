import { NUMERIC_SLACK } from "../base/tolerances.js";
import type { Plan, TierValue } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { OBJECTIVES } from "../objectives/kinds.js";
import { inputHashOf } from "../problem/canonical.js";
import { RULES } from "../rules/kinds.js";
import type { Violation } from "../rules/rule.js";
import { type Facts, factsOf, overriddenRules } from "../view/facts.js";
import { districtLoads } from "./loads.js";

/** What was recomputed of one tier. */
export interface TierCheck {
  readonly name: string;
  readonly claimed: number;
  /** From the placements alone. */
  readonly measured: number;
  readonly bound: number;
  /** |measured - bound|, in the tier's unit. */
  readonly gap: number;
  readonly agrees: boolean;
}

/** Something in the plan that contradicts the problem, or itself. */
export interface Contradiction {
  readonly code: string;
  readonly subject: string;
  readonly message: string;
}

/** What an independent look at problem and plan shows. */
export interface Verification {
  /** No rule is broken, nothing contradicts anything, every tier's value is what the plan says. */
  readonly ok: boolean;
  readonly violations: readonly Violation[];
  /** Rules that a person's pin overrides, with a reason in the decision. */
  readonly overridden: readonly Violation[];
  readonly contradictions: readonly Contradiction[];
  readonly tiers: readonly TierCheck[];
}

const contradiction = (code: string, subject: string, message: string): Contradiction => ({ code, subject, message });

/** Every rule that is switched on, asked by itself about the finished plan. */
export const ruleFindings = (
  facts: Facts,
  plan: Pick<Plan, "placements">,
): Pick<Verification, "violations" | "overridden"> => {
  const home = new Map(plan.placements.map(({ household, dwelling }) => [household, dwelling]));
  const isOverridden = ({ rule, subject }: Violation): boolean => {
    const household = facts.household(subject);
    const dwelling = facts.dwelling(home.get(subject) ?? "");
    return (
      household !== undefined &&
      dwelling !== undefined &&
      overriddenRules(facts, { household, dwelling }).includes(rule)
    );
  };
  const found = RULES.flatMap((rule) => {
    const parameters = facts.problem.policy.rules[rule.id];
    return parameters === false ? [] : rule.check(parameters, facts, plan);
  });
  return { violations: found.filter((one) => !isOverridden(one)), overridden: found.filter(isOverridden) };
};

/** Every household stands in the plan exactly once: placed or unplaced. */
const coverage = ({ problem }: Facts, plan: Plan): readonly Contradiction[] => {
  const times = new Map<string, number>();
  for (const { household } of [...plan.placements, ...plan.unplaced])
    times.set(household, (times.get(household) ?? 0) + 1);
  const known = new Set(problem.households.map(({ id }) => id));
  return [
    ...problem.households
      .filter(({ id }) => times.get(id) !== 1)
      .map(({ id }) =>
        contradiction(
          "plan.household-count",
          id,
          `Household ${id} stands in the plan ${times.get(id) ?? 0} times; it must stand there once`,
        ),
      ),
    ...[...times.keys()]
      .filter((id) => !known.has(id))
      .map((id) =>
        contradiction("plan.unknown-household", id, `The plan names household ${id}, which is not in the problem`),
      ),
  ];
};

/** Tiers as the policy orders them, measured on the plan. */
const tierChecks = (facts: Facts, plan: Plan): readonly (TierCheck & { readonly tier: TierValue | undefined })[] => {
  const { policy } = facts.problem;
  const variants = policy.tiers.flatMap(({ tier }) =>
    OBJECTIVES.filter((objective) => objective.tier === tier).flatMap((objective) =>
      objective.variants(policy.objectives[objective.id], policy).map((variant) => ({ ...variant, objective })),
    ),
  );
  return variants.map(({ name, objective, parameters, sense }) => {
    const tier = plan.tiers.find((one) => one.name === name);
    const measured = objective.measure(parameters, facts, plan, plan.certificate.totals[name] ?? 0);
    const claimed = tier?.value ?? Number.NaN;
    const bound = tier?.bound ?? Number.NaN;
    const slack = NUMERIC_SLACK * Math.max(1, Math.abs(measured.value));
    const beats = sense === "min" ? bound - measured.value : measured.value - bound;
    const sameVector =
      measured.vector === undefined ||
      (tier?.vector !== undefined &&
        measured.vector.every((value, i) => Math.abs(value - (tier.vector?.[i] ?? Number.NaN)) <= slack));
    return {
      name,
      claimed,
      measured: measured.value,
      bound,
      gap: Math.abs(measured.value - bound),
      // A value that beats its own bound proves that the bound is wrong.
      agrees: Math.abs(claimed - measured.value) <= slack && beats <= slack && sameVector && tier?.sense === sense,
      tier,
    };
  });
};

const tierContradictions = (checks: ReturnType<typeof tierChecks>, plan: Plan): readonly Contradiction[] => {
  const names = new Set(checks.map(({ name }) => name));
  const loose = checks.filter(
    ({ tier, gap, measured }) =>
      tier?.optimal === true && gap > tier.tolerance + NUMERIC_SLACK * Math.max(1, Math.abs(measured)),
  );
  return [
    ...checks
      .filter(({ agrees }) => !agrees)
      .map(({ name, claimed, measured, bound }) =>
        contradiction(
          "plan.tier-value",
          name,
          `Tier ${name} is said to be ${claimed} (bound ${bound}); the placements give ${measured}`,
        ),
      ),
    ...loose.map(({ name, gap }) =>
      contradiction("plan.tier-not-optimal", name, `Tier ${name} is called optimal with a gap of ${gap}`),
    ),
    ...plan.tiers
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => contradiction("plan.unknown-tier", name, `Tier ${name} is not in the policy`)),
  ];
};

const tableContradictions = (facts: Facts, plan: Plan): readonly Contradiction[] => {
  const loads = districtLoads(facts, plan);
  const key = ({ level, id }: { level: string; id: string }) => JSON.stringify([level, id]);
  const claimed = new Map(plan.districts.map((row) => [key(row), row]));
  const wrong = loads.filter((row) => {
    const said = claimed.get(key(row));
    return (
      said === undefined ||
      said.measure !== row.measure ||
      (["target", "before", "placed", "after"] as const).some((field) => said[field] !== row[field])
    );
  });
  const extra = plan.districts.length - loads.length;
  return [
    ...wrong.map(({ id, level }) =>
      contradiction("plan.district-figures", id, `The figures of ${level} ${id} are not those of the placements`),
    ),
    ...(extra === 0
      ? []
      : [
          contradiction(
            "plan.district-rows",
            "districts",
            `The plan has ${plan.districts.length} rows of districts; ${loads.length} are due`,
          ),
        ]),
  ];
};

/**
 * Recompute a plan from problem and plan alone: every hard rule, every tier's value, every figure. Shares no code with the solver or
 * with what compiled the model. An infeasible or empty-handed plan (no placements) is checked for what it says, not for the rules.
 *
 * Cost: rules times placements.
 */
export const verifyPlan = (problem: Problem, plan: Plan): Verification => {
  const facts = factsOf(problem);
  const checks = tierChecks(facts, plan);
  const found = plan.outcome.found;
  const findings = ruleFindings(facts, plan);
  const violations = found ? findings.violations : [];
  const contradictions = [
    ...(plan.run.inputHash === inputHashOf(problem)
      ? []
      : [contradiction("plan.other-input", "run.inputHash", "The plan was made from another problem than this one")]),
    ...coverage(facts, plan),
    ...(found ? tierContradictions(checks, plan) : []),
    ...tableContradictions(facts, plan),
    ...(found || plan.placements.length === 0
      ? []
      : [contradiction("plan.found", "outcome", "The plan says that no plan was found, but it has placements")]),
  ];
  return {
    ok: violations.length === 0 && contradictions.length === 0,
    violations,
    overridden: findings.overridden,
    contradictions,
    tiers: checks.map(({ tier: _tier, ...check }) => check),
  };
};
