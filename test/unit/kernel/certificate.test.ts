import { describe, expect, it } from "vitest";
import { type CertificateCheck, checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelResult } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { exhaustive } from "../../../src/solvers/exhaustive.js";
import { isFeasible, measureTiers } from "../../../src/solvers/measure.js";
import { drawnFrom, SMALL_FAMILIES } from "../../support/model-families.js";
import { disagreement } from "../solvers/agreement.js";
import { certificateOf, falseClaims, type Mutant, otherAllowances, otherChoices, otherProofs } from "./mutations.js";
import { EVEN, FIT, shared } from "./tiny.js";

const NEAR = {
  name: "near",
  sense: "min",
  convex: [{ row: 0, form: "quadratic", target: 4.75, scale: 1 }],
} as const;
const NEAREST = { name: "nearest b", sense: "max", weights: [0, 1, 0, 1, 0, 1] } as const;

const seeded = (family: string, seed: number): KernelModel => drawnFrom(SMALL_FAMILIES, family, seed);

const CASES: readonly { readonly kind: string; readonly model: KernelModel }[] = [
  { kind: "leximax", model: shared([EVEN, FIT]) },
  { kind: "leximax with a tolerance", model: shared([{ ...EVEN, tolerance: 1 }, FIT]) },
  { kind: "weights with a tolerance", model: shared([{ ...FIT, tolerance: 10 }, NEAREST]) },
  { kind: "quadratic", model: shared([NEAR, FIT]) },
  { kind: "branching on links", model: seeded("links, one in so many, and pairs forbidden", 6) },
  { kind: "branching on negative coefficients", model: seeded("negative coefficients", 4) },
  { kind: "shrinking", model: seeded("one huge family", 125) },
  { kind: "prices on agents", model: seeded("links, one in so many, and pairs forbidden", 22) },
  { kind: "prices on agents, and on limits", model: seeded("a tolerance on every tier", 109) },
  { kind: "prices on agents, by sevenths", model: seeded("coefficients of sevenths", 67) },
];

const solved = CASES.map(({ kind, model }) => ({ kind, model, result: optimizeSync(model) }));

/** All mutants where there is time for them, else every third. */
const STEP = process.env.EVENSTEAD_ORACLE_RUNS === undefined ? 3 : 1;

interface Checked extends Mutant {
  readonly check: CertificateCheck;
}

/** A checker that throws accepts nothing; that it does not throw is a test of its own. */
const REFUSED: CertificateCheck = { ok: false, problems: ["the checker throws"], tiers: [] };
const checkOf = (model: KernelModel, result: KernelResult): CertificateCheck => {
  try {
    return checkCertificate(model, result);
  } catch {
    return REFUSED;
  }
};

const checkedAll = (model: KernelModel, mutants: readonly Mutant[]): readonly Checked[] =>
  mutants.filter((_, i) => i % STEP === 0).map((mutant) => ({ ...mutant, check: checkOf(model, mutant.result) }));

const passed = (mutants: readonly Checked[]): readonly Checked[] => mutants.filter(({ check }) => check.ok);

/** Mutants that pass though enumeration shows that what they claim is wrong. */
const wrongAndPassed = async (model: KernelModel, mutants: readonly Checked[]) => {
  const truth = await exhaustive().solve(model);
  return passed(mutants)
    .map(({ what, result }) => ({ what, wrong: disagreement(model, truth, result) }))
    .filter(({ wrong }) => wrong !== "");
};

/** Mutants that pass with bounds, as recomputed, that are better than any proof can be. */
const provenTooMuch = async (model: KernelModel, mutants: readonly Checked[]) => {
  const truth = await exhaustive().solve(model);
  return passed(mutants).flatMap(({ what, check }) =>
    check.tiers.flatMap(({ name, bound }, k) => {
      const { bound: best = 0 } = truth.tiers[k] ?? {};
      const sign = model.tiers[k]?.sense === "min" ? 1 : -1;
      return sign * (bound - best) > 1e-6 * Math.max(1, Math.abs(best)) ? [{ what, name, bound, best }] : [];
    }),
  );
};

