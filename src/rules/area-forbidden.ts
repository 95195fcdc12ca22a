import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { listingsAt } from "../view/listings.js";
import { defineRule } from "./rule.js";

/**
 * No household of the ordinary regime is placed in an area that is listed as forbidden on the problem's date.
 *
 * Shape: drops arcs. Edge: the Ukraine regime may be placed there where there is no alternative: `area.restricted` and the tier `exceptions`.
 *
 * Source: integrationsloven § 12(2) with almenboligloven § 61a(1); særloven § 30a. Lists are published every 1 December.
 */
export const areaForbidden = defineRule({
  id: "area.forbidden",
  title: { da: "Forbudt område", en: "Forbidden area" },
  absolute: true,
  legalBasis: [
    { text: "Integrationsloven § 12(2); almenboligloven § 61a(1)", asOf: "2026-11-01", kind: "law" },
    { text: "Særloven § 30a (in force 28 April 2022) for the Ukraine regime", asOf: "2026-11-01", kind: "law" },
  ],
  schema: z.strictObject({}),
  allows: (_parameters, pair, facts) => {
    if (pair.household.regime !== "ordinary") return null;
    const listing = listingsAt(pair, facts).find(({ category }) => category === "forbidden");
    return listing === undefined ? null : { code: "listed-forbidden", facts: { legalBasis: listing.legalBasis } };
  },
  check: (_parameters, facts, plan) =>
    placedIn(facts, plan).flatMap(({ household, dwelling }) => {
      const { asOf } = facts.problem;
      const listed = [dwelling.listing, facts.district(dwelling.district)?.listing].find(
        (listing) =>
          listing?.category === "forbidden" && listing.validFrom <= asOf && (listing.validTo ?? "9999-12-31") >= asOf,
      );
      return listed && household.regime === "ordinary"
        ? [{ code: "listed-forbidden", subject: household.id, facts: { legalBasis: listed.legalBasis } }]
        : [];
    }),
  words: {
    "listed-forbidden": {
      da: ({ legalBasis }) => `Boligen ligger i et område, hvor kommunen ikke må anvise bolig (${legalBasis}).`,
      en: ({ legalBasis }) =>
        `The dwelling lies in an area where the municipality may not place the household (${legalBasis}).`,
    },
  },
});
