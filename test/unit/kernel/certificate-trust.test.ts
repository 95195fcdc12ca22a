import { describe, expect, it } from "vitest";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelResult, KernelTierResult } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { measureTiers } from "../../../src/solvers/measure.js";
import { certificateOf, noNumbers, otherProofs } from "./mutations.js";
import { EVEN, FIT, shared } from "./tiny.js";

const NEAR = {
  name: "near",
  sense: "min",
  convex: [{ row: 0, form: "quadratic", target: 4.75, scale: 1 }],
} as const;
const MODELS: readonly KernelModel[] = [shared([FIT, NEAR]), shared([EVEN, FIT]), shared([NEAR, FIT])];

/** The result with everybody in place b, its tiers called proven and optimal: 0 of 31 fit, a load of 7. */
const poorClaim = (model: KernelModel, result: KernelResult): KernelResult => {
  const arcOf = Int32Array.from([1, 3, 5]);
  const tiers = measureTiers(model, arcOf).map(
    (tier): KernelTierResult => ({ ...tier, bound: tier.value, optimal: true }),
  );
  return { ...result, arcOf, tiers };
};

describe("what the checker takes from a certificate without a proof", () => {
  const mostPrecise = (precision: number): void => {
    for (const model of MODELS) {
      const result = optimizeSync(model);
      const own = certificateOf(result);
      const certificate = { ...own, stages: own.stages.map((stage) => ({ ...stage, precision })) };
      expect(checkCertificate(model, { ...poorClaim(model, result), certificate }).ok).toBe(false);
    }
  };

  it.each([0, 1])("lets no precision, here %s, make the worst choice of all the best", mostPrecise);

  it.each([100, 1e9, Number.POSITIVE_INFINITY])(
    "lets no precision, here %s, make the worst choice of all the best",
    mostPrecise,
  );

  it.each([1, 7])("lets a tree that keeps to %s less than the value prove that much less, and no more", (less) => {
    const model = shared([
      { ...NEAR, sense: "min" },
      { ...FIT, sense: "min" },
    ]);
    const result = optimizeSync(model);
    const own = certificateOf(result);
    const last = model.tiers.length - 1;
    const value = result.tiers[last]?.value ?? Number.NaN;
    const keptTo = (keep: number, bound: number): KernelResult => ({
      ...result,
      status: "feasible",
      tiers: result.tiers.map((tier, k) => (k === last ? { ...tier, bound, optimal: false } : tier)),
      certificate: { ...own, stages: own.stages.map((stage) => (stage.tier === last ? { ...stage, keep } : stage)) },
    });
    expect(checkCertificate(model, keptTo(value - less, value - less)).ok).toBe(true);
    expect(checkCertificate(model, keptTo(value - less, value - less / 2)).ok).toBe(false);
    // More than the value is not kept to.
    expect(checkCertificate(model, keptTo(value + less, value)).ok).toBe(true);
    expect(checkCertificate(model, keptTo(value + less, value + less)).ok).toBe(false);
  });

  it("calls no choice feasible that breaks a place or a row, and no tier of it optimal", () => {
    const model = { ...shared([FIT, NEAR]), places: [1, 2] };
    const result = optimizeSync(model);
    const arcOf = Int32Array.from([0, 2, 4]);
    const [fit, near] = measureTiers(model, arcOf);
    if (fit === undefined || near === undefined) throw new Error("a tier is gone");
    const tiers = [
      { ...fit, bound: fit.value, optimal: true },
      { ...near, bound: 0, optimal: false },
    ];
    for (const status of ["optimal", "feasible", "time-limit", "aborted"] as const)
      expect(checkCertificate(model, { ...result, status, arcOf, tiers }).ok, status).toBe(false);
  });

  it("lets no value and no bound pass that is no number", () => {
    for (const model of MODELS)
      for (const { what, result } of noNumbers(optimizeSync(model)))
        expect(checkCertificate(model, result).ok, what).toBe(false);
  });

  it("tells of rows, blocks and prices that are not there rather than throw", () => {
    for (const model of MODELS)
      for (const { what, result } of otherProofs(model, optimizeSync(model)))
        expect(() => checkCertificate(model, result), what).not.toThrow();
  });
});
