import type { Decision } from "../domain/demand.js";
import type { Problem } from "../domain/problem.js";
import { parseProblem } from "../problem/parse-problem.js";
import { homesIn, householdNamed, type Question } from "./question.js";
import { refuse } from "./refuse.js";

/** Who asks and why; it goes into the decision that a pin, forbid, lock, swap or refusal becomes. */
interface Asked {
  readonly by?: string;
  readonly reason?: string;
}

interface Overriding extends Asked {
  readonly overrides?: readonly string[];
  readonly legalBasis?: string | null;
}

/** What might happen to a problem, one thing at a time. */
export type ChangeRequest =
  | ({ readonly kind: "pin"; readonly household: string; readonly dwelling: string } & Overriding)
  | ({ readonly kind: "forbid"; readonly household: string; readonly dwelling: string } & Asked)
  /** The household stays where the plan puts it. */
  | ({ readonly kind: "lock"; readonly household: string } & Asked)
  /** Each of two households takes the other's dwelling. */
  | ({ readonly kind: "swap"; readonly households: readonly [string, string] } & Overriding)
  /** The household needs no home any more. */
  | { readonly kind: "withdraw"; readonly household: string }
  /** The household declines the dwelling that the plan offers it. */
  | ({ readonly kind: "refuse"; readonly household: string } & Asked)
  /** `dwelling` as in a problem's JSON. */
  | { readonly kind: "add-dwelling"; readonly dwelling: unknown }
  /** One unit of a dwelling is lost. */
  | { readonly kind: "lose-dwelling"; readonly dwelling: string }
  | {
      readonly kind: "change-quota";
      readonly quota: string;
      readonly min?: number;
      /** null: no maximum. */
      readonly max?: number | null;
    }
  /** The household is no longer pinned. */
  | { readonly kind: "unpin"; readonly household: string }
  /** The household is no longer forbidden the dwelling. */
  | { readonly kind: "allow"; readonly household: string; readonly dwelling: string }
  /** The households of a link may live as it comes. */
  | { readonly kind: "unlink"; readonly households: readonly string[] }
  /** A rule is switched off for everyone; none that the law makes absolute can be. */
  | { readonly kind: "switch-off"; readonly rule: string };

type Kind = ChangeRequest["kind"];
type Of<K extends Kind> = Extract<ChangeRequest, { readonly kind: K }>;
type Draft = Omit<Problem, "dwellings"> & { readonly dwellings: readonly unknown[] };

const homeOf = (question: Question, household: string): string => {
  householdNamed(question, household);
  return (
    homesIn(question.plan).get(household) ??
    refuse({
      code: "change.household-unplaced",
      path: "household",
      subject: household,
      expected: "a household that the plan houses",
      message: `Household ${household} has no dwelling in the plan.`,
    })
  );
};

const decisionFrom = (
  kind: Decision["kind"],
  pair: Pick<Decision, "household" | "dwelling">,
  { by = "what-if", reason = "what-if", overrides = [], legalBasis = null }: Overriding,
): Decision => ({ kind, ...pair, by, reason, overrides, legalBasis });

/** A household is pinned to one dwelling at most, and never to one that it is forbidden: the later word takes the place of the earlier. */
const decided = (problem: Problem, decision: Decision): Problem => ({
  ...problem,
  decisions: [
    ...problem.decisions.filter(
      ({ kind, household, dwelling }) =>
        household !== decision.household ||
        (decision.kind === "pin"
          ? kind === "forbid" && dwelling !== decision.dwelling
          : dwelling !== decision.dwelling),
    ),
    decision,
  ],
});

const withoutHousehold = (problem: Problem, gone: string): Problem => ({
  ...problem,
  households: problem.households.filter(({ id }) => id !== gone),
  links: problem.links
    .map((link) => ({ ...link, households: link.households.filter((id) => id !== gone) }))
    .filter(({ households }) => households.length > 1),
  decisions: problem.decisions.filter(({ household }) => household !== gone),
});

const unknown = (noun: string, id: string): never =>
  refuse({
    code: `change.unknown-${noun}`,
    path: noun,
    subject: id,
    expected: `the id of a ${noun} of the problem`,
    message: `There is no ${noun} ${id} in the problem.`,
  });

const APPLY: { readonly [K in Kind]: (problem: Problem, change: Of<K>, question: Question) => Draft } = {
  pin: (problem, change) => decided(problem, decisionFrom("pin", change, change)),
  forbid: (problem, change) => decided(problem, decisionFrom("forbid", change, change)),
  lock: (problem, change, question) => {
    const dwelling = homeOf(question, change.household);
    const earlier = problem.decisions.find(({ kind, household }) => kind === "pin" && household === change.household);
    // A pin that overrides rules keeps doing so.
    if (earlier?.dwelling === dwelling) return problem;
    return decided(problem, decisionFrom("pin", { household: change.household, dwelling }, change));
  },
  swap: (problem, { households: [first, second], ...asked }, question) => {
    const [a, b] = [homeOf(question, first), homeOf(question, second)];
    return decided(
      decided(problem, decisionFrom("pin", { household: first, dwelling: b }, asked)),
      decisionFrom("pin", { household: second, dwelling: a }, asked),
    );
  },
  withdraw: (problem, { household }, question) => withoutHousehold(problem, householdNamed(question, household).id),
  refuse: (problem, change, question) =>
    decided(
      problem,
      decisionFrom("forbid", { household: change.household, dwelling: homeOf(question, change.household) }, change),
    ),
  "add-dwelling": (problem, { dwelling }) => ({ ...problem, dwellings: [...problem.dwellings, dwelling] }),
  "lose-dwelling": (problem, { dwelling: lost }) => {
    const found = problem.dwellings.find(({ id, count }) => id === lost && count > 0);
    if (found === undefined) return unknown("dwelling", lost);
    return {
      ...problem,
      dwellings: problem.dwellings.map((one) => (one.id === lost ? { ...one, count: one.count - 1 } : one)),
    };
  },
  "change-quota": (problem, { quota, min, max }) => {
    if (!problem.quotas.some(({ id }) => id === quota)) return unknown("quota", quota);
    return {
      ...problem,
      quotas: problem.quotas.map((one) =>
        one.id === quota
          ? { ...one, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
          : one,
      ),
    };
  },
  unpin: (problem, { household }) => ({
    ...problem,
    decisions: problem.decisions.filter((one) => one.kind !== "pin" || one.household !== household),
  }),
  allow: (problem, { household, dwelling }) => ({
    ...problem,
    decisions: problem.decisions.filter(
      (one) => one.kind !== "forbid" || one.household !== household || one.dwelling !== dwelling,
    ),
  }),
  unlink: (problem, { households }) => ({
    ...problem,
    links: problem.links.filter((link) => JSON.stringify(link.households) !== JSON.stringify(households)),
  }),
  "switch-off": (problem, { rule }) => ({
    ...problem,
    policy: { ...problem.policy, rules: { ...problem.policy.rules, [rule]: false } },
  }),
};

const applied = <K extends Kind>(problem: Problem, change: Of<K> & { readonly kind: K }, question: Question): Problem =>
  parseProblem(APPLY[change.kind](problem, change, question));

/**
 * The problem with something changed, read and checked as any other.
 *
 * @throws {ProblemError} where the change names what is not there, or leaves a problem with faults: `lock`, `swap` and `refuse` need
 * households that the plan houses; an override of what the law makes absolute needs a legal basis.
 */
export const changed = (question: Question, changes: readonly ChangeRequest[]): Problem =>
  changes.reduce<Problem>(
    (problem, change) => applied(problem, change, question),
    parseProblem(question.facts.problem),
  );
