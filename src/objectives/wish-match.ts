import * as z from "zod";
import { type Pair, placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

const strengthMet = ({ household, dwelling }: Pair): number =>
  household.wishes
    .filter(({ district }) => district === dwelling.district)
    .reduce((strongest, { strength }) => Math.max(strongest, strength), 0);

/**
 * Recorded wishes are met where nothing earlier speaks against it: maximise the sum over placed households of the strength of the wish met.
 *
 * Unit: points of strength (1 to 5 a household). Shape: one weight per arc.
 */
export const wishMatch = defineObjective({
  id: "wish.match",
  tier: "wishes",
  title: { da: "Ønsker", en: "Wishes" },
  sense: "max",
  unit: "wish points",
  legalBasis: [
    { text: "Wishes are heard (forvaltningsloven § 19), never a claim", asOf: "2026-11-01", kind: "choice" },
  ],
  schema: z.strictObject({}),
  compile: () => ({ weight: strengthMet }),
  measure: (_parameters, facts, plan) => ({
    value: placedIn(facts, plan).reduce((sum, pair) => sum + strengthMet(pair), 0),
  }),
});
