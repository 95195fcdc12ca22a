import { describe, expect, it } from "vitest";
import type { Certificate, CertifiedPrices } from "../../../src/kernel/certificate.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelResult } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { isFeasible, measureTiers } from "../../../src/solvers/measure.js";
import { type Dice, diceOf } from "../../support/random-model.js";
import { certificateOf } from "./mutations.js";
import { complete, FIT, shared, worth } from "./tiny.js";

const NEAREST = { name: "nearest b", sense: "max", weights: [0, 1, 0, 1, 0, 1] } as const;
const NEAR = {
  name: "near",
  sense: "min",
  convex: [{ row: 0, form: "quadratic", target: 4.75, scale: 1 }],
} as const;
/** A load of 2 at a is best, whichever of two agents of 2 brings it; then one of them is better. */
const TWO_AT_A = { ...NEAR, convex: [{ row: 0, form: "quadratic", target: 2, scale: 1 }] } as const;
const UNLIKE = { ...FIT, weights: [11, 0, 10, 0, 7, 0] };
/** Places of one and two units, an agent too many for the better one. */
const CROWDED = complete(3, [1, 2], {
  tiers: [worth([4, 4, 4, 4, 4, 4]), { ...worth([1, 4, 1, 1, 2, 6]), name: "then" }],
});

const problemsOf = (model: KernelModel, result: KernelResult): readonly string[] =>
  checkCertificate(model, result).problems;

describe("the choice, as the checker sees it", () => {
  const result = optimizeSync(CROWDED);

  it("tells of a place used twice that has one unit, and not of one used twice that has two", () => {
    expect(problemsOf(CROWDED, { ...result, arcOf: Int32Array.from([0, 2, 5]) })).toContain("place 0 is used 2 times");
    const allowed = problemsOf(CROWDED, { ...result, arcOf: Int32Array.from([0, 3, 5]) });
    expect(allowed.filter((problem) => problem.includes("is used"))).toEqual([]);
  });

  it("tells of an arc that is another agent's, and of a choice for too many agents", () => {
    expect(problemsOf(CROWDED, { ...result, arcOf: Int32Array.from([3, -1, -1]) })).toContain(
      "agent 0 has an arc that is not its own",
    );
    expect(problemsOf(CROWDED, { ...result, arcOf: Int32Array.from([...result.arcOf, -1]) })).toContain(
      "the choice has the wrong length",
    );
  });

  it("tells of a row above its maximum and of one below its minimum", () => {
    const model = {
      ...shared([FIT]),
      rows: [{ name: "load", arcs: [0, 2, 4], coefficients: [3, 2, 2], min: 2, max: 5 }],
    };
    const found = optimizeSync(model);
    for (const arcOf of [
      [0, 2, 4],
      [1, 3, 5],
    ])
      expect(problemsOf(model, { ...found, arcOf: Int32Array.from(arcOf) })).toContain("row load is out of its bounds");
    const kept = problemsOf(model, { ...found, arcOf: Int32Array.from([0, 2, 5]) });
    expect(kept.filter((problem) => problem.includes("bounds"))).toEqual([]);
  });

  it("tells of a tolerance of 10 that a choice exceeds by 1, and not of one that it just keeps", () => {
    const model = shared([{ ...FIT, tolerance: 10 }, NEAREST]);
    const found = optimizeSync(model);
    const exceeded = problemsOf(model, { ...found, arcOf: Int32Array.from([1, 2, 4]) });
    expect(exceeded).toContain("an earlier limit is exceeded");
    expect(problemsOf(model, { ...found, arcOf: Int32Array.from([0, 2, 5]) })).not.toContain(
      "an earlier limit is exceeded",
    );
  });

  it("refuses to call a model without tiers infeasible that is not", () => {
    const model = shared([]);
    const found = optimizeSync(model);
    const claim: KernelResult = { ...found, status: "infeasible", arcOf: Int32Array.from([-1, -1, -1]) };
    expect(problemsOf(model, claim)).toEqual(["it is not shown that nothing is feasible"]);
    expect(problemsOf(model, found)).toEqual([]);
  });

  it("ends where a tree leads back to itself", () => {
    const own = certificateOf(result);
    const circle = [{ prices: [], branch: { agent: 0, arcs: [0] }, parts: [0, 0] as const }];
    const certificate = { ...own, stages: own.stages.map((stage) => ({ ...stage, tree: circle })) };
    expect(() => checkCertificate(CROWDED, { ...result, certificate })).not.toThrow();
    expect(checkCertificate(CROWDED, { ...result, certificate }).ok).toBe(false);
  });
});

