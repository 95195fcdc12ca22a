import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { defineRule } from "./rule.js";

/**
 * The rent is within what the household can pay: rent(u) <= maxRent(h), where the household states one.
 *
 * Unit: the municipality's currency per month. Shape: drops arcs. Edge: an unknown rent does not pass, unless `unknownRent` is "allow".
 */
export const affordabilityMax = defineRule({
  id: "affordability.max",
  aliases: ["affordability"],
  title: { da: "Huslejen kan betales", en: "The rent is affordable" },
  legalBasis: [
    { text: "Integrationsloven § 12; housing benefit: lov om individuel boligstøtte", asOf: "2026-11-01", kind: "law" },
    {
      text: "The household's own maximum is the municipality's calculation; no general ratio is applied",
      asOf: "2026-11-01",
      kind: "choice",
    },
  ],
  schema: z.strictObject({ unknownRent: z.enum(["refuse", "allow"]).default("refuse") }),
  allows: ({ unknownRent }, { household, dwelling }) => {
    const { maxRent } = household.needs;
    if (maxRent === null) return null;
    if (dwelling.rent === null) return unknownRent === "allow" ? null : { code: "rent-unknown", facts: { maxRent } };
    return dwelling.rent > maxRent ? { code: "rent-too-high", facts: { rent: dwelling.rent, maxRent } } : null;
  },
  check: ({ unknownRent }, facts, plan) =>
    placedIn(facts, plan).flatMap(({ household, dwelling }) => {
      const limit = household.needs.maxRent ?? Number.POSITIVE_INFINITY;
      const rent = dwelling.rent ?? (unknownRent === "allow" ? 0 : Number.POSITIVE_INFINITY);
      if (limit === Number.POSITIVE_INFINITY || rent <= limit) return [];
      return dwelling.rent === null
        ? [{ code: "rent-unknown", subject: household.id, facts: { maxRent: limit } }]
        : [{ code: "rent-too-high", subject: household.id, by: rent - limit, facts: { rent, maxRent: limit } }];
    }),
  words: {
    "rent-too-high": {
      da: ({ rent, maxRent }) => `Huslejen er ${rent} pr. måned; husstanden kan højst betale ${maxRent}.`,
      en: ({ rent, maxRent }) => `The rent is ${rent} a month; the household can pay ${maxRent} at most.`,
    },
    "rent-unknown": {
      da: ({ maxRent }) => `Huslejen er ikke oplyst; husstanden kan højst betale ${maxRent}.`,
      en: ({ maxRent }) => `The rent is not known; the household can pay ${maxRent} at most.`,
    },
  },
});
