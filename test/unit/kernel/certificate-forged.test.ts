import { describe, expect, it } from "vitest";
import type { CertifiedNode, CertifiedStage, SparsePrices } from "../../../src/kernel/certificate.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelResult, KernelRow, KernelTier, KernelTierResult } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { measureTiers } from "../../../src/solvers/measure.js";
import { certificate, claimOf, NO_PRICES, nobody, stageOf } from "./forged.js";
import { complete, ENDLESS, told } from "./tiny.js";

/** Whole, and a thousand-millionth of it is 500. */
const LARGE = 5e11;

const cost = (weights: readonly number[], rest: Partial<KernelTier> = {}): KernelTier => ({
  name: "cost",
  sense: "min",
  weights,
  ...rest,
});
const THEN = { name: "then" } as const;

/** Terms of the rows from number 1 on, one for each offset. */
const even = (...offsets: readonly number[]): KernelTier => ({
  name: "even",
  sense: "min",
  leximax: offsets.map((offset, i) => ({ row: i + 1, offset, divisor: 1 })),
});

/** Every agent has to take one of its arcs, by row 0; then rows of one coefficient per arc. */
const served = (
  agents: number,
  choices: number,
  { tiers, loads = [] }: { readonly tiers: readonly KernelTier[]; readonly loads?: readonly (readonly number[])[] },
): KernelModel => {
  const arcs = Array.from({ length: agents * choices }, (_, arc) => arc);
  const all: KernelRow = { name: "all", arcs, coefficients: arcs.map(() => 1), min: agents };
  const rows = loads.map((coefficients, i): KernelRow => ({ name: `load ${i + 1}`, arcs, coefficients }));
  return complete(agents, new Array<number>(choices).fill(ENDLESS), { rows: [all, ...rows], tiers });
};

/** A stage of one node with these prices on rows. */
const stageWith = (rows: SparsePrices, rest: Partial<CertifiedStage> = {}): CertifiedStage =>
  stageOf([{ prices: [{ ...NO_PRICES, rows }] }], rest);
const FEASIBLE = stageWith([], { tier: -1 });
/** What costs more than the limit by itself is taken out. */
const CUT = { cutsAfter: [NO_PRICES] };

/** A claim with such stages, and the tolerances of the model. */
const claimWith = (
  model: KernelModel,
  arcOf: readonly number[],
  given: { readonly stages: readonly CertifiedStage[]; readonly tiers?: readonly Partial<KernelTierResult>[] },
): KernelResult => {
  const tolerances = model.tiers.map(({ tolerance = 0 }) => tolerance);
  return claimOf(model, arcOf, { ...given, certificate: certificate(given.stages, { tolerances }) });
};

const isBelieved = (model: KernelModel, result: KernelResult): boolean => checkCertificate(model, result).ok;

describe("a model with a choice", () => {
  const model = served(1, 2, {
    tiers: [even(0, 0)],
    loads: [
      [1, 0],
      [0, 1],
    ],
  });

  it.each([
    { after: "nothing", stages: [stageWith([], { threshold: 0 })] },
    { after: "the stage of what is feasible", stages: [FEASIBLE, stageWith([], { threshold: 0 })] },
  ])("is not infeasible because nobody has terms of 0, told after $after", ({ stages }) => {
    expect(told(optimizeSync(model))).toEqual(["optimal", [1, 1]]);
    expect(isBelieved(model, nobody(model, "infeasible", certificate(stages)))).toBe(false);
  });
});

