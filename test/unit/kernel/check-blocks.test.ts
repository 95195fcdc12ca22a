import { describe, expect, it } from "vitest";
import type { Certificate, CertifiedPrices, SparsePrices } from "../../../src/kernel/certificate.js";
import { type Blocks, blocksOf } from "../../../src/kernel/check/blocks.js";
import { boundAndCut, type Task } from "../../../src/kernel/check/bound.js";
import { copyOf, type Domain, wholeDomain } from "../../../src/kernel/check/domain.js";
import { narrowed } from "../../../src/kernel/check/narrow.js";
import { sumObjective } from "../../../src/kernel/check/objective.js";
import { tighten, workshopOf } from "../../../src/kernel/check/tighten.js";
import { townOf } from "../../../src/kernel/check/town.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelTier } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { isFeasible, measureTiers } from "../../../src/solvers/measure.js";
import { type Dice, diceOf } from "../../support/random-model.js";
import { upTo } from "./block-cases.js";
import { certificateOf } from "./mutations.js";
import { complete, ENDLESS, FIT, shared } from "./tiny.js";

const NO_COUNTS = { counts: [] } as unknown as Certificate;
const BLOCKS = [0, 1];
const SIDE = 2;

interface Case {
  readonly model: KernelModel;
  readonly task: Task;
  readonly domain: Domain;
  readonly prices: CertifiedPrices;
}

const caseOf = (model: KernelModel, rest: { blocks: readonly number[]; prices: Partial<CertifiedPrices> }): Case => {
  const work = workshopOf(townOf(model, NO_COUNTS));
  const domain = wholeDomain(work.town);
  tighten(work, domain);
  const [last, ...earlier] = [...model.tiers].reverse().map((tier) => sumObjective(work.town, domain, tier));
  if (last === undefined) throw new Error("a model has a tier");
  const limits = earlier.map((objective) => ({ objective, most: 6, room: 6 }));
  const blocks = blocksOf(work.town, rest.blocks);
  const prices = { rows: [], places: [], limits: [], ...rest.prices };
  return { model, task: { work, objective: last, limits, blocks, problems: [] }, domain, prices };
};

const some = ({ whole, chance }: Dice, size: number, range: readonly [number, number]): SparsePrices =>
  Array.from({ length: size }, (_, index) => [index, whole(range) / 2] as const).filter(() => chance(0.7));

/** Agents at most 4; places 0 and 1 are the block of row 0, place 2 that of row 1, place 3 is in none; row 2 is over all of them. */
const modelOf = ({ whole, chance }: Dice): KernelModel => {
  const units = [1, 1, 2, 2, 3, ENDLESS];
  const unit = (): number => units[whole([0, 5])] as number;
  const all = complete(whole([3, 4]), [unit(), unit(), unit(), unit()]);
  const kept = Array.from(all.arcs.agent, (_, arc) => arc).filter(() => chance(0.75));
  const agent = kept.map((arc) => all.arcs.agent[arc] as number);
  const place = kept.map((arc) => all.arcs.place[arc] as number);
  const row = (name: string, places: readonly number[], low: number) => {
    const arcs = place.flatMap((one, arc) => (places.includes(one) && chance(0.9) ? [arc] : []));
    const coefficients = arcs.map(() => whole([low, 3]));
    const bounds = { ...(chance(0.3) ? { min: whole([1, 3]) } : {}), ...(chance(0.5) ? { max: whole([3, 6]) } : {}) };
    return { name, arcs, coefficients, ...bounds };
  };
  const tier = (name: string): KernelTier => ({
    name,
    sense: "min",
    weights: agent.map(() => whole([-9, 9])),
    convex: [0, 1, 2].flatMap((own) =>
      chance(0.6)
        ? [{ row: own, form: chance(0.5) ? "quadratic" : "absolute", target: whole([0, 9]) / 2, scale: 2 }]
        : [],
    ),
  });
  const rows = [row("one", [0, 1], 0), row("two", [2], 0), row("side", [0, 1, 2, 3], -2)];
  return { ...all, arcs: { agent, place }, rows, tiers: chance(0.5) ? [tier("then")] : [tier("first"), tier("then")] };
};

