import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "../../src/allocate.js";
import type { Plan } from "../../src/domain/plan.js";
import { exhaustive } from "../../src/solvers/exhaustive.js";
import { javascriptLp } from "../../src/solvers/javascript-lp.js";
import { askedRuns } from "../support/asked-runs.js";
import { anyTown } from "../support/town.js";

const runs = (usual: number): number => askedRuns("EVENSTEAD_ORACLE_RUNS") ?? usual;
const settings = (numRuns: number) => ({ numRuns, seed: 20261123, markInterruptAsFailure: true }) as const;

/** Values as told, up to the last digits of sums of doubles. */
const values = ({ tiers, outcome }: Plan) => ({
  found: outcome.found,
  tiers: tiers.map(({ name, value }) => [name, Number(value.toPrecision(9))]),
});

const proven = ({ tiers }: Plan): boolean => tiers.every(({ optimal }) => optimal);

describe("whole problems against enumeration", () => {
  it("gives every tier the value of enumeration, and proves it, in towns of up to 6 households", async () => {
    const sizes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anyTown(6), async (town) => {
        const truth = await allocate(town, { solver: exhaustive() });
        const plan = await allocate(town);
        expect(values(plan)).toEqual(values(truth));
        expect(proven(plan)).toBe(true);
        const kind = !truth.outcome.found ? "infeasible" : truth.unplaced.length === 0 ? "all placed" : "some placed";
        sizes.set(kind, (sizes.get(kind) ?? 0) + 1);
      }),
      settings(runs(300)),
    );
    expect(sizes.get("all placed") ?? 0).toBeGreaterThan(10);
    expect(sizes.get("some placed") ?? 0).toBeGreaterThan(10);
  }, 3_600_000);

  it("gives the same values on javascript-lp-solver wherever that proves them, which is nearly always", async () => {
    let unproven = 0;
    await fc.assert(
      fc.asyncProperty(anyTown(4), async (town) => {
        const truth = await allocate(town, { solver: exhaustive() });
        const plan = await allocate(town, { solver: javascriptLp() });
        if (!proven(plan) || (plan.outcome.status !== "infeasible" && !plan.outcome.found)) unproven++;
        else expect(values(plan)).toEqual(values(truth));
      }),
      settings(runs(100)),
    );
    expect(unproven).toBeLessThanOrEqual(Math.ceil(runs(100) / 20));
  }, 3_600_000);
});
