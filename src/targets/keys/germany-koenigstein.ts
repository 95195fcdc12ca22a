import type { KeyPreset } from "./preset.js";

/** Germany: Königstein key: (2 tax share + population share) / 3. Source: AsylG § 45(1). */
export const germanyKoenigstein = {
  name: "germany-koenigstein",
  country: "DE",
  title: { en: "Germany: Königstein key", da: "Tyskland: Königsteiner-nøglen" },
  validFrom: null,
  basis: [
    {
      text: "AsylG § 45(1): the key of the year before, two thirds tax revenue, one third population (Königsteiner Staatsabkommen, 1949)",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  fields: { tax: "tax revenue of the Land", population: "residents" },
  openPoints: [
    "the published key is rounded to five decimals; this computes it from its two fields",
    "the paragraph is cited from memory: hold it against the text before relying on it",
    "rounding is a choice",
  ],
  tiers: [
    {
      mix: [
        { field: "tax", weight: 2 },
        { field: "population", weight: 1 },
      ],
      rounding: "hamilton",
    },
  ],
} as const satisfies KeyPreset;
