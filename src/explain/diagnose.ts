import { questionOf } from "../plans/question.js";
import { bottlenecksOf, quotaGainsOf } from "./bottlenecks.js";
import { clashesOf } from "./clash.js";
import type { Diagnosis } from "./diagnosis.js";
import { diagnosisTexts } from "./diagnosis-text.js";
import { infeasibleOf } from "./infeasible.js";
import { type RelaxOptions, relaxationsOf } from "./relaxations.js";

/**
 * For every unplaced household the sets of rules, quotas, pins and links that clash with a home for it, and the smallest relaxations
 * that house it; for the plan its bottlenecks, and what each quota costs; for an infeasible problem what clashes.
 *
 * Cost: a few short solves per unplaced household, and one through the spread per district and quota that does not house more.
 * @throws {ProblemError} where problem or plan have faults, or the plan is of another problem.
 */
export const diagnose = (problem: unknown, plan: unknown, options: RelaxOptions = {}): Diagnosis => {
  const question = questionOf(problem, plan);
  const { found } = question.plan.outcome;
  const { costs: _costs, ...limits } = options;
  const households = found
    ? question.plan.unplaced.flatMap(({ household }) => question.facts.household(household) ?? [])
    : [];
  const diagnosis: Omit<Diagnosis, "text"> = {
    infeasible: infeasibleOf(question, limits),
    unplaced: households.map((household) => ({
      household: household.id,
      clashes: clashesOf(question, household, limits),
      relaxations: relaxationsOf(question, household, options),
    })),
    bottlenecks: found ? bottlenecksOf(question, limits) : [],
    quotas: found ? quotaGainsOf(question, limits) : [],
  };
  return { ...diagnosis, text: diagnosisTexts(question, diagnosis) };
};
