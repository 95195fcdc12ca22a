import type { Household } from "../domain/household.js";
import { amountOf } from "../domain/measure.js";
import type { Plan } from "../domain/plan.js";
import { type ChangeRequest, changed } from "../plans/changes.js";
import { type Comparison, compare } from "../plans/compare.js";
import { homesIn, type Question } from "../plans/question.js";
import { type ResolveOptions, resolve } from "../plans/resolve.js";
import { withoutLaterTiers } from "./clash.js";
import { amountBroken, type Barrier, barriersOf } from "./funnel.js";
import { dwellingLike } from "./wanted.js";

/** Something smaller than giving up: applying `changes` (`whatIf`) houses the household, as a new solve has shown. */
export interface Relaxation {
  readonly changes: readonly ChangeRequest[];
  /** Rules that a person would have to override for it, each with why it bars the pair. */
  readonly overrides: readonly Barrier[];
  /** The dwelling that the household gets. */
  readonly dwelling: string;
  /** A best relaxed plan held against the plan: by the tiers before the spread, or by every tier where costs were asked for. */
  readonly comparison: Comparison;
}

/** Sets of barriers that are tried, fewest rules first. */
const MOST_TRIED = 4;

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

export interface RelaxOptions extends ResolveOptions {
  /** Solve every tier for each relaxation, so that its cost is told to the last tier: slower. Default: the tiers before the spread. */
  readonly costs?: boolean;
}

/** Whether the first plan is better than the second by the first tier that differs. */
const isBetter = (first: Plan, second: Plan): boolean => compare(second, first).verdict === "better";

/**
 * A trial is a relaxation only where the household is housed whichever of the best plans is taken: pinned, or because the tiers before
 * the spread are worse without it. Tolerances leave room for neither, so that there every tier is solved.
 */
const proven = (question: Question, household: Household, trial: Trial, options: RelaxOptions): Relaxation | null => {
  const { plan } = question;
  const { costs = false, ...limits } = options;
  const relaxed = changed(question, trial.changes);
  const relaxation = (found: Plan): Relaxation | null => {
    const dwelling = homesIn(found).get(household.id);
    return dwelling === undefined ? null : { ...trial, dwelling, comparison: compare(plan, found) };
  };
  if (costs || plan.tiers.some(({ tolerance }) => tolerance > 0))
    return relaxation(resolve(relaxed, { ...limits, plan }));
  const found = resolve(withoutLaterTiers(question, relaxed), { ...limits, plan });
  if (trial.changes.some(({ kind }) => kind === "pin")) return relaxation(found);
  const without = changed(question, [...trial.changes, { kind: "withdraw", household: household.id }]);
  const rest = resolve(withoutLaterTiers(question, without), { ...limits, plan });
  return isBetter(found, rest) ? relaxation(found) : null;
};

/**
 * The smallest changes that would house an unplaced household: rules overridden for one dwelling (none that the law makes absolute),
 * a quota raised, a decision or a link undone, one more dwelling. Each was solved again, and houses the household.
 */
export const relaxationsOf = (
  question: Question,
  household: Household,
  options: RelaxOptions,
): readonly Relaxation[] => {
  const { costs: _costs, ...limits } = options;
  const fits = question.ground().view.candidatesOf(household.id).length > 0;
  const wanted = dwellingLike(question, household);
  const trials: readonly Trial[] = [
    ...overridingPins(question, household),
    ...(fits ? quotaRises(question, household, limits) : []),
    ...decisionsUndone(question, household),
    ...(wanted === null ? [] : [{ changes: [{ kind: "add-dwelling" as const, dwelling: wanted }], overrides: [] }]),
  ];
  return trials.flatMap((trial) => proven(question, household, trial, options) ?? []);
};
