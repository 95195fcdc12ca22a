import type { KeyPreset } from "./preset.js";

/** Switzerland: cantons with compensations: population share less credits, the same amount added for all. Source: Asylverordnung 1 (SR 142.311) art. 21. */
export const switzerland = {
  name: "switzerland",
  country: "CH",
  title: { en: "Switzerland: cantons with compensations", da: "Schweiz: kantoner med kompensation" },
  validFrom: null,
  basis: [
    {
      text: "Asylverordnung 1 (SR 142.311) art. 21: by population, with compensations for special burdens",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  fields: { population: "residents", credit: "persons credited for special burdens, such as a federal centre" },
  openPoints: [
    "the size of a credit is fixed by the authority, not computed here",
    "families stay together and the draw within the key is random: outside a key",
    "the date of entry into force was not checked",
  ],
  tiers: [{ mix: [{ field: "population" }], offset: { field: "credit" }, rescale: "additive", rounding: "hamilton" }],
} as const satisfies KeyPreset;
