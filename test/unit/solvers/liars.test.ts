import { describe, expect, it } from "vitest";
import type { KernelModel } from "../../../src/kernel/model.js";
import { type HighsRuntime, highs } from "../../../src/solvers/highs.js";
import { javascriptLp } from "../../../src/solvers/javascript-lp.js";
import { holdsModel, type LpEngine, lpEngine } from "../../../src/solvers/lp-engine.js";
import { isFeasible } from "../../../src/solvers/measure.js";

/** Three agents, two places of one unit; the best choice places two of them: 7 + 5 = 12. */
const MODEL: KernelModel = {
  agents: 3,
  places: [1, 1],
  arcs: { agent: [0, 0, 1, 1, 2, 2], place: [0, 1, 0, 1, 0, 1] },
  rows: [{ name: "load", arcs: [0, 1, 2, 3, 4, 5], coefficients: [2, 2, 3, 3, 4, 4], max: 7 }],
  tiers: [{ name: "worth", sense: "max", weights: [7, 1, 2, 5, 3, 2] }],
};

type Answer = Readonly<Record<string, unknown>>;

const changed =
  (change: (answer: Answer) => unknown): LpEngine =>
  (model) =>
    change(lpEngine(model) as Answer);

const VARIABLES = ["v0", "v1", "v2", "v3", "v4", "v5"];

const LIARS: readonly { readonly lie: string; readonly engine: LpEngine }[] = [
  { lie: "a wrong objective", engine: changed((answer) => ({ ...answer, result: 99 })) },
  { lie: "half of an agent", engine: changed((answer) => ({ ...answer, v0: 0.5 })) },
  { lie: "an agent in two places", engine: changed((answer) => ({ ...answer, v0: 1, v1: 1, v2: 1, v3: 1 })) },
  { lie: "infeasible, falsely", engine: changed((answer) => ({ ...answer, feasible: false })) },
  { lie: "feasible: 9", engine: changed((answer) => ({ ...answer, feasible: 9 })) },
  { lie: "no word of whole numbers", engine: changed((answer) => ({ ...answer, isIntegral: undefined })) },
  { lie: "unbounded", engine: changed((answer) => ({ ...answer, bounded: false })) },
  { lie: "text for numbers", engine: changed((answer) => ({ ...answer, v0: "1" })) },
  { lie: "not a number", engine: changed((answer) => ({ ...answer, v3: Number.NaN })) },
  { lie: "everything through a prototype", engine: changed((answer) => Object.create(answer)) },
  { lie: "a promise", engine: changed((answer) => Promise.resolve(answer)) },
  { lie: "nothing", engine: () => undefined },
  {
    lie: "an error",
    engine: () => {
      throw new TypeError("addTerm is not a function");
    },
  },
];