/** Choices that keep every tier but the last, and are worse in that; each with its values called the best. */
const worseInTheLast = (model: KernelModel): readonly KernelResult[] => {
  const best = optimizeSync(model);
  const all: KernelResult[] = [];
  const arcsOf = Array.from({ length: model.agents }, (_, agent) => [
    -1,
    ...Array.from(model.arcs.agent).flatMap((own, arc) => (own === agent ? [arc] : [])),
  ]);
  const choices = arcsOf.reduce<readonly (readonly number[])[]>(
    (some, arcs) => some.flatMap((choice) => arcs.map((arc) => [...choice, arc])),
    [[]],
  );
  for (const choice of choices) {
    if (!isFeasible(model, choice)) continue;
    const tiers = measureTiers(model, choice).map((tier) => ({ ...tier, bound: tier.value, optimal: true }));
    const worse = tiers.map(({ value }, k) => Math.abs(value - (best.tiers[k]?.value ?? 0)) > 1e-6);
    if (worse.every((is, k) => is === (k === tiers.length - 1)))
      all.push({ ...best, arcOf: Int32Array.from(choice), tiers });
  }
  return all;
};

const anyPrices = (
  { whole, chance }: Dice,
  sizes: { rows: number; places: number; limits: number },
): CertifiedPrices => {
  const some = (size: number) =>
    Array.from({ length: size }, (_, index) => [index, whole([-40, 40]) / (chance(0.5) ? 1 : 4)] as const).filter(() =>
      chance(0.6),
    );
  return { rows: some(sizes.rows), places: some(sizes.places), limits: some(sizes.limits) };
};

const CASES = [
  { kind: "weights after weights, places of one and two units", model: CROWDED },
  { kind: "weights after squares", model: { ...shared([TWO_AT_A, UNLIKE]), places: [2, 2] } },
  { kind: "squares after weights", model: { ...shared([NEAREST, NEAR]), places: [2, 2] } },
  { kind: "weights alone, with a row", model: { ...shared([FIT]), places: [2, 1] } },
];

describe("prices drawn at random", () => {
  it.each(CASES)("prove no choice best that is not, 1,500 times: $kind", ({ model }) => {
    const dice = diceOf(20_261_123);
    const claims = worseInTheLast(model);
    expect(claims.length).toBeGreaterThan(0);
    const accepted: unknown[] = [];
    for (let i = 0; i < 1500; i++) {
      const claim = claims[i % claims.length] as KernelResult;
      const own: Certificate = certificateOf(claim);
      const last = own.stages.length - 1;
      const sizes = { rows: model.rows.length, places: model.places.length, limits: last };
      const prices = [anyPrices(dice, sizes)];
      const stages = own.stages.map((stage, at) =>
        at === last
          ? { ...stage, cutsBefore: dice.chance(0.3) ? prices : [], cutsAfter: [], tree: [{ prices }] }
          : stage,
      );
      const { ok } = checkCertificate(model, { ...claim, certificate: { ...own, stages } });
      if (ok) accepted.push({ arcOf: [...claim.arcOf], prices });
    }
    expect(accepted).toEqual([]);
  });

  it("prove nothing where the price of a limit is below 0, which would charge what a choice leaves of a tolerance", () => {
    const model = complete(1, [1, 1], {
      rows: [{ name: "placed", arcs: [0, 1], coefficients: [1, 1], min: 1 }],
      tiers: [
        { name: "cost", sense: "min", weights: [0, 10], tolerance: 10 },
        { name: "way", sense: "min", weights: [3, 5] },
      ],
    });
    const best = optimizeSync(model);
    expect([...best.arcOf]).toEqual([0]);
    const own = certificateOf(best);
    // min(3, 5 - 0.2 * 10) + 0.2 * 10 = 5 would be the bound.
    const prices = [{ rows: [], places: [], limits: [[0, -0.2] as const] }];
    const stages = own.stages.map((stage, at) =>
      at === 1 ? { ...stage, cutsBefore: [], cutsAfter: [], tree: [{ prices }] } : stage,
    );
    const tiers = measureTiers(model, [1]).map((tier, k) => ({ ...tier, bound: k === 0 ? 0 : 5, optimal: true }));
    const claim = { ...best, arcOf: Int32Array.from([1]), tiers, certificate: { ...own, stages } };
    const { ok, problems } = checkCertificate(model, claim);
    expect(ok).toBe(false);
    expect(problems.join()).toContain("way: the prices prove");
  });

  it("prove the best choice, where they are the right ones", () => {
    for (const { model } of CASES) expect(problemsOf(model, optimizeSync(model))).toEqual([]);
  });
});