/** A model with prices, and a domain with agents that must be served, full places, arcs and values that are gone; null where nothing is left. */
const drawn = (dice: Dice): Case | null => {
  const { whole, chance } = dice;
  const model = modelOf(dice);
  const agents = some(dice, model.agents, [-20, 12]);
  const rows = some(dice, 3, [-6, 6]);
  const given = { rows, limits: model.tiers.length > 1 ? [[0, whole([0, 4]) / 2] as const] : [], agents };
  const own = caseOf(model, { blocks: BLOCKS, prices: { ...given, places: [[1, 5]] } });
  const { domain, task } = own;
  domain.must.forEach((_, agent) => {
    if (chance(0.4)) domain.must[agent] = 1;
  });
  domain.full.forEach((_, place) => {
    if (chance(0.2) && model.places[place] !== ENDLESS) domain.full[place] = 1;
  });
  if (!tighten(task.work, domain)) return null;
  for (const row of BLOCKS)
    if (chance(0.3)) {
      const [low, high] = [domain.low[row] as number, domain.high[row] as number];
      const values = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter(() => chance(0.7));
      domain.reach[row] = Int32Array.from(values);
      if (high > low && chance(0.5)) domain.low[row] = low + 1;
    }
  return own;
};

const holds = ({ low, high, reach }: Domain, row: number, y: number): boolean =>
  y >= (low[row] as number) && y <= (high[row] as number) && (reach[row]?.includes(y) ?? true);

const isWithin = ({ model, task, domain }: Case, choice: readonly number[]): boolean => {
  const used = Array.from(model.places, (_, place) => choice.filter((arc) => model.arcs.place[arc] === place).length);
  const { grid } = task.work.town;
  return (
    choice.every((arc, agent) => (arc === -1 ? domain.must[agent] === 0 : domain.live[arc] === 1)) &&
    used.every((count, place) => domain.full[place] === 0 || count === model.places[place]) &&
    model.rows.every(({ arcs, coefficients }, row) => {
      let y = 0;
      for (let i = 0; i < arcs.length; i++) if (choice.includes(arcs[i] as number)) y += coefficients[i] as number;
      return holds(domain, row, Math.round(y / (grid[row] as number)));
    })
  );
};

/** Every choice within the domain that keeps the limits, with what it costs. */
const choicesOf = (own: Case): readonly { readonly choice: readonly number[]; readonly value: number }[] => {
  const { model, task } = own;
  const arcs = Array.from({ length: model.agents }, (_, agent) => [
    -1,
    ...Array.from(model.arcs.agent).flatMap((one, arc) => (one === agent ? [arc] : [])),
  ]);
  return arcs
    .reduce<readonly (readonly number[])[]>(
      (all, next) => all.flatMap((choice) => next.map((arc) => [...choice, arc])),
      [[]],
    )
    .filter((choice) => isFeasible(model, choice) && isWithin(own, choice))
    .map((choice) => ({
      choice,
      values: measureTiers(model, choice)
        .map(({ value }) => value)
        .reverse(),
    }))
    .filter(({ values: [, ...earlier] }) => earlier.every((value, k) => value <= (task.limits[k]?.most ?? 0) + 1e-9))
    .map(({ choice, values }) => ({ choice, value: values[0] as number }));
};

const priceOf = (prices: SparsePrices | undefined, index: number): number =>
  prices?.find(([own]) => own === index)?.[1] ?? 0;

/** What a block can choose, spelled out: units one by one, or arcs one by one where there are units for all. `null` stands for no arc. */
interface Pick {
  readonly arcs: readonly number[];
  readonly empty: ReadonlySet<number>;
  readonly y: number;
  readonly cost: number;
}

