import { describe, expect, it } from "vitest";
import type { Certificate, CertifiedPrices } from "../../../src/kernel/certificate.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelResult, KernelTier } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { certificate, claimOf, NO_PRICES, stageOf } from "./forged.js";
import { certificateOf } from "./mutations.js";
import { complete, ENDLESS } from "./tiny.js";

const node = (prices: Partial<CertifiedPrices> = {}) => [{ prices: [{ ...NO_PRICES, ...prices }] }];

/** One agent, who has to take one of three endless places. */
const one = (...tiers: readonly (readonly number[])[]): KernelModel =>
  complete(1, [ENDLESS, ENDLESS, ENDLESS], {
    rows: [{ name: "all", arcs: [0, 1, 2], coefficients: [1, 1, 1], min: 1 }],
    tiers: tiers.map((weights, i): KernelTier => ({ name: `t${i}`, sense: "min", weights })),
  });

/** Whether a claim is believed. Per tier its value, its bound, and whether it is told optimal. */
const claim = (
  model: KernelModel,
  arcOf: readonly number[],
  told: readonly (readonly [value: number, bound: number, optimal: boolean])[],
  given: Certificate,
): boolean => {
  const tiers = told.map(([value, bound, optimal]) => ({ value, bound, optimal }));
  return checkCertificate(model, claimOf(model, arcOf, { certificate: given, tiers })).ok;
};

describe("a claim is refused", () => {
  const twice = (first: Parameters<typeof stageOf>[1]) =>
    certificate([stageOf(node(), { choice: [0], ...first }), stageOf(node(), { tier: 1 })], { tolerances: [0, 0] });

  it.each<[string, readonly number[], readonly number[]]>([
    ["is better in both tiers, by half a step", [1 / 3, 1 / 3 + 5e-10, 1 / 3], [0, 5, 10]],
    ["is as good in the first and better in the second", [1 / 3, 1 / 3 + 5e-10, 1 / 3 + 5e-10], [1000, 5, 0]],
  ])("whose choice was cut off as too dear, where another %s", (_, first, second) => {
    const model = one(first, second);
    const [best, own] = first as [number, number];
    expect(
      claim(
        model,
        [1],
        [
          [own, best, true],
          [5, 5, true],
        ],
        twice({}),
      ),
    ).toBe(false);
  });

  it("whose first tier is 400 whole units above its choice's, for the least that rounding can be claimed to be", () => {
    const [best, own] = [500_000, 500_000.0004];
    const given = twice({ precision: 1e-300, cutsAfter: [NO_PRICES] });
    expect(
      claim(
        one([best, own, own], [1000, 5, 0]),
        [1],
        [
          [own, best, false],
          [5, 5, true],
        ],
        given,
      ),
    ).toBe(false);
  });

  it("that spends a tolerance of 0.9 on a whole step, however much rounding is told of", () => {
    const tiers = [
      [0, 1, 1],
      [7, 2, 2],
      [0, 9, 1],
    ];
    const { tiers: own, ...rest } = one(...tiers);
    const model = { ...rest, tiers: own.map((tier, i) => (i === 0 ? { ...tier, tolerance: 0.9 } : tier)) };
    const stages = [
      stageOf(node(), { choice: [0], precision: 0.95 }),
      stageOf(node(), { tier: 1 }),
      stageOf(
        node({
          limits: [
            [0, 8],
            [1, 2],
          ],
        }),
        { tier: 2 },
      ),
    ];
    const told = [
      [1, 0, false],
      [2, 2, true],
      [9, 9, true],
    ] as const;
    expect(claim(model, [1], told, certificate(stages, { tolerances: [0.9, 0, 0] }))).toBe(false);
  });

  it("that tells another value, however far below it what is proven lies", () => {
    const given = certificate([stageOf(node({ rows: [[0, -1e30]] }))]);
    expect(claim(one([1 / 3, 1, 2]), [1], [[0.1, -1e30, false]], given)).toBe(false);
  });

  it("that tells a bound which is beaten, however far above it the value lies", () => {
    const value = 1e12 + 1 / 3;
    expect(claim(one([0, value, 1]), [1], [[value, 999, false]], certificate([stageOf(node())]))).toBe(false);
  });

  it("that nothing is feasible, of a row too wide to tabulate", () => {
    const model = complete(2, [ENDLESS], {
      rows: [{ name: "wide", arcs: [0, 1], coefficients: [1, 2 ** 31] }],
      tiers: [{ name: "t0", sense: "min", convex: [{ row: 0, form: "absolute", target: 0, scale: 1 }] }],
    });
    const given = certificate([stageOf(node())]);
    const arcOf = new Int32Array([-1, -1]);
    const result: KernelResult = { status: "infeasible", arcOf, tiers: [], certificate: given, seconds: 0 };
    expect(checkCertificate(model, result).problems).toEqual(["row wide takes too many values"]);
  });

  it("that takes 1 away from 2^50 + 1 for nothing", () => {
    const arcs = [...Array.from({ length: 64 }, (_, i) => i >> 5), 1];
    const coefficients = [...new Array<number>(64).fill(2 ** 45), 1];
    const model = complete(1, [ENDLESS, ENDLESS], {
      rows: [{ name: "large", arcs, coefficients, min: 2 ** 50 }],
      tiers: [{ name: "t0", sense: "min", convex: [{ row: 0, form: "absolute", target: 2 ** 50 + 1, scale: 1 }] }],
    });
    expect(claim(model, [0], [[0, 0, true]], certificate([stageOf(node())]))).toBe(false);
  });
});

