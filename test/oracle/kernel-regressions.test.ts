import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { KernelModel } from "../../src/kernel/model.js";
import { optimizeSync } from "../../src/kernel/optimize.js";
import { exhaustive } from "../../src/solvers/exhaustive.js";
import { highs } from "../../src/solvers/highs.js";
import { contradiction } from "../support/kernel-agreement.js";
import { mediumFamilies } from "../support/medium-families.js";
import { drawnFrom, SMALL_FAMILIES } from "../support/model-families.js";
import { scaledModel } from "../support/scaled-models.js";
import { disagreement } from "../unit/solvers/agreement.js";

/** Models on which a version of the kernel once failed. */
const MET = [
  { seed: 20_261_136, family: "coprime coefficients", fault: "the only choice was cut off, being the dearest" },
  { seed: 20_261_128, family: "parallel arcs, and rows that name an arc twice", fault: "a bound of 306, not 18" },
  { seed: 20_261_123, family: "negative coefficients", fault: "a bound of 6, not 0" },
  { seed: 100_575, family: "a common divisor", fault: "a bound of 49.25, not 40" },
  { seed: 100_380, family: "decimal coefficients", fault: "a cut took away the choice" },
  { seed: 20_261_140, family: "a tolerance on every tier", fault: "a bound of 0.72, not 3.28" },
  { seed: 20_261_249, family: "coprime coefficients", fault: "rounding that its check did not allow for" },
  { seed: 31_009_685, family: "every feature at random", fault: "rows held by a tier, and arcs that its check left" },
  { seed: 32_003_439, family: "every feature at random", fault: "parts closed by prices too small to be checked" },
  { seed: 200_004, family: "a tolerance on every tier", fault: "a leximax tier without its proof" },
] as const;

interface Kept {
  readonly fault: string;
  readonly timeLimitSeconds?: number;
  readonly model: Omit<KernelModel, "places"> & { readonly places: readonly (number | "endless")[] };
}

/** Models that no family draws. */
const kept: readonly Kept[] = JSON.parse(
  readFileSync(new URL("../fixtures/kernel-models.json", import.meta.url), "utf8"),
);

describe("models on which the kernel once failed", () => {
  it.each(MET)("are proven: $family, seed $seed ($fault)", async ({ family, seed }) => {
    const model = drawnFrom(SMALL_FAMILIES, family, seed);
    const found = optimizeSync(model);
    expect(disagreement(model, await exhaustive().solve(model), found)).toBe("");
    expect(found.status).toBe("optimal");
  });

  it.each(kept)("are solved, proven and bounded: $fault", async ({ model: { places, ...rest }, timeLimitSeconds }) => {
    const model = { ...rest, places: places.map((units) => (units === "endless" ? Number.POSITIVE_INFINITY : units)) };
    const best = optimizeSync(model);
    expect(best.status).toBe("optimal");
    // The time that it failed with: none.
    const found =
      timeLimitSeconds === undefined ? await highs().solve(model) : optimizeSync(model, { timeLimitSeconds });
    expect(found.tiers).toHaveLength(model.tiers.length);
    expect(contradiction(model, best, found).problem).toBe("");
  });

  it("have a certificate that holds where a tolerance exceeds all that the tier can come to", () => {
    const { status, tiers } = optimizeSync(scaledModel(20_262_167));
    expect([status, tiers.map(({ optimal }) => optimal)]).toEqual(["optimal", [true, true, true, true]]);
  });

  it("have a certificate that holds where a later tier comes upon a better choice: decimal coefficients, seed 20261337", async () => {
    const model = drawnFrom(SMALL_FAMILIES, "decimal coefficients", 20_261_337);
    expect(disagreement(model, await exhaustive().solve(model), optimizeSync(model))).toBe("");
  });

  it("are proven: quotas that only just fit, seed 50045 (a bound of 1012, not 44)", () => {
    const model = drawnFrom(mediumFamilies(60), "quotas that only just fit", 50_045);
    const { status, tiers } = optimizeSync(model);
    expect([status, ...tiers.map(({ value, bound }) => [value, bound])]).toEqual(["optimal", [167, 167], [44, 44]]);
  });

  it.each([
    { seed: 3_000_883, agents: 16, family: "negative coefficients", fault: "a bound of 22.9, not 27.25" },
    { seed: 5_008_438, agents: 16, family: "negative coefficients", fault: "a bound of 35, not 42" },
    ...[20_261_147, 20_261_192].map((seed) => ({
      seed,
      agents: 60,
      family: "endless places with a capacity each",
      fault: "a choice that left somebody out",
    })),
  ])("are proven, and HiGHS agrees: $family, seed $seed ($fault)", async ({ seed, agents, family }) => {
    const model = drawnFrom(mediumFamilies(agents), family, seed);
    const found = optimizeSync(model);
    expect(found.status).toBe("optimal");
    const told = contradiction(model, found, await highs().solve(model));
    expect(told).toEqual({ compared: model.tiers.length, infeasible: false, problem: "" });
  });
});
