import { describe, expect, it } from "vitest";
import type { Certificate, CertifiedPrices, CertifiedStage } from "../../src/kernel/certificate.js";
import { checkCertificate } from "../../src/kernel/check.js";
import type { KernelModel, KernelResult, KernelTierResult } from "../../src/kernel/model.js";
import { optimizeSync } from "../../src/kernel/optimize.js";
import { isFeasible, measureTiers } from "../../src/solvers/measure.js";
import { askedRuns } from "../support/asked-runs.js";
import { type Dice, diceOf, randomModel } from "../support/random-model.js";

const ASKED = askedRuns("EVENSTEAD_ORACLE_RUNS");
/** Models whose certificates are offered for others. */
const MODELS = ASKED === null ? 150 : Math.ceil(ASKED / 20);
const FIRST_SEED = 20_261_127;
const SIZE = { agents: 5, places: 4, rows: 3, tiers: 3 };

const changedAt = (list: ArrayLike<number>, at: number, by: number): readonly number[] =>
  Array.from(list, (value, i) => (i === at ? value + by : value));

/** A model that differs in one weight, bound, count of units or coefficient. */
const similar = ({ whole }: Dice, model: KernelModel): KernelModel => {
  const row = whole([0, Math.max(0, model.rows.length - 1)]);
  const withRow = (
    change: (one: KernelModel["rows"][number]) => Partial<KernelModel["rows"][number]>,
  ): KernelModel => ({
    ...model,
    rows: model.rows.map((one, i) => (i === row ? { ...one, ...change(one) } : one)),
  });
  switch (whole([0, 4])) {
    case 0: {
      const [tier, arc, by] = [whole([0, model.tiers.length - 1]), whole([0, model.arcs.agent.length]), whole([-3, 3])];
      const tiers = model.tiers.map((one, i) =>
        i === tier && one.weights !== undefined ? { ...one, weights: changedAt(one.weights, arc, by) } : one,
      );
      return { ...model, tiers };
    }
    case 1:
      return withRow(({ max = whole([0, 6]) }) => ({ max: max + whole([-1, 2]) }));
    case 2:
      return withRow(({ min }) => (min === undefined ? {} : { min: min + whole([-2, 1]) }));
    case 3: {
      const at = whole([0, model.places.length - 1]);
      return { ...model, places: changedAt(model.places, at, whole([-1, 1])).map((units) => Math.max(0, units)) };
    }
    default:
      return withRow(({ coefficients }) => ({
        coefficients: changedAt(coefficients, whole([0, Math.max(0, coefficients.length - 1)]), whole([-1, 1])),
      }));
  }
};

const PRICES = [0.5, 1, -1, 3, 1000, -1000, 1e9, -1e9, 2 ** 60, -(2 ** 60), 1e-7];

const otherPrices = ({ whole }: Dice, prices: CertifiedPrices): CertifiedPrices => {
  const kind = (["rows", "limits", "places", "agents"] as const)[whole([0, 3])] ?? "rows";
  const pair = [whole([0, 7]), PRICES[whole([0, PRICES.length - 1])] ?? 0] as const;
  const own = prices[kind] ?? [];
  const at = whole([0, own.length]);
  return { ...prices, [kind]: [...own.slice(0, at), pair, ...own.slice(at + whole([0, 1]))] };
};

