import type { KeyPreset } from "./preset.js";

/** Denmark: Ukraine Act, municipal numbers: pure share of the population. Source: BEK 1633/2023 §§ 2-3. */
export const denmarkUkraine = {
  name: "denmark-ukraine",
  country: "DK",
  title: { en: "Denmark: Ukraine Act, municipal numbers", da: "Danmark: særloven, kommunetal" },
  validFrom: null,
  basis: [
    { text: "BEK 1633/2023 §§ 2-3: by population, for 10,000 persons at a time", asOf: "2026-11-01", kind: "law" },
  ],
  fields: { population: "residents", agreed: "agreed figure, if any" },
  openPoints: [
    "divide each tranche of 10,000 by itself",
    "the method of rounding and the date of entry into force were not checked",
  ],
  tiers: [{ mix: [{ field: "population" }], agreed: { field: "agreed" }, rounding: "hamilton" }],
} as const satisfies KeyPreset;
