import type { UnplacedReason } from "../domain/plan.js";
import { RULES } from "../rules/kinds.js";
import type { Fault, Rule } from "../rules/rule.js";
import type { Facts } from "../view/facts.js";
import type { View } from "../view/view.js";

/** A fault as a sentence. */
const sentence = (rule: Rule, { code, facts }: Fault): string => rule.words[code]?.en(facts) ?? code;

/** The fault that comes nearest to passing stands for its rule: the one named for the fewest dwellings says least. */
const ruledOutBy = (rule: Rule, householdId: string, facts: Facts): UnplacedReason | null => {
  const household = facts.household(householdId);
  const parameters = facts.problem.policy.rules[rule.id];
  const { allows } = rule;
  if (household === undefined || allows === null || parameters === false) return null;
  const open = facts.problem.dwellings.filter(({ count }) => count > 0);
  const faults = open.flatMap((dwelling) => allows(parameters, { household, dwelling }, facts) ?? []);
  const [first] = faults;
  if (first === undefined) return null;
  const sample = faults.length === 1 ? sentence(rule, first) : `for example: ${sentence(rule, first)}`;
  return {
    rule: rule.id,
    code: first.code,
    ruledOut: faults.length,
    dwellings: open.length,
    message: `${rule.title.en}: ${faults.length} of ${open.length} dwellings are ruled out; ${sample}`,
  };
};

/** Why a household is unplaced: the rules that ruled dwellings out, hardest first, and how many dwellings none of them ruled out. */
export const unplacedReasons = (view: View, household: string): readonly UnplacedReason[] => {
  const reasons = RULES.flatMap((rule) => ruledOutBy(rule, household, view) ?? []);
  const left = view.candidatesOf(household).length;
  const hardest = [...reasons].sort((a, b) => b.ruledOut - a.ruledOut);
  if (left === 0) return hardest;
  const dwellings = view.problem.dwellings.filter(({ count }) => count > 0).length;
  const message = `${left} of ${dwellings} dwellings pass every rule for one household, but other households, quotas or links need them`;
  return [{ rule: "household.indivisible", code: "needed-elsewhere", ruledOut: 0, dwellings, message }, ...hardest];
};
