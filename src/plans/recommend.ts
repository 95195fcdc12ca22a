import { ruleFindings } from "../audit/verify.js";
import { InternalError } from "../base/errors.js";
import type { Plan } from "../domain/plan.js";
import type { KernelModel } from "../kernel/model.js";
import { changed } from "./changes.js";
import { type Comparison, compare, type Effect, type TierChange } from "./compare.js";
import { type Exchange, exchangeFor, exchangesOf, sortedByStanding } from "./exchange.js";
import { homesIn, householdNamed, type Question, questionOf } from "./question.js";
import { countOf } from "./refuse.js";
import { type ResolveOptions, resolve } from "./resolve.js";
import { arcsOfPlan, placementsAfter, sketchOf } from "./sketch.js";
import { boardOf, tallyOf } from "./tally.js";

/**
 * How sure a cost is. `exact`: proven to be what it costs at least. `at most`: a plan that costs this is there, and a full solve may find
 * a cheaper one; cheaper by the tiers in order, so that a tier before another may get better while that other gets worse.
 */
export type Certainty = "exact" | "at most";

export interface TierCost extends Omit<TierChange, "proven"> {
  readonly certainty: Certainty;
}

/** A dwelling that a household might have instead, and what that does to everyone. */
export interface Recommendation {
  readonly household: string;
  readonly dwelling: string;
  readonly district: string;
  /** The plan with it held against the plan without, by the first tier that differs. */
  readonly verdict: Effect;
  readonly decidedBy: string | null;
  readonly certainty: Certainty;
  readonly tiers: readonly TierCost[];
  /** Everybody whose home changes, the household itself first. */
  readonly moves: Comparison["moves"];
  readonly districts: Comparison["districts"];
}

export interface RecommendOptions extends ResolveOptions {
  /** At most so many; default 5. */
  readonly count?: number;
  /** Solve again for each of them: slower, and costs are exact where the solver proves them. Default false. */
  readonly confirm?: boolean;
}

const COUNT = 5;
/** So many of the best are looked at along longer chains. */
const SHORTLIST = 10;

/**
 * A tier's cost is exact where every tier up to it is what the plan proved to be best: a plan with one thing more fixed cannot be better.
 * From the first tier that pays on, only a full solve can tell.
 */
const costsOf = ({ tiers }: Comparison, plan: Plan): readonly TierCost[] => {
  let exact = true;
  return tiers.map(({ proven, ...tier }) => {
    const claimed = plan.tiers.find(({ name }) => name === tier.name);
    exact &&= claimed?.optimal === true && claimed.tolerance === 0 && tier.effect === "same";
    return { ...tier, certainty: exact || proven ? "exact" : "at most" };
  });
};

export const recommendationOf = (
  { facts, plan }: Question,
  pair: { readonly household: string; readonly dwelling: string },
  comparison: Comparison,
): Recommendation => {
  const { household, dwelling } = pair;
  const tiers = costsOf(comparison, plan);
  return {
    household,
    dwelling,
    district: facts.dwelling(dwelling)?.district ?? "",
    verdict: comparison.verdict,
    decidedBy: comparison.decidedBy,
    certainty: tiers.every(({ certainty }) => certainty === "exact") ? "exact" : "at most",
    tiers,
    moves: [...comparison.moves].sort((a, b) => Number(b.household === household) - Number(a.household === household)),
    districts: comparison.districts,
  };
};

/** A pin is a person's word: what would be without it may be asked all the same. */
const withoutPin = (model: KernelModel, household: string): KernelModel => {
  const pin = `pin/${household}`;
  if (!model.rows.some(({ name }) => name === pin)) return model;
  const rows = model.rows.map(({ name, arcs, coefficients, ...bounds }) =>
    name === pin ? { name, arcs, coefficients } : { name, arcs, coefficients, ...bounds },
  );
  return { ...model, rows };
};

/** Dwellings other than the plan's for a household, best first, each with the best plan found along chains of households. */
export const shortlist = (question: Question, household: string, count: number): readonly Exchange[] => {
  const { model, households } = question.model();
  const board = boardOf(withoutPin(model, household));
  const start = arcsOfPlan(question);
  const agent = households.findIndex(({ id }) => id === household);
  const near = exchangesOf(board, start, { agent, links: 1 });
  const tally = tallyOf(board, start);
  const further = near
    .slice(0, Math.max(count, SHORTLIST))
    .map((exchange) => exchangeFor(board, tally, { agent, arc: exchange.arc, links: 2 }) ?? exchange);
  return sortedByStanding(board, further);
};

const checkedPlacements = (question: Question, exchange: Exchange, household: string) => {
  const placements = placementsAfter(question, exchange.arcOf);
  const violations = ruleFindings(question.facts, { placements }).violations.filter(
    ({ rule, subject }) => rule !== "pin" || subject !== household,
  );
  if (violations.length > 0)
    throw new InternalError(
      "recommendation.audit",
      `an exchange breaks ${violations.map(({ rule, subject }) => `${rule} ${subject}`).join(", ")}`,
    );
  return placements;
};

/** The dwelling, pinned in addition to what is decided, and solved again. */
export const confirmed = (
  question: Question,
  pair: { readonly household: string; readonly dwelling: string },
  options: ResolveOptions,
): { readonly plan: Plan; readonly recommendation: Recommendation } => {
  const plan = resolve(changed(question, [{ kind: "pin", ...pair }]), { ...options, plan: question.plan });
  return { plan, recommendation: recommendationOf(question, pair, compare(question.plan, plan)) };
};

/**
 * The best dwellings that a household might have instead of the plan's, with their cost to everyone, tier by tier, best first.
 *
 * Each comes from a plan that keeps every rule, reached from the present one by moving those in the way along chains of up to three
 * households. Cost: about (dwellings of a household)^2 small steps; no solve unless `confirm` is set. The first question about a problem
 * also reads and compiles it, which takes longer than the answer; hand in what `parseProblem` returns, so that later ones need not.
 * @throws ProblemError where problem or plan have faults, or the household is unknown.
 */
export const recommend = (
  problem: unknown,
  plan: unknown,
  householdId: string,
  options: RecommendOptions = {},
): readonly Recommendation[] => {
  const question = questionOf(problem, plan);
  const { id: household } = householdNamed(question, householdId);
  const { confirm = false } = options;
  const count = countOf(options.count ?? COUNT, "count");
  if (!question.plan.outcome.found) return [];
  const { view } = question.ground();
  const home = homesIn(question.plan).get(household);
  return shortlist(question, household, count)
    .slice(0, count)
    .flatMap((exchange) => {
      const dwelling = view.candidates[exchange.arc]?.dwelling.id;
      if (dwelling === undefined || dwelling === home) return [];
      if (confirm) return [confirmed(question, { household, dwelling }, options).recommendation];
      const after = sketchOf(question, checkedPlacements(question, exchange, household));
      return [recommendationOf(question, { household, dwelling }, compare(question.plan, after))];
    });
};
