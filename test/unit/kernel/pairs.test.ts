// Typed arrays are read with `as number` here: every index is drawn within its range.
import { describe, expect, it } from "vitest";
import { coreOf } from "../../../src/kernel/core.js";
import { wholeDomain } from "../../../src/kernel/domain.js";
import { searcher } from "../../../src/kernel/search.js";
import { rowValues, stageOf, stageValue } from "../../../src/kernel/stage.js";
import { diceOf } from "../../support/random-model.js";
import { type Choice, casesOf, choicesOf, unguarded } from "./block-cases.js";
import { COUNTED, complete } from "./tiny.js";

const PAIRED = { near: null, deep: false, paired: 1000, sweeps: 4 } as const;
const ALONE = { near: null, deep: false, sweeps: 4 } as const;

/** Households of three, one and two persons; a district of places 0 and 1, and one of places 2 and 3: each takes so many persons, three if not told otherwise. */
const exact = (weights: readonly number[], persons = 3) => {
  const sizes = [3, 1, 2];
  const arcs = Array.from({ length: 12 }, (_, arc) => arc);
  const district = (first: number) => {
    const own = arcs.filter((arc) => arc % 4 >= first && arc % 4 < first + 2);
    const coefficients = own.map((arc) => sizes[Math.floor(arc / 4)] as number);
    return { name: `from ${first}`, arcs: own, coefficients, min: persons, max: persons };
  };
  const core = coreOf(complete(3, [1, 1, 1, 1], { rows: [district(0), district(2)] }));
  const domain = wholeDomain(core, true);
  domain.must.fill(1);
  const stage = stageOf(core, domain, { name: "cost", sign: 1, weights, pieces: [] });
  return searcher({ core, stage, limits: [], held: [], counts: [], blocks: [] }, domain, COUNTED);
};
/** Each costs nothing where it should go, and 1 elsewhere. */
const wanting = (places: readonly number[]): readonly number[] =>
  places.flatMap((own) => [0, 1, 2, 3].map((place) => (place === own ? 0 : 1)));

describe("moves in pairs", () => {
  it("exchange one household for two, where neither move keeps a district's number of persons by itself", () => {
    const search = exact(wanting([2, 0, 1]));
    const [start, best] = [
      [0, 6, 11],
      [2, 4, 9],
    ];
    expect(search.improve(start, ALONE)?.arcOf).toEqual(Int32Array.from(start));
    expect(search.improve(start, PAIRED)).toEqual({ arcOf: Int32Array.from(best), value: 0 });
  });

  it("are come upon by chance as well, once one of two has been met", () => {
    const search = exact(wanting([2, 0, 1]));
    const drawn = { trials: 2000, enough: 0, seed: 1, heat: 1 };
    expect(search.exchange([0, 6, 11], ALONE, drawn)?.value).toBe(0);
  });

  it("mend a choice that breaks limits, and give none where nothing mends it", () => {
    const search = exact(wanting([2, 0, 1]));
    expect(search.improve([0, 5, 11], PAIRED)).toEqual({ arcOf: Int32Array.of(2, 4, 9), value: 0 });
    // Whoever is nowhere is what a district lacks.
    expect(search.improve([-1, -1, -1], PAIRED)).toEqual({ arcOf: Int32Array.of(2, 4, 9), value: 0 });
    expect(exact(wanting([2, 0, 1]), 4).improve([0, 5, 11], PAIRED)).toBeNull();
  });

  it("keep all limits, are no worse, and at times reach what moves alone do not, from 4,000 starts", () => {
    const dice = diceOf(20_261_128);
    const seen = { same: 0, better: 0, beyond: 0, mended: 0, none: 0 };
    for (const own of casesOf(dice, { count: 400, isOpen: true, isHoled: false }).map(unguarded)) {
      const { task, domain } = own;
      const { core, stage } = task;
      const search = searcher(task, domain, COUNTED);
      const choices = choicesOf(own);
      const foreign = choicesOf({ ...own, task: { ...task, held: [] } });
      const kept = new Map(choices.map((choice) => [choice.arcOf.join(), choice.value]));
      const worthOf = (arcOf: Int32Array): number => stageValue(core, stage, arcOf, rowValues(core, arcOf));
      for (let draw = 0; draw < 5; draw++) {
        const from = choices[dice.whole([0, choices.length - 1])] as Choice;
        const found = search.improve(from.arcOf, PAIRED);
        const value = worthOf(from.arcOf);
        if (found === null) throw new Error("a choice inside all limits was lost");
        expect(kept.get(found.arcOf.join())).toBe(found.value);
        expect(found.value).toBeLessThanOrEqual(value);
        seen[found.value < value ? "better" : "same"]++;
        if (found.value < (search.improve(from.arcOf, ALONE)?.value as number)) seen.beyond++;

        const other = foreign[dice.whole([0, foreign.length - 1])] as Choice;
        if (kept.has(other.arcOf.join())) continue;
        const mended = search.improve(other.arcOf, PAIRED);
        if (mended !== null) expect(kept.get(mended.arcOf.join())).toBe(mended.value);
        seen[mended === null ? "none" : "mended"]++;
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
  });
});