const picksOf = (
  { model, task, domain, prices }: Case,
  places: readonly number[],
  row: number | null,
): readonly Pick[] => {
  const agentPrice = (agent: number): number => {
    const price = priceOf(prices.agents, agent);
    return domain.must[agent] === 1 ? price : Math.min(0, price);
  };
  const shareOf = (arc: number, r: number): number => {
    const { arcs = [], coefficients = [] } = model.rows[r] ?? {};
    return Array.from(arcs).reduce((sum, one, i) => (one === arc ? sum + (coefficients[i] as number) : sum), 0);
  };
  const limit = priceOf(prices.limits, 0);
  const last = model.tiers.at(-1);
  const first = model.tiers.length > 1 ? model.tiers[0] : undefined;
  const costOf = (arc: number): number =>
    (last?.weights?.[arc] as number) +
    limit * (first?.weights?.[arc] ?? 0) -
    agentPrice(model.arcs.agent[arc] as number) -
    model.rows.reduce((sum, _, r) => sum + priceOf(prices.rows, r) * shareOf(arc, r), 0);
  let picks: readonly { arcs: readonly number[]; empty: ReadonlySet<number> }[] = [{ arcs: [], empty: new Set() }];
  for (const place of places) {
    const live = Array.from(model.arcs.place).flatMap((one, arc) =>
      one === place && domain.live[arc] === 1 ? [arc] : [],
    );
    const units = model.places[place] as number;
    const groups = units >= live.length ? live.map((arc) => [arc]) : Array.from({ length: units }, () => live);
    for (const group of groups)
      picks = picks.flatMap(({ arcs, empty }) => [
        ...group.map((arc) => ({ arcs: [...arcs, arc], empty })),
        ...(domain.full[place] === 1 ? [] : [{ arcs, empty: new Set([...empty, place]) }]),
      ]);
  }
  const grid = row === null ? 1 : (task.work.town.grid[row] as number);
  return picks
    .map((pick) => {
      const sum = row === null ? 0 : pick.arcs.reduce((all, arc) => all + shareOf(arc, row), 0);
      const own = row === null ? 0 : valueCost(model, prices, { row, value: sum });
      return { ...pick, y: Math.round(sum / grid), cost: pick.arcs.reduce((all, arc) => all + costOf(arc), own) };
    })
    .filter(({ y }) => row === null || holds(domain, row, y));
};

const valueCost = (
  { tiers }: KernelModel,
  prices: CertifiedPrices,
  { row, value }: { row: number; value: number },
): number => {
  const of = (tier: KernelTier | undefined): number =>
    (tier?.convex ?? [])
      .filter((one) => one.row === row)
      .reduce(
        (sum, { form, target, scale }) => sum + scale * Math.abs(value - target) ** (form === "quadratic" ? 2 : 1),
        0,
      );
  const earlier = tiers.length > 1 ? priceOf(prices.limits, 0) * of(tiers[0]) : 0;
  return of(tiers.at(-1)) + earlier + priceOf(prices.rows, row) * value;
};

const PARTS = [
  { row: 0, places: [0, 1] },
  { row: 1, places: [2] },
  { row: null, places: [3] },
];
const leastOf = (picks: readonly Pick[]): number => Math.min(...picks.map(({ cost }) => cost));

/** Places without an arc of a share above 0 are in no block; then they choose for themselves all the same. */
const bruteBound = (own: Case): number => {
  const { model, task, domain, prices } = own;
  const sides = [];
  for (let y = domain.low[SIDE] as number; y <= (domain.high[SIDE] as number); y++)
    if (holds(domain, SIDE, y))
      sides.push(valueCost(model, prices, { row: SIDE, value: y * (task.work.town.grid[SIDE] as number) }));
  let sum = Math.min(...sides) - priceOf(prices.limits, 0) * (task.limits[0]?.most ?? 0);
  for (const [agent, price] of prices.agents ?? []) sum += domain.must[agent] === 1 ? price : Math.min(0, price);
  for (const { row, places } of PARTS) sum += leastOf(picksOf(own, places, row));
  return sum;
};

