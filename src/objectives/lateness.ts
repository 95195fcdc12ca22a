import * as z from "zod";
import { dayNumber } from "../domain/primitives.js";
import { type Pair, placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

/** Days between the hand-over and the day the dwelling is free; 0 where it is free in time or a date is not given. */
const daysLate = ({ household, dwelling }: Pair): number =>
  household.handover === null || dwelling.availableFrom === null
    ? 0
    : Math.max(0, dayNumber(dwelling.availableFrom) - dayNumber(household.handover));

/**
 * Homes are ready on time: minimise the sum over placed households of the days between hand-over and availability.
 *
 * Unit: days. Shape: one weight per arc. Edge: always 0 unless `unit.window` gives grace days.
 */
export const lateness = defineObjective({
  id: "lateness",
  tier: "lateness",
  title: { da: "Forsinkelse", en: "Lateness" },
  sense: "min",
  unit: "days",
  legalBasis: [{ text: "Integrationsloven §§ 5 and 12: the day of hand-over", asOf: "2026-11-01", kind: "law" }],
  schema: z.strictObject({}),
  compile: () => ({ weight: daysLate }),
  measure: (_parameters, facts, plan) => ({
    value: placedIn(facts, plan).reduce((sum, pair) => sum + daysLate(pair), 0),
  }),
});
