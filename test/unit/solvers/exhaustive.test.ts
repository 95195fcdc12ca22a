import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../src/base/errors.js";
import type { KernelModel, KernelTier } from "../../../src/kernel/model.js";
import { exhaustive } from "../../../src/solvers/exhaustive.js";
import { highs } from "../../../src/solvers/highs.js";
import { javascriptLp } from "../../../src/solvers/javascript-lp.js";
import { SOLVERS } from "../../../src/solvers/kinds.js";
import { compareMeasures, isFeasible, measureTiers } from "../../../src/solvers/measure.js";

/** Agents of 3, 2 and 2 persons, two endless places, the persons at each a row; all must be placed. */
const SHARED = (tiers: readonly KernelTier[]): KernelModel => ({
  agents: 3,
  places: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  arcs: { agent: [0, 0, 1, 1, 2, 2], place: [0, 1, 0, 1, 0, 1] },
  rows: [
    { name: "a", arcs: [0, 2, 4], coefficients: [3, 2, 2] },
    { name: "b", arcs: [1, 3, 5], coefficients: [3, 2, 2] },
    { name: "all", arcs: [0, 1, 2, 3, 4, 5], coefficients: [1, 1, 1, 1, 1, 1], min: 3 },
  ],
  tiers,
});

const LEXIMAX: KernelTier = {
  name: "even",
  sense: "min",
  leximax: [
    { row: 0, offset: 0, divisor: 1 },
    { row: 1, offset: 0, divisor: 1 },
  ],
};
/** Each agent prefers place a by 10, the agent of 3 by 11. */
const FIT: KernelTier = { name: "fit", sense: "max", weights: [11, 0, 10, 0, 10, 0] };

const solvers = [exhaustive(), javascriptLp(), highs()];

describe("what all solvers mean by tiers", () => {
  it.each(solvers)("$name keeps the whole vector [4, 3] of a leximax tier without tolerance", async ({ solve }) => {
    const { status, tiers } = await solve(SHARED([LEXIMAX, FIT]));
    expect(status).toBe("optimal");
    expect(tiers.map(({ value }) => value)).toEqual([4, 20]);
    expect(tiers[0]?.vector).toEqual([4, 3]);
  });

  it.each(solvers)(
    "$name lets the largest term of a leximax tier with tolerance 1 climb from 4 to 5, and no further",
    async ({ solve }) => {
      const { tiers } = await solve(SHARED([{ ...LEXIMAX, tolerance: 1 }, FIT]));
      expect(tiers[0]?.vector).toEqual([5, 2]);
      expect(tiers.map(({ bound }) => bound)).toEqual([4, 21]);
      const wider = await solve(SHARED([{ ...LEXIMAX, tolerance: 3 }, FIT]));
      expect(wider.tiers.map(({ value }) => value)).toEqual([7, 31]);
    },
  );

  it.each(solvers)("$name lets a tier of weights spend its tolerance of 10 and not 11", async ({ solve }) => {
    const nearest: KernelTier = { name: "nearest b", sense: "max", weights: [0, 1, 0, 1, 0, 1] };
    const spent = await solve(SHARED([{ ...FIT, tolerance: 10 }, nearest]));
    expect(spent.tiers.map(({ value, bound }) => [value, bound])).toEqual([
      [21, 31],
      [1, 1],
    ]);
    const kept = await solve(SHARED([{ ...FIT, tolerance: 9.5 }, nearest]));
    expect(kept.tiers.map(({ value }) => value)).toEqual([31, 0]);
  });

  it.each(solvers)("$name takes a tolerance by name over the model's own", async ({ solve }) => {
    const { tiers } = await solve(SHARED([LEXIMAX, FIT]), { tolerance: { even: 3 } });
    expect(tiers.map(({ value }) => value)).toEqual([7, 31]);
  });

  it.each(solvers)("$name calls a row that nobody can fill infeasible, and names it", async ({ solve }) => {
    const { status, arcOf, certificate, tiers } = await solve({
      ...SHARED([FIT]),
      rows: [{ name: "too much", arcs: [0, 2], coefficients: [3, 2], min: 6 }],
    });
    expect({ status, arcOf: [...arcOf], certificate, tiers }).toEqual({
      status: "infeasible",
      arcOf: [-1, -1, -1],
      certificate: { infeasible: { rows: ["too much"] } },
      tiers: [],
    });
  });

  it.each(solvers)("$name finds no room for 3 agents that must all have one of 2 units", async ({ solve }) => {
    expect((await solve({ ...SHARED([FIT]), places: [1, 1] })).status).toBe("infeasible");
    expect((await solve({ ...SHARED([FIT]), places: [1, 2] })).status).toBe("optimal");
  });

  it.each(solvers)("$name solves a model with nobody in it", async ({ solve }) => {
    const { status, tiers } = await solve({
      agents: 0,
      places: [],
      arcs: { agent: [], place: [] },
      rows: [],
      tiers: [{ name: "none", sense: "min", weights: [] }],
    });
    expect({ status, tiers }).toEqual({
      status: "optimal",
      tiers: [{ name: "none", value: 0, bound: 0, optimal: true }],
    });
  });

  it.each(solvers)("$name refuses a model with a fault", async ({ solve }) => {
    await expect(solve({ ...SHARED([]), places: [-1, 2] })).rejects.toThrow(ProblemError);
  });
});

describe("enumeration", () => {
  it("refuses more than 5,000,000 choices", async () => {
    const agent = Array.from({ length: 48 }, (_, arc) => Math.floor(arc / 2));
    const place = agent.map((_, arc) => arc % 2);
    const model = { agents: 24, places: [24, 24], arcs: { agent, place }, rows: [], tiers: [] };
    await expect(exhaustive().solve(model)).rejects.toThrow(/5000000 choices/);
  });
});

describe("measures of a choice", () => {
  const model = SHARED([LEXIMAX, FIT]);

  it("measures 7 persons at one place as [7, 0] and 31", () => {
    expect(measureTiers(model, [0, 2, 4]).map(({ value, vector }) => [value, vector])).toEqual([
      [7, [7, 0]],
      [31, undefined],
    ]);
  });

  it("finds arcs of other agents, a row below its minimum and a full place infeasible", () => {
    expect(isFeasible(model, [0, 2, 4])).toBe(true);
    expect(isFeasible(model, [2, 0, 4])).toBe(false);
    expect(isFeasible(model, [0, 2, -1])).toBe(false);
    expect(isFeasible({ ...model, places: [2, 3] }, [0, 2, 4])).toBe(false);
    expect(isFeasible({ ...model, places: [2, 3] }, [0, 2, 5])).toBe(true);
  });

  it("compares vectors from the largest term down, and takes rounding for none", () => {
    const vector = (...terms: number[]) => ({ name: "", value: terms[0] ?? 0, vector: terms });
    expect(compareMeasures(vector(4, 3, 9), vector(4, 5, 1), "min")).toBeLessThan(0);
    expect(compareMeasures(vector(0.1 + 0.2, 1), vector(0.3, 1), "min")).toBe(0);
  });
});

describe("the list of solvers", () => {
  it("begins with the kernel, and names each solver once", () => {
    const names = SOLVERS.map((make) => make().name);
    expect(names).toEqual(["kernel", "exhaustive", "javascript-lp-solver", "highs"]);
  });
});
