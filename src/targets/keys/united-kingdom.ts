import type { KeyPreset } from "./preset.js";

/** United Kingdom: dispersal, one per 200: population share, capped at population / 200 less those there. Source: Home Office dispersal policy. */
export const unitedKingdom = {
  name: "united-kingdom",
  country: "GB",
  title: { en: "United Kingdom: dispersal, one per 200", da: "Storbritannien: spredning, én pr. 200" },
  validFrom: null,
  basis: [
    {
      text: "Home Office dispersal policy: at most one supported asylum seeker per 200 residents; since 2022 regions by population",
      asOf: "2026-11-01",
      kind: "practice",
    },
  ],
  fields: { population: "residents", supported: "persons supported there already" },
  openPoints: [
    "areas may agree variations: change `onePer`",
    "the cluster limit of 1 per 200 has been applied with exceptions",
  ],
  tiers: [
    {
      mix: [{ field: "population" }],
      cap: { field: "population", onePer: 200, less: "supported" },
      rounding: "hamilton",
    },
  ],
} as const satisfies KeyPreset;
