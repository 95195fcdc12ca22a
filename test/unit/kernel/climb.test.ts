import { describe, expect, it } from "vitest";
import { town } from "../../../bench/kernel/town.js";
import { climb, rowSizes } from "../../../src/kernel/climb.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { noPrices, relaxation } from "../../../src/kernel/relax.js";
import { diceOf } from "../../support/random-model.js";
import { bestOf, type Case, casesOf, choicesOf, misfitOf, upTo } from "./block-cases.js";

/** The bound of prices on rows and limits, in steps of the stage: on the cheapest arcs alone with a look at all of them in between, or on all. */
const boundOf = ({ task, domain }: Case, sifts: boolean): number => {
  const climbing = climb(relaxation(task, domain), {
    rounds: 60,
    goal: Number.POSITIVE_INFINITY,
    start: noPrices(task.core, task.limits.length),
    aim: Number.POSITIVE_INFINITY,
    sizes: rowSizes(task.core),
    sifts,
  });
  for (;;) {
    const next = climbing.next();
    if (next.done === true) return next.value.best.bound / Math.abs(task.stage.scale);
  }
};

/** The misfit of a town where those are served who are at best, with evenness kept at its best. */
const misfitIn = (seed: number): Case & { readonly best: number } => {
  const model = town({ households: 60, dwellings: 72, districts: 6, seed });
  const { arcOf, tiers } = optimizeSync(model);
  return { ...misfitOf(model, arcOf), best: tiers[2]?.value ?? 0 };
};

describe("prices on rows, made good on the cheapest arcs", () => {
  it("bound every choice of the whole, 300 times", () => {
    for (const own of casesOf(diceOf(20_261_128), { count: 300, isOpen: true, isHoled: false }))
      expect(boundOf(own, true)).toBeLessThanOrEqual(bestOf(choicesOf(own)) / Math.abs(own.task.stage.scale) + 1e-6);
  });

  it("say nearly as much of a town as those of all arcs", () => {
    for (const { best, ...own } of upTo(6).map(misfitIn)) {
      const [sifted, whole] = [boundOf(own, true), boundOf(own, false)];
      expect(sifted).toBeLessThanOrEqual(best);
      expect(sifted).toBeGreaterThan(whole - 0.01 * best);
    }
  });
});
