import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { changesFrom } from "./change-request.js";
import { type ChangeRequest, changed } from "./changes.js";
import { type Comparison, compare } from "./compare.js";
import { questionOf } from "./question.js";
import { type ResolveOptions, resolve } from "./resolve.js";

/** What a change would lead to. `plan.outcome.found` is false where it cannot be done, and `plan.outcome.clash` says against what. */
export interface WhatIf {
  readonly problem: Problem;
  /** A new, verified plan: the best there is after the change. */
  readonly plan: Plan;
  /** The new plan held against the old; without moves, districts and tiers where no plan was found. */
  readonly comparison: Comparison;
}

const NOTHING_TO_COMPARE: Comparison = { verdict: "same", decidedBy: null, moves: [], districts: [], tiers: [] };

/**
 * What would happen if: pin, forbid, lock, swap, withdraw, refuse, add or lose a dwelling, change a quota, or several of these at once.
 * The changed problem is solved again; nothing is decided and nothing is changed.
 *
 * @throws {ProblemError} where problem, plan or change have faults.
 */
export const whatIf = (
  problem: unknown,
  plan: unknown,
  changes: ChangeRequest | readonly ChangeRequest[],
  options: ResolveOptions = {},
): WhatIf => {
  const question = questionOf(problem, plan);
  const after = changed(question, changesFrom(changes));
  const found = resolve(after, { plan: question.plan, ...options });
  return {
    problem: after,
    plan: found,
    comparison: found.outcome.found ? compare(question.plan, found) : NOTHING_TO_COMPARE,
  };
};
