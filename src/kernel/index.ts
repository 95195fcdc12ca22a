/** `evenstead/kernel`: proven optimal assignments with rows and ordered tiers, without a housing word. */
export type {
  Certificate,
  CertifiedBranch,
  CertifiedNode,
  CertifiedPrices,
  CertifiedStage,
  SparsePrices,
} from "./certificate.js";
export { type CertificateCheck, checkCertificate } from "./check.js";
export type * from "./model.js";
export { optimize, optimizeSync } from "./optimize.js";
