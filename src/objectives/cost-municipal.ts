import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

/** Hundredths of the currency, so that sums are whole. */
const CENTS = 100;

/**
 * The municipality's own cost is low: minimise the sum over placed households of the dwelling's `municipalCost`.
 *
 * Unit: currency per month. Shape: one weight per arc.
 */
export const costMunicipal = defineObjective({
  id: "cost.municipal",
  tier: "cost",
  title: { da: "Kommunens udgift", en: "Municipal cost" },
  sense: "min",
  unit: "currency/month",
  legalBasis: [
    {
      text: "Integrationsloven § 45: the municipality bears what the household does not pay",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  schema: z.strictObject({}),
  compile: () => ({ weight: ({ dwelling }) => Math.round(dwelling.municipalCost * CENTS), divisor: CENTS }),
  measure: (_parameters, facts, plan) => ({
    value:
      placedIn(facts, plan).reduce((sum, { dwelling }) => sum + Math.round(dwelling.municipalCost * CENTS), 0) / CENTS,
  }),
});
