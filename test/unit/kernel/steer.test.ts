import { describe, expect, it } from "vitest";
import { town } from "../../../bench/kernel/town.js";
import { climb, rowSizes } from "../../../src/kernel/climb.js";
import { coreOf } from "../../../src/kernel/core.js";
import { tighten, wholeDomain } from "../../../src/kernel/domain.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { type Found, positionOf } from "../../../src/kernel/position.js";
import { noPrices, relaxation, type Task } from "../../../src/kernel/relax.js";
import { limitOf, rowValues, stageValue, tierStage } from "../../../src/kernel/stage.js";
import { steer } from "../../../src/kernel/steer.js";
import { upTo } from "./block-cases.js";
import { COUNTED } from "./tiny.js";

/** Choices that steering finds for the misfit of a town where those are served who are at best, with evenness at its best or a little more. */
const steeredIn = (seed: number) => {
  const model = town({ households: 120, dwellings: 144, districts: 6, seed });
  const { arcOf } = optimizeSync({ ...model, tiers: model.tiers.slice(0, 2) });
  const core = coreOf(model);
  const domain = wholeDomain(core, true);
  tighten(core, domain);
  arcOf.forEach((arc, agent) => {
    domain.must[agent] = arc < 0 ? 0 : 1;
  });
  const [evenness, stage] = model.tiers.slice(1).map((tier) => tierStage(core, domain, tier));
  if (evenness === undefined || stage === undefined) throw new Error("three tiers");
  const limit = stageValue(core, evenness, arcOf, rowValues(core, arcOf)) + Math.ceil(Math.abs(evenness.scale));
  const limits = [limitOf(core, evenness, { limit, domain, support: null })];
  const task: Task = { core, stage, limits, held: limits, counts: [], blocks: [] };
  const relaxed = relaxation(task, domain);
  const sizes = rowSizes(core);
  const climbing = climb(relaxed, {
    rounds: 100,
    goal: Number.POSITIVE_INFINITY,
    start: noPrices(core, 1),
    aim: Number.POSITIVE_INFINITY,
    sizes,
  });
  let next = climbing.next();
  while (next.done !== true) next = climbing.next();
  const { best: at, share } = next.value;
  const found: Found[] = [];
  const value = (): number => Math.min(Number.POSITIVE_INFINITY, ...found.map((one) => one.value));
  steer(relaxed, {
    at,
    share,
    sizes,
    effort: COUNTED,
    value,
    best: () => found.find((one) => one.value === value())?.arcOf ?? null,
    consider: (one) => found.push(one),
  });
  return { task, domain, found, bound: at.bound, value: value() };
};

describe("steered assignments", () => {
  const all = upTo(6).map(steeredIn);

  it("are mended to choices that keep all limits, each of the value it is said to have", () => {
    for (const { task, domain, found } of all) {
      const { measure } = positionOf(task, domain);
      for (const { arcOf, value } of found) expect(measure(arcOf)).toBe(value);
    }
  });

  it("come near to what prices bound, in most towns", () => {
    const near = all.filter(({ bound, value }) => value - bound < 0.02 * bound);
    expect(near.length).toBeGreaterThanOrEqual(4);
  });
});
