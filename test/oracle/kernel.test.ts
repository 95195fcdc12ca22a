import { describe, expect, it } from "vitest";
import { optimizeSync } from "../../src/kernel/optimize.js";
import { exhaustive } from "../../src/solvers/exhaustive.js";
import { askedRuns } from "../support/asked-runs.js";
import { type Family, SMALL_FAMILIES } from "../support/model-families.js";
import { disagreement } from "../unit/solvers/agreement.js";

const RUNS = askedRuns("EVENSTEAD_ORACLE_RUNS") ?? 560;
const EVERY_FEATURE = "every feature at random";
/** The family that mixes everything is as many models as all others together. */
const FAMILIES = SMALL_FAMILIES.map((family) => ({
  ...family,
  count: Math.ceil(RUNS / 2 / (family.name === EVERY_FEATURE ? 1 : SMALL_FAMILIES.length - 1)),
}));
const FIRST_SEED = 20_261_123;

/** In what the kernel contradicts enumeration on one model of a family; faults that it throws are told with their seed. */
const fault = async ({ make }: Family, seed: number) => {
  const model = make(seed);
  const truth = await exhaustive().solve(model);
  try {
    const found = optimizeSync(model);
    return { status: found.status, difference: disagreement(model, truth, found), truth: truth.status };
  } catch (error) {
    return { status: "thrown", difference: String(error), truth: truth.status };
  }
};

describe("the kernel against enumeration", () => {
  it.each(FAMILIES)(
    "gives the status, tier values and valid bounds of enumeration on $count models: $name",
    async ({ count, ...family }) => {
      const faults: unknown[] = [];
      let unproven = 0;
      for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
        const { status, truth, difference } = await fault(family, seed);
        if (status === "feasible" && truth === "optimal") unproven++;
        else if (difference === "" && status !== truth) faults.push({ seed, status, truth });
        if (difference !== "") faults.push({ seed, difference });
      }
      expect(faults).toEqual([]);
      expect(unproven).toBeLessThanOrEqual(Math.floor(count / 50));
    },
    3_600_000,
  );

  it("meets infeasible models and feasible ones in these families", async () => {
    const met = new Map<string, number>();
    for (const { make } of SMALL_FAMILIES)
      for (let seed = FIRST_SEED; seed < FIRST_SEED + 20; seed++) {
        const { status } = await exhaustive().solve({ ...make(seed), tiers: [] });
        met.set(status, (met.get(status) ?? 0) + 1);
      }
    expect(met.get("optimal") ?? 0).toBeGreaterThan(200);
    expect(met.get("infeasible") ?? 0).toBeGreaterThan(15);
  });
});