/** Nobody can take the arc of agent 1 that is worth so much: agent 0 needs the place. */
const HUGE = 1e12 * Math.PI;

describe("a claim that nothing is feasible", () => {
  it("may be shown by any tier of sums, alone, and by no tier that there is not", () => {
    const model = complete(2, [1], {
      rows: [{ name: "both", arcs: [0, 1], coefficients: [2, 3], min: 4 }],
      tiers: ["first", "second"].map((name, i): KernelTier => ({ name, sense: "min", weights: [i, 1] })),
    });
    const result = optimizeSync(model);
    const { stages, ...rest } = certificateOf(result);
    expect([result.status, stages.length]).toEqual(["infeasible", 1]);
    const isShownBy = (tier: number): boolean =>
      checkCertificate(model, { ...result, certificate: { ...rest, stages: stages.map((one) => ({ ...one, tier })) } })
        .ok;
    expect([0, 1].map(isShownBy)).toEqual([true, true]);
    expect([2, 0.5, Number.NaN].map(isShownBy)).toEqual([false, false, false]);
  });
});

describe("an arc of huge worth that nobody can take", () => {
  const model = complete(3, [1, ENDLESS, ENDLESS], {
    arcs: { agent: [0, 1, 1, 2, 2], place: [0, 0, 1, 1, 2] },
    rows: [
      { name: "first", arcs: [0], coefficients: [1], min: 1 },
      { name: "all", arcs: [0, 1, 2, 3, 4], coefficients: [1, 1, 1, 1, 1], min: 3 },
    ],
    tiers: [{ name: "cost", sense: "min", weights: [0, -HUGE, 0, 100.1, 0.1 + 1 / 3] }],
  });

  it.each([{ precision: 300 }, { equal: 300 }])(
    "excuses no %o: what it is worth rounds nothing that is chosen",
    (rest) => {
      const tree = node({ rows: [[0, HUGE]], places: [[0, -HUGE]] });
      expect(claim(model, [0, 2, 3], [[100.1, 100.1, true]], certificate([stageOf(tree, rest)]))).toBe(false);
    },
  );

  it("keeps the best from being proven beside it, and then nothing is called the best", () => {
    const agent = [0, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5];
    const place = [0, 0, 2, 3, 4, 2, 3, 4, 2, 3, 4, 2, 3, 4];
    const weights = [
      0,
      -1e13 * Math.PI,
      1.51 / 3,
      17.51,
      39.51,
      5.94,
      8.14,
      16.54,
      11.38,
      21.92,
      34.37,
      12.27,
      3.12,
      38.35,
    ];
    const own = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
    const best = (weightsNow: readonly number[]) =>
      optimizeSync(
        complete(6, [1, 1, ENDLESS, ENDLESS, ENDLESS], {
          arcs: { agent, place },
          rows: [
            { name: "first", arcs: [0], coefficients: [1], min: 1 },
            { name: "served", arcs: own, coefficients: own.map(() => 1), min: 4 },
            { name: "at 2", arcs: [2, 5, 8, 11], coefficients: [1, 2, 3, 3], max: 4 },
            { name: "at 3", arcs: [3, 6, 9, 12], coefficients: [3, 3, 3, 3], max: 4 },
          ],
          tiers: [{ name: "cost", sense: "min", weights: weightsNow }],
        }),
      );
    const truth = best(weights.map((weight) => Math.max(0, weight)));
    const { status, tiers } = best(weights);
    expect(truth.status).toBe("optimal");
    const known = truth.tiers[0]?.value ?? Number.NaN;
    expect(status).toBe("feasible");
    expect(tiers[0]?.value).toBeGreaterThan(known);
    expect(tiers[0]?.bound).toBeLessThan(known);
  });
});