/** A certificate that was changed in one of its stages. */
const otherCertificate = (dice: Dice, certificate: Certificate, arcOf: Int32Array): Certificate => {
  const { whole } = dice;
  const { stages } = certificate;
  const at = whole([0, Math.max(0, stages.length - 1)]);
  const other = stages[whole([0, Math.max(0, stages.length - 1)])];
  const changes: readonly ((stage: CertifiedStage) => CertifiedStage)[] = [
    (stage) => ({
      ...stage,
      tree: stage.tree.map((node) => ({ ...node, prices: node.prices.map((prices) => otherPrices(dice, prices)) })),
    }),
    (stage) => ({ ...stage, cutsBefore: stage.cutsBefore.map((prices) => otherPrices(dice, prices)) }),
    (stage) => ({ ...stage, cutsAfter: stage.cutsAfter.map((prices) => otherPrices(dice, prices)) }),
    (stage) => ({ ...stage, keep: whole([-10, 30]) }),
    (stage) => ({ ...stage, tree: stage.tree.slice(0, 1) }),
    (stage) => ({ ...stage, cutsBefore: other?.cutsAfter ?? [] }),
  ];
  if (whole([0, changes.length]) === 0) return { ...certificate, stages: stages.filter((_, i) => i !== at) };
  if (whole([0, changes.length]) === 0)
    return { ...certificate, stages: stages.map((stage) => ({ ...stage, choice: Array.from(arcOf) })) };
  const change = changes[whole([0, changes.length - 1])];
  return {
    ...certificate,
    stages: stages.map((stage, i) => (i === at && change !== undefined ? change(stage) : stage)),
  };
};

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one));

/** Whether tiers are as good as those of a result that enumeration would agree with. */
const areBest = (tiers: readonly KernelTierResult[], truth: KernelResult): boolean =>
  tiers.every(({ value, vector = [] }, i) => {
    const best = truth.tiers[i];
    return (
      best !== undefined && isNear(value, best.value) && vector.every((one, k) => isNear(one, best.vector?.[k] ?? 0))
    );
  });

/** `right`: a claim that holds; a certificate that is no proof of it may be refused all the same. */
interface Claim {
  readonly result: KernelResult;
  readonly right: boolean;
}

const claimsOf = (
  dice: Dice,
  model: KernelModel,
  given: { result: KernelResult; truth: KernelResult },
): readonly Claim[] => {
  const { result, truth } = given;
  const seconds = 0;
  const nobody = new Int32Array(model.agents).fill(-1);
  if (result.status === "infeasible")
    return [
      {
        result: { status: "infeasible", arcOf: nobody, tiers: [], certificate: null, seconds },
        right: truth.status === "infeasible",
      },
    ];
  const fewer = result.arcOf.map((arc) => (dice.chance(0.3) ? -1 : arc));
  return [result.arcOf, fewer].map((arcOf) => {
    const tiers = measureTiers(model, arcOf).map((tier) => ({ ...tier, bound: tier.value, optimal: true }));
    return {
      result: { status: "optimal", arcOf, tiers, certificate: null, seconds },
      right: truth.status === "optimal" && isFeasible(model, arcOf) && areBest(tiers, truth),
    };
  });
};

describe("certificates of other models, and changed ones", () => {
  it(`prove nothing that is false, ${MODELS} models`, { timeout: 3_600_000 }, () => {
    const dice = diceOf(FIRST_SEED);
    const seen = { right: 0, refused: 0 };
    const faults: unknown[] = [];
    for (let seed = FIRST_SEED; seed < FIRST_SEED + MODELS; seed++) {
      const drawn = randomModel(seed, SIZE);
      // What a tier may lose makes many choices right.
      const model = { ...drawn, tiers: drawn.tiers.map((tier) => ({ ...tier, tolerance: 0 })) };
      const result = optimizeSync(model);
      const certificate = result.certificate as Certificate;
      for (let k = 0; k < 7; k++) {
        const other = k === 0 ? model : similar(dice, model);
        const truth = optimizeSync(other);
        if (truth.status !== "optimal" && truth.status !== "infeasible") continue;
        for (let changes = 0; changes < 5; changes++) {
          let proof = certificate;
          for (let i = 0; i < changes; i++) proof = otherCertificate(dice, proof, result.arcOf);
          for (const { result: claim, right } of claimsOf(dice, other, { result, truth })) {
            const { ok } = checkCertificate(other, { ...claim, certificate: proof });
            if (ok && !right) faults.push({ seed, k, changes, claim });
            if (!ok) seen.refused++;
            else seen.right++;
          }
        }
      }
    }
    expect(faults).toEqual([]);
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5 * MODELS);
  });
});