const boundOf = ({ task, domain, prices }: Case, keep: number): number => boundAndCut(task, domain, { prices, keep });

const cases = (seed: number, count: number): readonly Case[] => {
  const dice = diceOf(seed);
  const all: Case[] = [];
  while (all.length < count) {
    const one = drawn(dice);
    if (one !== null) all.push(one);
  }
  return all;
};

describe("the bound of blocks", () => {
  it("is what the blocks' choices, spelled out, cost at the least, 400 times", () => {
    let closed = 0;
    let whole = 0;
    for (const own of cases(20_261_201, 400)) {
      const brute = bruteBound(own);
      const bound = boundOf(own, Number.NEGATIVE_INFINITY);
      if (brute === Number.POSITIVE_INFINITY) closed++;
      else if (own.domain.reach.every((reach) => reach === null)) whole++;
      if (brute === Number.POSITIVE_INFINITY) expect(bound).toBe(brute);
      else expect(Math.abs(bound - brute)).toBeLessThan(1e-9);
      expect(own.task.problems).toEqual([]);
    }
    expect(Math.min(closed, whole)).toBeGreaterThan(20);
  });

  it("exceeds no choice, 400 times, and is one's value many times", () => {
    let [met, known] = [0, 0];
    for (const own of cases(20_261_202, 400)) {
      const best = Math.min(...choicesOf(own).map(({ value }) => value));
      const bound = boundOf(own, Number.NEGATIVE_INFINITY);
      expect(bound).toBeLessThanOrEqual(best);
      if (best < Number.POSITIVE_INFINITY) known++;
      if (best - bound < 3) met++;
    }
    expect(known).toBeGreaterThan(200);
    expect(met).toBeGreaterThan(5);
  });

  const lonely: KernelModel = {
    ...complete(2, [1], { tiers: [{ name: "cost", sense: "min", weights: [0, 0] }] }),
    rows: [{ name: "load", arcs: [0, 1], coefficients: [2, 3] }],
  };

  it("takes no price of 7 for an agent that may stay out, and takes it for one that may not", () => {
    const prices = { agents: [[0, 7]] as const };
    expect(boundOf(caseOf(lonely, { blocks: [0], prices }), -9)).toBeCloseTo(0);
    const own = caseOf(lonely, { blocks: [0], prices });
    own.domain.must[0] = 1;
    // The block takes agent 0, and gives back its price.
    expect(boundOf(own, -9)).toBeCloseTo(0);
    const both = caseOf(lonely, {
      blocks: [0],
      prices: {
        agents: [
          [0, 7],
          [1, 5],
        ],
      },
    });
    both.domain.must.fill(1);
    expect(boundOf(both, -9)).toBeCloseTo(5);
  });

  it("is without end where a row must come to 5 by shares of 2 and 3 at one unit, and not at two", () => {
    const closed = { ...lonely, rows: [{ name: "load", arcs: [0, 1], coefficients: [2, 3], min: 5, max: 5 }] };
    const own = (units: number): Case => {
      const made = caseOf({ ...closed, places: [2] }, { blocks: [0], prices: { agents: [] } });
      return { ...made, task: { ...made.task, work: workshopOf(townOf({ ...closed, places: [units] }, NO_COUNTS)) } };
    };
    expect(boundOf(own(1), 0)).toBe(Number.POSITIVE_INFINITY);
    expect(boundOf(own(2), -9)).toBeCloseTo(0);
  });

  it("does not round 1,000 times -0.1 up to -99.9999999999986", () => {
    const cost: KernelTier = { name: "cost", sense: "min", weights: Array<number>(1000).fill(-0.1) };
    const bound = boundOf(
      caseOf(complete(1000, [ENDLESS], { tiers: [cost] }), { blocks: [], prices: { agents: [] } }),
      -200,
    );
    expect(bound).toBeLessThanOrEqual(-100);
    expect(bound).toBeGreaterThan(-100 - 1e-9);
  });

  it("proves nothing by prices of 1e308, whose sums are no numbers any more", () => {
    for (const price of [1e308, -1e308]) {
      const own = caseOf(
        { ...lonely, places: [2] },
        {
          blocks: [0],
          prices: {
            rows: [[0, price]],
            agents: [
              [0, -1e308],
              [1, -1e308],
            ],
          },
        },
      );
      own.domain.full[0] = 1;
      expect(boundOf(own, 0)).toBe(Number.NEGATIVE_INFINITY);
    }
  });
});

