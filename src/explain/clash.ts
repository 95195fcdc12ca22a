import type { Localised } from "../base/words.js";
import type { Household } from "../domain/household.js";
import type { Plan } from "../domain/plan.js";
import { homesIn, type Question } from "../plans/question.js";
import { type ResolveOptions, resolve } from "../plans/resolve.js";
import { parseProblem } from "../problem/parse-problem.js";
import { RULES } from "../rules/kinds.js";
import { amountBroken, barriersOf } from "./funnel.js";

/** One of the things that cannot all hold. `subject`: the quota, link, pin or household; null where a rule bars pairs by itself. */
export interface ClashMember {
  readonly rule: string;
  readonly title: Localised;
  readonly absolute: boolean;
  readonly subject: string | null;
}

/**
 * A set that cannot hold together with a home for the household. `minimal`: it was shown that without any one of them the rest can.
 * `households`: those that would lose their home if this one had to have one.
 */
export interface Clash {
  readonly members: readonly ClashMember[];
  readonly minimal: boolean;
  readonly households: readonly string[];
  /** Persons fewer who would have a home in all, if this household had to have one; 0 where others merely take its place. */
  readonly personsLost: number;
  /** The dwelling that comes nearest, with all that bars it; null where the clash is not between rules of single dwellings. */
  readonly nearest: { readonly dwelling: string; readonly sentences: readonly Localised[] } | null;
}

/** Sets of more rules than this are told to nobody. */
const MOST_RULES = 4;

const memberOf = (id: string, subject: string | null): ClashMember => {
  const rule = RULES.find((one) => one.id === id);
  return {
    rule: id,
    title: rule?.title ?? { da: "Husstanden skal have en bolig", en: "The household must have a home" },
    absolute: rule?.absolute ?? false,
    subject,
  };
};

/** A row of the model by its rule and what it speaks of: `quota/q1`, `pin/h3`, `links.apart/0/A`. */
const memberOfRow = (row: string): ClashMember => {
  const [rule = "", subject = null] = row.split("/");
  return memberOf(rule, subject);
};

export const membersOfRows = (rows: readonly string[]): readonly ClashMember[] => [
  ...new Map(rows.map((row) => [row.split("/").slice(0, 2).join("/"), memberOfRow(row)])).values(),
];

/** What an infeasible problem's solver names, and whether it saw that each of them is needed. */
export const clashOfPlan = ({ outcome, certificate }: Pick<Plan, "outcome" | "certificate">): Clash => {
  const { kernel } = certificate;
  const infeasible = typeof kernel === "object" && kernel !== null && "infeasible" in kernel ? kernel.infeasible : null;
  const minimal =
    typeof infeasible === "object" && infeasible !== null && "minimal" in infeasible && infeasible.minimal === true;
  return { members: membersOfRows(outcome.clash), minimal, households: [], personsLost: 0, nearest: null };
};

function* subsets(items: readonly string[], size: number): Generator<readonly string[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [i, item] of items.entries())
    for (const rest of subsets(items.slice(i + 1), size - 1)) yield [item, ...rest];
}

/** The minimal sets of rules each of which alone leaves no dwelling: every dwelling is barred by one of the set. */
export const rulesThatLeaveNone = (barred: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  const rules = [...new Set(barred.flat())].sort();
  const found: (readonly string[])[] = [];
  for (let size = 1; size <= Math.min(MOST_RULES, rules.length); size++)
    for (const set of subsets(rules, size)) {
      if (found.some((smaller) => smaller.every((rule) => set.includes(rule)))) continue;
      if (barred.every((one) => one.some((rule) => set.includes(rule)))) found.push(set);
    }
  return found;
};

/** The problem with as many tiers as come before the first that spreads: quick to solve, and enough to say who can have a home. */
export const withoutLaterTiers = (question: Question, problem = question.facts.problem) => {
  const { tiers } = problem.policy;
  const first = tiers.findIndex(({ tier }) => tier === "evenness");
  return parseProblem({ ...problem, policy: { ...problem.policy, tiers: first < 0 ? tiers : tiers.slice(0, first) } });
};

const lostTo = (question: Question, forced: Plan): readonly string[] => {
  const homes = homesIn(forced);
  return question.plan.placements.map(({ household }) => household).filter((household) => !homes.has(household));
};

/** The dwelling barred by fewest rules, then by the smallest amount; absolute rules weigh more, since nobody can set them aside. */
const nearestOf = ({ facts }: Question, household: Household): Clash["nearest"] => {
  const options = facts.problem.dwellings
    .filter(({ count }) => count > 0)
    .map((dwelling) => {
      const barriers = barriersOf(facts, { household, dwelling });
      const pair = { household: household.id, dwelling: dwelling.id };
      const broken = amountBroken(
        facts,
        pair,
        barriers.map(({ rule }) => rule),
      );
      return { dwelling: dwelling.id, barriers, absolute: barriers.filter(({ absolute }) => absolute).length, broken };
    })
    .sort((a, b) => a.absolute - b.absolute || a.barriers.length - b.barriers.length || a.broken - b.broken);
  const [first] = options;
  return first === undefined
    ? null
    : { dwelling: first.dwelling, sentences: first.barriers.map(({ sentence }) => sentence) };
};

/** What stands between an unplaced household and a home. */
export const clashesOf = (question: Question, household: Household, options: ResolveOptions): readonly Clash[] => {
  const { facts, plan } = question;
  const open = facts.problem.dwellings.filter(({ count }) => count > 0);
  const barred = open.map((dwelling) => barriersOf(facts, { household, dwelling }).map(({ rule }) => rule));
  if (barred.every((rules) => rules.length > 0)) {
    const sets = rulesThatLeaveNone(barred);
    const all = [...new Set(barred.flat())].sort();
    return (sets.length > 0 ? sets : [all]).map((rules) => ({
      members: rules.map((rule) => memberOf(rule, null)),
      minimal: sets.length > 0,
      households: [],
      personsLost: 0,
      nearest: nearestOf(question, household),
    }));
  }
  const forced = resolve(withoutLaterTiers(question), { ...options, plan, mustHouse: [household.id] });
  if (!forced.outcome.found) return [clashOfPlan(forced)];
  const persons = ({ tiers }: Pick<Plan, "tiers">): number => tiers.find(({ name }) => name === "placed")?.value ?? 0;
  return [
    {
      members: [memberOf("unit.capacity", null)],
      minimal: false,
      households: lostTo(question, forced),
      personsLost: persons(plan) - persons(forced),
      nearest: null,
    },
  ];
};
