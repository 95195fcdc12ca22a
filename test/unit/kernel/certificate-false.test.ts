import { describe, expect, it } from "vitest";
import type { Certificate, CertifiedNode, CertifiedPrices, CertifiedStage } from "../../../src/kernel/certificate.js";
import { boundAndCut } from "../../../src/kernel/check/bound.js";
import { wholeDomain } from "../../../src/kernel/check/domain.js";
import { sumObjective } from "../../../src/kernel/check/objective.js";
import { workshopOf } from "../../../src/kernel/check/tighten.js";
import { townOf } from "../../../src/kernel/check/town.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelResult, KernelRow, KernelTier } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { certificate, claimOf, NO_PRICES, nobody, stageOf } from "./forged.js";
import { certificateOf } from "./mutations.js";

const HUGE = 2 ** 60;
/** Whether a choice is believed to be the best. */
const isBelieved = (model: KernelModel, arcOf: readonly number[], proof: Certificate): boolean =>
  checkCertificate(model, claimOf(model, arcOf, { certificate: proof })).ok;
/** Each of two agents has a place of its own. */
const pair = (weights: readonly number[], rows: readonly KernelRow[]): KernelModel => ({
  agents: 2,
  places: [1, 1],
  arcs: { agent: [0, 1], place: [0, 1] },
  rows,
  tiers: [{ name: "cost", sense: "min", weights }],
});
/** Both are served or neither, said twice. */
const TOGETHER: readonly KernelRow[] = ["one", "two"].map((name) => ({
  name,
  arcs: [0, 1],
  coefficients: [1, -1],
  min: 0,
  max: 0,
}));
const OPPOSITE: CertifiedPrices = {
  ...NO_PRICES,
  rows: [
    [0, HUGE],
    [1, -HUGE],
  ],
};

