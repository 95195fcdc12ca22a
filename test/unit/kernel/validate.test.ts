import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../src/base/errors.js";
import type { KernelModel } from "../../../src/kernel/model.js";
import { optimize, optimizeSync } from "../../../src/kernel/optimize.js";
import { validateModel } from "../../../src/kernel/validate.js";

const SOUND: KernelModel = {
  agents: 2,
  places: [1, 2],
  arcs: { agent: [0, 0, 1], place: [0, 1, 1] },
  rows: [{ name: "load", arcs: [0, 2], coefficients: [3, 2], min: 0, max: 4 }],
  tiers: [
    { name: "fit", sense: "max", weights: [1, 2, 3], tolerance: 0.5 },
    { name: "near", sense: "min", convex: [{ row: 0, form: "absolute", target: 2.5, scale: 1 }] },
    { name: "most", sense: "min", leximax: [{ row: 0, offset: 1, divisor: 2 }] },
  ],
};

/** `SOUND` with the value at a path replaced. */
const spoiled = (path: string, value: unknown): KernelModel => {
  const copy = structuredClone(SOUND) as unknown as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let at = copy;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return copy as unknown as KernelModel;
};

const issuesOf = (model: KernelModel) => {
  try {
    validateModel(model);
  } catch (error) {
    if (error instanceof ProblemError) return error.issues;
    throw error;
  }
  return [];
};

const FAULTS: readonly (readonly [path: string, value: unknown, code: string, at: string])[] = [
  ["agents", 2.5, "model.bad-count", "agents"],
  ["places.1", -1, "model.bad-count", "places[1]"],
  ["places.0", 0.5, "model.bad-count", "places[0]"],
  ["places.0", Number.NaN, "model.bad-count", "places[0]"],
  ["places.0", Number.NEGATIVE_INFINITY, "model.bad-count", "places[0]"],
  ["arcs.place", [0, 1], "model.wrong-length", "arcs.place.length"],
  ["arcs.agent.2", 2, "model.index-out-of-range", "arcs.agent[2]"],
  ["arcs.agent.0", -1, "model.index-out-of-range", "arcs.agent[0]"],
  ["arcs.agent.0", 0.5, "model.index-out-of-range", "arcs.agent[0]"],
  ["arcs.place.1", 2, "model.index-out-of-range", "arcs.place[1]"],
  ["arcs.place.1", Number.NaN, "model.index-out-of-range", "arcs.place[1]"],
  ["rows.0.coefficients", [3], "model.wrong-length", "rows[0].coefficients.length"],
  ["rows.0.arcs.1", 3, "model.index-out-of-range", "rows[0].arcs[1]"],
  ["rows.0.arcs.1", -2, "model.index-out-of-range", "rows[0].arcs[1]"],
  ["rows.0.coefficients.0", Number.NaN, "model.not-a-number", "rows[0].coefficients[0]"],
  ["rows.0.coefficients.1", Number.POSITIVE_INFINITY, "model.not-a-number", "rows[0].coefficients[1]"],
  ["rows.0.min", Number.POSITIVE_INFINITY, "model.not-a-number", "rows[0].min"],
  ["rows.0.max", Number.NEGATIVE_INFINITY, "model.not-a-number", "rows[0].max"],
  ["rows.0.min", Number.NaN, "model.not-a-number", "rows[0].min"],
  ["rows.0.max", Number.NaN, "model.not-a-number", "rows[0].max"],
  ["rows.0.max", "4", "model.not-a-number", "rows[0].max"],
  ["tiers.0.sense", "most", "model.unknown-sense", "tiers[0].sense"],
  ["tiers.0.tolerance", -0.1, "model.bad-tolerance", "tiers[0].tolerance"],
  ["tiers.0.tolerance", Number.NaN, "model.bad-tolerance", "tiers[0].tolerance"],
  ["tiers.0.tolerance", Number.POSITIVE_INFINITY, "model.bad-tolerance", "tiers[0].tolerance"],
  ["tiers.0.weights", [1, 2], "model.wrong-length", "tiers[0].weights.length"],
  ["tiers.0.weights", [], "model.wrong-length", "tiers[0].weights.length"],
  ["tiers.0.weights.2", Number.NaN, "model.not-a-number", "tiers[0].weights[2]"],
  ["tiers.0.weights.2", Number.NEGATIVE_INFINITY, "model.not-a-number", "tiers[0].weights[2]"],
  ["tiers.1.convex.0.row", 1, "model.index-out-of-range", "tiers[1].convex[0].row"],
  ["tiers.1.convex.0.form", "cubic", "model.unknown-form", "tiers[1].convex[0].form"],
  ["tiers.1.convex.0.target", Number.POSITIVE_INFINITY, "model.not-a-number", "tiers[1].convex[0].target"],
  ["tiers.1.convex.0.scale", -1, "model.not-convex", "tiers[1].convex[0].scale"],
  ["tiers.1.convex.0.scale", Number.NaN, "model.not-convex", "tiers[1].convex[0].scale"],
  ["tiers.1.sense", "max", "model.not-convex", "tiers[1].convex[0].scale"],
  ["tiers.2.leximax.0.row", -1, "model.index-out-of-range", "tiers[2].leximax[0].row"],
  ["tiers.2.leximax.0.offset", Number.NaN, "model.not-a-number", "tiers[2].leximax[0].offset"],
  ["tiers.2.leximax.0.divisor", 0, "model.bad-divisor", "tiers[2].leximax[0].divisor"],
  ["tiers.2.leximax.0.divisor", -2, "model.bad-divisor", "tiers[2].leximax[0].divisor"],
  ["tiers.2.leximax.0.divisor", Number.NaN, "model.bad-divisor", "tiers[2].leximax[0].divisor"],
  ["tiers.2.sense", "max", "model.mixed-leximax", "tiers[2]"],
  ["tiers.2.weights", [1, 1, 1], "model.mixed-leximax", "tiers[2]"],
  ["tiers.1.name", "fit", "model.name-twice", "tiers"],
];

