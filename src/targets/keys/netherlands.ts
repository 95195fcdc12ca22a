import type { KeyPreset } from "./preset.js";

/** Netherlands: half-yearly task: population share of the new task, plus the carried debt. Source: Huisvestingswet 2014 art. 28-29. */
export const netherlands = {
  name: "netherlands",
  country: "NL",
  title: { en: "Netherlands: half-yearly task", da: "Nederlandene: halvårlig opgave" },
  validFrom: "2015-01-01",
  basis: [
    {
      text: "Huisvestingswet 2014 art. 28-29: in proportion to residents per half-year; what is left undone is added to the next",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  fields: { population: "residents", debt: "left undone in earlier periods; negative where done in advance" },
  openPoints: [
    "article 29 is cited from memory",
    "rounding is a choice",
    "reforms of the act under discussion were not checked",
  ],
  tiers: [{ mix: [{ field: "population" }], carryOver: { field: "debt", onTop: true }, rounding: "hamilton" }],
} as const satisfies KeyPreset;
