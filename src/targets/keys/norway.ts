import type { KeyPreset } from "./preset.js";

/** Norway: requests to municipalities: population share, nothing or at least 10. Source: IMDi, request to settle refugees. */
export const norway = {
  name: "norway",
  country: "NO",
  title: { en: "Norway: requests to municipalities", da: "Norge: anmodninger til kommunerne" },
  validFrom: null,
  basis: [
    {
      text: "IMDi, request to settle refugees: as a rule no municipality is asked for fewer than 10",
      asOf: "2026-11-01",
      kind: "practice",
    },
  ],
  fields: { population: "residents", agreed: "what the council has decided, if any" },
  openPoints: [
    "IMDi weighs programme results, jobs and education too, by judgement; only the population is computed here",
    "unaccompanied minors are counted apart",
    "the council's decision is voluntary: give it as agreed",
  ],
  tiers: [{ mix: [{ field: "population" }], minimumLot: 10, agreed: { field: "agreed" }, rounding: "hamilton" }],
} as const satisfies KeyPreset;
