// Typed arrays are read with `as number` here: every index comes from the core.
import { describe, expect, it } from "vitest";
import { type Ascent, ascender } from "../../../src/kernel/blocks/ascent.js";
import type { Mixture } from "../../../src/kernel/blocks/mixture.js";
import { type AgentPrices, type Picking, picking } from "../../../src/kernel/blocks/pick.js";
import { usualSizes } from "../../../src/kernel/blocks/tree.js";
import { copyOf } from "../../../src/kernel/domain.js";
import { noPrices } from "../../../src/kernel/relax.js";
import { diceOf } from "../../support/random-model.js";
import { bestOf, type Case, casesOf, choicesOf, drawnPrices, upTo } from "./block-cases.js";

const ascend = (
  { task }: Case,
  picks: Picking,
  given: {
    readonly rounds: number;
    readonly start?: AgentPrices;
    readonly before?: { readonly step: number; readonly mixture: Mixture | null };
  },
): Ascent =>
  ascender(task, usualSizes(task))(picks, {
    rounds: given.rounds,
    step: given.before?.step ?? null,
    mixture: given.before?.mixture ?? null,
    start: given.start ?? { ...noPrices(task.core, task.limits.length), agent: new Float64Array(task.core.agents) },
    goal: Number.MAX_SAFE_INTEGER,
    aim: (bound) => bound + Math.abs(task.stage.scale),
    precision: () => Math.abs(task.stage.scale) / 10_000,
  });

const openCases = (seed: number, count: number) =>
  casesOf(diceOf(seed), { count, isOpen: true, isHoled: false }).map((one) => ({
    one,
    picks: picking(one.task, one.domain),
  }));

describe("the ascent of bounds by prices on agents", () => {
  it("comes to a bound that no other prices better, and that no choice is below", () => {
    const dice = diceOf(20_261_127);
    const seen = { risen: 0, tight: 0, drawn: 0 };
    for (const { one, picks } of openCases(20_261_128, 150)) {
      const least = bestOf(choicesOf(one));
      const { best } = ascend(one, picks, { rounds: 400 });
      expect(best.bound).toBeLessThanOrEqual(least);
      expect(best.bound).toBe(picks.evaluate(best.prices).bound);
      // To a thousandth of a unit of the tier.
      const nothing = Math.abs(one.task.stage.scale) / 1000;
      for (let i = 0; i < 40; i++) {
        const { bound } = picks.evaluate(drawnPrices(dice, picks));
        expect(bound).toBeLessThanOrEqual(best.bound + nothing);
        seen.drawn++;
      }
      if (best.bound > ascend(one, picks, { rounds: 1 }).best.bound) seen.risen++;
      if (least - best.bound <= nothing) seen.tight++;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(30);
  });

  it("mixes choices of each block to 1, and uses no arc that is gone, or more than once but for what it is short of an optimum", () => {
    for (const { one, picks } of openCases(20_261_129, 150)) {
      const { share, mixture } = ascend(one, picks, { rounds: 400 });
      for (const block of mixture) expect(block.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6);
      const { core } = one.task;
      for (const arc of upTo(core.arcs)) {
        expect(share[arc]).toBeGreaterThanOrEqual(0);
        expect(share[arc]).toBeLessThanOrEqual(1.02);
        if (one.domain.live[arc] === 0) expect(share[arc]).toBe(0);
      }
    }
  });

  it("goes on from a mixture, where an arc of it is gone, better than from prices alone, and never to what is not so", () => {
    const seen = { better: 0, worse: 0 };
    for (const { one, picks } of openCases(20_261_130, 300)) {
      const first = ascend(one, picks, { rounds: 400 });
      const domain = copyOf(one.domain);
      const used = first.share.findIndex((share) => share > 0.3 && share < 0.7);
      if (used < 0) continue;
      domain.live[used] = 0;
      const less = { task: one.task, domain };
      const least = bestOf(choicesOf(less));
      const [mixed, alone] = [first.mixture, null].map((mixture) => {
        const before = { step: first.step, mixture };
        const { best } = ascend(less, picking(less.task, domain), { rounds: 4, start: first.best.prices, before });
        expect(best.bound).toBeLessThanOrEqual(least);
        return best.bound;
      }) as [number, number];
      if (mixed > alone) seen.better++;
      if (mixed < alone) seen.worse++;
    }
    expect(seen.better).toBeGreaterThan(2 * seen.worse + 10);
  });
});
