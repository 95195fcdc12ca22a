import { describe, expect, it } from "vitest";
import { exhaustive } from "../../src/solvers/exhaustive.js";
import { kernel } from "../../src/solvers/kernel.js";
import { randomModel } from "../support/random-model.js";
import { disagreement } from "../unit/solvers/agreement.js";

const ASKED = Number(process.env.EVENSTEAD_ORACLE_RUNS);
const RUNS = Number.isInteger(ASKED) && ASKED > 0 ? ASKED : 500;
const FIRST_SEED = 20_261_123;

describe("the kernel against enumeration", () => {
  it("proves the optimum of every tier on random models of every feature", async () => {
    const faults: unknown[] = [];
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
      const model = randomModel(seed);
      const truth = await exhaustive().solve(model);
      const found = await kernel().solve(model);
      const difference =
        found.status === truth.status ? disagreement(model, truth, found) : `${found.status}, not ${truth.status}`;
      if (difference !== "") faults.push({ seed, difference });
    }
    expect(faults).toEqual([]);
  }, 3_600_000);
});
