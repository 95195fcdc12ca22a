import { auditPlan, type FairnessAudit } from "./audit/fairness.js";
import { readPlan } from "./audit/read-plan.js";
import { type Verification, verifyPlan } from "./audit/verify.js";
import { canonicalProblem } from "./problem/canonical.js";
import { parseProblem } from "./problem/parse-problem.js";

/**
 * Check a plan against its problem from the two alone: every hard rule, every tier's value, every figure, and that the plan was made
 * from this very problem. Shares no code with the solver or with what compiled its model.
 *
 * @throws ProblemError where the problem has faults, or the plan has not the form of a plan.
 */
export const verify = (problem: unknown, plan: unknown): Verification =>
  verifyPlan(canonicalProblem(parseProblem(problem)), readPlan(plan));

/**
 * Evenness and fairness figures of a plan. `groups` (household id to an opaque code) are known to this function only and never
 * part of a problem.
 *
 * @throws ProblemError where the problem or the plan has faults, or a group names an unknown household.
 */
export const audit = (problem: unknown, plan: unknown, groups: Readonly<Record<string, string>> = {}): FairnessAudit =>
  auditPlan(canonicalProblem(parseProblem(problem)), readPlan(plan), groups);