describe("optimizeSync", () => {
  it.each([
    ["an offset of 1e10", { offset: 1e10, divisor: 1 }, [0.001, 0.002, 0.004]],
    ["an offset of 1e13", { offset: 1e13, divisor: 1 }, [1, 1, 1]],
    ["a divisor of 1e14", { offset: 0, divisor: 1e14 }, [1, 2, 4]],
  ])("ends where values of leximax terms next to each other are equal, by %s", (_, term, loads) => {
    const model = complete(3, [ENDLESS, ENDLESS], {
      rows: [
        { name: "all", arcs: [0, 1, 2, 3, 4, 5], coefficients: [1, 1, 1, 1, 1, 1], min: 3 },
        { name: "a", arcs: [0, 2, 4], coefficients: loads },
        { name: "b", arcs: [1, 3, 5], coefficients: loads },
      ],
      tiers: [{ name: "even", sense: "min", leximax: [1, 2].map((row) => ({ row, ...term })) }],
    });
    expect(optimizeSync(model).status).toBe("optimal");
  });

  it("refuses weights beside an empty list of leximax terms rather than pass over them", () => {
    const { tiers, ...rest } = one([1, 2, 3]);
    expect(() => optimizeSync({ ...rest, tiers: tiers.map((tier) => ({ ...tier, leximax: [] })) })).toThrow("mixed");
  });

  it.each([
    ["whole", [10_000_000_003, 10_000_000_002], [455_141_016_515, 0]],
    ["fractional", [10_000_000_000.8, 10_000_000_000.4], [3, 0]],
  ])("tells large weights of a first tier apart that are nearly alike (%s)", (_, first, second) => {
    const model = complete(1, [ENDLESS, ENDLESS], {
      tiers: [
        { name: "first", sense: "max", weights: first },
        { name: "second", sense: "min", weights: second },
      ],
    });
    expect([...optimizeSync(model).arcOf]).toEqual([0]);
  });

  it("measures a second tier without what costs more than its value by itself, contested or not", () => {
    const model = complete(2, [1], {
      rows: [{ name: "half", arcs: [1], coefficients: [0.5] }],
      tiers: [
        { name: "first", sense: "max", weights: [1_298_993_534_000, 594_938_167_000] },
        {
          name: "second",
          sense: "min",
          weights: [0, 383_819_940_732.8],
          convex: [{ row: 0, form: "quadratic", target: 3, scale: 1 }],
        },
      ],
    });
    expect(optimizeSync(model).tiers.map(({ value }) => value)).toEqual([1_298_993_534_000, 9]);
  });

  it.each([
    ["half of", 0.5, "optimal"],
    ["twice", 2, "time-limit"],
  ])(
    "tells for proven, where time is up, what is %s what is taken for equal from its bound, or does not",
    (_, part, status) => {
      // One of the two has to pay more for the second place: without prices that is not seen.
      const less = 333_333.33633333334;
      const more = less + part * 2 * less * 2 ** -27;
      const model = complete(2, [1, ENDLESS], {
        tiers: [
          { name: "first", sense: "max", weights: [1, 1, 1, 1] },
          { name: "second", sense: "min", weights: [less, more, less, more] },
        ],
      });
      expect(optimizeSync(model, { timeLimitSeconds: 1e-9 }).status).toBe(status);
    },
  );

  it("throws nothing where a later tier alone shows that nothing is feasible", () => {
    const model = complete(5, [2, 1], {
      arcs: { agent: [0, 1, 2, 3, 4], place: [1, 1, 0, 0, 0] },
      rows: [
        { name: "all", arcs: [0, 1, 2, 3, 4], coefficients: [1, 1, 1, 1, 1], min: 4 },
        { name: "some", arcs: [1, 2], coefficients: [1.25, 1.25] },
      ],
      tiers: [
        {
          name: "first",
          sense: "min",
          weights: [0, 0, 0, 0, 0],
          convex: [{ row: 1, form: "absolute", target: 0.5, scale: 1e6 }],
        },
        { name: "second", sense: "max", weights: [0, 149_111, 0, 124_752, 109_592] },
      ],
    });
    expect(["time-limit", "infeasible"]).toContain(optimizeSync(model, { timeLimitSeconds: 1e-9 }).status);
  });

  it("tells no bound above a value that a later tier came upon", () => {
    const model = complete(2, [1, 2], {
      arcs: { agent: [0, 1], place: [1, 1] },
      rows: [
        { name: "all", arcs: [0, 1], coefficients: [1, 1] },
        { name: "two", arcs: [0, 1], coefficients: [-2, -1] },
      ],
      tiers: [
        {
          name: "first",
          sense: "max",
          convex: [{ row: 0, form: "quadratic", target: 1.2705127308145165, scale: -1 }],
        },
        {
          name: "second",
          sense: "min",
          weights: [142857142.9, 142857142.86014286],
          convex: [{ row: 1, form: "absolute", target: 0, scale: 1 }],
        },
        { name: "third", sense: "min", weights: [534937025000, 0] },
      ],
    });
    expect([...optimizeSync(model).arcOf]).toEqual([-1, 1]);
  });
});
