import { describe, expect, it } from "vitest";
import { ascender } from "../../../src/kernel/blocks/ascent.js";
import { usedOf } from "../../../src/kernel/blocks/mixture.js";
import { picking } from "../../../src/kernel/blocks/pick.js";
import { rounder } from "../../../src/kernel/blocks/rounding.js";
import { solveBlocks, usualSizes } from "../../../src/kernel/blocks/tree.js";
import { copyOf } from "../../../src/kernel/domain.js";
import { newProofNode } from "../../../src/kernel/nodes.js";
import { partOf } from "../../../src/kernel/part.js";
import type { Found } from "../../../src/kernel/position.js";
import type { Effort } from "../../../src/kernel/proof.js";
import { noPrices } from "../../../src/kernel/relax.js";
import { diceOf } from "../../support/random-model.js";
import { bestOf, type Case, casesOf, choicesOf, taskOf, unguarded } from "./block-cases.js";
import { COUNTED, complete } from "./tiny.js";

/** Above every value of these cases. */
const NOTHING = 2 ** 50;

/** Good prices, what their mixture uses, and a rounder that tells what it finds. */
const rounding = ({ task, domain }: Case, effort: Effort = COUNTED, near = partOf(task, copyOf(domain))) => {
  const picks = picking(task, domain);
  const { best: top, share } = ascender(task, usualSizes(task))(picks, {
    rounds: 200,
    step: null,
    mixture: null,
    start: { ...noPrices(task.core, task.limits.length), agent: new Float64Array(task.core.agents) },
    goal: Number.MAX_SAFE_INTEGER,
    aim: (bound) => bound + Math.abs(task.stage.scale),
    precision: () => Math.abs(task.stage.scale) / 1000,
  });
  const found: Found[] = [];
  const best = (): Found | null =>
    found.reduce<Found | null>((a, b) => (a !== null && a.value <= b.value ? a : b), null);
  const rounds = rounder(picks, {
    top,
    near,
    isSmall: false,
    isMany: false,
    effort,
    seconds: effort.left(),
    value: () => best()?.value ?? NOTHING,
    best: () => best()?.arcOf ?? null,
    consider: (one) => {
      if (one !== null) found.push(one);
    },
  });
  return { top, used: usedOf(share), rounds, found, best };
};

const openCases = (seed: number, count: number) =>
  casesOf(diceOf(seed), { count, isOpen: true, isHoled: false }).map(unguarded);

describe("choices made of a mixture", () => {
  it("keep all limits, and are the best there is more often than not, at first and in between", () => {
    const seen = { best: 0, worse: 0, none: 0, later: 0 };
    for (const one of openCases(20_261_131, 200)) {
      const choices = choicesOf(one);
      const kept = new Map(choices.map(({ arcOf, value }) => [arcOf.join(), value]));
      const { top, used, rounds, found, best } = rounding(one);
      rounds.begin(used);
      const reached = best()?.value ?? NOTHING;
      seen[reached === bestOf(choices) ? "best" : reached < NOTHING ? "worse" : "none"]++;
      if (rounds.round(used, top.prices, 0) < NOTHING) seen.later++;
      for (const { arcOf, value } of found) expect(kept.get(arcOf.join())).toBe(value);
    }
    expect(seen.best).toBeGreaterThan(180);
    expect(seen.later).toBeGreaterThan(180);
  });

  it("are looked for in a wider part where the cheapest arcs leave two who must be served one place", () => {
    const weights = [1, 5, 6, 1, 6, 7];
    const model = complete(2, [1, 1, 1], { tiers: [{ name: "cost", sense: "min", weights }] });
    const own = taskOf(model, ([least]) => least as number);
    if (own === null) throw new Error("nothing is possible");
    const domain = { ...own.domain, must: new Uint8Array([1, 1]) };
    const narrow = partOf(own.task, { ...domain, live: new Uint8Array([1, 0, 0, 1, 0, 0]) });
    const { used, rounds, best } = rounding({ ...own, domain }, COUNTED, narrow);
    rounds.begin(used);
    expect(Array.from(best()?.arcOf ?? [])).toEqual([1, 3]);
  });

  it("are not looked for in the time of others", () => {
    const [one] = openCases(20_261_132, 1);
    if (one === undefined) throw new Error("no case was drawn");
    const { top, used, rounds, found } = rounding(one, { ...COUNTED, left: () => 5 });
    expect(rounds.round(used, top.prices, 6)).toBe(Number.POSITIVE_INFINITY);
    expect(found).toEqual([]);
    expect(rounds.round(used, top.prices, 4)).toBeLessThan(NOTHING);
  });

  it("end a search in haste where they are within its goal", () => {
    let ended = 0;
    for (const { task, domain } of openCases(20_261_133, 60)) {
      const best = choicesOf({ task, domain }).reduce((a, b) => (b.value < a.value ? b : a));
      let value = best.value + task.stage.lattice;
      let asked = 0;
      const search = solveBlocks({
        part: partOf(task, copyOf(domain)),
        prices: { ...noPrices(task.core, task.limits.length), agent: new Float64Array(task.core.agents) },
        bound: Number.NEGATIVE_INFINITY,
        effort: COUNTED,
        nodes: COUNTED.nodes,
        onNode: () => {},
        goal: () => value - task.stage.lattice,
        aim: () => value,
        round: () => {
          asked++;
          value = best.value;
          return best.value;
        },
        consider: () => {},
        proof: [newProofNode()],
        root: 0,
        isDeep: false,
        isSmall: false,
        haste: { rounds: 1, atOnce: 0 },
      });
      let step = search.next();
      while (step.done !== true) step = search.next();
      if (asked === 0) continue;
      expect(step.value.isFound).toBe(true);
      ended++;
    }
    expect(ended).toBeGreaterThan(10);
  });
});
