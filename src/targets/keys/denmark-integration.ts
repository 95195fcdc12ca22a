import type { KeyPreset } from "./preset.js";

/** Denmark: Integration Act, municipal quotas: distribution share s = 2 p - i; figure s (L + R) - R_k; negatives to 0, positives reduced. Source: BEK 550/2022 § 4(2)-(5), as amended by BEK 1259/2022; integrationsloven §§ 6-9. */
export const denmarkIntegration = {
  name: "denmark-integration",
  country: "DK",
  title: { en: "Denmark: Integration Act, municipal quotas", da: "Danmark: integrationsloven, kommunekvoter" },
  validFrom: null,
  basis: [
    {
      text: "BEK 550/2022 § 4(2)-(5), as amended by BEK 1259/2022; integrationsloven §§ 6-9",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  fields: {
    population: "residents",
    immigrants:
      "the official count of § 4, as published by the authority; inside one municipality use persons settled by the programme, never ethnicity statistics",
    reunified: "family members reunified to refugees in the last calendar year",
    agreed: "figure agreed by the municipalities of the region, if any",
  },
  openPoints: [
    "§ 4(5): that the positive figures are reduced in proportion is a reading of a text that was seen cut off; `rescale` may be changed to `additive`",
    "the method of rounding is not fixed by the order; largest remainders is a choice",
    "the date of entry into force was not checked",
  ],
  tiers: [
    {
      mix: [{ field: "population" }],
      compensate: { stock: "immigrants", strength: 1 },
      stockTarget: { stock: "reunified" },
      agreed: { field: "agreed" },
      rescale: "proportional",
      rounding: "hamilton",
    },
  ],
} as const satisfies KeyPreset;
