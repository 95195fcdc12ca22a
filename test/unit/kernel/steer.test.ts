import { describe, expect, it } from "vitest";
import { town } from "../../../bench/kernel/town.js";
import { climb, rowSizes } from "../../../src/kernel/climb.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { type Found, positionOf } from "../../../src/kernel/position.js";
import { noPrices, relaxation } from "../../../src/kernel/relax.js";
import { steer } from "../../../src/kernel/steer.js";
import { misfitOf, upTo } from "./block-cases.js";
import { COUNTED } from "./tiny.js";

/** Choices that steering finds for the misfit of a town where those are served who are at best, with evenness at its best or a little more. */
const steeredIn = (seed: number) => {
  const model = town({ households: 120, dwellings: 144, districts: 6, seed });
  const { arcOf } = optimizeSync({ ...model, tiers: model.tiers.slice(0, 2) });
  const { task, domain } = misfitOf(model, arcOf, 1);
  const { core } = task;
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
