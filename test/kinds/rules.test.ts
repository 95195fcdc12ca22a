import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { viewOf } from "../../src/compile/view-of.js";
import type { Plan } from "../../src/domain/plan.js";
import type { Problem } from "../../src/domain/problem.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import { RULES } from "../../src/rules/kinds.js";
import type { Rule } from "../../src/rules/rule.js";
import { factsOf, placedIn } from "../../src/view/facts.js";
import type { View } from "../../src/view/view.js";
import { anyTown } from "../support/town.js";

type Placements = Pick<Plan, "placements">;

/** Any choice at all: each household in any dwelling, or in none. */
const anyChoice = (problem: Problem): fc.Arbitrary<Placements> =>
  fc
    .tuple(
      ...problem.households.map(() =>
        fc.option(fc.nat({ max: Math.max(0, problem.dwellings.length - 1) }), { nil: null }),
      ),
    )
    .map((picks) => ({
      placements: problem.households.flatMap(({ id }, i) => {
        const dwelling = problem.dwellings[picks[i] ?? -1];
        return dwelling === undefined ? [] : [{ household: id, dwelling: dwelling.id, status: "proposed" as const }];
      }),
    }));

/** Every pair a candidate, so that a rule's rows can be read without the other rules. */
const openView = (problem: Problem): View => {
  const rules = Object.fromEntries(RULES.map(({ id }) => [id, false]));
  const open = { ...problem, policy: { ...problem.policy, rules } };
  return { ...viewOf(factsOf(open), open), problem };
};

const modelHolds = (rule: Rule, view: View, plan: Placements): boolean => {
  const parameters = view.problem.policy.rules[rule.id];
  const placed = placedIn(view, plan);
  const allowed = placed.every((pair) => rule.allows === null || rule.allows(parameters, pair, view) === null);
  const chosen = new Set(
    placed.map(
      ({ household, dwelling }) =>
        view.candidatesOf(household.id).find((candidate) => candidate.dwelling.id === dwelling.id)?.index ?? -1,
    ),
  );
  const rows = rule.rows?.(parameters, view) ?? [];
  const rowsHold = rows.every((row) => {
    const y = row.terms.reduce((sum, { candidate, coefficient }) => sum + (chosen.has(candidate) ? coefficient : 0), 0);
    return y >= (row.min ?? Number.NEGATIVE_INFINITY) && y <= (row.max ?? Number.POSITIVE_INFINITY);
  });
  // The model's own place constraint stands for the count of identical dwellings.
  const counts = view.problem.dwellings.every(
    ({ id, count }) =>
      rule.id !== "unit.capacity" || placed.filter(({ dwelling }) => dwelling.id === id).length <= count,
  );
  return allowed && rowsHold && counts;
};

const withDecisions = (town: Record<string, unknown>): Record<string, unknown> => {
  const households = town.households as { id: string }[];
  const dwellings = town.dwellings as { id: string }[];
  if (households.length < 2 || dwellings.length < 2) return town;
  const base = { by: "planner-1", reason: "test" };
  return {
    ...town,
    decisions: [
      { kind: "pin", household: households[0]?.id, dwelling: dwellings[0]?.id, ...base },
      { kind: "forbid", household: households[1]?.id, dwelling: dwellings[1]?.id, ...base },
    ],
  };
};

const anyCase = anyTown(5)
  .map((town) => parseProblem(withDecisions(town)))
  .chain((problem) => fc.tuple(fc.constant(problem), anyChoice(problem)));

describe.each(RULES.map((rule) => [rule.id, rule] as const))("rule %s", (id, rule) => {
  it("compiles to what its checker is silent on, and both outcomes occur", () => {
    const seen = { holds: 0, broken: 0 };
    fc.assert(
      fc.property(anyCase, ([problem, plan]) => {
        const view = openView(problem);
        const violations = rule.check(problem.policy.rules[id], view, plan);
        const holds = modelHolds(rule, view, plan);
        seen[holds ? "holds" : "broken"] += 1;
        expect(violations.length === 0).toBe(holds);
      }),
      { numRuns: 400, seed: 11, markInterruptAsFailure: true },
    );
    expect(seen.holds).toBeGreaterThan(0);
    // The kernel's agent constraint stands for this rule; divided households are tested by hand below.
    // Only towns whose policy lacks the tier `exceptions` can break area.restricted; spread.local has no limits unless a policy gives
    // some, and test/unit/spread holds it to the same with limits.
    if (!["household.indivisible", "area.restricted", "spread.local"].includes(id))
      expect(seen.broken).toBeGreaterThan(0);
  });

  it("names its subject and says why in Danish and English, from facts alone", () => {
    fc.assert(
      fc.property(anyCase, ([problem, plan]) => {
        for (const violation of rule.check(problem.policy.rules[id], factsOf(problem), plan)) {
          expect(violation.rule).toBe(id);
          expect(violation.subject).not.toBe("");
          expect(violation.by).toBeGreaterThan(0);
          const words = rule.words[violation.code];
          expect(words?.da(violation.facts)).toMatch(/^.{10,}\.$/);
          expect(words?.en(violation.facts)).toMatch(/^.{10,}\.$/);
          expect(`${words?.da(violation.facts)}${words?.en(violation.facts)}`).not.toMatch(/undefined|NaN|null/);
        }
      }),
      { numRuns: 100, seed: 12, markInterruptAsFailure: true },
    );
  });

  it("has defaults that survive JSON, a title in both languages and a dated legal basis", () => {
    const parameters = rule.schema.parse({});
    expect(rule.schema.parse(JSON.parse(JSON.stringify(parameters)))).toEqual(parameters);
    expect(rule.title.da).not.toBe("");
    expect(rule.title.en).not.toBe("");
    expect(rule.legalBasis.length).toBeGreaterThan(0);
    for (const { asOf } of rule.legalBasis) expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe("the list of rules", () => {
  it("has no id or alias twice", () => {
    const names = RULES.flatMap(({ id, aliases }) => [id, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });
});
