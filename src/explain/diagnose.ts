import type { Localised } from "../base/words.js";
import { questionOf } from "../plans/question.js";
import { type Bottleneck, bottlenecksOf, type QuotaGain, quotaGainsOf } from "./bottlenecks.js";
import { type Clash, clashesOf } from "./clash.js";
import { diagnosisTexts } from "./diagnosis-text.js";
import { type Infeasible, infeasibleOf } from "./infeasible.js";
import { type Relaxation, type RelaxOptions, relaxationsOf } from "./relaxations.js";

/** Why one household has no home, and what it would take. */
export interface UnplacedDiagnosis {
  readonly household: string;
  readonly clashes: readonly Clash[];
  readonly relaxations: readonly Relaxation[];
}

/** What a plan could not do, why, and what would change that: nothing here is guessed, all of it was solved again. */
export interface Diagnosis {
  /** Where no plan at all can keep every rule; null otherwise. */
  readonly infeasible: Infeasible | null;
  readonly unplaced: readonly UnplacedDiagnosis[];
  /** Kinds of dwelling that would house more or make the spread more even, best first. */
  readonly bottlenecks: readonly Bottleneck[];
  readonly quotas: readonly QuotaGain[];
  readonly text: Localised;
}

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
