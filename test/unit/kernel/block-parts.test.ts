// Typed arrays are read with `as number` here: every index comes from the core.
import { describe, expect, it } from "vitest";
import { picking } from "../../../src/kernel/blocks/pick.js";
import { rounder } from "../../../src/kernel/blocks/rounding.js";
import { blockRowsOf } from "../../../src/kernel/blocks/rows.js";
import { solveBlocks } from "../../../src/kernel/blocks/tree.js";
import { type Core, coreOf } from "../../../src/kernel/core.js";
import { copyOf, wholeDomain } from "../../../src/kernel/domain.js";
import type { KernelModel, KernelRow, KernelTier } from "../../../src/kernel/model.js";
import { MARGIN } from "../../../src/kernel/nodes.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { partOf } from "../../../src/kernel/part.js";
import type { Found } from "../../../src/kernel/position.js";
import type { ProofNode } from "../../../src/kernel/proof.js";
import { mostOf } from "../../../src/kernel/stage.js";
import { SMALL_FAMILIES } from "../../support/model-families.js";
import { diceOf } from "../../support/random-model.js";
import { bestOf, type Case, casesOf, choicesOf, drawnPrices, upTo } from "./block-cases.js";
import { COUNTED, complete, ENDLESS } from "./tiny.js";

const entriesOf = ({ byRow, rowCoefficients, placeOf }: Core, row: number) =>
  upTo((byRow.start[row + 1] as number) - (byRow.start[row] as number)).map((i) => {
    const at = (byRow.start[row] as number) + i;
    return { place: placeOf[byRow.items[at] as number] as number, share: rowCoefficients[at] as number };
  });
const placesOf = (core: Core, row: number): ReadonlySet<number> =>
  new Set(entriesOf(core, row).map(({ place }) => place));

/** Two agents, places a to e; arc a * 5 + p joins agent a and place p. */
const modelOf = (rows: readonly KernelRow[], costed: readonly number[]): KernelModel =>
  complete(2, [1, 1, 1, 1, 1], {
    rows,
    tiers: [
      {
        name: "even",
        sense: "min",
        convex: costed.map((row) => ({ row, form: "quadratic", target: 2, scale: 1 })),
      },
    ],
  });
const over = (places: readonly number[], rest: Partial<KernelRow> = {}): KernelRow => {
  const arcs = [0, 5].flatMap((from) => places.map((place) => from + place));
  return { name: `over ${places.join(" ")}`, arcs, coefficients: arcs.map((arc) => (arc < 5 ? 3 : 2)), ...rest };
};
const rowsOf = (rows: readonly KernelRow[], costed: readonly number[]): readonly number[] =>
  blockRowsOf(coreOf(modelOf(rows, costed)));

