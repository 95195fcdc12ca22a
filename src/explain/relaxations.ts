import type { Household } from "../domain/household.js";
import { amountOf } from "../domain/measure.js";
import type { Plan } from "../domain/plan.js";
import { type ChangeRequest, changed } from "../plans/changes.js";
import { type Comparison, compare } from "../plans/compare.js";
import { homesIn, type Question } from "../plans/question.js";
import { type ResolveOptions, resolve } from "../plans/resolve.js";
import { RULES } from "../rules/kinds.js";
import type { Facts } from "../view/facts.js";
import { withoutLaterTiers } from "./clash.js";
import { type Barrier, barriersOf } from "./funnel.js";
import { dwellingLike } from "./wanted.js";

/** Something smaller than giving up: applying `changes` (`whatIf`) houses the household, as a new solve has shown. */
export interface Relaxation {
  readonly changes: readonly ChangeRequest[];
  /** Rules that a person would have to override for it, each with why it bars the pair. */
  readonly overrides: readonly Barrier[];
  /** The dwelling that the household gets. */
  readonly dwelling: string;
  /** The relaxed plan held against the plan. */
  readonly comparison: Comparison;
}

/** Sets of barriers that are tried, fewest rules first. */
const MOST_TRIED = 4;

/** By how much a pair breaks rules, each in its own unit: for ordering pairs that break the same rules. */
const amountBroken = (facts: Facts, pair: { household: string; dwelling: string }, rules: readonly string[]): number =>
  RULES.filter(({ id }) => rules.includes(id))
    .flatMap(({ id, check }) =>
      check(facts.problem.policy.rules[id], facts, { placements: [{ ...pair, status: "proposed" }] }),
    )
    .filter(({ subject }) => subject === pair.household)
    .reduce((sum, { by }) => sum + by, 0);

interface Trial {
  readonly changes: readonly ChangeRequest[];
  readonly overrides: readonly Barrier[];
}

/** Per smallest set of rules that law allows a person to override, the pair that breaks them least; free dwellings first. */
const overridingPins = (question: Question, household: Household): readonly Trial[] => {
  const { facts, plan } = question;
  const taken = new Map<string, number>();
  for (const dwelling of homesIn(plan).values()) taken.set(dwelling, (taken.get(dwelling) ?? 0) + 1);
  const pinned = (id: string) =>
    facts.problem.decisions.filter(({ kind, dwelling }) => kind === "pin" && dwelling === id);
  const options = facts.problem.dwellings
    .filter(({ id, count }) => count > pinned(id).length)
    .map((dwelling) => {
      const barriers = barriersOf(facts, { household, dwelling });
      const rules = barriers.map(({ rule }) => rule);
      const pair = { household: household.id, dwelling: dwelling.id };
      const free = (taken.get(dwelling.id) ?? 0) < dwelling.count;
      return { pair, barriers, rules, free, broken: amountBroken(facts, pair, rules) };
    })
    .filter(({ barriers }) => barriers.length > 0 && barriers.every(({ absolute }) => !absolute))
    .filter(({ rules }) => !rules.includes("forbid"))
    .sort((a, b) => a.rules.length - b.rules.length || Number(b.free) - Number(a.free) || a.broken - b.broken);
  const kept: (typeof options)[number][] = [];
  for (const option of options)
    if (!kept.some(({ rules }) => rules.every((rule) => option.rules.includes(rule)))) kept.push(option);
  return kept.slice(0, MOST_TRIED).map(({ pair, barriers, rules }) => ({
    changes: [{ kind: "pin", ...pair, overrides: rules }],
    overrides: barriers,
  }));
};

/** Persons who have a home. */
const placedIn = ({ tiers }: Plan): number => tiers.find(({ name }) => name === "placed")?.value ?? 0;

/** The smallest rise of a maximum with which more have a home; null where no rise up to the household's own size does. */
const quotaRises = (question: Question, household: Household, options: ResolveOptions): readonly Trial[] => {
  const { plan, facts } = question;
  return facts.problem.quotas.flatMap(({ id, max, measure }): readonly Trial[] => {
    if (max === null) return [];
    const raisedBy = (by: number): ChangeRequest => ({ kind: "change-quota", quota: id, max: max + by });
    const houses = (by: number): boolean => {
      const relaxed = withoutLaterTiers(question, changed(question, [raisedBy(by)]));
      return placedIn(resolve(relaxed, { ...options, plan })) > placedIn(plan);
    };
    const size = amountOf(measure, household);
    if (size === 0 || !houses(size)) return [];
    let by = 1;
    while (by < size && !houses(by)) by += 1;
    return [{ changes: [raisedBy(by)], overrides: [] }];
  });
};

/** What persons decided before: pins of others on dwellings that would do, links, and what was forbidden this household. */
const decisionsUndone = ({ facts, ground }: Question, household: Household): readonly Trial[] => {
  const fits = new Set(
    ground()
      .view.candidatesOf(household.id)
      .map(({ dwelling }) => dwelling.id),
  );
  const { decisions, links } = facts.problem;
  const changes: readonly ChangeRequest[] = [
    ...decisions
      .filter(({ kind, household: who, dwelling }) => kind === "pin" && who !== household.id && fits.has(dwelling))
      .map(({ household: who }) => ({ kind: "unpin" as const, household: who })),
    ...decisions
      .filter(({ kind, household: who }) => kind === "forbid" && who === household.id)
      .map(({ dwelling }) => ({ kind: "allow" as const, household: household.id, dwelling })),
    ...links
      .filter(({ households }) => households.includes(household.id))
      .map(({ households }) => ({ kind: "unlink" as const, households })),
  ];
  return changes.map((change) => ({ changes: [change], overrides: [] }));
};

/** A trial is a relaxation only where the new plan houses the household. */
const proven = (question: Question, household: Household, trial: Trial, options: ResolveOptions): Relaxation | null => {
  const { plan } = question;
  const found = resolve(changed(question, trial.changes), { ...options, plan });
  const dwelling = homesIn(found).get(household.id);
  return dwelling === undefined ? null : { ...trial, dwelling, comparison: compare(plan, found) };
};

/**
 * The smallest changes that would house an unplaced household: rules overridden for one dwelling (none that the law makes absolute),
 * a quota raised, a decision or a link undone, one more dwelling. Each was solved again, and houses the household.
 */
export const relaxationsOf = (
  question: Question,
  household: Household,
  options: ResolveOptions,
): readonly Relaxation[] => {
  const fits = question.ground().view.candidatesOf(household.id).length > 0;
  const wanted = dwellingLike(question, household);
  const trials: readonly Trial[] = [
    ...overridingPins(question, household),
    ...(fits ? quotaRises(question, household, options) : []),
    ...decisionsUndone(question, household),
    ...(wanted === null ? [] : [{ changes: [{ kind: "add-dwelling" as const, dwelling: wanted }], overrides: [] }]),
  ];
  return trials.flatMap((trial) => proven(question, household, trial, options) ?? []);
};
