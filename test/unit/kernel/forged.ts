import type { Certificate, CertifiedNode, CertifiedPrices, CertifiedStage } from "../../../src/kernel/certificate.js";
import type { KernelModel, KernelResult, KernelTierResult } from "../../../src/kernel/model.js";
import { measureTiers } from "../../../src/solvers/measure.js";

export const NO_PRICES: CertifiedPrices = { rows: [], limits: [], places: [] };

/** A stage that claims nothing for rounding. */
export const stageOf = (tree: readonly CertifiedNode[], rest: Partial<CertifiedStage> = {}): CertifiedStage => ({
  tier: 0,
  precision: 0,
  equal: 0,
  cutsBefore: [],
  tree,
  cutsAfter: [],
  ...rest,
});

/** Without blocks and counts; of one tier, unless said otherwise. */
export const certificate = (stages: readonly CertifiedStage[], rest: Partial<Certificate> = {}): Certificate => ({
  format: "evenstead-kernel-certificate/1",
  counts: [],
  blocks: [],
  tolerances: [0],
  stages,
  ...rest,
});

/** The choice with its true values, each called its bound and optimal, unless `tiers` says otherwise. */
export const claimOf = (
  model: KernelModel,
  arcOf: readonly number[],
  given: { readonly certificate: Certificate; readonly tiers?: readonly Partial<KernelTierResult>[] },
): KernelResult => {
  const tiers = measureTiers(model, arcOf).map((tier, k) => ({
    ...tier,
    bound: tier.value,
    optimal: true,
    ...given.tiers?.[k],
  }));
  return {
    status: tiers.every(({ optimal }) => optimal) ? "optimal" : "feasible",
    arcOf: Int32Array.from(arcOf),
    tiers,
    certificate: given.certificate,
    seconds: 0,
  };
};

/** Nobody is served, and nothing is told of any tier. */
export const nobody = (
  { agents }: KernelModel,
  status: KernelResult["status"],
  certificate: Certificate,
): KernelResult => ({ status, arcOf: new Int32Array(agents).fill(-1), tiers: [], certificate, seconds: 0 });
