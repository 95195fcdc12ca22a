// Typed arrays are read with `as number` here: every index is drawn within its range.
import { describe, expect, it } from "vitest";
import { searcher } from "../../../src/kernel/search.js";
import { rowValues, stageValue } from "../../../src/kernel/stage.js";
import { diceOf } from "../../support/random-model.js";
import { type Choice, casesOf, choicesOf } from "./block-cases.js";
import { COUNTED } from "./tiny.js";

describe("a choice blended with another", () => {
  it("keeps all limits and is no worse, and at times better than both, 2,000 times", () => {
    const dice = diceOf(20_261_127);
    const seen = { same: 0, better: 0, foreign: 0, beyondBoth: 0 };
    for (const own of casesOf(dice, { count: 400, isOpen: true, isHoled: false })) {
      const { task, domain } = own;
      const { core, stage } = task;
      const search = searcher(task, domain, COUNTED);
      const choices = choicesOf(own);
      // What breaks limits may lend what keeps them.
      const foreign = choicesOf({ ...own, task: { ...task, held: [] } });
      const worthOf = (arcOf: Int32Array): number => stageValue(core, stage, arcOf, rowValues(core, arcOf));
      const kept = new Set(choices.map(({ arcOf }) => arcOf.join()));
      for (let draw = 0; draw < 5; draw++) {
        const from = choices[dice.whole([0, choices.length - 1])] as Choice;
        const to = foreign[dice.whole([0, foreign.length - 1])] as Choice;
        const { arcOf } = search.blend({ from: from.arcOf, to: to.arcOf });
        const value = worthOf(arcOf);
        expect(kept).toContain(arcOf.join());
        expect(value).toBeLessThanOrEqual(from.value);
        seen[value < from.value ? "better" : "same"]++;
        if (value < from.value && !kept.has(to.arcOf.join())) seen.foreign++;
        if (value < Math.min(from.value, to.value)) seen.beyondBoth++;
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
  });
});
