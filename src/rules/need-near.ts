import * as z from "zod";
import { serviceName } from "../base/words.js";
import { placedIn } from "../view/facts.js";
import { defineRule } from "./rule.js";

/**
 * A service that a household must live near is near: km(u, nearest of the kind) <= withinKm, for every `near` with `required`.
 *
 * Unit: kilometres as the crow flies. Shape: drops arcs. Edge: a dwelling without a location does not pass.
 */
export const needNear = defineRule({
  id: "need.near",
  aliases: ["near"],
  title: { da: "Nødvendig nærhed", en: "Needed nearness" },
  legalBasis: [
    { text: "Individual assessment of needs (forvaltningsloven § 24)", asOf: "2026-11-01", kind: "practice" },
  ],
  schema: z.strictObject({}),
  allows: (_parameters, { household, dwelling }, facts) => {
    for (const { kind, withinKm, required } of household.needs.near) {
      if (!required) continue;
      const metres = facts.metresToNearest(dwelling, kind);
      if (metres === null) return { code: "distance-unknown", facts: { kind } };
      if (metres > withinKm * 1000) return { code: "too-far", facts: { kind, km: metres / 1000, withinKm } };
    }
    return null;
  },
  check: (_parameters, facts, plan) =>
    placedIn(facts, plan).flatMap(({ household, dwelling }) =>
      household.needs.near
        .filter(({ required }) => required)
        .flatMap(({ kind, withinKm }) => {
          const km = (facts.metresToNearest(dwelling, kind) ?? Number.POSITIVE_INFINITY) / 1000;
          if (km <= withinKm) return [];
          return Number.isFinite(km)
            ? [{ code: "too-far", subject: household.id, by: km - withinKm, facts: { kind, km, withinKm } }]
            : [{ code: "distance-unknown", subject: household.id, facts: { kind } }];
        }),
    ),
  words: {
    "too-far": {
      da: ({ kind, km, withinKm }) =>
        `Der er ${km} km til nærmeste ${serviceName("da", kind)}; det må højst være ${withinKm} km.`,
      en: ({ kind, km, withinKm }) =>
        `The nearest ${serviceName("en", kind)} is ${km} km away; it may be ${withinKm} km at most.`,
    },
    "distance-unknown": {
      da: ({ kind }) => `Afstanden til nærmeste ${serviceName("da", kind)} kendes ikke.`,
      en: ({ kind }) => `The distance to the nearest ${serviceName("en", kind)} is not known.`,
    },
  },
});