describe("a certificate that is false", () => {
  it.each([
    ["places", OPPOSITE],
    ["agents", { ...OPPOSITE, agents: [] }],
  ])(
    "is not believed where huge prices cancel, with %s priced: what doubles lose of weights proves nothing",
    (_, prices) => {
      const model = pair([-5, -5], TOGETHER);
      expect(optimizeSync(model).tiers[0]?.value).toBe(-10);
      expect(isBelieved(model, [-1, -1], certificate([stageOf([{ prices: [prices] }])]))).toBe(false);
    },
  );

  it("is not believed where prices overflow", () => {
    const rows = ["one", "two"].map((name) => ({
      name,
      arcs: [0, 1, 2],
      coefficients: [10, -10, 1],
      min: 0,
      max: 0,
    }));
    const model: KernelModel = {
      agents: 3,
      places: [1, 1, 1],
      arcs: { agent: [0, 1, 2], place: [0, 1, 2] },
      rows,
      tiers: [{ name: "cost", sense: "min", weights: [-5, -5, 0] }],
    };
    const prices = {
      ...NO_PRICES,
      rows: [
        [0, 1e308],
        [1, -1e308],
      ] as const,
    };
    const proof = certificate([stageOf([{ prices: [prices] }])]);
    expect(isBelieved(model, [-1, -1, -1], proof)).toBe(false);
  });

  it.each([1, -1])("calls nothing infeasible by prices that cancel, whatever their sign, here %s", (sign) => {
    const served = ["a", "b"].map((name, arc): KernelRow => ({ name, arcs: [arc], coefficients: [1], min: 1 }));
    const model = pair([100, 200], [...TOGETHER, ...served]);
    const rows = [
      [0, sign * HUGE],
      [1, -sign * HUGE],
      [2, 128],
      [3, 256],
    ] as const;
    const infeasible = { rows: [], minimal: false };
    const proof = certificate([stageOf([{ prices: [{ ...NO_PRICES, rows }] }])], { infeasible });
    expect(optimizeSync(model).tiers[0]?.value).toBe(300);
    expect(checkCertificate(model, nobody(model, "infeasible", proof)).ok).toBe(false);
  });

  it("takes no whole values for equal that are not", () => {
    const dear = 1e9;
    const model: KernelModel = {
      agents: 1,
      places: [1, 1],
      arcs: { agent: [0, 0], place: [0, 1] },
      rows: [{ name: "served", arcs: [0, 1], coefficients: [1, 1], min: 1 }],
      tiers: [{ name: "cost", sense: "min", weights: [dear, dear - 20] }],
    };
    const tree = [{ prices: [{ ...NO_PRICES, rows: [[0, dear - 20] as const] }] }];
    const told = (rest: Partial<CertifiedStage>): boolean => isBelieved(model, [0], certificate([stageOf(tree, rest)]));
    expect(told({ equal: 29 })).toBe(false);
    expect(told({ precision: 29 })).toBe(false);
    expect(told({})).toBe(false);
  });

  it("finds no weights whole because all of them are next to nothing", () => {
    const agents = 2000;
    const arcs = Array.from({ length: 2 * agents }, (_, i) => i);
    const model: KernelModel = {
      agents,
      places: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      arcs: { agent: arcs.map((i) => i >> 1), place: arcs.map((i) => i & 1) },
      rows: [{ name: "served", arcs, coefficients: arcs.map(() => 1), min: agents }],
      tiers: [{ name: "cost", sense: "min", weights: arcs.map((i) => (i % 2 === 0 ? 9e-10 : 0)) }],
    };
    const arcOf = Array.from({ length: agents }, (_, i) => 2 * i);
    const proof = certificate([stageOf([{ prices: [NO_PRICES] }])]);
    expect(isBelieved(model, arcOf, proof)).toBe(false);
  });

  const fitted: KernelModel = {
    agents: 1,
    places: [1, 1],
    arcs: { agent: [0, 0], place: [0, 1] },
    rows: [],
    tiers: [
      { name: "fit", sense: "max", tolerance: 5, weights: [10, 8] },
      { name: "far", sense: "min", weights: [7, 1] },
    ],
  };

  it.each([Number.POSITIVE_INFINITY, Number.NaN, -1])("has no tolerance of %s", (tolerance) => {
    const result = optimizeSync(fitted);
    const told = (tolerances: readonly number[]): boolean =>
      checkCertificate(fitted, { ...result, certificate: { ...certificateOf(result), tolerances } }).ok;
    expect(told([5, 0])).toBe(true);
    expect(told([5, tolerance])).toBe(false);
    expect(told([tolerance, 0])).toBe(false);
  });

  it("is held to the tolerances that were asked for, where the checker is told of them", () => {
    const own = optimizeSync(fitted);
    const strict = optimizeSync(fitted, { tolerance: { fit: 0 } });
    const isTrue = (result: KernelResult, tolerance?: Readonly<Record<string, number>>): boolean =>
      checkCertificate(fitted, result, tolerance === undefined ? {} : { tolerance }).ok;
    expect([isTrue(own), isTrue(own, {}), isTrue(own, { fit: 0 })]).toEqual([true, true, false]);
    expect([isTrue(strict), isTrue(strict, {}), isTrue(strict, { fit: 0 })]).toEqual([true, false, true]);
  });

  it("may be a chain of 100,000 nodes", () => {
    const model = pair([3, 4], []);
    const length = 100_000;
    const tree = Array.from({ length }, (_, i): CertifiedNode => {
      const next = i + 1 < length ? ([i + 1, length] as const) : undefined;
      return next === undefined ? { prices: [] } : { prices: [], branch: { agent: 0, arcs: [] }, parts: next };
    });
    const proof = certificate([stageOf([...tree, { prices: [] }])]);
    expect(isBelieved(model, [-1, -1], proof)).toBe(false);
  });
});

