import { verifyPlan } from "../audit/verify.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { canonicalProblem, inputHashOf } from "../problem/canonical.js";
import { type Refusal, refuseAll } from "./codes.js";
import { type EventOf, type Saying, sayingFaults } from "./events.js";
import { planHashOf } from "./steps.js";

export interface Proposing extends Saying {
  /**
   * Default true: the log holds the problem, and can be replayed from itself alone until it is redacted. False: it holds the problem's
   * hash, and who keeps the problem elsewhere hands it to `replay`.
   */
  readonly storeProblem?: boolean;
}

const refusal = (code: Refusal["code"], message: string): Refusal => ({
  code,
  path: "plan",
  subject: null,
  expected: "a plan of this problem that passes its audit",
  received: "another plan",
  message,
});

const planFaults = (problem: Problem, plan: Plan): readonly Refusal[] => {
  if (plan.run.inputHash !== inputHashOf(problem))
    return [refusal("decision.other-problem", "The plan was made from another problem than this one.")];
  const { ok, violations, contradictions } = verifyPlan(problem, plan);
  const findings = violations.length + contradictions.length;
  return ok
    ? []
    : [
        refusal(
          "decision.plan-not-sound",
          `The plan does not pass its audit, which has ${findings} findings against it.`,
        ),
      ];
};

/**
 * The event of a plan being put before the people who decide. It takes the place of any plan proposed earlier. Placements that an earlier
 * plan of the log brought further than `proposed` may come along as they stand, in the same dwelling.
 *
 * @throws {ProblemError} where the plan was made from another problem, does not pass its audit, or who, when or why is missing.
 */
export const propose = (
  problem: Problem,
  plan: Plan,
  { by, at, reason, storeProblem = true }: Proposing,
): EventOf<"proposal"> => {
  refuseAll([...sayingFaults({ by, at, reason }), ...planFaults(problem, plan)]);
  const { inputHash, options, version } = plan.run;
  return {
    action: "proposal",
    at,
    by,
    data: {
      reason,
      inputHash,
      problem: storeProblem ? canonicalProblem(problem) : null,
      planHash: planHashOf(plan),
      options,
      solver: plan.certificate.solver,
      version,
      draw: plan.draw,
      carried: plan.placements.filter(({ status }) => status !== "proposed"),
    },
  };
};