describe("rows that stand for blocks", () => {
  it("are those with a convex term rather than a larger one with a bound: 0 at a, not 1 at a and b", () => {
    const rows = [over([0]), over([0, 1], { max: 3 })];
    expect(rowsOf(rows, [0])).toEqual([0]);
    expect(rowsOf(rows, [])).toEqual([1]);
    expect(rowsOf(rows, [0, 1])).toEqual([1]);
  });

  it("are the rows of two districts rather than the one over all five places, where each has a convex term", () => {
    expect(rowsOf([over([0, 1, 2, 3, 4]), over([0, 1]), over([2, 3, 4])], [0, 1, 2])).toEqual([1, 2]);
    expect(rowsOf([over([0, 1, 2, 3, 4])], [0])).toEqual([0]);
  });

  it("are none that cost and hold nothing, that take shares below 0, or more than 1,000 values per agent", () => {
    expect(rowsOf([over([0]), over([1], { max: 9 })], [])).toEqual([]);
    expect(rowsOf([over([0], { coefficients: [3, -1] })], [0])).toEqual([]);
    // Of two agents, so that values go up to twice the largest share.
    const large = (most: number): KernelRow => {
      const coefficients = Array<number>(10).fill(most);
      return over([0, 1, 2, 3, 4], { coefficients: [...coefficients.slice(1), most - 1] });
    };
    expect(rowsOf([large(1001)], [0])).toEqual([]);
    expect(rowsOf([large(1000)], [0])).toEqual([0]);
  });

  it("are none with more than 2 ** 23 units times values: a hundred of each agent's own, of 839 but not of 838", () => {
    const all = Array.from({ length: 100 }, (_, i) => i);
    const blocksOf = (most: number): readonly number[] => {
      const coefficients = all.map((i) => (i === 0 ? most - 1 : most));
      const rows = [{ name: "all", arcs: all, coefficients }];
      const tiers: KernelTier[] = [
        { name: "far", sense: "min", convex: [{ row: 0, form: "absolute", target: 5, scale: 1 }] },
      ];
      return blockRowsOf(
        coreOf({ agents: 100, places: all.map(() => 1), arcs: { agent: all, place: all }, rows, tiers }),
      );
    };
    expect([blocksOf(839), blocksOf(838)]).toEqual([[], [0]]);
  });

  it("share no place, and leave out no row that would do and shares none, in 1,000 small models", () => {
    const seen = { rows: 0, several: 0, shared: 0, negative: 0 };
    for (const { make } of SMALL_FAMILIES)
      for (let seed = 1; seed <= 50; seed++) {
        const core = coreOf(make(seed));
        const blocks = blockRowsOf(core);
        const places = blocks.flatMap((row) => [...placesOf(core, row)]);
        expect(new Set(places).size).toBe(places.length);
        expect(blocks).toEqual([...new Set(blocks)].sort((a, b) => a - b));
        const costed = new Set(
          core.model.tiers.flatMap(({ convex = [], leximax = [] }) => [...convex, ...leximax].map(({ row }) => row)),
        );
        for (let row = 0; row < core.rows; row++) {
          const entries = entriesOf(core, row);
          if (blocks.includes(row)) {
            seen.rows++;
            expect(entries.every(({ share }) => share > 0)).toBe(true);
            continue;
          }
          if (!costed.has(row) || entries.length === 0) continue;
          const isNegative = entries.some(({ share }) => share < 0);
          const isShared = entries.some(({ place }) => places.includes(place));
          expect(isNegative || isShared).toBe(true);
          seen.negative += Number(isNegative);
          seen.shared += Number(isShared && !isNegative);
        }
        seen.several += Number(blocks.length > 1);
      }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });
});

/** The choices of a part in the whole's arcs, in order. */
const wholeChoices = ({ task, domain }: Case) => {
  const part = partOf(task, domain);
  return choicesOf({ task: part.task, domain: part.domain })
    .map(({ arcOf, value }) => ({ arcOf: arcOf.map((arc) => (arc < 0 ? -1 : (part.arcs[arc] as number))), value }))
    .map(({ arcOf, value }) => `${arcOf.join()}: ${value}`)
    .sort();
};

describe("the part of a task that is left", () => {
  it("has the same choices of the same values, over domains cut at random, 500 times", () => {
    const dice = diceOf(20_261_501);
    let [all, fewer] = [0, 0];
    for (const own of casesOf(dice, { count: 500, isOpen: false, isHoled: false })) {
      const told = choicesOf(own).map(({ arcOf, value }) => `${arcOf.join()}: ${value}`);
      expect(wholeChoices(own)).toEqual(told.sort());
      all += told.length;
      fewer += own.domain.live.filter((live) => live === 0).length;
    }
    expect(all).toBeGreaterThan(2000);
    expect(fewer).toBeGreaterThan(200);
  });

  it("is bounded by the same prices no better, and nearly always as well, 300 times", () => {
    const dice = diceOf(20_261_502);
    let same = 0;
    for (const { task, domain } of casesOf(dice, { count: 300, isOpen: true, isHoled: false })) {
      const picks = picking(task, domain);
      const part = partOf(task, domain);
      const prices = { ...drawnPrices(dice, picks), row: new Float64Array(task.core.rows) };
      const { bound } = picks.evaluate(prices);
      const own = picking(part.task, part.domain).evaluate(prices).bound;
      // Ranges of rows that no choice could leave are forgotten, though blocks that share an agent could.
      expect(own).toBeLessThanOrEqual(bound);
      if (own === bound) same++;
    }
    expect(same).toBeGreaterThan(270);
  });
});

