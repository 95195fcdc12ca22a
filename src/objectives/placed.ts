import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

/**
 * As many persons as possible have a home: maximise sum of size(h) * x(h, u).
 *
 * Unit: persons. Shape: one weight per arc.
 */
export const placed = defineObjective({
  id: "placed",
  tier: "placed",
  title: { da: "Personer med bolig", en: "Persons placed" },
  sense: "max",
  unit: "persons",
  legalBasis: [
    {
      text: "Integrationsloven § 12: the municipality houses those who are assigned to it",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  schema: z.strictObject({}),
  compile: () => ({ weight: ({ household }) => household.members.length }),
  measure: (_parameters, facts, plan) => ({
    value: placedIn(facts, plan).reduce((sum, { household }) => sum + household.members.length, 0),
  }),
});
