import type { LegalBasis, Localised } from "../base/words.js";
import type { Household } from "../domain/household.js";
import { RULES } from "../rules/kinds.js";
import type { Fault, Rule } from "../rules/rule.js";
import { type Facts, overriddenRules, type Pair } from "../view/facts.js";
import { filledIn } from "./format.js";
import { RULE_SENTENCES } from "./messages/rule-sentences.js";

/** What one rule left of the dwellings that the rules before it had left. */
export interface FunnelStep {
  readonly rule: string;
  readonly title: Localised;
  readonly absolute: boolean;
  readonly legalBasis: readonly LegalBasis[];
  readonly before: number;
  /** Dwellings that this rule is the first to rule out, by id. */
  readonly ruledOut: readonly string[];
  readonly left: number;
  /** Why one of them is ruled out, the first by id; null where the rule ruled out none. */
  readonly example: { readonly dwelling: string; readonly sentence: Localised } | null;
}

export interface Funnel {
  /** Dwellings with at least one free home. */
  readonly dwellings: number;
  /** Homes in all: a dwelling of which there are several alike counts as so many. */
  readonly homes: number;
  /** Every rule that is switched on and speaks of single pairs, in the order in which reasons are given. */
  readonly steps: readonly FunnelStep[];
  /** Dwellings that no such rule rules out, or whose rules a pin overrides. */
  readonly left: readonly string[];
}

/** A rule that bars one pair, and why. */
export interface Barrier {
  readonly rule: string;
  readonly title: Localised;
  readonly absolute: boolean;
  readonly legalBasis: readonly LegalBasis[];
  readonly sentence: Localised;
}

/** A fault as a sentence in every language. */
export const sentenceOf = (rule: Rule, { code, facts }: Fault): Localised => {
  const written = RULE_SENTENCES[`${rule.id}/${code}`];
  if (written !== undefined) return { da: written.da(facts), en: written.en(facts) };
  return {
    da: rule.words[code]?.da(filledIn("da", facts)) ?? code,
    en: rule.words[code]?.en(filledIn("en", facts)) ?? code,
  };
};

const faultOf = (rule: Rule, pair: Pair, facts: Facts): Fault | null => {
  const parameters = facts.problem.policy.rules[rule.id];
  if (rule.allows === null || parameters === false) return null;
  return rule.allows(parameters, pair, facts);
};

const barriersAmong = (facts: Facts, pair: Pair, isAsked: (rule: Rule) => boolean): readonly Barrier[] =>
  RULES.filter(isAsked).flatMap((rule): readonly Barrier[] => {
    const fault = faultOf(rule, pair, facts);
    if (fault === null) return [];
    const { id, title, absolute, legalBasis } = rule;
    return [{ rule: id, title, absolute, legalBasis, sentence: sentenceOf(rule, fault) }];
  });

/** Every rule that bars a pair by itself; those that a pin of this very pair overrides are left out. */
export const barriersOf = (facts: Facts, pair: Pair): readonly Barrier[] => {
  const overridden = overriddenRules(facts, pair);
  return barriersAmong(facts, pair, ({ id }) => !overridden.includes(id));
};

/** Every rule that would bar a pair, were it not for a pin of this very pair. */
export const setAsideFor = (facts: Facts, pair: Pair): readonly Barrier[] => {
  const overridden = overriddenRules(facts, pair);
  return barriersAmong(facts, pair, ({ id }) => overridden.includes(id));
};

/** By how much a pair breaks rules, each in its own unit: for ordering pairs that break the same rules. */
export const amountBroken = (
  facts: Facts,
  pair: { household: string; dwelling: string },
  rules: readonly string[],
): number =>
  RULES.filter(({ id }) => rules.includes(id))
    .flatMap(({ id, check }) =>
      check(facts.problem.policy.rules[id], facts, { placements: [{ ...pair, status: "proposed" }] }),
    )
    .filter(({ subject }) => subject === pair.household)
    .reduce((sum, { by }) => sum + by, 0);

/** How many dwellings each rule left for a household, one rule after the other. */
export const funnelOf = (facts: Facts, household: Household): Funnel => {
  const { problem } = facts;
  const open = problem.dwellings.filter(({ count }) => count > 0);
  let left = open;
  const steps: FunnelStep[] = [];
  for (const rule of RULES) {
    if (rule.allows === null || problem.policy.rules[rule.id] === false) continue;
    const found = left.map((dwelling) => {
      const pair = { household, dwelling };
      const fault = overriddenRules(facts, pair).includes(rule.id) ? null : faultOf(rule, pair, facts);
      return { dwelling, fault };
    });
    const barred = found.flatMap(({ dwelling, fault }) => (fault === null ? [] : [{ dwelling, fault }]));
    const [first] = barred;
    const passed = found.flatMap(({ dwelling, fault }) => (fault === null ? [dwelling] : []));
    steps.push({
      rule: rule.id,
      title: rule.title,
      absolute: rule.absolute,
      legalBasis: rule.legalBasis,
      before: left.length,
      ruledOut: barred.map(({ dwelling }) => dwelling.id),
      left: passed.length,
      example: first === undefined ? null : { dwelling: first.dwelling.id, sentence: sentenceOf(rule, first.fault) },
    });
    left = passed;
  }
  const homes = open.reduce((sum, { count }) => sum + count, 0);
  return { dwellings: open.length, homes, steps, left: left.map(({ id }) => id) };
};
