import { describe, expect, it } from "vitest";
import type { KernelModel } from "../../src/kernel/model.js";
import { optimizeSync } from "../../src/kernel/optimize.js";
import { exhaustive } from "../../src/solvers/exhaustive.js";
import { askedRuns } from "../support/asked-runs.js";
import { SMALL_FAMILIES } from "../support/model-families.js";
import { padded } from "../support/padded-models.js";
import { diceOf } from "../support/random-model.js";
import { drawnModel } from "../unit/kernel/block-cases.js";
import { disagreement } from "../unit/solvers/agreement.js";

const RUNS = askedRuns("EVENSTEAD_ORACLE_RUNS") ?? 60;
const FIRST_SEED = 20_261_127;

/** In what the padded model's result contradicts the enumeration of the model itself. */
const fault = async (model: KernelModel): Promise<string> => {
  const found = optimizeSync(padded(model));
  return disagreement(model, await exhaustive().solve(model), {
    ...found,
    arcOf: found.arcOf.slice(0, model.agents),
  });
};

describe("the kernel where there is much to leave out", () => {
  // Of the first two it once took a bound from prices that only a part of the model allows.
  it(`finds what enumeration does without the padding, on ${RUNS + 2} models of blocks`, async () => {
    const faults: unknown[] = [];
    const seeds = [547, 974, ...Array.from({ length: RUNS }, (_, i) => FIRST_SEED + i)];
    for (const seed of seeds) {
      const own = await fault(drawnModel(diceOf(seed)));
      if (own !== "") faults.push({ seed, own });
    }
    expect(faults).toEqual([]);
  }, 3_600_000);

  it(`finds what enumeration does without the padding, on ${RUNS} models of every family`, async () => {
    const faults: unknown[] = [];
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
      const family = SMALL_FAMILIES[seed % SMALL_FAMILIES.length];
      if (family === undefined) continue;
      const model = family.make(seed);
      if (model.tiers.some(({ leximax }) => leximax !== undefined)) continue;
      const own = await fault(model);
      if (own !== "") faults.push({ seed, family: family.name, own });
    }
    expect(faults).toEqual([]);
  }, 3_600_000);
});
