import { ruleFindings } from "../audit/verify.js";
import type { Decision } from "../domain/demand.js";
import type { Placement, Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { RULES } from "../rules/kinds.js";
import { factsOf } from "../view/facts.js";
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

/**
 * The rules that one placement of a plan breaks, asked of the rules themselves: what a pin says that it overrides is not taken on trust.
 * A legal basis given with the step goes before that of the pin.
 */
export const againstPlacement = (
  problem: Problem,
  plan: Plan,
  { placement, legalBasis }: { readonly placement: Placement; readonly legalBasis: string | undefined },
): AgainstPlacement => {
  const { household, dwelling } = placement;
  const { violations, overridden } = ruleFindings(factsOf(problem), plan);
  const concerns = ({ subject }: { readonly subject: string }): boolean =>
    subject === household || subject === dwelling;
  const pin = problem.decisions.find(
    (one: Decision) => one.kind === "pin" && one.household === household && one.dwelling === dwelling,
  );
  const basis = isBlank(legalBasis) ? pin?.legalBasis : legalBasis;
  return {
    broken: unique(violations.filter(concerns).map(({ rule }) => rule)),
    overrides: unique(overridden.filter(concerns).map(({ rule }) => rule)).map((rule) => overriddenRule(rule, basis)),
  };
};