describe("leximax terms", () => {
  it("are not optimal that are smaller than those which were proven, since they break an earlier limit", () => {
    const model = served(1, 2, { tiers: [cost([LARGE, LARGE + 400]), even(0)], loads: [[3, 2]] });
    const stages = [
      stageWith([[0, LARGE]], { choice: [0], ...CUT }),
      stageWith([], { tier: 1, threshold: 3, choice: [0] }),
    ];
    const tiers = [{ bound: LARGE, optimal: false }];
    expect(isBelieved(model, claimWith(model, [0], { stages }))).toBe(true);
    expect(isBelieved(model, claimWith(model, [1], { stages, tiers }))).toBe(false);
  });

  it("of 2 and an offset of 1e10 are not optimal because those of 3 are as good, when 1 is to be had", () => {
    const model = served(1, 3, { tiers: [even(1e10)], loads: [[3, 2, 1]] });
    const stages = [FEASIBLE, stageWith([], { threshold: 1e10 + 3, choice: [0] })];
    expect(isBelieved(model, claimWith(model, [1], { stages }))).toBe(false);
  });

  it.each([0.9e-9, 0.9 * 2 ** -40])("that go down by %s each are not all equal to the first", (by) => {
    const offsets = [1, 1 - by, 1 - 2 * by, 1 - 3 * by];
    // The last term is less by 1, unless the agent takes arc 0.
    const loads = [...offsets.map(() => [0, 0]).slice(1), [0, -1]];
    const model = served(1, 2, { tiers: [even(...offsets)], loads });
    const stages = [FEASIBLE, ...offsets.map((threshold) => stageWith([], { threshold }))];
    expect([...optimizeSync(model).arcOf]).toEqual([1]);
    expect(isBelieved(model, claimWith(model, [0], { stages }))).toBe(false);
  });

  it.each([
    {
      best: [3, 2],
      arc: 1,
      worse: 0,
      loads: [
        [3, 3],
        [3, 2],
      ],
    },
    {
      best: [3, 2, 2],
      arc: 1,
      worse: 0,
      loads: [
        [3, 3, 2],
        [2, 2, 3],
        [3, 2, 3],
      ],
    },
    {
      best: [2, 1],
      arc: 2,
      worse: 1,
      loads: [
        [3, 0, 2],
        [0, 3, 1],
      ],
    },
  ])("of $best beyond an offset of 1e10 are found and proven, and no others", ({ best, arc, worse, loads }) => {
    const choices = loads[0]?.length ?? 0;
    const model = served(1, choices, { tiers: [even(...loads.map(() => 1e10))], loads });
    const result = optimizeSync(model);
    expect([result.status, [...result.arcOf]]).toEqual(["optimal", [arc]]);
    expect(result.tiers[0]?.vector).toEqual(best.map((term) => 1e10 + term));
    const [tier] = measureTiers(model, [worse]);
    const stages = [FEASIBLE, ...(tier?.vector ?? []).map((threshold) => stageWith([], { threshold }))];
    expect(isBelieved(model, claimWith(model, [worse], { stages }))).toBe(false);
  });
});

describe("weights that are tiny beside a huge cost", () => {
  const agents = 50;
  const tiny = Array.from({ length: agents }, (_, agent) => agent);
  /** All who may pay next to nothing do; one more agent does not take its dear arc. */
  const payers = [...tiny.map((agent) => 2 * agent), 2 * agents + 1];
  const CASES = [
    { less: 1e-6, huge: 3e9, rest: {} },
    { less: 1e-3, huge: 3e13, rest: {} },
    { less: 1e-3, huge: 1e15, rest: { precision: 1 } },
    { less: 1e-3, huge: 1e15, rest: { equal: 1 } },
  ];
  const weightsOf = (less: number, huge: number): readonly number[] => [...tiny.flatMap(() => [less, 0]), huge, 0];
  const withWeights = (weights: readonly number[]): KernelModel => served(agents + 1, 2, { tiers: [cost(weights)] });
  /** An arc to a place without units has a weight that is a multiple of nothing. */
  const withDeadArc = (model: KernelModel, weights: readonly number[]): KernelModel => ({
    ...model,
    places: [ENDLESS, ENDLESS, 0],
    arcs: { agent: [...Array.from(model.arcs.agent), 0], place: [...Array.from(model.arcs.place), 2] },
    tiers: [cost([...weights, Math.PI])],
  });

  const isNothing = (model: KernelModel, rest: Partial<CertifiedStage>): boolean =>
    isBelieved(model, claimWith(model, payers, { stages: [stageWith([], rest)] }));

  it.each(CASES)("do not come to nothing: $less beside $huge, $rest", ({ less, huge, rest }) => {
    const weights = weightsOf(less, huge);
    const model = withWeights(weights);
    expect(told(optimizeSync(model))).toEqual(["optimal", [0, 0]]);
    expect(isNothing(model, rest)).toBe(false);
    expect(isNothing(withDeadArc(model, weights), rest)).toBe(false);
  });

  it.each(CASES)("do not come to nothing: $less beside a term of $huge, $rest", ({ less, huge, rest }) => {
    const load = weightsOf(0, 1);
    const convex = [{ row: 1, form: "absolute", target: 0, scale: huge }] as const;
    const model = served(agents + 1, 2, { tiers: [cost(weightsOf(less, 0), { convex })], loads: [load] });
    expect(told(optimizeSync(model))).toEqual(["optimal", [0, 0]]);
    expect(isNothing(model, rest)).toBe(false);
  });

  it("do not keep the best from being found, 3e9 beside 1e-6 for one place", () => {
    const worth: KernelTier = { name: "worth", sense: "max", weights: [1e-6, 3e9] };
    expect(told(optimizeSync(complete(2, [1], { tiers: [worth] })))).toEqual(["optimal", [3e9, 3e9]]);
  });

  it.each([{ precision: 300 }, { equal: 300 }])("make no %o of a tier that is spent on far less", (rest) => {
    const model = served(2, 2, { tiers: [cost([100 * Math.SQRT2, 0.1, 1e12 * Math.PI, 0])] });
    expect(told(optimizeSync(model))).toEqual(["optimal", [0.1, 0.1]]);
    expect(isBelieved(model, claimWith(model, [0, 3], { stages: [stageWith([], rest)] }))).toBe(false);
  });
});

