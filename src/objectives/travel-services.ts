import * as z from "zod";
import { membersAged } from "../domain/measure.js";
import { type Facts, type Pair, placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

/** Ages, both included, whose holders travel to a kind of service. */
const band = z.tuple([z.number().int().min(0).max(130), z.number().int().min(0).max(130)]).readonly();

/** A choice, but for school: ten years of compulsory education from about six (folkeskoleloven § 34). */
const DEFAULT_TRAVELLERS = {
  "day-care": [0, 5],
  school: [6, 16],
  "language-school": [18, 66],
  jobs: [18, 66],
  station: [13, 130],
  grocery: [18, 130],
  health: [0, 130],
} as const;

const schema = z.strictObject({
  /** Per kind of service, the ages that travel there; kinds that are not named do not count, but for a household's own `near`. */
  travellers: z.record(z.string().min(1).max(64), band).default(DEFAULT_TRAVELLERS),
});

type Parameters = z.output<typeof schema>;

const personMetres = ({ travellers }: Parameters, { household, dwelling }: Pair, facts: Facts): number => {
  const own = household.needs.near.map(({ kind }) => kind);
  const kinds = new Set([...Object.keys(travellers), ...own]);
  return [...kinds].reduce((sum, kind) => {
    const ages = travellers[kind];
    const persons =
      ages === undefined ? household.members.length : membersAged(household, { from: ages[0], to: ages[1] });
    return persons === 0 ? sum : sum + persons * (facts.metresToNearest(dwelling, kind) ?? 0);
  }, 0);
};

/**
 * Services are near: minimise the sum over placed households, kinds of service and members who use it, of the distance to the nearest.
 *
 * Unit: person-kilometres as the crow flies (haversine, whole metres). Shape: one weight per arc. Edge: a kind without any service,
 * or a dwelling without a location, adds nothing.
 */
export const travelServices = defineObjective({
  id: "travel.services",
  tier: "travel",
  title: { da: "Afstand til hverdagen", en: "Travel to services" },
  sense: "min",
  unit: "person-km",
  legalBasis: [
    { text: "Who travels where is a choice; school: folkeskoleloven § 34", asOf: "2026-11-01", kind: "choice" },
  ],
  schema,
  compile: (parameters, view) => ({ weight: (candidate) => personMetres(parameters, candidate, view), divisor: 1000 }),
  measure: (parameters, facts, plan) => ({
    value: placedIn(facts, plan).reduce((sum, pair) => sum + personMetres(parameters, pair, facts), 0) / 1000,
  }),
});
