import { describe, expect, it } from "vitest";
import type { Certificate, CertifiedPrices, CertifiedStage } from "../../../src/kernel/certificate.js";
import { gridOf, sumOf } from "../../../src/kernel/check/town.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelTier } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { certificate, claimOf, NO_PRICES, nobody, stageOf } from "./forged.js";
import { certificateOf } from "./mutations.js";
import { complete, ENDLESS, told } from "./tiny.js";

const HUGE = 2 ** 60;

/** A stage of one node. */
const stageWith = (prices: Partial<CertifiedPrices>, rest: Partial<CertifiedStage> = {}): CertifiedStage =>
  stageOf([{ prices: [{ ...NO_PRICES, ...prices }] }], rest);

const certificateWith = (stages: readonly CertifiedStage[]): Certificate =>
  certificate(stages, { tolerances: stages.map(() => 0) });

const isCalledBest = (model: KernelModel, arcOf: readonly number[], stages: readonly CertifiedStage[]): boolean =>
  checkCertificate(model, claimOf(model, arcOf, { certificate: certificateWith(stages) })).ok;

const isCalledImpossible = (model: KernelModel, stage: CertifiedStage): boolean =>
  checkCertificate(model, nobody(model, "infeasible", certificateWith([stage]))).ok;

const cost = (weights: readonly number[], rest: Partial<KernelTier> = {}): KernelTier => ({
  name: "cost",
  sense: "min",
  weights,
  ...rest,
});

/** Each agent has a place of its own, and has to be served; row 1 says so of the first once more. */
const apart = (weights: readonly number[]): KernelModel => ({
  agents: weights.length,
  places: weights.map(() => 1),
  arcs: { agent: [...weights.keys()], place: [...weights.keys()] },
  rows: [
    { name: "all", arcs: [...weights.keys()], coefficients: weights.map(() => 1), min: weights.length },
    { name: "first", arcs: [0], coefficients: [1], min: 1 },
  ],
  tiers: [cost(weights)],
});

/** One agent has to take one of two arcs. */
const either = (tier: KernelTier, load: readonly number[] = [0, 0]): KernelModel =>
  complete(1, [1, 1], {
    rows: [
      { name: "served", arcs: [0, 1], coefficients: [1, 1], min: 1 },
      { name: "load", arcs: [0, 1], coefficients: load },
    ],
    tiers: [tier],
  });

