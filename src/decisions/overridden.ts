import { ruleFindings } from "../audit/verify.js";
import { groupedBy } from "../base/order.js";
import type { Decision } from "../domain/demand.js";
import type { Placement, Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { RULES } from "../rules/kinds.js";
import type { Violation } from "../rules/rule.js";
import { type Facts, factsOf } from "../view/facts.js";
import type { OverriddenRule } from "./actions.js";

const isBlank = (value: string | null | undefined): boolean => (value ?? "").trim() === "";

/** A rule by its id or a short name, with the legal basis that overrides it. */
export const overriddenRule = (name: string, legalBasis: string | null | undefined): OverriddenRule => {
  const rule = RULES.find(({ id, aliases }) => id === name || aliases.includes(name));
  return {
    rule: rule?.id ?? name,
    absolute: rule?.absolute ?? false,
    legalBasis: isBlank(legalBasis) ? null : (legalBasis ?? null),
  };
};

/** What stands against a placement: rules that are simply broken, and rules that a pin overrides. */
export interface AgainstPlacement {
  readonly broken: readonly string[];
  readonly overrides: readonly OverriddenRule[];
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** A link names its first household alone, but concerns every one in it. */
const isLinkOf = ({ problem }: Facts, household: string, { rule, subject }: Violation): boolean =>
  problem.links.some(
    ({ kind, households }) => rule === `links.${kind}` && households[0] === subject && households.includes(household),
  );

/**
 * Which violations a placement has a part in: those that name its household, those of a link that it is in, and those of its dwelling, a
 * quota, a stairwell or anything else that would be less, or gone, without it. A minimum that nobody reaches is nobody's in particular.
 */
const concerning = (facts: Facts, plan: Plan, household: string): ((one: Violation) => boolean) => {
  const keyOf = ({ rule, code, subject }: Violation): string => JSON.stringify([rule, code, subject]);
  // Several limits may speak of one place: what they are broken by is added up.
  const amounts = (placements: Plan["placements"]): ReadonlyMap<string, number> => {
    const found = groupedBy(ruleFindings(facts, { placements }).violations, keyOf);
    return new Map([...found].map(([key, all]) => [key, all.reduce((sum, { by }) => sum + by, 0)]));
  };
  const all = amounts(plan.placements);
  const rest = amounts(plan.placements.filter((one) => one.household !== household));
  return (one) =>
    one.subject === household ||
    isLinkOf(facts, household, one) ||
    (rest.get(keyOf(one)) ?? 0) < (all.get(keyOf(one)) ?? 0);
};

/**
 * The rules that one placement of a plan breaks, by itself or together with the others, asked of the rules themselves: what a pin says
 * that it overrides is not taken on trust. A legal basis given with the step goes before that of the pin.
 */
export const againstPlacement = (
  problem: Problem,
  plan: Plan,
  { placement, legalBasis }: { readonly placement: Placement; readonly legalBasis: string | undefined },
): AgainstPlacement => {
  const { household, dwelling } = placement;
  const facts = factsOf(problem);
  const { violations, overridden } = ruleFindings(facts, plan);
  const concerns = concerning(facts, plan, household);
  const pin = problem.decisions.find(
    (one: Decision) => one.kind === "pin" && one.household === household && one.dwelling === dwelling,
  );
  const basis = isBlank(legalBasis) ? pin?.legalBasis : legalBasis;
  return {
    broken: unique(violations.filter(concerns).map(({ rule }) => rule)),
    overrides: unique(overridden.filter(({ subject }) => subject === household).map(({ rule }) => rule)).map((rule) =>
      overriddenRule(rule, basis),
    ),
  };
};
