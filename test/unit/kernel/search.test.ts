import { describe, expect, it } from "vitest";
import { coreOf } from "../../../src/kernel/core.js";
import { wholeDomain } from "../../../src/kernel/domain.js";
import { searcher } from "../../../src/kernel/search.js";
import { stageOf } from "../../../src/kernel/stage.js";
import { complete } from "./tiny.js";

const ENDLESS = Number.POSITIVE_INFINITY;

describe("a search", () => {
  it("serves whoever has to be, though no row says so and serving costs", () => {
    const core = coreOf(complete(3, [1, 1, 1]));
    const domain = wholeDomain(core, true);
    domain.must.fill(1);
    const stage = stageOf(core, domain, { name: "cost", sign: 1, weights: [5, 9, 9, 9, 5, 9, 9, 9, 5], pieces: [] });
    const task = { core, stage, limits: [], held: [], counts: [], blocks: [] };
    const effort = {
      rootRounds: 1,
      nodeRounds: 1,
      nodes: 1,
      stop: () => false,
      isOver: () => false,
      left: () => ENDLESS,
      isClose: () => false,
      reserve: () => {},
    };
    const search = searcher(task, domain, effort);
    const found = search.improve([-1, -1, -1], { near: null, deep: false, sweeps: 6 });
    expect(found).toEqual({ arcOf: Int32Array.of(0, 4, 8), value: 15 * stage.scale });
  });
});
