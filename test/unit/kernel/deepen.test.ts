import { describe, expect, it } from "vitest";
import { deepen } from "../../../src/kernel/blocks/deepen.js";
import type { ByBlocks } from "../../../src/kernel/blocks/within.js";
import { newProofNode } from "../../../src/kernel/nodes.js";
import type { Found } from "../../../src/kernel/position.js";
import type { Effort } from "../../../src/kernel/proof.js";
import { noPrices, relaxation } from "../../../src/kernel/relax.js";
import { diceOf } from "../../support/random-model.js";
import { bestOf, type Case, choicesOf, drawnModel, taskOf, upTo } from "./block-cases.js";
import { COUNTED } from "./tiny.js";

/** Above every value of these cases. */
const NOTHING = 2 ** 50;

const run = ({ task, domain }: Case, effort: Effort, known: Found | null) => {
  let best = known;
  const value = (): number => best?.value ?? NOTHING;
  const at = relaxation(task, domain).evaluate(noPrices(task.core, task.limits.length));
  const given: ByBlocks = {
    task,
    domain,
    effort,
    at,
    bound: at.bound,
    hinted: null,
    least: Number.NEGATIVE_INFINITY,
    goal: () => value() - task.stage.lattice,
    value,
    best: () => best?.arcOf ?? null,
    consider: (found) => {
      if (found !== null && found.value < value()) best = found;
    },
    start: () => {},
    improve: () => {},
    look: () => {},
    polish: () => {},
    long: { nodes: Number.POSITIVE_INFINITY, look: () => {} },
    proof: newProofNode(),
  };
  const search = deepen(given);
  for (;;) {
    const { done, value: told } = search.next();
    if (done === true) return { told, best };
  }
};

/** Cases that have a choice, and their dearest; nothing is cut from them that does not follow from the model. */
const openCases = (seed: number, count: number) => {
  const dice = diceOf(seed);
  return upTo(count).flatMap(() => {
    const one = taskOf(drawnModel(dice), (values) => values[0] as number);
    const choices = one === null ? [] : choicesOf(one);
    if (one === null || choices.length === 0) return [];
    const dearest = choices.reduce((most, choice) => (choice.value > most.value ? choice : most));
    return [{ one, least: bestOf(choices), dearest }];
  });
};

describe("the search by blocks", () => {
  it("ends at the best choice, whether it knows a bad one or none, or is told that there is none better", () => {
    const seen = { none: 0, bad: 0, best: 0, divided: 0, levels: 0 };
    for (const { one, least, dearest } of openCases(20_261_501, 300))
      for (const known of [null, dearest]) {
        const { told, best } = run(one, COUNTED, known);
        expect(told.proven).toBe(true);
        expect(best?.value).toBe(least);
        seen[known === null ? "none" : known.value === least ? "best" : "bad"]++;
        if (told.nodes > 1) seen.divided++;
        if (told.proof.length > 1) seen.levels++;
      }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  });

  it("claims nothing that is not so where there is no time, or hardly any", () => {
    const seen = { proven: 0, open: 0, kept: 0 };
    for (const { one, least, dearest } of openCases(20_261_502, 200))
      for (const looks of [0, 2, 6, 20, 100, 320, 360, 500]) {
        let looked = 0;
        const isOver = (): boolean => ++looked > looks;
        const effort = { ...COUNTED, stop: isOver, isOver, left: () => Math.max(0, looks - looked) };
        const { told, best } = run(one, effort, dearest);
        expect(Math.min(told.bound, best?.value ?? NOTHING)).toBeLessThanOrEqual(least);
        if (told.proven) expect(best?.value).toBe(least);
        seen[told.proven ? "proven" : told.keep === null ? "open" : "kept"]++;
      }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
  });
});
