import { describe, expect, it } from "vitest";
import type { KernelModel, KernelResult, KernelTier } from "../../../src/kernel/model.js";
import { optimize, optimizeSync } from "../../../src/kernel/optimize.js";
import { complete, ENDLESS, EVEN, FIT, shared, told, worth } from "./tiny.js";

describe("models with next to nothing in them", () => {
  it("tells a value of which nearly everything cancels as it is", () => {
    const rows = [
      { name: "a", arcs: [0], coefficients: [5] },
      { name: "b", arcs: [], coefficients: [] },
    ];
    const tier: KernelTier = {
      name: "t",
      sense: "min",
      weights: [-4e9],
      convex: [
        { row: 1, form: "absolute", target: 8 / 3, scale: 2 },
        { row: 0, form: "absolute", target: 7, scale: 2e9 },
      ],
    };
    const { status, tiers } = optimizeSync(complete(1, [1], { rows, tiers: [tier] }));
    expect(status).toBe("optimal");
    expect(tiers[0]?.value).toBe(16 / 3);
  });

  const nobody: KernelModel = { agents: 0, places: [], arcs: { agent: [], place: [] }, rows: [], tiers: [] };

  it("solves a model without agents, places, rows or tiers", () => {
    expect(told(optimizeSync(nobody))).toEqual(["optimal"]);
    expect(told(optimizeSync({ ...nobody, tiers: [worth([])] }))).toEqual(["optimal", [0, 0]]);
  });

  it("leaves 3 agents without arcs where they are", () => {
    const result = optimizeSync({ ...nobody, agents: 3, places: [2], tiers: [worth([])] });
    expect([...result.arcOf]).toEqual([-1, -1, -1]);
    expect(told(result)).toEqual(["optimal", [0, 0]]);
  });

  it("keeps the rows of a model without tiers", () => {
    const result = optimizeSync(shared([]));
    expect(told(result)).toEqual(["optimal"]);
    expect(result.arcOf.every((arc) => arc >= 0)).toBe(true);
  });

  it("gives a tier of nothing the value 0", () => {
    expect(told(optimizeSync(shared([{ name: "nothing", sense: "min" }])))).toEqual(["optimal", [0, 0]]);
  });

  it("measures a convex term of a row without arcs at 0", () => {
    const tier: KernelTier = {
      name: "t",
      sense: "min",
      convex: [{ row: 0, form: "quadratic", target: 1.5, scale: 2 }],
    };
    const empty = { ...nobody, rows: [{ name: "empty", arcs: [], coefficients: [] }], tiers: [tier] };
    expect(told(optimizeSync(empty))).toEqual(["optimal", [4.5, 4.5]]);
  });
});

describe("models that cannot be kept", () => {
  const rowsOf = ({ certificate }: KernelResult) =>
    (certificate as { readonly infeasible?: { readonly rows: readonly string[]; readonly minimal: boolean } })
      .infeasible;

  it("names the one row that asks for 6 where 5 is all there is", () => {
    const row = { name: "too much", arcs: [0, 2], coefficients: [3, 2], min: 6 };
    const result = optimizeSync({ ...shared([FIT]), rows: [row] });
    expect({ ...told(result), arcOf: [...result.arcOf] }).toEqual({ 0: "infeasible", arcOf: [-1, -1, -1] });
    expect(result.tiers).toEqual([]);
    expect(rowsOf(result)).toEqual({ rows: ["too much"], minimal: true });
  });

  it("names two rows that clash, and none of the four that do not", () => {
    const model = shared([FIT]);
    const few = { name: "few at a", arcs: [0, 2], coefficients: [1, 1], max: 1 };
    const many = { name: "many at a", arcs: [0, 2, 4], coefficients: [1, 1, 1], min: 3 };
    const idle = { name: "idle", arcs: [1, 3, 5], coefficients: [1, 1, 1], max: 3 };
    const result = optimizeSync({ ...model, rows: [...model.rows, many, idle, few] });
    expect(result.status).toBe("infeasible");
    expect(rowsOf(result)).toEqual({ rows: ["many at a", "few at a"], minimal: true });
  });

  it("names the row that wants 3 placed where there are 2 units", () => {
    expect(rowsOf(optimizeSync({ ...shared([FIT]), places: [1, 1] }))).toEqual({ rows: ["all"], minimal: true });
    expect(optimizeSync({ ...shared([FIT]), places: [1, 2] }).status).toBe("optimal");
  });

  it("finds a sum of 3s and 6s that has to be 4 or 5 impossible", () => {
    const row = { name: "gap", arcs: [0, 1, 2], coefficients: [3, 6, 3], min: 4, max: 5 };
    const result = optimizeSync(complete(3, [ENDLESS], { rows: [row], tiers: [] }));
    expect(result.status).toBe("infeasible");
    expect(rowsOf(result)).toEqual({ rows: ["gap"], minimal: true });
  });

  it("says so as well where a leximax tier comes first, and where there is no tier", () => {
    const none = { ...shared([EVEN]), places: [1, 1] };
    expect(optimizeSync(none).status).toBe("infeasible");
    expect(optimizeSync({ ...none, tiers: [] }).status).toBe("infeasible");
  });
});

describe("a start", () => {
  const model = { ...shared([EVEN, FIT]), places: [3, 2] };

  it.each([
    { kind: "optimal", start: [1, 2, 4] },
    { kind: "feasible and poor", start: [0, 2, 4] },
    { kind: "partly empty", start: [1, -1, -1] },
    { kind: "over the units of a place", start: [1, 3, 5] },
    { kind: "of arcs of other agents", start: [4, 0, 2] },
    { kind: "of arcs that are not there", start: [99, -7, 6] },
    { kind: "too short", start: [1] },
    { kind: "too long", start: [1, 2, 4, 0, 0] },
  ])("that is $kind changes no value", ({ start }) => {
    const result = optimizeSync(model, { start });
    expect(told(result)).toEqual(["optimal", [4, 4], [20, 20]]);
  });

  it("is taken as it is where it is best and several are", () => {
    const any = complete(2, [1, 1, 1], { tiers: [worth([1, 1, 1, 1, 1, 1])] });
    expect([...optimizeSync(any, { start: [2, 4] }).arcOf]).toEqual([2, 4]);
    expect([...optimizeSync(any, { start: [1, 3] }).arcOf]).toEqual([1, 3]);
  });

  it("does not help a model that is infeasible", () => {
    expect(optimizeSync({ ...shared([FIT]), places: [1, 1] }, { start: [0, 3, -1] }).status).toBe("infeasible");
  });
});

describe("optimize and optimizeSync", () => {
  it("give the same result, seconds aside", async () => {
    const [one, other] = [await optimize(shared([EVEN, FIT])), optimizeSync(shared([EVEN, FIT]))];
    expect(JSON.stringify({ ...one, seconds: 0 })).toBe(JSON.stringify({ ...other, seconds: 0 }));
    expect(one.seconds).toBeGreaterThanOrEqual(0);
  });
});
