import { groupedBy } from "../base/order.js";
import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import { RULES } from "../rules/kinds.js";
import { type Facts, overriddenRules, type Pair } from "../view/facts.js";
import type { Candidate, View } from "../view/view.js";

/** A rule that is switched on, and speaks of pairs. */
interface PairRule {
  readonly id: string;
  readonly allows: (pair: Pair) => boolean;
}

const pairRulesOf = (facts: Facts): readonly PairRule[] =>
  RULES.flatMap(({ id, allows }) => {
    const parameters = facts.problem.policy.rules[id];
    return allows === null || parameters === false
      ? []
      : [{ id, allows: (pair: Pair) => allows(parameters, pair, facts) === null }];
  });

const isCandidate = (facts: Facts, rules: readonly PairRule[], pair: Pair): boolean => {
  const barring = rules.find((rule) => !rule.allows(pair));
  if (barring === undefined) return true;
  const overridden = overriddenRules(facts, pair);
  return overridden.length > 0 && rules.every((rule) => overridden.includes(rule.id) || rule.allows(pair));
};

/**
 * The candidates: every pair that all per-pair rules allow, or that a pin overrides, ordered by household, then dwelling,
 * as the lists are given. Cost: households times dwellings times rules.
 */
export const viewOf = (
  facts: Facts,
  { households, dwellings }: { readonly households: readonly Household[]; readonly dwellings: readonly Dwelling[] },
): View => {
  const rules = pairRulesOf(facts);
  const candidates: Candidate[] = [];
  for (const household of households) {
    for (const dwelling of dwellings) {
      const pair = { household, dwelling };
      if (dwelling.count > 0 && isCandidate(facts, rules, pair)) candidates.push({ index: candidates.length, ...pair });
    }
  }
  const byHousehold = groupedBy(candidates, ({ household }) => household.id);
  const byDistrict = groupedBy(candidates, ({ dwelling }) => dwelling.district);
  return {
    ...facts,
    candidates,
    candidatesOf: (household) => byHousehold.get(household) ?? [],
    candidatesInDistrict: (district) => byDistrict.get(district) ?? [],
  };
};
