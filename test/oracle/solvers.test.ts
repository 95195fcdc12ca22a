import { describe, expect, it } from "vitest";
import type { KernelModel } from "../../src/kernel/model.js";
import { exhaustive } from "../../src/solvers/exhaustive.js";
import { highs } from "../../src/solvers/highs.js";
import { javascriptLp } from "../../src/solvers/javascript-lp.js";
import type { Solver } from "../../src/solvers/solver.js";
import { askedRuns } from "../support/asked-runs.js";
import { randomModel } from "../support/random-model.js";
import { disagreement } from "../unit/solvers/agreement.js";

const runs = (usual: number): number => askedRuns("EVENSTEAD_ORACLE_RUNS") ?? usual;
const FIRST_SEED = 20_260_000;

const features = (model: KernelModel): readonly string[] => [
  ...(model.rows.some(({ min }) => min !== undefined && min > 0) ? ["a row that asks for something"] : []),
  ...model.tiers.flatMap(({ leximax, convex = [], tolerance = 0 }) => [
    ...(leximax === undefined ? [] : ["leximax"]),
    ...convex.map(({ form }) => form),
    ...(tolerance > 0 ? ["tolerance"] : []),
  ]),
];

const compare = async (solver: Solver, count: number) => {
  const oracle = exhaustive();
  const disagreements: unknown[] = [];
  const met = new Map<string, number>();
  let unproven = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
    const model = randomModel(seed);
    const truth = await oracle.solve(model);
    const found = await solver.solve(model);
    for (const feature of new Set([truth.status, ...features(model)])) met.set(feature, (met.get(feature) ?? 0) + 1);
    if (found.status === "feasible" || found.status === "time-limit") unproven++;
    const difference = disagreement(model, truth, found);
    if (difference !== "") disagreements.push({ seed, difference });
  }
  return { disagreements, met, unproven };
};

const usual = [
  "optimal",
  "infeasible",
  "leximax",
  "absolute",
  "quadratic",
  "tolerance",
  "a row that asks for something",
];

describe("solvers of the plain model", () => {
  it.each([
    { solver: javascriptLp(), count: runs(1500) },
    { solver: highs(), count: runs(300) },
  ])(
    "$solver.name gives the tier values of enumeration on random models of every feature",
    async ({ solver, count }) => {
      const { disagreements, met, unproven } = await compare(solver, count);
      expect(disagreements).toEqual([]);
      expect(unproven).toBeLessThanOrEqual(Math.ceil(count / 100));
      for (const feature of usual) expect(met.get(feature) ?? 0, feature).toBeGreaterThan(count / 100);
    },
    3_600_000,
  );
});