describe("sums of many parts", () => {
  it("lose nothing where huge parts cancel, in any order, and are no number beyond the range of doubles", () => {
    expect(sumOf([])).toBe(0);
    expect(sumOf([HUGE, 3, -HUGE, 4])).toBe(7);
    expect(sumOf([3, HUGE, 4, -HUGE])).toBe(7);
    expect(sumOf(Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(sumOf([1e308, 1e308, -1e308])).toBe(Number.POSITIVE_INFINITY);
  });

  it("that lose 100 each of 100 agents beside 2^60 do not prove that less than 20,200 is spent on nobody", () => {
    const model = apart(Array.from({ length: 101 }, () => 200));
    expect(told(optimizeSync(model))).toEqual(["optimal", [20_200, 20_200]]);
    const rows = [
      [0, 300],
      [1, HUGE],
    ] as const;
    expect(isCalledImpossible(model, stageWith({ rows }))).toBe(false);
  });

  it.each([
    [1000, 0.1],
    [1000, 1 / 3],
    [5000, 0.7],
  ])("of %s times %s, rounded down, are not less than what all choices cost", (agents, weight) => {
    const model = apart(Array.from({ length: agents }, () => weight));
    expect(isCalledImpossible(model, stageWith({ rows: [[0, weight]] }))).toBe(false);
  });

  it("of 1,000 times 0.1, rounded down, are no limit that a price of 1e14 may hold a later objective to", () => {
    const agents = 1000;
    const keys = Array.from({ length: agents + 1 }, (_, arc) => arc);
    const agent = keys.map((arc) => Math.max(0, arc - 1));
    const model: KernelModel = {
      agents,
      places: [ENDLESS],
      arcs: { agent, place: keys.map(() => 0) },
      rows: [{ name: "all", arcs: keys, coefficients: keys.map(() => 1), min: agents }],
      tiers: [
        cost(keys.map(() => 0.1)),
        { ...cost(keys.map((arc) => (arc === 0 ? 5 : arc === 1 ? 1 : 0))), name: "then" },
      ],
    };
    const price = 1e14;
    const first = stageWith({ rows: [[0, 0.1]] });
    const later = stageWith({ rows: [[0, price * 0.1]], limits: [[0, price]] }, { tier: 1 });
    expect(told(optimizeSync(model))[2]).toEqual([1, 1]);
    expect(
      isCalledBest(
        model,
        keys.filter((arc) => arc !== 1),
        [first, later],
      ),
    ).toBe(false);
  });
});

describe("tiers without rounding", () => {
  const worth = { rows: [[0, 1e9 - 20] as const] };
  const dear = 1e9 - 20;

  it.each([
    { kind: "whole weights", model: either(cost([1e9, dear])) },
    { kind: "weights of half a cent", model: either(cost([1e9 + 0.005, dear])) },
    {
      kind: "a whole absolute term",
      model: either(
        { name: "cost", sense: "min", convex: [{ row: 1, form: "absolute", target: -dear, scale: 1 }] },
        [20, 0],
      ),
      prices: {},
    },
  ])("take no values for equal that are not: $kind", ({ model, prices = worth }) => {
    for (const rest of [{ equal: 29 }, { precision: 29 }, {}])
      expect([rest, isCalledBest(model, [0], [stageWith(prices, rest)])]).toEqual([rest, false]);
    expect(checkCertificate(model, optimizeSync(model)).problems).toEqual([]);
    expect([...optimizeSync(model).arcOf]).toEqual([1]);
  });

  it.each([
    [2e9, 1],
    [1e11, 99],
    [1e6, 0.0005],
  ])("are not best at %s and %s more, which is a thousand-millionth", (least, more) => {
    const model = either(cost([least + more, least]));
    const tree = { rows: [[0, least] as const] };
    expect(isCalledBest(model, [0], [stageWith(tree)])).toBe(false);
    expect(isCalledBest(model, [1], [stageWith(tree)])).toBe(true);
  });

  it("are not those of weights next to nothing, alone or beside one of 1", () => {
    const within = (size: number): number => 1e-9 * Math.max(1, size);
    expect(gridOf([0.5, 0.75], within)).toEqual({ divisor: 25, scale: 100 });
    const agents = 2000;
    const weights = [1, ...Array.from({ length: 2 * agents }, (_, i) => (i % 2 === 0 ? 9e-10 : 0))];
    const model: KernelModel = {
      agents: agents + 1,
      places: [ENDLESS],
      arcs: { agent: weights.map((_, arc) => (arc + 1) >> 1), place: weights.map(() => 0) },
      rows: [{ name: "all", arcs: [...weights.keys()], coefficients: weights.map(() => 1), min: agents + 1 }],
      tiers: [cost(weights)],
    };
    const choice = Array.from({ length: agents + 1 }, (_, agent) => Math.max(0, 2 * agent - 1));
    expect(isCalledBest(model, choice, [stageWith({ rows: [[0, 1]] }), stageWith({})].slice(0, 1))).toBe(false);
    expect(isCalledBest(model, choice, [stageWith({})])).toBe(false);
  });

  it("are found whole by kernel and checker alike where a row counts by 49", () => {
    const tier = { name: "cost", sense: "min", convex: [{ row: 1, form: "quadratic", target: 40, scale: 3 }] } as const;
    const result = optimizeSync(either(tier, [49, 98]));
    expect(certificateOf(result).stages.map(({ precision, equal }) => [precision, equal])).toEqual([[0, 0]]);
    expect(result.status).toBe("optimal");
    // 49 / (1 / 49) is not quite whole: the value is what the model's own numbers come to.
    expect(result.tiers[0]?.value).toBeCloseTo(243, 9);
  });
});

describe("a choice with many faults", () => {
  it("is told of each of 150,000", () => {
    const agents = 150_000;
    const keys = Array.from({ length: agents }, (_, i) => i);
    const model: KernelModel = {
      agents,
      places: [ENDLESS],
      arcs: { agent: keys, place: keys.map(() => 0) },
      rows: [],
      tiers: [],
    };
    const arcOf = Int32Array.from(keys, (i) => (i + 1) % agents);
    const certificate = certificateWith([]);
    const { problems } = checkCertificate(model, { status: "feasible", arcOf, tiers: [], certificate, seconds: 0 });
    expect(problems.length).toBeGreaterThanOrEqual(agents);
  });
});

describe("a row's coefficients", () => {
  const placed = (coefficient: number, max: number): readonly number[] => {
    const model: KernelModel = {
      agents: 2,
      places: [ENDLESS],
      arcs: { agent: [0, 1], place: [0, 0] },
      rows: [{ name: "budget", arcs: [0, 1], coefficients: [coefficient, coefficient], max }],
      tiers: [{ name: "placed", sense: "max", weights: [1, 1] }],
    };
    const result = optimizeSync(model);
    return [...result.arcOf].filter((arc) => arc >= 0);
  };

  it("of a thousand million and 0.4 are not read as whole: two come to 0.8 more, not to nothing more", () => {
    expect(placed(1e9 + 0.4, 2e9 + 0.7)).toHaveLength(1);
    expect(placed(1e9 + 0.4, 2e9 + 0.8)).toHaveLength(2);
    expect(placed(1e9 + 0.5, 2e9 + 0.9)).toHaveLength(1);
    expect(placed(1e9 + 0.5, 2e9 + 1)).toHaveLength(2);
  });

  it("that are all 1,000,000,001 keep a maximum that two of them exceed by 1, and 0.1 + 0.2 twice one of 0.6", () => {
    expect(placed(1e9 + 1, 2e9 + 1)).toHaveLength(1);
    expect(placed(1e9 + 1, 2e9 + 2)).toHaveLength(2);
    expect(placed(0.1 + 0.2, 0.6)).toHaveLength(2);
  });

  it.each([1e12 + 1, 2 ** 44])("that are all %s keep a maximum that two of them exceed by 1", (coefficient) => {
    expect(placed(coefficient, 2 * coefficient - 1)).toHaveLength(1);
    expect(placed(coefficient, 2 * coefficient)).toHaveLength(2);
  });

  it("are refused where their sum might be rounded", () => {
    const agents = 1000;
    const keys = Array.from({ length: agents }, (_, i) => i);
    const rows = [{ name: "budget", arcs: keys, coefficients: keys.map((i) => 2 ** 44 + i), max: 2 ** 50 }];
    const model: KernelModel = {
      agents,
      places: [ENDLESS],
      arcs: { agent: keys, place: keys.map(() => 0) },
      rows,
      tiers: [],
    };
    expect(() => optimizeSync(model)).toThrow("more than are added without rounding");
    const arcOf = new Int32Array(agents).fill(-1);
    const claim = { status: "optimal", arcOf, tiers: [], certificate: certificateWith([]), seconds: 0 } as const;
    expect(checkCertificate(model, claim).problems).toContain("row budget is too large");
  });
});
