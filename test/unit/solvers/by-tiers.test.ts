import { describe, expect, it } from "vitest";
import type { KernelModel } from "../../../src/kernel/model.js";
import { solveByTiers } from "../../../src/solvers/by-tiers.js";
import { isFeasible } from "../../../src/solvers/measure.js";
import type { PlainAnswer, PlainModel, PlainSolver } from "../../../src/solvers/plain.js";
import { solvePlain } from "../../../src/solvers/solve-plain.js";

/** Two agents, two places of one unit; as many as possible are placed (2), then the cheapest way is 1 + 4 = 5. */
const MODEL: KernelModel = {
  agents: 2,
  places: [1, 1],
  arcs: { agent: [0, 0, 1, 1], place: [0, 1, 0, 1] },
  rows: [],
  tiers: [
    { name: "placed", sense: "max", weights: [1, 1, 1, 1] },
    { name: "cost", sense: "min", weights: [1, 3, 3, 4] },
  ],
};

const claiming =
  (values: readonly number[]): PlainSolver =>
  async (model: PlainModel): Promise<PlainAnswer> => {
    const objective = model.vars.reduce((sum, { obj }, j) => sum + obj * (values[j] ?? 0), 0);
    return { status: "optimal", values, objective, bound: objective, reason: "" };
  };

/** Honest in the first tier; in the second it claims a point. */
const turning = (values: readonly number[]): PlainSolver => {
  let asked = 0;
  return async (model, limits) => (asked++ === 0 ? solvePlain(model, limits) : claiming(values)(model, limits));
};

describe("tiers by a plain solver that is not trusted", () => {
  it("proves 2 placed and a cost of 5 where the solver is honest", async () => {
    const { status, tiers } = await solveByTiers(solvePlain, MODEL);
    expect({ status, values: tiers.map(({ value }) => value) }).toEqual({ status: "optimal", values: [2, 5] });
  });

  it("drops a claimed optimum with both agents in one place", async () => {
    const { status, arcOf, tiers } = await solveByTiers(claiming([1, 0, 1, 0]), MODEL);
    expect(status).toBe("feasible");
    expect(isFeasible(MODEL, arcOf)).toBe(true);
    expect(tiers.map(({ optimal }) => optimal)).toEqual([false, false]);
  });

  it("drops a claimed optimum of the second tier that places nobody, though it costs 0", async () => {
    const { status, tiers } = await solveByTiers(turning([0, 0, 0, 0]), MODEL);
    expect(status).toBe("feasible");
    expect(tiers.map(({ value, optimal }) => [value, optimal])).toEqual([
      [2, true],
      [tiers[1]?.value, false],
    ]);
  });

  it("does not call a cost of 6 optimal when the first tier already had a choice of 5", async () => {
    const { status, tiers } = await solveByTiers(turning([0, 1, 1, 0]), MODEL, { start: [0, 3] });
    expect(tiers.map(({ value }) => value)).toEqual([2, 5]);
    expect(status).toBe("feasible");
  });
});
