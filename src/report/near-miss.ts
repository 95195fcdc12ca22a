import { byText } from "../base/order.js";
import type { Locale } from "../base/words.js";
import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import { RULES } from "../rules/kinds.js";
import type { Facts } from "../view/facts.js";

/** The dwelling that comes nearest to being allowed, and in words which rules it breaks. */
export interface NearMiss {
  readonly dwelling: string;
  readonly sentences: readonly string[];
}

const faultsOf = (facts: Facts, household: Household, dwelling: Dwelling, locale: Locale): readonly string[] =>
  RULES.flatMap((rule) => {
    const parameters = facts.problem.policy.rules[rule.id];
    const fault = parameters === false ? null : (rule.allows?.(parameters, { household, dwelling }, facts) ?? null);
    return fault === null ? [] : [rule.words[fault.code]?.[locale](fault.facts) ?? fault.code];
  });

/** Persons too many, then rent too much: what a planner would ask the owner about first. */
const distance = (household: Household, dwelling: Dwelling): readonly [persons: number, rent: number] => [
  Math.max(0, household.members.length - dwelling.maxPersons),
  Math.max(0, (dwelling.rent ?? 0) - (household.needs.maxRent ?? Number.POSITIVE_INFINITY)),
];

/**
 * The dwelling that the fewest rules keep from a household; among equals the one that lacks the fewest persons, then the least rent,
 * then the first id. Null where a dwelling passes every rule for one household (others need it more) or there is none.
 *
 * Cost: rules times dwellings.
 */
export const nearMiss = (facts: Facts, household: Household, locale: Locale): NearMiss | null => {
  const tried = facts.problem.dwellings
    .filter(({ count }) => count > 0)
    .map((dwelling) => ({
      dwelling: dwelling.id,
      sentences: faultsOf(facts, household, dwelling, locale),
      far: distance(household, dwelling),
    }))
    .sort(
      (a, b) =>
        a.sentences.length - b.sentences.length ||
        a.far[0] - b.far[0] ||
        a.far[1] - b.far[1] ||
        byText(a.dwelling, b.dwelling),
    );
  const [nearest] = tried;
  return nearest === undefined || nearest.sentences.length === 0
    ? null
    : { dwelling: nearest.dwelling, sentences: nearest.sentences };
};

/** A report is no longer read where so many have no home; and the search takes rules times dwellings for each. */
const MOST_SEARCHED = 300;

/** What to tell of each household without a home, in the order given: its nearest dwelling, or that others need the homes more. */
export const nearMissTexts = (
  facts: Facts,
  households: readonly (Household | null)[],
  { locale, noReason }: { readonly locale: Locale; readonly noReason: string },
): readonly string[] =>
  households.map((household, i) => {
    if (household === null || i >= MOST_SEARCHED) return "–";
    const miss = nearMiss(facts, household, locale);
    return miss === null ? noReason : `${miss.dwelling}: ${miss.sentences.join(" ")}`;
  });
