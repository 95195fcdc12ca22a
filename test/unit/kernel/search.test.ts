import { describe, expect, it } from "vitest";
import { localities } from "../../../bench/kernel/neighbours.js";
import { coreOf } from "../../../src/kernel/core.js";
import { wholeDomain } from "../../../src/kernel/domain.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { searcher } from "../../../src/kernel/search.js";
import { stageOf } from "../../../src/kernel/stage.js";
import { COUNTED, complete } from "./tiny.js";

describe("a search", () => {
  it("serves whoever has to be, though no row says so and serving costs", () => {
    const core = coreOf(complete(3, [1, 1, 1]));
    const domain = wholeDomain(core, true);
    domain.must.fill(1);
    const stage = stageOf(core, domain, { name: "cost", sign: 1, weights: [5, 9, 9, 9, 5, 9, 9, 9, 5], pieces: [] });
    const task = { core, stage, limits: [], held: [], counts: [], blocks: [] };
    const search = searcher(task, domain, COUNTED);
    const found = search.improve([-1, -1, -1], { near: null, deep: false, sweeps: 6 });
    expect(found).toEqual({ arcOf: Int32Array.of(0, 4, 8), value: 15 * stage.scale });
  });

  it("takes a longer look by chance where dividing blocks has not soon come to an end", () => {
    // 110 without it.
    const { tiers, ...model } = localities(40, 6, 4);
    const result = optimizeSync({ ...model, tiers: tiers.slice(0, 1) });
    expect(result.tiers[0]?.value).toBeGreaterThanOrEqual(111);
  });
});
