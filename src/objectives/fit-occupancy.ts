import * as z from "zod";
import { type Pair, placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

const schema = z.strictObject({
  /** Persons a room is reckoned to take. */
  personsPerRoom: z.number().int().min(1).max(10).default(2),
  /** How many spare rooms a step-free dwelling counts as when its household does not need it. */
  stepFreeAsRooms: z.number().int().min(0).max(20).default(1),
});

type Parameters = z.output<typeof schema>;

const spareRooms = ({ personsPerRoom, stepFreeAsRooms }: Parameters, { household, dwelling }: Pair): number => {
  const needed = Math.max(Math.ceil(household.members.length / personsPerRoom), household.needs.minRooms ?? 1);
  const unneeded = dwelling.stepFree && !household.needs.stepFree ? stepFreeAsRooms : 0;
  return Math.max(0, dwelling.rooms - needed) + unneeded;
};

/**
 * Large and step-free dwellings are kept for those who need them: minimise the sum over placed households of
 * max(0, rooms(u) - needed(h)) + stepFreeAsRooms * [u is step-free and h does not need it].
 *
 * Unit: spare rooms. Shape: one weight per arc.
 */
export const fitOccupancy = defineObjective({
  id: "fit.occupancy",
  tier: "fit",
  title: { da: "Boligens størrelse passer", en: "Fit of the dwelling" },
  sense: "min",
  unit: "spare rooms",
  legalBasis: [
    {
      text: "Families with children first in line for three rooms and more: BEK 1360/2018 § 4 (by agreement)",
      asOf: "2026-11-01",
      kind: "practice",
    },
    { text: "Two persons a room, and a step-free home worth one room", asOf: "2026-11-01", kind: "choice" },
  ],
  schema,
  compile: (parameters) => ({ weight: (candidate) => spareRooms(parameters, candidate) }),
  measure: (parameters, facts, plan) => ({
    value: placedIn(facts, plan).reduce((sum, pair) => sum + spareRooms(parameters, pair), 0),
  }),
});
