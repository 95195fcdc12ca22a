import * as z from "zod";
import { measureName } from "../domain/measure.js";
import { arrivalsIn, clusterPlaces, clusterRow, limitsSchema } from "../view/clusters.js";
import { placedIn } from "../view/facts.js";
import { defineRule } from "./rule.js";

/**
 * No stairwell, building, estate or street takes more of the programme than the policy's limit: y + before <= min(max, share of the homes there).
 *
 * Unit: each limit's measure. Shape: one row per limit and place, id `spread.local/<limit>/<per>/<place>/<measure>`.
 * Edge: no limits unless the policy gives some; a place that is over its limit before the plan takes nobody, but nobody is taken out of it.
 */
export const spreadLocal = defineRule({
  id: "spread.local",
  aliases: ["local"],
  title: { da: "Højst så mange samme sted", en: "At most so many in one place" },
  legalBasis: [
    {
      text: "The policy's own limit; almenboligloven § 59(1) sets one for assignments",
      asOf: "2026-11-01",
      kind: "choice",
    },
  ],
  schema: z.strictObject({ limits: limitsSchema.default([]) }),
  rows: ({ limits }, view) =>
    limits.flatMap((limit, index) =>
      clusterPlaces(view, [limit]).map((place) => ({
        ...clusterRow(view, place, `spread.local/${index}`),
        max: place.room,
      })),
    ),
  check: ({ limits }, facts, plan) => {
    const placed = placedIn(facts, plan);
    return clusterPlaces(facts, limits).flatMap((place) => {
      const { limit, key, room } = place;
      const arrivals = arrivalsIn(placed, place, limit.measure);
      if (arrivals <= room) return [];
      const filled = { place: key, per: limit.per, arrivals, room, measure: measureName(limit.measure) };
      return [{ code: "cluster", subject: key, by: arrivals - room, facts: filled }];
    });
  },
  words: {
    cluster: {
      da: ({ place, per, arrivals, room, measure }) =>
        `${DANISH_PLACES[String(per)] ?? per} ${place} får ${arrivals} (${measure}); der er plads til ${room} efter politikken.`,
      en: ({ place, per, arrivals, room, measure }) =>
        `The ${per} ${place} gets ${arrivals} (${measure}); the policy leaves room for ${room}.`,
    },
  },
});

const DANISH_PLACES: Readonly<Record<string, string>> = {
  stairwell: "Opgangen",
  building: "Bygningen",
  estate: "Boligområdet",
  street: "Vejen",
};
