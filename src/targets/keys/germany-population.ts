import type { KeyPreset } from "./preset.js";

/** Germany: by population: pure share of the population. Source: DIW Wochenbericht 18/2023. */
export const germanyPopulation = {
  name: "germany-population",
  country: "DE",
  title: { en: "Germany: by population", da: "Tyskland: efter indbyggertal" },
  validFrom: null,
  basis: [
    {
      text: "DIW Wochenbericht 18/2023: the Königstein key is in effect close to the share of the population",
      asOf: "2026-11-01",
      kind: "practice",
    },
  ],
  fields: { population: "residents" },
  openPoints: ["a comparison, not a rule in force between the Länder"],
  tiers: [{ mix: [{ field: "population" }], rounding: "hamilton" }],
} as const satisfies KeyPreset;