describe("distrust of javascript-lp-solver", () => {
  it("proves 12 with the engine as it is, and leaves no model behind", async () => {
    const { status, tiers } = await javascriptLp().solve(MODEL);
    expect({ status, tiers }).toEqual({
      status: "optimal",
      tiers: [{ name: "worth", value: 12, bound: 12, optimal: true }],
    });
    expect(holdsModel()).toBe(false);
  });

  it.each(LIARS)("calls nothing optimal on $lie, and hands back a choice that is feasible", async ({ engine }) => {
    const { status, tiers, arcOf } = await javascriptLp({ engine }).solve(MODEL);
    expect(status).toBe("feasible");
    expect(isFeasible(MODEL, arcOf)).toBe(true);
    expect(tiers.map(({ optimal }) => optimal)).toEqual([false]);
    expect(tiers[0]?.bound).toBeGreaterThanOrEqual(12);
  });

  it("does not believe an engine that calls a worse point optimal than the start it had", async () => {
    const nobody = Object.fromEntries(VARIABLES.map((id) => [id, 0]));
    const engine = changed((answer) => ({ ...answer, ...nobody, result: 0 }));
    const { status, tiers } = await javascriptLp({ engine }).solve(MODEL, { start: [0, 3, -1] });
    expect(status).toBe("feasible");
    expect(tiers[0]).toMatchObject({ value: 12, optimal: false });
  });

  it("does not take the word of an engine alone that a model is infeasible, where some choice is feasible", async () => {
    const asked: KernelModel = { ...MODEL, rows: [{ name: "load", arcs: [0, 1, 2], coefficients: [2, 2, 3], min: 2 }] };
    const engine = changed(() => ({ feasible: false, result: 0, bounded: true }));
    const { status } = await javascriptLp({ engine }).solve(asked);
    expect(status).not.toBe("infeasible");
  });

  it("names the rows with bounds where nothing is feasible", async () => {
    const asked: KernelModel = { ...MODEL, rows: [{ name: "load", arcs: [0, 2], coefficients: [2, 3], min: 4 }] };
    const { status, arcOf, certificate } = await javascriptLp().solve(asked);
    expect(status).toBe("infeasible");
    expect([...arcOf]).toEqual([-1, -1, -1]);
    expect(certificate).toEqual({ infeasible: { rows: ["load"] } });
  });

  it("says nothing of optima when no time is left", async () => {
    const { status, tiers } = await javascriptLp().solve(MODEL, { timeLimitSeconds: 0 });
    expect(status).toBe("time-limit");
    expect(tiers.map(({ optimal }) => optimal)).toEqual([false]);
  });

  it("says that it was aborted", async () => {
    expect((await javascriptLp().solve(MODEL, { signal: AbortSignal.abort() })).status).toBe("aborted");
  });

  it("refuses a tableau above its memory limit before anything is asked", async () => {
    const engine: LpEngine = () => expect.unreachable("the engine was asked");
    await expect(javascriptLp({ engine, memoryLimitBytes: 100 }).solve(MODEL)).rejects.toThrow(/bytes of tableau/);
  });

  it("gives the same choice twice", async () => {
    const [one, other] = [await javascriptLp().solve(MODEL), await javascriptLp().solve(MODEL)];
    expect([...one.arcOf]).toEqual([...other.arcOf]);
  });
});

/** HiGHS as a stand-in says it: a status, an objective and a point. */
const runtime = (told: {
  readonly status: number;
  readonly objective: number;
  readonly point: readonly number[];
}): HighsRuntime => ({
  constants: { objectiveSense: { minimize: 1, maximize: -1 } },
  createModel: () => ({
    options: { set: () => undefined },
    info: { get: (name) => (name === "primal_solution_status" ? 2 : Number.POSITIVE_INFINITY) },
    run: () => undefined,
    getModelStatus: () => told.status,
    getObjectiveValue: () => told.objective,
    getSolution: () => ({ colValue: Float64Array.from(told.point) }),
    dispose: () => undefined,
  }),
});

describe("distrust of HiGHS", () => {
  it.each([
    { lie: "a wrong objective", status: 7, objective: 99, point: [1, 0, 0, 1, 0, 0] },
    { lie: "half of an agent", status: 7, objective: 8.5, point: [0.5, 0, 0, 1, 0, 0] },
    { lie: "two in one place", status: 7, objective: 9, point: [1, 0, 1, 0, 0, 0] },
    { lie: "infeasible, falsely", status: 8, objective: 0, point: [0, 0, 0, 0, 0, 0] },
    { lie: "a stop at its time limit", status: 13, objective: 12, point: [1, 0, 0, 1, 0, 0] },
  ])("calls nothing optimal on $lie", async (told) => {
    const { status, arcOf, tiers } = await highs(async () => runtime(told)).solve(MODEL);
    expect(status).toBe("feasible");
    expect(isFeasible(MODEL, arcOf)).toBe(true);
    expect(tiers[0]?.bound).toBeGreaterThanOrEqual(12);
  });

  it("proves 12 with the package as it is", async () => {
    const { status, tiers } = await highs().solve(MODEL);
    expect({ status, value: tiers[0]?.value, bound: tiers[0]?.bound }).toEqual({
      status: "optimal",
      value: 12,
      bound: 12,
    });
  });
});