describe("a tree that keeps to a value", () => {
  /** Three who have to be served, place a for one of them at a cost of 1, place b for all at 6: 13 is the best. */
  const arcs = [0, 1, 2, 3, 4, 5];
  const row = (name: string, own: readonly number[], rest: Partial<KernelRow>): KernelRow => ({
    name,
    arcs: own,
    coefficients: own.map(() => 1),
    ...rest,
  });
  const model: KernelModel = {
    agents: 3,
    places: [3, 3],
    arcs: { agent: arcs.map((arc) => arc >> 1), place: arcs.map((arc) => arc & 1) },
    rows: [row("a", [0, 2, 4], { max: 1 }), row("all", arcs, { min: 3 })],
    tiers: [{ name: "cost", sense: "min", weights: arcs.map((arc) => (arc % 2 === 0 ? 1 : 6)) }],
  };
  const isProven = (bound: number, rest: Partial<CertifiedStage>): boolean => {
    // What serving is worth in all.
    const prices = { ...NO_PRICES, rows: [[1, 6] as const] };
    const proof = certificate([stageOf([{ prices: [prices] }], rest)]);
    const tiers = [{ bound, optimal: false }];
    return checkCertificate(model, claimOf(model, [0, 3, 5], { certificate: proof, tiers })).ok;
  };

  it("proves that value, since place b costs too much within it; and no more, since b is open beyond", () => {
    expect(optimizeSync(model).tiers[0]?.value).toBe(13);
    expect(isProven(7, { keep: 7 })).toBe(true);
    expect(isProven(7.5, { keep: 7 })).toBe(false);
    expect(isProven(7, {})).toBe(false);
    for (const keep of [9, 12, 13]) expect([keep, isProven(7, { keep })]).toEqual([keep, false]);
    expect(isProven(3, {})).toBe(true);
  });
});

describe("a row's bound", () => {
  it("is not read more widely than by what rounds it, however large it is", () => {
    const model = pair([-1, -1], [{ name: "budget", arcs: [0, 1], coefficients: [1e9, 1e9 + 1], max: 2e9 }]);
    const { status, tiers } = optimizeSync(model);
    expect([status, tiers[0]?.value]).toEqual(["optimal", -1]);
  });

  it("proves the terms of another choice to be best, not those of the result", () => {
    // The largest term is the same with all three served and with two; the other is not.
    const model: KernelModel = {
      agents: 3,
      places: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      arcs: { agent: [0, 0, 1, 2], place: [0, 1, 1, 0] },
      rows: [
        { name: "one", arcs: [1, 2], coefficients: [0, -3] },
        { name: "two", arcs: [1, 3], coefficients: [-1, -1] },
      ],
      tiers: [
        {
          name: "terms",
          sense: "min",
          leximax: [
            { row: 1, offset: 0, divisor: 1 },
            { row: 0, offset: 4, divisor: 1 },
          ],
        },
      ],
    };
    const best = optimizeSync(model);
    expect(best.tiers[0]?.vector).toEqual([1, -2]);
    const { stages, ...rest } = certificateOf(best);
    const choice = [...best.arcOf];
    const proof = { ...rest, stages: stages.map((stage) => ({ ...stage, choice })) };
    const worse: KernelResult = {
      ...best,
      arcOf: Int32Array.from([1, 2, -1]),
      tiers: [{ name: "terms", value: 1, bound: 1, optimal: true, vector: [1, -1] }],
      certificate: proof,
    };
    expect(checkCertificate(model, { ...best, certificate: proof })).toMatchObject({ ok: true });
    expect(checkCertificate(model, worse).problems).toEqual([
      "terms is called optimal; the certificate proves it of another choice",
      "an earlier limit is exceeded",
    ]);
  });

  it("that has left a row no value proves nothing from there", () => {
    const model: KernelModel = {
      ...pair([0, 0], [{ name: "load", arcs: [0, 1], coefficients: [1, 1] }]),
      tiers: [{ name: "cost", sense: "min", convex: [{ row: 0, form: "quadratic", target: 1, scale: 1 }] }],
    };
    const [tier] = model.tiers as readonly [KernelTier];
    const work = workshopOf(townOf(model, certificate([])));
    const domain = wholeDomain(work.town);
    const objective = sumObjective(work.town, { ...domain, low: Float64Array.of(0), high: Float64Array.of(2) }, tier);
    domain.low[0] = 2;
    domain.high[0] = 0;
    const task = { work, objective, limits: [], blocks: null, problems: [] };
    expect(boundAndCut(task, domain, { prices: NO_PRICES, keep: 0 })).toBe(Number.NEGATIVE_INFINITY);
  });
});
