import type { Decision } from "../domain/demand.js";
import type { Problem } from "../domain/problem.js";
import { inputHashOf } from "../problem/canonical.js";
import { parseProblem } from "../problem/parse-problem.js";
import { refuseAll } from "./codes.js";
import { type EventOf, sayingFaults } from "./events.js";
import { overriddenRule } from "./overridden.js";

/** A problem with a person's decision in it, and the event to record. */
export interface Override {
  readonly problem: Problem;
  readonly event: EventOf<"override">;
}

/** A pin or forbid as a person gives it; lists that are left out are empty. */
export type OverrideInput = Pick<Decision, "kind" | "household" | "dwelling" | "by" | "reason"> &
  Partial<Pick<Decision, "overrides" | "legalBasis">>;

/**
 * A person pins a household to a dwelling or forbids it, against what the plan says and, where named, against rules. It binds from the
 * next plan on: allocate the problem that comes back, and propose that plan.
 *
 * @param at ISO 8601 date, or date-time with its zone.
 * @throws {ProblemError} as `parseProblem` does: an unknown household, dwelling or rule, two pins, a pin of what is forbidden, and
 * `decision.absolute-without-legal-basis` for an override of what the law makes absolute without a legal basis.
 */
export const override = (problem: Problem, decision: OverrideInput, at: string): Override => {
  const { kind, household, dwelling, by, reason, overrides = [], legalBasis = null } = decision;
  refuseAll(sayingFaults({ by, at, reason }));
  const added: Decision = { kind, household, dwelling, by, reason, overrides, legalBasis };
  const decided = parseProblem({ ...problem, decisions: [...problem.decisions, added] });
  return {
    problem: decided,
    event: {
      action: "override",
      at,
      by,
      data: {
        reason,
        kind,
        household,
        dwelling,
        overrides: overrides.map((rule) => overriddenRule(rule, legalBasis)),
        legalBasis,
        inputHash: inputHashOf(decided),
      },
    },
  };
};