describe("a choice that breaks the limit of an earlier tier", () => {
  it.each([0, 100])(
    "by hundreds of 5e11, beyond a tolerance of %s, does not make a later tier optimal",
    (tolerance) => {
      const model = served(1, 2, { tiers: [cost([LARGE, LARGE + 400], { tolerance }), cost([7, 2], THEN)] });
      const stages = [stageWith([[0, LARGE]], { choice: [0] }), stageWith([[0, 2]], { tier: 1, choice: [0] })];
      const tiers = [{ bound: LARGE, optimal: false }];
      const { problems } = checkCertificate(model, claimWith(model, [1], { stages, tiers }));
      expect(problems).toContain("an earlier limit is exceeded");
    },
  );

  it("is none that a certificate may measure a later tier on", () => {
    // Arc 1 is not to be had, so that arc 2, within the tolerance of arc 0, leaves the least to the last tier.
    const model = served(1, 3, {
      tiers: [
        cost([LARGE, LARGE + 400, LARGE]),
        cost([3, 0, 8], { name: "near", tolerance: 5 }),
        cost([9, 9, 1], THEN),
      ],
    });
    const near = stageWith([], { tier: 1, choice: [1], ...CUT });
    const stages = [stageWith([[0, LARGE]], CUT), near, stageWith([[0, 9]], { tier: 2 })];
    expect(optimizeSync(model).tiers[2]?.value).toBe(1);
    const { problems } = checkCertificate(model, claimWith(model, [0], { stages, tiers: [{}, { bound: 0 }] }));
    expect(problems).toContain("a choice of the certificate is not feasible");
  });

  it("does not make a later tier optimal where that limit is on leximax terms", () => {
    const model = served(1, 2, { tiers: [even(0), cost([7, 2], THEN)], loads: [[3, 4]] });
    const stages = [FEASIBLE, stageWith([], { threshold: 3, choice: [0] }), stageWith([[0, 2]], { tier: 1 })];
    expect(told(optimizeSync(model))).toEqual(["optimal", [3, 3], [7, 7]]);
    expect(isBelieved(model, claimWith(model, [1], { stages, tiers: [{ bound: 3, optimal: false }] }))).toBe(false);
  });
});

