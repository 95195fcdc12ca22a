import { describe, expect, it } from "vitest";
import type { KernelModel, KernelTier } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { complete, ENDLESS, EVEN, FIT, loads, shared, told, worth } from "./tiny.js";

describe("what optimize gives", () => {
  it("takes 4 + 4 where taking the 5 first would leave 1", () => {
    const result = optimizeSync(complete(2, [1, 1], { tiers: [worth([5, 4, 4, 1])] }));
    expect(told(result)).toEqual(["optimal", [8, 8]]);
    expect([...result.arcOf]).toEqual([1, 2]);
    expect(result.arcOf).toBeInstanceOf(Int32Array);
  });

  it("leaves an agent without a place rather than lose 1", () => {
    const result = optimizeSync(complete(2, [2], { tiers: [worth([-1, 3])] }));
    expect([...result.arcOf]).toEqual([-1, 1]);
    expect(told(result)).toEqual(["optimal", [3, 3]]);
  });

  it.each([
    { units: 0, placed: 0 },
    { units: 1, placed: 1 },
    { units: 2, placed: 2 },
    { units: ENDLESS, placed: 3 },
  ])("places $placed of 3 agents in a place of $units units", ({ units, placed }) => {
    expect(told(optimizeSync(complete(3, [units], { tiers: [worth([1, 1, 1])] })))).toEqual([
      "optimal",
      [placed, placed],
    ]);
  });

  it("fills a row of at most 4 with 2 + 2, not with 3", () => {
    const row = { name: "persons", arcs: [0, 1, 2], coefficients: [3, 2, 2], max: 4 };
    const result = optimizeSync(complete(3, [ENDLESS], { rows: [row], tiers: [worth([3, 2, 2])] }));
    expect([...result.arcOf]).toEqual([-1, 1, 2]);
  });

  it("pays 1 + 4 for a row of at least 5 rather than 7 for all", () => {
    const row = { name: "persons", arcs: [0, 1, 2], coefficients: [3, 2, 2], min: 5 };
    const cost: KernelTier = { name: "cost", sense: "min", weights: [1, 4, 6] };
    expect(told(optimizeSync(complete(3, [ENDLESS], { rows: [row], tiers: [cost] })))).toEqual(["optimal", [5, 5]]);
  });

  it("takes 0.1 + 0.2 for no more than 0.3", () => {
    const row = { name: "parts", arcs: [0, 1, 2], coefficients: [0.1, 0.2, 0.1], max: 0.3 };
    expect(told(optimizeSync(complete(3, [ENDLESS], { rows: [row], tiers: [worth([5, 6, 3])] })))).toEqual([
      "optimal",
      [11, 11],
    ]);
  });

  it("takes thirds for what they are: 1/3 + 2/3 is at least 1", () => {
    const row = { name: "thirds", arcs: [0, 1], coefficients: [1 / 3, 2 / 3], min: 1 };
    const result = optimizeSync(complete(2, [ENDLESS], { rows: [row], tiers: [worth([-1, -1])] }));
    expect(told(result)).toEqual(["optimal", [-2, -2]]);
  });

  it("keeps two agents together by a row with coefficients 1 and -1 that is 0", () => {
    const link = { name: "together at b", arcs: [1, 3], coefficients: [1, -1], min: 0, max: 0 };
    const apart = complete(2, [2, 2], { rows: [link], tiers: [worth([3, 5, 9, 1])] });
    expect(told(optimizeSync(apart))).toEqual(["optimal", [12, 12]]);
    expect(told(optimizeSync({ ...apart, tiers: [worth([3, 9, 5, 4])] }))).toEqual(["optimal", [13, 13]]);
  });

  it("adds up the coefficients of an arc that a row names twice", () => {
    const row = { name: "twice", arcs: [0, 0], coefficients: [2, 3], max: 4 };
    expect(told(optimizeSync(complete(1, [1], { rows: [row], tiers: [worth([7])] })))).toEqual(["optimal", [0, 0]]);
    expect(told(optimizeSync(complete(1, [1], { rows: [{ ...row, max: 5 }], tiers: [worth([7])] })))).toEqual([
      "optimal",
      [7, 7],
    ]);
  });

  it("takes the better of two arcs between the same agent and place", () => {
    const model: KernelModel = {
      agents: 1,
      places: [1],
      arcs: { agent: [0, 0], place: [0, 0] },
      rows: [],
      tiers: [worth([2, 6])],
    };
    expect([...optimizeSync(model).arcOf]).toEqual([1]);
  });

  it.each([
    { form: "absolute", target: 4.2, scale: 1, value: 0.2 },
    { form: "absolute", target: 6, scale: 2.5, value: 2.5 },
    { form: "quadratic", target: 4.75, scale: 1, value: 0.0625 },
    { form: "quadratic", target: 6, scale: 3, value: 3 },
  ] as const)("comes as near as $value to a load of $target, $form", ({ form, target, scale, value }) => {
    const result = optimizeSync(shared([{ name: "near", sense: "min", convex: [{ row: 0, form, target, scale }] }]));
    expect(result.tiers[0]?.value).toBeCloseTo(value, 12);
    expect(result.tiers[0]?.optimal).toBe(true);
  });

  it("maximises minus a square, and adds weights to it", () => {
    const near: KernelTier = {
      name: "near",
      sense: "max",
      weights: [0, 10, 0, 0, 0, 0],
      convex: [{ row: 0, form: "quadratic", target: 4, scale: -2 }],
    };
    expect(told(optimizeSync(shared([near])))).toEqual(["optimal", [10, 10]]);
    const strict: KernelTier = { ...near, convex: [{ row: 0, form: "quadratic", target: 7, scale: -2 }] };
    expect(told(optimizeSync(shared([strict])))).toEqual(["optimal", [0, 0]]);
  });

  it("tells the terms of a leximax tier, largest first, and of no other", () => {
    const result = optimizeSync(shared([EVEN, FIT]));
    expect(result.tiers).toEqual([
      { name: "even", value: 4, bound: 4, optimal: true, vector: [4, 3] },
      { name: "fit", value: 20, bound: 20, optimal: true },
    ]);
    expect(Array.isArray(result.tiers[0]?.vector)).toBe(true);
  });

  it("divides and adds before it compares: (5 + 1) / 2 beside 2 is better than (4 + 1) / 2 beside 3", () => {
    const result = optimizeSync(shared([{ ...EVEN, leximax: loads(2, 1) }]));
    expect(result.tiers[0]?.vector).toEqual([3, 2]);
  });

  it("lowers the second term where the first cannot be lowered", () => {
    const fixed = { name: "huge", arcs: [0, 1], coefficients: [9, 9] };
    const model = shared([{ ...EVEN, leximax: [{ row: 3, offset: 0, divisor: 1 }, ...loads()] }]);
    const result = optimizeSync({ ...model, rows: [...model.rows, fixed] });
    expect(result.tiers[0]?.vector).toEqual([9, 4, 3]);
  });

  it("keeps a leximax vector without tolerance; lets its largest term alone climb by 1 or by 3", () => {
    expect(optimizeSync(shared([{ ...EVEN, tolerance: 1 }, FIT])).tiers[0]?.vector).toEqual([5, 2]);
    expect(told(optimizeSync(shared([{ ...EVEN, tolerance: 1 }, FIT])))).toEqual(["optimal", [5, 4], [21, 21]]);
    expect(told(optimizeSync(shared([{ ...EVEN, tolerance: 3 }, FIT])))).toEqual(["optimal", [7, 4], [31, 31]]);
  });

  it("lets a tier spend its tolerance of 10 and not 11, counted from its best", () => {
    const nearest: KernelTier = { name: "nearest b", sense: "max", weights: [0, 1, 0, 1, 0, 1] };
    expect(told(optimizeSync(shared([{ ...FIT, tolerance: 10 }, nearest])))).toEqual(["optimal", [21, 31], [1, 1]]);
    expect(told(optimizeSync(shared([{ ...FIT, tolerance: 9.5 }, nearest])))).toEqual(["optimal", [31, 31], [0, 0]]);
  });

  it("takes a tolerance by name over the model's own, and 0 over it as well", () => {
    expect(told(optimizeSync(shared([EVEN, FIT]), { tolerance: { even: 3 } }))).toEqual(["optimal", [7, 4], [31, 31]]);
    expect(told(optimizeSync(shared([{ ...EVEN, tolerance: 3 }, FIT]), { tolerance: { even: 0 } }))).toEqual([
      "optimal",
      [4, 4],
      [20, 20],
    ]);
  });

  it("puts the first tier first, whatever the second would gain", () => {
    const first: KernelTier = { name: "first", sense: "min", weights: [0, 1, 0, 1, 0, 1] };
    const second = worth([0, 1000, 0, 1000, 0, 1000]);
    expect(told(optimizeSync(shared([first, second])))).toEqual(["optimal", [0, 0], [0, 0]]);
    expect(told(optimizeSync(shared([second, first])))).toEqual(["optimal", [3000, 3000], [3, 3]]);
  });

  it("reads typed arrays and frozen data, and changes neither", () => {
    const plain = shared([EVEN, FIT]);
    const typed: KernelModel = {
      ...plain,
      places: Float64Array.from(plain.places),
      arcs: { agent: Int32Array.from(plain.arcs.agent), place: Uint16Array.from(plain.arcs.place) },
      rows: plain.rows.map((row) =>
        Object.freeze({ ...row, arcs: Int32Array.from(row.arcs), coefficients: Float32Array.from(row.coefficients) }),
      ),
    };
    const before = JSON.stringify(typed);
    expect(told(optimizeSync(Object.freeze(typed)))).toEqual(told(optimizeSync(plain)));
    expect(JSON.stringify(typed)).toBe(before);
  });
});
