import type { Placement, Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { inputHashOf } from "../problem/canonical.js";
import { shownId } from "../problem/shown.js";
import { STATUS_OF, type StepAction } from "./actions.js";
import { type Refusal, refuseAll, refused } from "./codes.js";
import { type EventOf, type Saying, sayingFaults } from "./events.js";
import { type AgainstPlacement, againstPlacement } from "./overridden.js";
import { planHashOf, stepFault, withStatus } from "./steps.js";

export interface Step extends Saying {
  readonly to: "reviewed" | "decided" | "rejected";
  /** For a placement that overrides what the law makes absolute; where it is left out, that of the pin stands. */
  readonly legalBasis?: string;
}

/** A plan after a step, and the event to record. */
export interface Transition {
  readonly plan: Plan;
  readonly event: EventOf<"review"> | EventOf<"decision"> | EventOf<"rejection">;
}

const ACTION_OF: Readonly<Record<Step["to"], StepAction>> = {
  reviewed: "review",
  decided: "decision",
  rejected: "rejection",
};

const refusal = (code: Refusal["code"], subject: string, message: string): Refusal => ({
  code,
  path: "",
  subject: shownId(subject),
  expected: "a step that may be taken",
  received: "another",
  message,
});

const notPlaced = (problem: Problem, household: string): Refusal =>
  problem.households.some(({ id }) => id === household)
    ? refusal("decision.not-placed", household, `The plan gives household ${shownId(household)} no dwelling.`)
    : refusal("decision.unknown-household", household, `Household ${shownId(household)} is not in the problem.`);

const orderFaults = ({ household, status: from }: Placement, to: Step["to"]): readonly Refusal[] => {
  const known = Object.hasOwn(ACTION_OF, to);
  const code = known ? stepFault({ from, to }) : "decision.step-back";
  if (code === null) return [];
  const message = `Household ${shownId(household)} stands at ${from} and cannot become ${known ? to : "that"}: proposed, then reviewed, then decided or rejected.`;
  return [refusal(code, household, message)];
};

const ruleFaults = (household: string, { broken, overrides }: AgainstPlacement): readonly Refusal[] => [
  ...broken.map((rule) =>
    refusal(
      "decision.breaks-rule",
      household,
      `The placement of household ${shownId(household)} breaks ${rule}, and no pin overrides it.`,
    ),
  ),
  ...overrides
    .filter(({ absolute, legalBasis }) => absolute && legalBasis === null)
    .map(({ rule }) =>
      refusal(
        "decision.absolute-without-legal-basis",
        household,
        `The placement of household ${shownId(household)} overrides ${rule}, which the law makes absolute, without naming a legalBasis.`,
      ),
    ),
];

const otherProblem = (problem: Problem, plan: Plan): readonly Refusal[] =>
  plan.run.inputHash === inputHashOf(problem)
    ? []
    : [refusal("decision.other-problem", "plan", "The plan was made from another problem than this one.")];

/**
 * Take one placement one step: `proposed -> reviewed -> decided | rejected`. No step is left out and none is taken back; who, when and why
 * are said each time. The plan handed in is not changed. Hand the event to `record`.
 *
 * A decision is refused where the placement breaks a rule that no pin overrides, by itself or together with others (a quota, a link), or
 * overrides one that the law makes absolute while neither the step nor the pin names a legal basis. The problem is asked for since a plan alone does not know its rules.
 *
 * @throws {ProblemError} with every reason to refuse.
 */
export const transition = (problem: Problem, plan: Plan, household: string, step: Step): Transition => {
  const { to, by, at, reason, legalBasis } = step;
  const placement = plan.placements.find((one) => one.household === household);
  const said = [...sayingFaults({ by, at, reason }), ...otherProblem(problem, plan)];
  if (placement === undefined) throw refused([...said, notPlaced(problem, household)]);
  const against = againstPlacement(problem, plan, { placement, legalBasis });
  refuseAll([...said, ...orderFaults(placement, to), ...(to === "decided" ? ruleFaults(household, against) : [])]);
  const after = withStatus(plan, { household, status: to, since: at });
  const action = ACTION_OF[to];
  return {
    plan: after,
    event: {
      action,
      at,
      by,
      data: {
        reason,
        household,
        dwelling: placement.dwelling,
        from: placement.status,
        to: STATUS_OF[action],
        legalBasis: legalBasis ?? null,
        overrides: against.overrides,
        before: planHashOf(plan),
        after: planHashOf(after),
      },
    },
  };
};