describe("malformed models", () => {
  it("lets a sound model pass", () => {
    expect(issuesOf(SOUND)).toEqual([]);
    expect(optimizeSync(SOUND).status).toBe("optimal");
  });

  it.each(FAULTS)("refuses %s = %s with the code %s alone, at %s", (path, value, code, at) => {
    expect(issuesOf(spoiled(path, value)).map((issue) => [issue.code, issue.path])).toEqual([[code, at]]);
  });

  it.each([-1, Number.NaN])("refuses %s agents, and the arcs of agents that are then not there", (agents) => {
    expect(issuesOf({ ...SOUND, agents }).map(({ code, path }) => [code, path])).toEqual([
      ["model.bad-count", "agents"],
      ["model.index-out-of-range", "arcs.agent[0]"],
    ]);
  });

  it("tells of all faults at once, each with what was expected and received", () => {
    const model: KernelModel = {
      agents: -1,
      places: [0.5],
      arcs: { agent: [], place: [] },
      rows: [{ name: "r", arcs: [7], coefficients: [] }],
      tiers: [
        { name: "t", sense: "max", weights: [Number.NaN], tolerance: -1 },
        { name: "t", sense: "min", convex: [{ row: 5, form: "quadratic", target: 0, scale: -1 }] },
      ],
    };
    const issues = issuesOf(model);
    expect(issues.map(({ code }) => code).sort()).toEqual([
      "model.bad-count",
      "model.bad-count",
      "model.bad-tolerance",
      "model.index-out-of-range",
      "model.index-out-of-range",
      "model.name-twice",
      "model.not-a-number",
      "model.not-convex",
      "model.wrong-length",
      "model.wrong-length",
    ]);
    expect(issues.find(({ code }) => code === "model.bad-tolerance")).toEqual({
      code: "model.bad-tolerance",
      path: "tiers[0].tolerance",
      subject: null,
      expected: "a finite number, 0 or more",
      received: "-1",
      message: "tiers[0].tolerance is -1; it must be a finite number, 0 or more.",
      hint: null,
    });
  });

  it("takes a million bad entries of one list for one fault", () => {
    const places = new Float64Array(1_000_000).fill(-1);
    expect(issuesOf({ ...SOUND, places }).map(({ path }) => path)).toEqual(["places[0]"]);
  });

  it("refuses before anything is solved, by a rejection or by throwing", async () => {
    const bad = spoiled("rows.0.min", Number.NaN);
    await expect(optimize(bad)).rejects.toThrow(ProblemError);
    expect(() => optimizeSync(bad)).toThrow(/rows\[0\]\.min is NaN/);
  });

  it("refuses a convex term on a row with more values than can be told apart", () => {
    const fine = spoiled("rows.0.coefficients", [1e7 + 1, 1]);
    expect(() => optimizeSync(fine)).toThrow(ProblemError);
    const bounded: KernelModel = { ...fine, rows: fine.rows.map((row) => ({ ...row, max: 1e8 })), tiers: [] };
    expect(optimizeSync(bounded).status).toBe("optimal");
  });

  it.each([Math.SQRT2, Math.PI, 1.23456789, 1 / 1009])(
    "refuses a row with the coefficient %s, which no small unit makes whole",
    (one) => {
      const model = spoiled("rows.0.coefficients.0", one);
      expect(() => optimizeSync(model)).toThrow(/no small unit makes whole/);
    },
  );

  it.each([1 / 3, 22 / 7, 0.123456, 1e-6, 999 / 1000])("takes a row with the coefficient %s", (one) => {
    const model = { ...SOUND, rows: [{ name: "load", arcs: [0], coefficients: [one], max: one }] };
    expect(optimizeSync({ ...model, tiers: [] }).status).toBe("optimal");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])("refuses an option's tolerance of %s", (fit) => {
    expect(() => optimizeSync(SOUND, { tolerance: { fit } })).toThrow(ProblemError);
  });

  it("takes a leximax tier without terms for settled", () => {
    const { tiers } = optimizeSync({ ...SOUND, tiers: [{ name: "none", sense: "min", leximax: [] }] });
    expect(tiers).toEqual([{ name: "none", value: 0, bound: 0, optimal: true, vector: [] }]);
  });
});
