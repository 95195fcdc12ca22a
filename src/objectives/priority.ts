import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

/**
 * Where not all can be housed, higher priority goes first: maximise sum of priority(h) * size(h) * x(h, u).
 *
 * Unit: persons times priority. Shape: one weight per arc.
 */
export const priority = defineObjective({
  id: "priority",
  tier: "priority",
  title: { da: "Prioritet", en: "Priority" },
  sense: "max",
  unit: "priority-persons",
  legalBasis: [{ text: "Priorities are the municipality's own", asOf: "2026-11-01", kind: "choice" }],
  schema: z.strictObject({}),
  compile: () => ({ weight: ({ household }) => household.priority * household.members.length }),
  measure: (_parameters, facts, plan) => ({
    value: placedIn(facts, plan).reduce((sum, { household }) => sum + household.priority * household.members.length, 0),
  }),
});
