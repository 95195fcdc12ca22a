import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

/**
 * What was proposed before is kept: maximise the number of households that stay in their `current` dwelling.
 *
 * Unit: households. Shape: one weight per arc. Edge: households without `current` do not count.
 */
export const planStability = defineObjective({
  id: "plan.stability",
  tier: "stability",
  title: { da: "Få ændringer", en: "Few changes" },
  sense: "max",
  unit: "households kept",
  legalBasis: [{ text: "Legitimate expectations (administrative law)", asOf: "2026-11-01", kind: "practice" }],
  schema: z.strictObject({}),
  compile: () => ({ weight: ({ household, dwelling }) => (household.current === dwelling.id ? 1 : 0) }),
  measure: (_parameters, facts, plan) => ({
    value: placedIn(facts, plan).filter(({ household, dwelling }) => household.current === dwelling.id).length,
  }),
});
