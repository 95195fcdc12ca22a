import { describe, expect, it } from "vitest";
import { ascender } from "../../../src/kernel/blocks/ascent.js";
import { allowedPrices, picking } from "../../../src/kernel/blocks/pick.js";
import { sifted } from "../../../src/kernel/blocks/sift.js";
import { usualSizes } from "../../../src/kernel/blocks/tree.js";
import { noPrices, relaxation } from "../../../src/kernel/relax.js";
import { drawnFrom, SMALL_FAMILIES } from "../../support/model-families.js";
import { diceOf } from "../../support/random-model.js";
import { bestOf, type Case, type Choice, casesOf, choicesOf, taskOf, unguarded, upTo } from "./block-cases.js";
import { COUNTED } from "./tiny.js";

/** Bounds of a case, in steps of its stage, where the worst choice is known: by sifting, and by all arcs at once. */
const boundsOf = ({ task, domain }: Case, choices: readonly Choice[]) => {
  const picks = picking(task, domain);
  const known = Math.max(...choices.map(({ value }) => value));
  const unit = Math.abs(task.stage.scale);
  const { top } = sifted(picks, {
    effort: COUNTED,
    at: relaxation(task, domain).evaluate(noPrices(task.core, task.limits.length)),
    hinted: null,
    goal: () => known,
    value: () => known,
    isSmall: false,
  });
  const { best } = ascender(task, usualSizes(task))(picks, {
    rounds: 600,
    step: null,
    mixture: null,
    start: allowedPrices(picks, top.prices),
    goal: Number.MAX_SAFE_INTEGER,
    aim: (bound) => bound + unit,
    precision: () => unit / 1000,
  });
  return { bySifting: top.bound / unit, ofAll: best.bound / unit, best: bestOf(choices) / unit };
};

const measured = (cases: readonly Case[]) =>
  cases.flatMap((own) => {
    const choices = choicesOf(own);
    return choices.length === 0 ? [] : [boundsOf(own, choices)];
  });

/** Models with links whose places have one unit each: where several take the same arc at once, the whole says less than any part of it. */
const linked = (count: number): readonly Case[] =>
  upTo(count).flatMap((seed) => {
    const model = drawnFrom(SMALL_FAMILIES, "links, one in so many, and pairs forbidden", seed);
    const own = taskOf({ ...model, places: Array.from(model.places, () => 1) }, ([least]) => least as number);
    return own === null || own.task.blocks.length === 0 ? [] : [own];
  });

describe("prices made good on the cheapest arcs", () => {
  it("bound every choice of the whole, 300 times", () => {
    const cases = casesOf(diceOf(20_261_128), { count: 150, isOpen: true, isHoled: false }).map(unguarded);
    for (const { bySifting, best } of measured([...cases, ...linked(150)])) expect(bySifting).toBeLessThanOrEqual(best);
  });

  it("say nearly as much as those of all arcs, with links between agents too", () => {
    const all = measured(linked(150));
    const less = all.filter(({ bySifting, ofAll }) => ofAll - bySifting > 0.1);
    expect(all.length).toBeGreaterThan(140);
    expect(less.length).toBeLessThan(20);
  });
});
