import type { Certificate, CertifiedNode, CertifiedPrices, CertifiedStage } from "../../../src/kernel/certificate.js";

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
