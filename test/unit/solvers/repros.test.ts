import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../src/base/errors.js";
import { highsPlain } from "../../../src/solvers/highs.js";
import { type EngineModel, EngineStopped, holdsModel, lpEngine } from "../../../src/solvers/lp-engine.js";
import type { PlainSolver } from "../../../src/solvers/plain.js";
import { solvePlain } from "../../../src/solvers/solve-plain.js";
import { repros } from "./repro-model.js";

/** The best value of each fixture, or what it is instead: from the fixture's own notes, by hand. */
const TRUTH: Readonly<Record<string, number | "infeasible" | "unbounded" | "refused">> = {
  "glpk-abort-assertion": "infeasible",
  "glpk-infeasible-claimed-optimal": "infeasible",
  "highs-presolve-wrong-optimum": 28.859443086,
  "highs-unbounded-reported-infeasible": "unbounded",
  "jslp-bigM-false-infeasible": 25,
  "jslp-external-executes-binary": 1,
  "jslp-free-point-violates-constraints": 6,
  "jslp-free-suboptimal-claimed-optimal": 30,
  "jslp-hang-phase1": 1,
  "jslp-hang-unbounded-integer": "infeasible",
  "jslp-hang-useMIRCuts-minmax": 1.75,
  "jslp-nan-accepted": "refused",
  "jslp-objective-attribute-constraint-ignored": 60,
  "jslp-presolve-free-false-infeasible": 0,
  "jslp-presolve-result-field-wrong": 1,
  "jslp-reserved-constraint-id-crash": 6,
  "jslp-reserved-id-constructor": 8,
  "jslp-timeout-budget-exhausted-claims-feasible": "infeasible",
  "jslp-timeout-fractional-plan-feasible-true": 291,
  "jslp-variable-named-feasible": "infeasible",
};

/** Fixtures on which javascript-lp-solver knows no better than to say so: big numbers, no bounds, an endless phase. */
const BEYOND_ENGINE = [
  "glpk-abort-assertion",
  "highs-unbounded-reported-infeasible",
  "jslp-bigM-false-infeasible",
  "jslp-free-point-violates-constraints",
  "jslp-hang-phase1",
  "jslp-hang-useMIRCuts-minmax",
];
const BEYOND_HIGHS = ["glpk-abort-assertion", "highs-unbounded-reported-infeasible", "jslp-bigM-false-infeasible"];

const wanted = (truth: number | string | undefined): readonly string[] =>
  typeof truth === "number" ? ["optimal"] : [truth ?? "a truth for every fixture"];

const cases = repros.filter(({ name }) => TRUTH[name] !== "refused");

const check = async (solve: PlainSolver, { name, plain }: (typeof repros)[number], beyond: readonly string[]) => {
  const answer = await solve(plain, { timeLimitSeconds: 10 });
  const honest = beyond.includes(name) ? ["unknown", "feasible"] : wanted(TRUTH[name]);
  expect(honest).toContain(answer.status);
  if (answer.objective === null) return;
  const truth = Number(TRUTH[name]);
  if (answer.status === "optimal") expect(answer.objective).toBeCloseTo(truth, 5);
  else
    expect(plain.sense === "min" ? answer.objective - truth : truth - answer.objective).toBeGreaterThanOrEqual(-1e-5);
};

describe("faults of solvers that were met", () => {
  it("lists what is true of each fixture", () => {
    expect(repros.map(({ name }) => name)).toEqual(Object.keys(TRUTH).sort());
  });

  it.each(cases)(
    "javascript-lp-solver behind its adapter is right, or says that it does not know: $name",
    async (repro) => {
      await check(solvePlain, repro, BEYOND_ENGINE);
    },
  );

  it.each(cases)("HiGHS behind its adapter is right, or says that it does not know: $name", async (repro) => {
    await check(highsPlain(), repro, BEYOND_HIGHS);
  });

  it("refuses numbers that are none before any solver sees them", async () => {
    for (const { plain } of repros.filter(({ name }) => TRUTH[name] === "refused")) {
      await expect(solvePlain(plain)).rejects.toThrow(ProblemError);
      await expect(highsPlain()(plain, {})).rejects.toThrow(ProblemError);
    }
    expect(Object.values(TRUTH)).toContain("refused");
  });

  it("stops a phase of the simplex method that does not end, and lets go of the model", () => {
    const endless = repros.find(({ name }) => name === "jslp-hang-phase1")?.model;
    expect(() => lpEngine(endless as unknown as EngineModel)).toThrow(EngineStopped);
    expect(holdsModel()).toBe(false);
  });

  it("gives the library no program to run, whatever a prototype says", async () => {
    const seen: EngineModel[] = [];
    const plain = repros.find(({ name }) => name === "jslp-external-executes-binary")?.plain;
    if (plain === undefined) throw new Error("the fixture is gone");
    Object.defineProperty(Object.prototype, "external", { value: { solver: "lpsolve" }, configurable: true });
    try {
      await solvePlain(plain, {
        engine: (model) => {
          seen.push(model);
          return null;
        },
      });
    } finally {
      Reflect.deleteProperty(Object.prototype, "external");
    }
    expect(seen.map((model) => [Object.hasOwn(model, "external"), model.external])).toEqual([[true, undefined]]);
    expect(seen.map(({ options }) => options.presolve)).toEqual([false]);
  });
});