describe("cuts of blocks", () => {
  it("keep every choice worth keeping, 400 times", () => {
    const gone = { arcs: 0, agents: 0, places: 0, values: 0, choices: 0 };
    cases(20_261_203, 400).forEach((own, i) => {
      const choices = choicesOf(own);
      const best = Math.min(...choices.map(({ value }) => value));
      if (best === Number.POSITIVE_INFINITY) return;
      const start = boundOf({ ...own, domain: copyOf(own.domain) }, Number.NEGATIVE_INFINITY);
      const keep = i % 4 < 3 ? best + (i % 2) : start + (best - start) / 4;
      const before = copyOf(own.domain);
      expect(boundOf(own, keep)).toBeLessThanOrEqual(keep);
      for (const { choice, value } of choices)
        if (value <= keep) {
          gone.choices++;
          expect(isWithin(own, choice)).toBe(true);
        }
      const differ = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
        Array.from(a).filter((x, j) => x !== b[j]).length;
      gone.arcs += differ(before.live, own.domain.live);
      gone.agents += differ(before.must, own.domain.must);
      gone.places += differ(before.full, own.domain.full);
      gone.values +=
        differ(before.low.subarray(0, 2), own.domain.low) + differ(before.high.subarray(0, 2), own.domain.high);
    });
    expect(Math.min(...Object.values(gone))).toBeGreaterThan(20);
  });

  it("take out every arc, empty unit and last value whose block is dearer than the gap, and no other, 300 times", () => {
    const seen = { arcs: 0, places: 0, values: 0 };
    cases(20_261_204, 300).forEach((own, i) => {
      const before = { ...own, domain: copyOf(own.domain) };
      const gap = 1.3 + 3 * (i % 5);
      const bound = bruteBound(own);
      if (bound === Number.POSITIVE_INFINITY) return;
      boundOf(own, bound + gap);
      before.domain.must.forEach((must, agent) => {
        expect(own.domain.must[agent] === 1).toBe(must === 1 || -priceOf(own.prices.agents, agent) > gap);
      });
      for (const { row, places } of PARTS) {
        const picks = picksOf(before, places, row);
        const kept = picks.filter(({ cost }) => cost <= leastOf(picks) + gap);
        before.domain.live.forEach((alive, arc) => {
          if (alive === 0 || !places.includes(own.model.arcs.place[arc] as number)) return;
          expect(own.domain.live[arc] === 1).toBe(kept.some(({ arcs }) => arcs.includes(arc)));
          seen.arcs += 1 - (own.domain.live[arc] as number);
        });
        for (const place of places) {
          const [units, live] = [
            own.model.places[place] as number,
            before.domain.live.filter((is, arc) => is === 1 && own.model.arcs.place[arc] === place).length,
          ];
          if (before.domain.full[place] === 1 || live < units) continue;
          // Arcs with units for all of them are looked at one by one.
          const canBeEmpty =
            units === live && units > 1 ? own.domain.full[place] === 0 : kept.some(({ empty }) => empty.has(place));
          expect(own.domain.full[place] === 1).toBe(!canBeEmpty);
          if (own.domain.full[place] === 1) {
            seen.places++;
            expect(
              kept.some(({ arcs }) => arcs.filter((arc) => own.model.arcs.place[arc] === place).length < units),
            ).toBe(false);
          }
        }
        if (row === null) continue;
        const values = kept.map(({ y }) => y);
        expect([own.domain.low[row], own.domain.high[row]]).toEqual([Math.min(...values), Math.max(...values)]);
        if (own.domain.high[row] !== before.domain.high[row]) seen.values++;
      }
    });
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });
});