/** Cases where one agent can choose otherwise, with each such choice called the best. */
const withOthers = solved
  .map(({ kind, model, result }) => {
    const all = otherChoices(model, result, (arcOf) => measureTiers(model, arcOf));
    const others = all.filter(
      ({ what, result: { arcOf } }) => what.endsWith("bounds told anew") && isFeasible(model, arcOf),
    );
    return { kind, model, result, others };
  })
  .filter(({ others }) => others.length > 0);

const fails = (model: KernelModel, result: KernelResult): boolean => !checkCertificate(model, result).ok;

describe("certificates as they are", () => {
  it.each(solved)("hold, and prove what is claimed: $kind", ({ model, result }) => {
    const { ok, problems, tiers } = checkCertificate(model, result);
    expect({ ok, problems }).toEqual({ ok: true, problems: [] });
    expect(tiers).toHaveLength(model.tiers.length);
    for (const [k, { value, bound }] of tiers.entries()) {
      expect(value).toBeCloseTo(result.tiers[k]?.value ?? Number.NaN, 9);
      expect(bound).toBeCloseTo(result.tiers[k]?.bound ?? Number.NaN, 6);
    }
  });

  it("are plain data: they hold as well after a trip through JSON", () => {
    for (const { model, result } of solved)
      expect(
        checkCertificate(model, { ...result, certificate: JSON.parse(JSON.stringify(result.certificate)) }).ok,
      ).toBe(true);
  });

  it("branch in two of these cases, shrink in one, and price agents at several nodes of three, in one of them limits too", () => {
    const stages = solved.map(({ result }) => certificateOf(result).stages);
    expect(stages.filter((all) => all.some(({ tree }) => tree.length >= 3)).length).toBeGreaterThanOrEqual(2);
    expect(stages.filter((all) => all.some(({ shrink = [] }) => shrink.length >= 3)).length).toBeGreaterThanOrEqual(1);
    const priced = stages.map((all) =>
      all.flatMap(({ tree }) => tree.filter(({ prices }) => prices.some(({ agents = [] }) => agents.length > 0))),
    );
    expect(priced.filter((nodes) => nodes.length >= 3).length).toBeGreaterThanOrEqual(3);
    const both = priced.filter((nodes) =>
      nodes.some(({ prices }) => prices.some(({ agents = [], limits }) => agents.length > 0 && limits.length > 0)),
    );
    expect(both.length).toBeGreaterThanOrEqual(1);
  });
});

