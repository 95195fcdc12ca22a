import type { Household } from "../domain/household.js";
import { homesIn, householdNamed, type Question, questionOf } from "../plans/question.js";
import { countOf, refuse } from "../plans/refuse.js";
import type { ResolveOptions } from "../plans/resolve.js";
import { alternativeFrom, alternativesOf, isPinnedToOthers, priced } from "./alternatives.js";
import { clashesOf, clashOfPlan } from "./clash.js";
import { considerationsOf } from "./considerations.js";
import { drawNoteOf } from "./draw-note.js";
import type { Contrast, Explanation } from "./explanation.js";
import { barriersOf, funnelOf, setAsideFor } from "./funnel.js";
import { relaxationsOf } from "./relaxations.js";
import { textsOf } from "./text.js";
import { usedFacts } from "./used-facts.js";

export interface ExplainOptions extends ResolveOptions {
  /** How many other dwellings are shown with their cost; default 2. Each is one more solve. */
  readonly alternatives?: number;
  /** For an unplaced household: solve every tier for each change that would house it, to tell its cost to the last tier. Default false. */
  readonly costs?: boolean;
  /** "Why not that dwelling?", by its id. */
  readonly whyNot?: string;
  /** Lets the price of a dwelling be shown that the law's absolute rules bar; nothing is overridden by it. */
  readonly legalBasis?: string;
}

const ALTERNATIVES = 2;

const contrastOf = (question: Question, household: Household, whyNot: string, options: ExplainOptions): Contrast => {
  const { facts, plan } = question;
  const dwelling =
    facts.dwelling(whyNot) ??
    refuse({
      code: "dwelling.unknown",
      path: "options.whyNot",
      subject: whyNot,
      expected: "the id of a dwelling of the problem",
      message: `Dwelling ${whyNot} is not in the problem.`,
    });
  const barriers = barriersOf(facts, { household, dwelling });
  const isProposed = homesIn(plan).get(household.id) === whyNot;
  const base = { dwelling: whyNot, isProposed, barriers, alternative: null, clash: null };
  const { legalBasis } = options;
  if (isProposed || (legalBasis === undefined && barriers.some(({ absolute }) => absolute))) return base;
  if (isPinnedToOthers(facts, { household: household.id, dwelling })) {
    const members = facts.problem.decisions
      .filter((one) => one.kind === "pin" && one.household !== household.id && one.dwelling === whyNot)
      .map((one) => `pin/${one.household}`);
    return {
      ...base,
      clash: clashOfPlan({
        outcome: { status: "infeasible", found: false, clash: members },
        certificate: plan.certificate,
      }),
    };
  }
  const priceable = barriers.filter(({ rule }) => rule !== "forbid");
  const { plan: found, recommendation } = priced(
    question,
    { household: household.id, dwelling: whyNot },
    { ...options, overrides: priceable.map(({ rule }) => rule) },
  );
  if (!found.outcome.found) return { ...base, clash: clashOfPlan(found) };
  return { ...base, alternative: alternativeFrom(question, household, { recommendation, overrides: barriers }) };
};

/** Where no plan keeps everything, the household has no home for what clashes anywhere. */
const clashesOfAll = ({ plan }: Question): Explanation["clashes"] =>
  plan.outcome.status === "infeasible" ? [clashOfPlan(plan)] : [];

/**
 * Why a household gets the dwelling that the plan proposes, or none: every rule with what it left, the aims in order with what they
 * settled, the facts used and no others, other dwellings with their cost to the household and to everyone else, each solved again.
 *
 * Cost: one solve per alternative, and some more for an unplaced household. `timeLimitSeconds` limits each; costs then say `at most`.
 * @throws {ProblemError} where problem or plan have faults, the plan is of another problem, or an id is unknown.
 */
export const explain = (
  problem: unknown,
  plan: unknown,
  householdId: string,
  options: ExplainOptions = {},
): Explanation => {
  const question = questionOf(problem, plan);
  const { facts } = question;
  const household = householdNamed(question, householdId);
  const proposal = question.plan.placements.find((one) => one.household === household.id) ?? null;
  const home = proposal?.dwelling ?? null;
  const homeDwelling = home === null ? null : (facts.dwelling(home) ?? null);
  const funnel = funnelOf(facts, household);
  const draw = drawNoteOf(question, household.id);
  const pins = facts.decisionsOf(household.id).filter(({ kind }) => kind === "pin");
  const unplaced = proposal === null && question.plan.outcome.found;
  const count = countOf(options.alternatives ?? ALTERNATIVES, "alternatives");
  const alternatives =
    question.plan.outcome.found && count > 0 ? alternativesOf(question, household, { ...options, count }) : [];
  const solved = alternatives.filter(({ overrides }) => overrides.length === 0);
  const explanation: Omit<Explanation, "text"> = {
    household: household.id,
    proposal,
    pin: pins.find(({ dwelling }) => dwelling === home) ?? null,
    setAside: homeDwelling === null ? [] : setAsideFor(facts, { household, dwelling: homeDwelling }),
    funnel,
    considerations: considerationsOf(question, { household: household.id, home, left: funnel.left, solved }),
    facts: usedFacts(facts, question.plan, {
      household,
      dwelling: homeDwelling,
      drawn: draw !== null,
    }),
    draw,
    alternatives,
    clashes: unplaced ? clashesOf(question, household, options) : clashesOfAll(question),
    relaxations: unplaced ? relaxationsOf(question, household, options) : [],
    contrast: options.whyNot === undefined ? null : contrastOf(question, household, options.whyNot, options),
  };
  return { ...explanation, text: textsOf(question, explanation, { alternativesAsked: count > 0 }) };
};
