// Typed arrays are read with `as number` here: every index comes from the core.
import { describe, expect, it } from "vitest";
import { coreOf } from "../../../src/kernel/core.js";
import { wholeDomain } from "../../../src/kernel/domain.js";
import type { KernelModel } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { relaxation, type Task } from "../../../src/kernel/relax.js";
import { rowValues, stageValue, tierStage } from "../../../src/kernel/stage.js";
import { alikePrices, levelPrices } from "../../../src/kernel/start.js";
import { diceOf } from "../../support/random-model.js";
import { upTo } from "./block-cases.js";

/** Forty agents of 1 to 4 persons for sixty places in six districts; all have to be served. Who may go where is drawn, so that some districts must take more than their share. */
const drawnTown = (seed: number): KernelModel => {
  const { whole, chance } = diceOf(seed);
  const persons = upTo(40).map(() => whole([1, 4]));
  const districtOf = upTo(60).map(() => Math.min(whole([0, 5]), whole([0, 5])));
  const pairs = persons.flatMap((_, agent) => {
    const home = whole([0, 5]);
    return districtOf.flatMap((district, place) =>
      chance(district === home ? 0.6 : agent % 3 === 0 ? 0 : 0.15) ? [{ agent, place }] : [],
    );
  });
  return {
    agents: 40,
    places: upTo(60).map(() => 1),
    arcs: { agent: pairs.map(({ agent }) => agent), place: pairs.map(({ place }) => place) },
    rows: upTo(6).map((district) => {
      const arcs = pairs.flatMap(({ place }, arc) => (districtOf[place] === district ? [arc] : []));
      return {
        name: `district ${district}`,
        arcs,
        coefficients: arcs.map((arc) => persons[pairs[arc]?.agent ?? 0] ?? 0),
      };
    }),
    tiers: [
      { name: "placed", sense: "max", weights: pairs.map(({ agent }) => persons[agent] ?? 0) },
      {
        name: "evenness",
        sense: "min",
        convex: upTo(6).map((row) => ({ row, form: "quadratic", target: 12 + row, scale: 1 / (12 + row) })),
      },
    ],
  };
};

/** Bounds on evenness alone, where everybody who can be has to be served: by one price for all rows, by prices on the level of the best choice, and of another; and the best value. */
const boundsOf = (model: KernelModel) => {
  const core = coreOf(model);
  const served = optimizeSync(model);
  const other = optimizeSync({ ...model, tiers: model.tiers.slice(0, 1) });
  const domain = wholeDomain(core, true);
  served.arcOf.forEach((arc, agent) => {
    domain.must[agent] = arc < 0 ? 0 : 1;
  });
  for (let arc = 0; arc < core.arcs; arc++) if (domain.must[core.agentOf[arc] as number] === 0) domain.live[arc] = 0;
  const stage = tierStage(core, domain, model.tiers[1] as KernelModel["tiers"][number]);
  const task: Task = { core, stage, limits: [], held: [], counts: [], blocks: [] };
  const relaxed = relaxation(task, domain);
  const value = (arcOf: Int32Array): number => stageValue(core, stage, arcOf, rowValues(core, arcOf)) / stage.scale;
  return {
    alike: alikePrices(task, relaxed).bound / stage.scale,
    ofBest: levelPrices(task, relaxed, { arcOf: served.arcOf, stop: () => false }).bound / stage.scale,
    ofOther: levelPrices(task, relaxed, { arcOf: other.arcOf, stop: () => false }).bound / stage.scale,
    best: value(served.arcOf),
  };
};

describe("prices on the level of a choice", () => {
  const all = upTo(30).map((seed) => boundsOf(drawnTown(20_261_128 + seed)));

  it("bound the best choice, whichever choice they come from", () => {
    for (const { ofBest, ofOther, best } of all) {
      expect(ofBest).toBeLessThanOrEqual(best + 1e-6);
      expect(ofOther).toBeLessThanOrEqual(best + 1e-6);
    }
  });

  it("come near it, from the best choice, where one price for all does not", () => {
    const hard = all.filter(({ alike, best }) => best - alike > 0.2 * best);
    expect(hard.length).toBeGreaterThan(10);
    const missing = hard.reduce((sum, { ofBest, best }) => sum + (best - ofBest) / best, 0) / hard.length;
    expect(missing).toBeLessThan(0.05);
  });
});
