import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, groundOf } from "../../src/compile/compile.js";
import { policyTiersOf, totalsOf } from "../../src/compile/tiers.js";
import { OBJECTIVES } from "../../src/objectives/kinds.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import { measureTiers } from "../../src/solvers/measure.js";
import { factsOf } from "../../src/view/facts.js";
import { anyTown, METHODS } from "../support/town.js";

const anyTownWithAll = fc
  .tuple(anyTown(5), fc.constantFrom(...METHODS), fc.constantFrom("persons", "households", "children"))
  .map(([town, method, measure]) => ({
    ...town,
    policy: { evenness: { method, measure, levels: ["side", "district"] }, tiers: OBJECTIVES.map(({ tier }) => tier) },
  }));

describe("every objective", () => {
  it("measures on a plan what the solver's model gives for the same choice", () => {
    let compared = 0;
    fc.assert(
      fc.property(anyTownWithAll, fc.infiniteStream(fc.nat({ max: 30 })), (town, picks) => {
        const facts = factsOf(parseProblem(town));
        const ground = groundOf(facts, facts.problem.households);
        const tiers = policyTiersOf(facts.problem.policy, {});
        // Any choice of at most one arc an agent will do: a value is a value, feasible or not.
        const arcOf = Int32Array.from(ground.households, ({ id }) => {
          const candidates = ground.view.candidatesOf(id);
          return candidates[picks.next().value % (candidates.length + 1)]?.index ?? -1;
        });
        const placements = ground.households.flatMap(({ id }, agent) => {
          const candidate = ground.view.candidates[arcOf[agent] ?? -1];
          return candidate === undefined
            ? []
            : [{ household: id, dwelling: candidate.dwelling.id, status: "proposed" as const }];
        });
        const totals = totalsOf(tiers, facts, { placements });
        const compiled = compile(ground, tiers, totals);
        const solved = measureTiers(compiled.model, arcOf);
        compiled.tiers.forEach((tier, i) => {
          const measured = tier.objective.measure(tier.parameters, facts, { placements }, totals[tier.name] ?? 0);
          const kernel = ((solved[i]?.value ?? Number.NaN) + tier.constant) / tier.divisor;
          expect(Math.abs(kernel - measured.value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(measured.value)));
          compared += 1;
        });
      }),
      { numRuns: 300, seed: 13, markInterruptAsFailure: true },
    );
    expect(compared).toBeGreaterThan(2_000);
  });

  it.each(OBJECTIVES.map((objective) => [objective.id, objective] as const))(
    "%s has defaults that survive JSON, and says its unit",
    (_id, objective) => {
      const parameters = objective.schema.parse({});
      expect(objective.schema.parse(JSON.parse(JSON.stringify(parameters)))).toEqual(parameters);
      expect(objective.unit).not.toBe("");
      expect(objective.title.da).not.toBe("");
      expect(objective.legalBasis.length).toBeGreaterThan(0);
    },
  );
});