describe("results that were tampered with", () => {
  it.each(solved)(
    "are caught where a value, a bound, a name, a vector or a tier is not true: $kind",
    ({ model, result }) => {
      const mutants = falseClaims(model, result);
      expect(mutants.filter((mutant) => !fails(model, mutant.result)).map(({ what }) => what)).toEqual([]);
      expect(mutants.length).toBeGreaterThanOrEqual(7 * model.tiers.length);
    },
  );

  it.each(solved)(
    "are caught where the choice is another, unless that is as good: $kind",
    async ({ model, result }) => {
      const mutants = checkedAll(
        model,
        otherChoices(model, result, (arcOf) => measureTiers(model, arcOf)),
      );
      expect(await wrongAndPassed(model, mutants)).toEqual([]);
      expect(passed(mutants).length).toBeLessThan(mutants.length / 2);
    },
  );

  it.each(solved)(
    "prove nothing that is not so with other prices, branches, trees, stages, counts or blocks: $kind",
    async ({ model, result }) => {
      const mutants = checkedAll(model, otherProofs(model, result));
      expect(mutants.filter(({ check }) => check === REFUSED).map(({ what }) => what)).toEqual([]);
      expect(await wrongAndPassed(model, mutants)).toEqual([]);
      expect(await provenTooMuch(model, mutants)).toEqual([]);
      expect(mutants.length - passed(mutants).length).toBeGreaterThan(5);
    },
  );

  it("are feasible with another choice in all cases but one", () => {
    expect(withOthers).toHaveLength(solved.length - 1);
  });

  it.each(withOthers)(
    "prove no worse choice the best with other prices, branches, trees, stages, counts or blocks: $kind",
    async ({ model, result, others }) => {
      const truth = await exhaustive().solve(model);
      const claims = others.filter(({ result: claim }) => disagreement(model, truth, claim) !== "");
      expect(claims.length).toBeGreaterThan(0);
      const mutants = otherProofs(model, result).map(({ what, result: { certificate } }, i) => {
        const { what: choice, result: claim } = claims[i % claims.length] as Mutant;
        return { what: `${choice}; ${what}`, result: { ...claim, certificate } };
      });
      expect(passed(checkedAll(model, mutants)).map(({ what }) => what)).toEqual([]);
    },
  );

  it.each(solved)(
    "prove nothing that is not so with another precision, tolerance or choice: $kind",
    async ({ model, result }) => {
      expect(await wrongAndPassed(model, checkedAll(model, otherAllowances(model, result)))).toEqual([]);
    },
  );

  it("are caught where tiers stand in another order, or are called optimal without a proof", () => {
    for (const { model, result } of solved) {
      expect(fails(model, { ...result, tiers: [...result.tiers].reverse() })).toBe(true);
      const bare = { ...certificateOf(result), stages: [] };
      expect(fails(model, { ...result, certificate: bare })).toBe(true);
    }
  });

  it("are caught without a certificate, or with one of another format", () => {
    for (const { model, result } of solved)
      for (const certificate of [null, undefined, {}, { ...certificateOf(result), format: "another/1" }])
        expect(checkCertificate(model, { ...result, certificate })).toEqual({
          ok: false,
          problems: ["there is no certificate"],
          tiers: [],
        });
  });

  it("are caught where the model is another: one unit less, one arc dearer, a row tighter", () => {
    const { model, result } = solved.find(({ kind }) => kind === "quadratic") ?? {
      model: shared([]),
      result: undefined,
    };
    if (result === undefined) throw new Error("the case is gone");
    const others: readonly KernelModel[] = [
      { ...model, places: [1, 1] },
      { ...model, tiers: [NEAR, { ...FIT, weights: [12, 1, 11, 1, 11, 1] }] },
      { ...model, rows: model.rows.map((row) => ({ ...row, max: 3 })) },
      { ...model, agents: 4 },
    ];
    for (const other of others) expect(fails(other, result)).toBe(true);
  });
});

describe("claims that nothing is feasible", () => {
  const few = { name: "few", arcs: [0, 2], coefficients: [1, 1], max: 1 };
  const many = { name: "many", arcs: [0, 2, 4], coefficients: [1, 1, 1], min: 3 };
  const clashing = { ...shared([FIT]), rows: [...shared([]).rows, few, many] };

  it("hold where it is so, with the rows that clash", () => {
    expect(checkCertificate(clashing, optimizeSync(clashing))).toMatchObject({ ok: true, problems: [] });
  });

  it("do not hold without their proof", () => {
    const result = optimizeSync(clashing);
    const bare = { ...certificateOf(result), stages: [] };
    expect(checkCertificate(clashing, { ...result, certificate: bare }).ok).toBe(false);
  });

  it("are caught of models that are feasible, whatever the proof says", () => {
    const proof = certificateOf(optimizeSync(clashing));
    for (const { model, result } of solved) {
      const claim: KernelResult = {
        ...result,
        status: "infeasible",
        tiers: [],
        arcOf: new Int32Array(model.agents).fill(-1),
      };
      const infeasible = { rows: [model.rows[0]?.name ?? ""], minimal: true };
      const own = certificateOf(result);
      for (const certificate of [
        { ...own, infeasible },
        { ...own, infeasible, stages: proof.stages },
        { ...own, infeasible, stages: [] },
        { ...own, infeasible, stages: own.stages.map((stage) => ({ ...stage, precision: -1e9 })) },
      ])
        expect(checkOf(model, { ...claim, certificate }).ok).toBe(false);
      const mutants = checkedAll(model, otherProofs(model, { ...claim, certificate: { ...own, infeasible } }));
      expect(passed(mutants).map(({ what }) => what)).toEqual([]);
    }
  });
});
