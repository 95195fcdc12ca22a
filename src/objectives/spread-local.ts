import * as z from "zod";
import { arrivalsIn, clusterPlaces, clusterRow, limitsSchema } from "../view/clusters.js";
import { placedIn } from "../view/facts.js";
import { defineObjective } from "./objective.js";

const schema = z.strictObject({
  /** A choice: two households in a stairwell, four in a building. */
  limits: limitsSchema.prefault([
    { per: "stairwell", max: 2 },
    { per: "building", max: 4 },
  ]),
});

/**
 * No cluster in one stairwell, building, estate or street: minimise the sum over limits and places of
 * max(0, arrivals - room), with room = min(max, share of the homes there) less what lives there already, at least 0.
 *
 * Unit: the limits' measures added up (households, unless a limit says otherwise). Shape: one row per place, id `local/<per>/<place>/<measure>`, with one convex term: max(0, z) = (|z| + z) / 2. Edge: a dwelling that names no place is in none.
 */
export const spreadLocal = defineObjective({
  id: "spread.local",
  tier: "local",
  title: {
    da: "Ingen ophobning i opgang, bygning eller boligområde",
    en: "No cluster in a stairwell, building or estate",
  },
  sense: "min",
  unit: "households over the limit",
  legalBasis: [
    {
      text: "Nyborg Kommune's integration strategy: homes offered evenly spread",
      asOf: "2026-11-01",
      kind: "practice",
    },
    { text: "Two in a stairwell, four in a building", asOf: "2026-11-01", kind: "choice" },
  ],
  schema,
  compile: ({ limits }, view) => {
    const clusters = clusterPlaces(view, limits).map((place) => ({
      row: clusterRow(view, place, "local"),
      room: place.room,
    }));
    const weights = new Map<number, number>();
    for (const { row } of clusters)
      for (const { candidate, coefficient } of row.terms)
        weights.set(candidate, (weights.get(candidate) ?? 0) + coefficient);
    return {
      weight: ({ index }) => weights.get(index) ?? 0,
      convex: clusters.map(({ row, room }) => ({ row, form: "absolute", target: room, scale: 1 })),
      constant: -clusters.reduce((sum, { room }) => sum + room, 0),
      divisor: 2,
    };
  },
  measure: ({ limits }, facts, plan) => {
    const placed = placedIn(facts, plan);
    return {
      value: clusterPlaces(facts, limits).reduce(
        (sum, place) => sum + Math.max(0, arrivalsIn(placed, place, place.limit.measure) - place.room),
        0,
      ),
    };
  },
});
