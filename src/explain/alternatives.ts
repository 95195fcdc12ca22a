import { policyTiersOf } from "../compile/tiers.js";
import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import type { Plan } from "../domain/plan.js";
import { changed } from "../plans/changes.js";
import { compare } from "../plans/compare.js";
import { homesIn, type Question, tolerancesOf } from "../plans/question.js";
import { confirmed, type Recommendation, recommendationOf, shortlist } from "../plans/recommend.js";
import { type ResolveOptions, resolve } from "../plans/resolve.js";
import type { Facts } from "../view/facts.js";
import { type Barrier, barriersOf } from "./funnel.js";
import { dwellingFacts, type UsedFact } from "./used-facts.js";

/** What one household itself gains or pays in an aim that is a sum over households. */
export interface OwnChange {
  readonly tier: string;
  readonly unit: string;
  readonly sense: "min" | "max";
  readonly before: number | null;
  readonly after: number;
  /** What all others together gain or pay: the whole change less this household's. */
  readonly others: number;
}

/** Another dwelling for the household, from a plan solved again with it. */
export interface Alternative extends Recommendation {
  readonly facts: readonly UsedFact[];
  readonly own: readonly OwnChange[];
  /** Rules that this dwelling breaks, and that a person would have to override; empty where every rule allows it. */
  readonly overrides: readonly Barrier[];
}

const ownChanges = (question: Question, recommendation: Recommendation): readonly OwnChange[] => {
  const { facts, plan } = question;
  const { household, dwelling } = recommendation;
  const { model } = question.model();
  const home = homesIn(plan).get(household);
  const at = (where: string) => ({ placements: [{ household, dwelling: where, status: "proposed" as const }] });
  return policyTiersOf(facts.problem.policy, tolerancesOf(plan)).flatMap(
    ({ name, objective, parameters, sense, unit }, index): readonly OwnChange[] => {
      const tier = model.tiers[index];
      if (tier?.convex !== undefined || tier?.leximax !== undefined) return [];
      const before = home === undefined ? null : objective.measure(parameters, facts, at(home), 0).value;
      const after = objective.measure(parameters, facts, at(dwelling), 0).value;
      const whole = recommendation.tiers.find((one) => one.name === name)?.change ?? 0;
      return [{ tier: name, unit, sense, before, after, others: whole - (after - (before ?? 0)) }];
    },
  );
};

/** A recommendation as an explanation tells it. */
export const alternativeFrom = (
  question: Question,
  household: Household,
  given: { readonly recommendation: Recommendation; readonly overrides: readonly Barrier[] },
): Alternative => {
  const { recommendation, overrides } = given;
  const dwelling = question.facts.dwelling(recommendation.dwelling);
  return {
    ...recommendation,
    facts: dwelling === undefined ? [] : dwellingFacts(household, dwelling, question.facts),
    own: ownChanges(question, recommendation),
    overrides,
  };
};

/** The price of an override, before it is made: the pair pinned against the rules that bar it. `legalBasis` where one is absolute. */
export const priced = (
  question: Question,
  pair: { readonly household: string; readonly dwelling: string },
  given: ResolveOptions & { readonly overrides: readonly string[]; readonly legalBasis?: string },
): { readonly plan: Plan; readonly recommendation: Recommendation } => {
  const { overrides, legalBasis = null, ...options } = given;
  const after = changed(question, [{ kind: "pin", ...pair, overrides, legalBasis }]);
  const plan = resolve(after, { ...options, plan: question.plan });
  return { plan, recommendation: recommendationOf(question, pair, compare(question.plan, plan)) };
};

/** Dwellings that rules bar, those with the fewest absolute rules left out: nearest first. */
const nearMisses = (
  question: Question,
  household: Household,
): readonly { dwelling: string; barriers: readonly Barrier[] }[] => {
  const { facts, plan } = question;
  const home = homesIn(plan).get(household.id);
  const pinned = new Set(facts.problem.decisions.filter(({ kind }) => kind === "pin").map(({ dwelling }) => dwelling));
  return facts.problem.dwellings
    .filter(({ id, count }) => count > 0 && id !== home && !pinned.has(id))
    .map((dwelling) => ({ dwelling: dwelling.id, barriers: barriersOf(facts, { household, dwelling }) }))
    .filter(
      ({ barriers }) => barriers.length > 0 && barriers.every(({ absolute, rule }) => !absolute && rule !== "forbid"),
    )
    .sort((a, b) => a.barriers.length - b.barriers.length);
};

/** Whether persons have pinned other households to all that there is of a dwelling. */
export const isPinnedToOthers = (
  { problem }: Facts,
  { household, dwelling }: { readonly household: string; readonly dwelling: Dwelling },
): boolean =>
  problem.decisions.filter((one) => one.kind === "pin" && one.household !== household && one.dwelling === dwelling.id)
    .length >= dwelling.count;

/** Dwellings that every rule allows the household, but that are neither its own nor among those known. */
const unreached = (question: Question, household: string, known: ReadonlySet<string>): readonly string[] => {
  const home = homesIn(question.plan).get(household);
  const open = question.ground().view.candidatesOf(household);
  return open
    .filter(({ dwelling }) => !isPinnedToOthers(question.facts, { household, dwelling }))
    .map(({ dwelling }) => dwelling.id)
    .filter((dwelling) => dwelling !== home && !known.has(dwelling));
};

/**
 * At least `count` other dwellings where there are so many, best first, each from a plan solved again with it. Where the rules leave too
 * few, those that break fewest rules follow, with the price of overriding them.
 */
export const alternativesOf = (
  question: Question,
  household: Household,
  given: ResolveOptions & { readonly count: number },
): readonly Alternative[] => {
  const { count, ...options } = given;
  const { view } = question.ground();
  const home = homesIn(question.plan).get(household.id);
  const allowed = shortlist(question, household.id, count)
    .map(({ arc }) => view.candidates[arc]?.dwelling.id)
    .filter((dwelling): dwelling is string => dwelling !== undefined && dwelling !== home)
    .slice(0, count)
    .map((dwelling) => {
      const { recommendation } = confirmed(question, { household: household.id, dwelling }, options);
      return alternativeFrom(question, household, { recommendation, overrides: [] });
    });
  const found = [...allowed];
  // What no short chain reaches may still be had by a plan that moves many.
  for (const dwelling of unreached(question, household.id, new Set(found.map((one) => one.dwelling)))) {
    if (found.length >= count) break;
    const { plan, recommendation } = confirmed(question, { household: household.id, dwelling }, options);
    if (plan.outcome.found) found.push(alternativeFrom(question, household, { recommendation, overrides: [] }));
  }
  for (const { dwelling, barriers } of nearMisses(question, household)) {
    if (found.length >= count) break;
    const overrides = barriers.map(({ rule }) => rule);
    const { plan, recommendation } = priced(question, { household: household.id, dwelling }, { ...options, overrides });
    if (plan.outcome.found) found.push(alternativeFrom(question, household, { recommendation, overrides: barriers }));
  }
  return found;
};