describe("a search over blocks", () => {
  it.each([20_261_503, 27_261_503])(
    "proves that no choice of its part is better than the best it found, or that there is none, 250 times from %i",
    (seed) => {
      const dice = diceOf(seed);
      const seen = { none: 0, some: 0, divided: 0 };
      for (const own of casesOf(dice, { count: 250, isOpen: false, isHoled: false })) {
        const { task, domain } = own;
        const truth = bestOf(choicesOf(own));
        const part = partOf(task, copyOf(domain));
        let best: Found | null = null;
        const nothing = mostOf(task.core, task.stage, domain) + task.stage.lattice + MARGIN;
        const value = (): number => (best as Found | null)?.value ?? nothing;
        const prices = {
          agent: new Float64Array(task.core.agents),
          row: new Float64Array(task.core.rows),
          limit: new Float64Array(task.limits.length),
        };
        const consider = (found: Found | null): void => {
          if (found !== null && found.value < value()) best = found;
        };
        const picks = picking(part.task, part.domain);
        const top = picks.evaluate(prices);
        const rounding = rounder(picks, {
          top,
          near: partOf(part.task, part.domain),
          isSmall: false,
          isMany: false,
          effort: COUNTED,
          seconds: COUNTED.left(),
          value,
          best: () => (best as Found | null)?.arcOf ?? null,
          consider,
        });
        const proof: ProofNode[] = [{ prices: [], branch: null, parts: null }];
        const search = solveBlocks({
          part,
          prices,
          bound: Number.NEGATIVE_INFINITY,
          effort: COUNTED,
          nodes: COUNTED.nodes,
          onNode: () => {},
          // A choice better by the lattice is looked for: of no matter to a tier that is not whole.
          goal: () => value() - task.stage.lattice,
          aim: value,
          round: (arcs, prices) => rounding.round(arcs, prices, 0),
          consider,
          proof,
          root: 0,
          isDeep: false,
          isSmall: false,
          haste: null,
        });
        let step = search.next();
        while (step.done !== true) step = search.next();
        expect(step.value.proven).toBe(true);
        // Found is any choice that keeps rows and limits, also where the domain was cut by more than they ask for.
        const kept = choicesOf({ task, domain: wholeDomain(task.core, true) });
        const found = (best as Found | null)?.arcOf.map((arc) => (arc < 0 ? -1 : (part.arcs[arc] as number)));
        if (found !== undefined)
          expect(kept.find(({ arcOf }) => arcOf.every((arc, agent) => arc === found[agent]))?.value).toBe(value());
        if (truth < Number.POSITIVE_INFINITY)
          expect(value()).toBeLessThan(truth + Math.max(1, task.stage.rounding > 0 ? task.stage.lattice : 1));
        seen[best === null ? "none" : "some"]++;
        if (proof.length > 1) seen.divided++;
      }
      expect(seen.some).toBeGreaterThan(100);
      expect(Math.min(seen.none, seen.divided)).toBeGreaterThan(3);
    },
  );

  it("ends within 5 seconds at a bound of 0, above which guesses once never grew", () => {
    const model: KernelModel = {
      agents: 4,
      places: [2, 1, ENDLESS, 2],
      arcs: { agent: [0, 1, 1, 1, 2, 2, 2, 2, 3, 3], place: [2, 0, 1, 2, 0, 1, 2, 3, 0, 1] },
      rows: [
        { name: "one", arcs: [1, 2, 4, 5, 8, 9], coefficients: [4, 2, 0, 4, 0, 0] },
        { name: "two", arcs: [0, 3, 6], coefficients: [1, 0, 3], max: 7 },
        {
          name: "side",
          arcs: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
          coefficients: [3, 2, -1, 2, -1, 0, 0, 2, -2, -2],
          max: 6,
        },
      ],
      tiers: [
        {
          name: "then",
          sense: "min",
          weights: [6, 3, 9, 1, 5, 1, 0, 9, 6, -2],
          convex: [
            { row: 0, form: "absolute", target: 0, scale: 2 },
            { row: 1, form: "quadratic", target: 4, scale: 2 },
          ],
        },
      ],
    };
    // A limit of time ends the guesses at a part of it.
    const { status, tiers, seconds } = optimizeSync(model, { timeLimitSeconds: 40 });
    expect([status, tiers[0]?.value]).toEqual(["optimal", 0]);
    expect(seconds).toBeLessThan(5);
  });
});
