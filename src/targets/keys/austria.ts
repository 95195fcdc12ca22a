import type { KeyPreset } from "./preset.js";

/** Austria: basic care by Land: stock and new persons together by population. Source: Grundversorgungsvereinbarung, BGBl. I 80/2004, art. 1(4). */
export const austria = {
  name: "austria",
  country: "AT",
  title: { en: "Austria: basic care by Land", da: "Østrig: grundforsyning efter delstat" },
  validFrom: "2004-05-01",
  basis: [
    {
      text: "Grundversorgungsvereinbarung, BGBl. I 80/2004, art. 1(4): by population, measured on those in basic care",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  fields: { population: "residents", inCare: "persons in basic care" },
  openPoints: ["the article is cited from memory", "the yearly settlement in money is not computed here"],
  tiers: [{ mix: [{ field: "population" }], stockTarget: { stock: "inCare" }, rescale: "level", rounding: "hamilton" }],
} as const satisfies KeyPreset;