describe("rows that are called blocks", () => {
  const model: KernelModel = {
    ...shared([FIT]),
    rows: [
      ...shared([]).rows,
      { name: "owed", arcs: [0], coefficients: [-1] },
      { name: "none", arcs: [], coefficients: [] },
    ],
  };
  const result = optimizeSync(model);
  const problemsOf = (blocks: readonly number[] | undefined) =>
    checkCertificate(model, { ...result, certificate: { ...certificateOf(result), blocks } }).problems.join();

  it.each([
    { what: "rows 0 and 2, both at place a", blocks: [0, 2] },
    { what: "row 3, with a share of -1", blocks: [3] },
    { what: "row 5 of 5", blocks: [5] },
    { what: "row -1", blocks: [-1] },
    { what: "row 0.5", blocks: [0.5] },
    { what: "row 4 twice, which reaches no place at all", blocks: [4, 4] },
  ])("are none: $what", ({ blocks }) => {
    expect(problemsOf(blocks)).toContain("the blocks are not blocks");
  });

  it("are some where they share no place, and may be missing", () => {
    for (const blocks of [[0, 1], [2], [4, 1, 0], [], undefined]) expect(problemsOf(blocks)).toBe("");
  });

  it("prove nothing where they are none", () => {
    const own = caseOf(model, { blocks: [0, 2], prices: { agents: [[0, -1]] } });
    expect(own.task.blocks).toBe(null as Blocks | null);
    expect(boundOf(own, 99)).toBe(Number.NEGATIVE_INFINITY);
    expect(boundOf({ ...own, prices: { rows: [], places: [], limits: [] } }, -99)).toBeGreaterThan(-99);
  });

  it("are told of where a price is for no agent, or is no number", () => {
    for (const agents of [[[3, 1]], [[0, Number.NaN]]] as const) {
      const own = caseOf(model, { blocks: [0, 1], prices: { agents } });
      expect(boundOf(own, 0)).toBe(Number.NEGATIVE_INFINITY);
      expect(own.task.problems).toHaveLength(1);
    }
  });
});

describe("a task over what is left of its arcs", () => {
  it("has the same bound and the same cuts, with agents priced or not, of 1,500 drawn", () => {
    const dice = diceOf(20_261_509);
    const seen = { same: 0, thinned: 0, cut: 0, agents: 0, places: 0 };
    for (let i = 0; i < 1500; i++) {
      const own = drawn(dice);
      if (own === null) continue;
      const { task, domain } = own;
      domain.live.forEach((_, arc) => {
        if (dice.chance(0.3)) domain.live[arc] = 0;
      });
      if (!tighten(task.work, domain)) continue;
      const { agents, ...rest } = own.prices;
      const prices = agents !== undefined && dice.chance(0.5) ? { ...rest, agents } : rest;
      seen[prices === rest ? "places" : "agents"]++;
      const all = domain.live.length;
      const thin = narrowed({ task, domain: copyOf(domain), arcs: new Int32Array(all).map((_, arc) => arc) });
      if (thin.arcs.length < all) seen.thinned++;
      const whole = copyOf(domain);
      const start = boundAndCut(task, copyOf(domain), { prices, keep: Number.NEGATIVE_INFINITY });
      const keep = start + dice.whole([0, 12]) + 0.25;
      const bound = boundAndCut(task, whole, { prices, keep });
      // What is allowed for rounding may count arcs that are gone.
      expect(boundAndCut(thin.task, thin.domain, { prices, keep })).toBeCloseTo(bound, 9);
      const left = upTo(all).filter((arc) => whole.live[arc] === 1);
      expect([...thin.arcs].filter((_, at) => thin.domain.live[at] === 1)).toEqual(left);
      const { live: _gone, ...others } = thin.domain;
      expect(whole).toMatchObject(others);
      seen[left.length < thin.arcs.length ? "cut" : "same"]++;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });
});
