import type { Preset } from "./preset.js";

/**
 * Nyborg Kommune: house as many persons as can be, use listed areas only where nothing else is left, be on time at the hand-over,
 * spread evenly over the districts, live near what is needed, use large homes for large households, cost little, change little.
 */
export const nyborg: Preset = {
  id: "nyborg",
  evenness: {
    measure: "persons",
    weight: "population",
    counting: "cumulative",
    method: "webster",
    levels: ["district"],
  },
  tiers: ["placed", "exceptions", "lateness", "evenness", "travel", "fit", "cost", "stability"],
  rules: { "unit.roomStandard": "dk" },
  objectives: {},
  draw: { rule: "waiting-then-hash", seed: "evenstead" },
  legalBasis: [
    {
      text: 'Nyborg Kommune, integration strategy: "Flygtninge der kommer i integrationsperioden skal tilbydes boliger jævnt fordelt i kommunen"',
      asOf: "2026-11-01",
      kind: "practice",
    },
    { text: "Integrationsloven § 12: the municipality finds the home", asOf: "2026-11-01", kind: "law" },
    { text: "The order of the aims and the method of spreading", asOf: "2026-11-01", kind: "choice" },
  ],
};
