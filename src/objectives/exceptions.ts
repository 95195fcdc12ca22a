import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { isException } from "../view/listings.js";
import { defineObjective } from "./objective.js";

/**
 * Restricted areas only where there is no alternative: minimise the number of households placed in one.
 *
 * Unit: households. Shape: one weight per arc. Edge: standing after `placed`, it is used only for persons who could not be placed otherwise.
 *
 * Source: almenboligloven § 59(9) "if it is impossible elsewhere"; særloven § 30a.
 */
export const exceptions = defineObjective({
  id: "exceptions",
  tier: "exceptions",
  title: { da: "Undtagelser", en: "Exceptions" },
  sense: "min",
  unit: "households",
  legalBasis: [{ text: "Almenboligloven § 59(9); særloven § 30a", asOf: "2026-11-01", kind: "law" }],
  schema: z.strictObject({}),
  compile: (_parameters, view) => ({ weight: (candidate) => (isException(candidate, view) ? 1 : 0) }),
  measure: (_parameters, facts, plan) => ({
    value: placedIn(facts, plan).filter((pair) => isException(pair, facts)).length,
  }),
});
