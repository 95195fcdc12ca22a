import { describe, expect, it } from "vitest";
import { optimizeSync } from "../../src/kernel/optimize.js";
import { highs } from "../../src/solvers/highs.js";
import { askedRuns } from "../support/asked-runs.js";
import { contradiction } from "../support/kernel-agreement.js";
import { mediumFamilies } from "../support/medium-families.js";

const ASKED = askedRuns("EVENSTEAD_HIGHS_RUNS");
const MOST_AGENTS = ASKED === null ? 16 : 60;
const FAMILIES = mediumFamilies(MOST_AGENTS);
const EACH = ASKED === null ? 1 : Math.ceil(ASKED / FAMILIES.length);
const FIRST_SEED = 20_261_123;
/** Seconds for each solver and model: what is not proven by then is compared by its bounds alone. */
const LIMIT = { timeLimitSeconds: 3 };

describe(`the kernel against HiGHS, on 10 to ${MOST_AGENTS} agents`, () => {
  it.each(FAMILIES)(
    `contradicts it in no tier on ${EACH} models: $name`,
    async ({ make }) => {
      const solver = highs();
      const faults: unknown[] = [];
      let compared = 0;
      for (let seed = FIRST_SEED; seed < FIRST_SEED + EACH; seed++) {
        const model = make(seed);
        const told = contradiction(model, optimizeSync(model, LIMIT), await solver.solve(model, LIMIT));
        if (told.problem !== "") faults.push({ seed, problem: told.problem });
        compared += told.compared + (told.infeasible ? model.tiers.length : 0);
      }
      expect(faults).toEqual([]);
      expect(compared).toBeGreaterThanOrEqual(EACH);
    },
    3_600_000,
  );
});