describe("what is told of tiers", () => {
  const model = served(1, 2, { tiers: [cost([LARGE + 900, LARGE])] });
  const stages = [stageWith([[0, LARGE]])];
  const isTold = (tier: object): boolean => isBelieved(model, claimWith(model, [1], { stages, tiers: [tier] }));

  it.each([
    { bound: LARGE + 400 },
    { value: LARGE - 400 },
    { value: LARGE + 400, bound: LARGE + 400 },
    { vector: [LARGE] },
    { optimal: 1 },
  ])("is refused where it is not so: %o of whole weights of 5e11", (tier) => {
    expect(isTold({})).toBe(true);
    expect(isTold(tier)).toBe(false);
  });

  it("is refused of more tiers than there are", () => {
    const result = claimWith(model, [1], { stages, tiers: [{ optimal: false }] });
    expect(isBelieved(model, result)).toBe(true);
    expect(isBelieved(model, { ...result, tiers: [...result.tiers, ...result.tiers] })).toBe(false);
  });

  it("is refused where it is nothing: nobody served is no choice of a model without one", () => {
    const two = complete(1, [1], { rows: [{ name: "two", arcs: [0], coefficients: [1], min: 2 }], tiers: [cost([1])] });
    expect(isBelieved(two, nobody(two, "feasible", certificate([])))).toBe(false);
  });

  it.each(["constructor", "__proto__"])("may be of one named %s, with no tolerance but its own", (name) => {
    const named = served(1, 2, { tiers: [cost([3, 2], { name })] });
    const result = optimizeSync(named);
    expect(told(result)).toEqual(["optimal", [2, 2]]);
    expect(checkCertificate(named, result, { tolerance: {} }).problems).toEqual([]);
    expect(told(optimizeSync(named, { tolerance: {} }))).toEqual(["optimal", [2, 2]]);
  });
});

describe("what cannot be read", () => {
  it.each(["length", "__proto__"])("is told rather than thrown where a branch is on the row %s", (row) => {
    const model = served(1, 2, { tiers: [cost([3, 2])] });
    const branch = JSON.parse(`{"row": "${row}", "at": 0, "agent": 0, "arcs": []}`);
    const tree: readonly CertifiedNode[] = [{ prices: [], branch, parts: [1, 2] }, { prices: [] }, { prices: [] }];
    const { problems } = checkCertificate(model, claimWith(model, [0], { stages: [stageOf(tree)] }));
    expect(problems).toEqual(["the certificate is malformed"]);
  });

  it("is told rather than thrown where a precision is no number", () => {
    const row: KernelRow = { name: "load", arcs: [0, 2, 4], coefficients: [1, 2, 3] };
    const model = complete(3, [2, 2], { rows: [row], tiers: [cost([3, 0, 2, 0, 1, 0])] });
    const cutsBefore = [{ ...NO_PRICES, rows: [[0, 1] as const] }];
    const stages = [stageWith([[0, 1]], { precision: Number.NaN, cutsBefore })];
    const { problems } = checkCertificate(model, claimWith(model, [-1, -1, -1], { stages }));
    expect(problems).toContain("a rounding is not a number of 0 or more");
  });

  it("is told rather than thrown where a row with a term has 1e10 values", () => {
    const wide: KernelRow = { name: "wide", arcs: [0, 1], coefficients: [1e10, 1] };
    const convex = [{ row: 0, form: "absolute", target: 0, scale: 1 }] as const;
    const model = complete(2, [1], { rows: [wide], tiers: [{ name: "cost", sense: "min", convex }] });
    const { problems } = checkCertificate(model, claimWith(model, [-1, -1], { stages: [stageWith([])] }));
    expect(problems).toEqual(["row wide takes too many values"]);
  });
});

describe("a row whose maximum 100 agents exceed by a half", () => {
  it("lets 99 of them in", () => {
    const arcs = Array.from({ length: 100 }, (_, agent) => agent);
    const budget: KernelRow = { name: "budget", arcs, coefficients: arcs.map(() => 1e9 + 0.015), max: 1e11 + 1 };
    const placed: KernelTier = { name: "placed", sense: "max", weights: arcs.map(() => 1) };
    const model = complete(100, [ENDLESS], { rows: [budget], tiers: [placed] });
    expect(told(optimizeSync(model))).toEqual(["optimal", [99, 99]]);
    const { problems } = checkCertificate(model, claimWith(model, arcs, { stages: [stageWith([])] }));
    expect(problems).toContain("row budget is out of its bounds");
  });
});
