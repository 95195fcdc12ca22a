import type { Preset } from "./preset.js";

/** Nothing but the core: as many persons housed as can be, listed areas only where nothing else is left, spread evenly, homes that fit. */
export const plain: Preset = {
  id: "plain",
  evenness: {
    measure: "persons",
    weight: "population",
    counting: "cumulative",
    method: "webster",
    levels: ["district"],
  },
  tiers: ["placed", "exceptions", "evenness", "fit"],
  rules: {},
  objectives: {},
  draw: { rule: "waiting-then-hash", seed: "evenstead" },
  legalBasis: [{ text: "The order of the aims and the method of spreading", asOf: "2026-11-01", kind: "choice" }],
};
