import { canonicalJson, sha256Hex } from "../base/hash.js";
import type { Placement, Plan } from "../domain/plan.js";
import type { Status } from "./actions.js";
import type { DecisionCode } from "./codes.js";

/**
 * What may follow what. A proposal must be reviewed before it is decided or rejected: both are decisions of a person who has looked.
 * After either nothing follows in this plan; what changes later is a new proposal.
 *
 * Source: integrationsloven § 12 (the municipality decides), forvaltningsloven §§ 22-24 (reasons); GDPR art. 22 (no solely automated decision).
 */
const NEXT: Readonly<Record<Status, readonly Status[]>> = {
  proposed: ["reviewed"],
  reviewed: ["decided", "rejected"],
  decided: [],
  rejected: [],
};

const RANK: Readonly<Record<Status, number>> = { proposed: 0, reviewed: 1, decided: 2, rejected: 2 };

/** Why a step is refused, or null where it is allowed. */
export const stepFault = ({ from, to }: { readonly from: Status; readonly to: Status }): DecisionCode | null => {
  if (NEXT[from].includes(to)) return null;
  if (from === to) return "decision.no-change";
  if (RANK[to] < RANK[from]) return "decision.step-back";
  return NEXT[from].length === 0 ? "decision.already-final" : "decision.skipped-step";
};

/**
 * SHA-256 of the canonical JSON (RFC 8785) of a plan without `run.seconds`, which alone differs from run to run.
 * A plan read back from a file has the same hash: the plan is taken as JSON carries it.
 */
export const planHashOf = (plan: Plan): string => {
  const { seconds: _seconds, ...run } = plan.run;
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify({ ...plan, run }))));
};

/** The plan with one placement's status changed, and nothing else of it. */
export const withStatus = (
  plan: Plan,
  { household, status, since }: Pick<Placement, "household" | "status" | "since">,
): Plan => ({
  ...plan,
  placements: plan.placements.map((placement) =>
    placement.household === household ? { ...placement, status, ...(since === undefined ? {} : { since }) } : placement,
  ),
});
