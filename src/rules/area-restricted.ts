import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { isException, listingsAt } from "../view/listings.js";
import { defineRule } from "./rule.js";

/**
 * A restricted area is used only where there is no alternative: where the policy has the tier `exceptions`, that tier counts
 * and minimises such placements with proof; where it has not, they are ruled out.
 *
 * Shape: drops arcs only where the policy lacks the tier `exceptions`.
 *
 * Source: almenboligloven § 59(7) and (9); særloven § 30a.
 */
export const areaRestricted = defineRule({
  id: "area.restricted",
  title: { da: "Begrænset område", en: "Restricted area" },
  absolute: true,
  legalBasis: [{ text: "Almenboligloven § 59(7) and (9); særloven § 30a", asOf: "2026-11-01", kind: "law" }],
  schema: z.strictObject({}),
  allows: (_parameters, pair, facts) => {
    if (facts.problem.policy.tiers.some(({ tier }) => tier === "exceptions")) return null;
    if (!isException(pair, facts)) return null;
    return { code: "listed-restricted", facts: { legalBasis: listingsAt(pair, facts)[0]?.legalBasis ?? "" } };
  },
  check: (_parameters, facts, plan) => {
    const { asOf, policy } = facts.problem;
    if (policy.tiers.some(({ tier }) => tier === "exceptions")) return [];
    return placedIn(facts, plan).flatMap(({ household, dwelling }) => {
      const lists = [dwelling.listing, facts.district(dwelling.district)?.listing].filter(
        (listing) => listing && listing.validFrom <= asOf && (listing.validTo ?? "9999-12-31") >= asOf,
      );
      const barred = lists.find((listing) => household.regime === "ukraine" || listing?.category === "restricted");
      return barred
        ? [{ code: "listed-restricted", subject: household.id, facts: { legalBasis: barred.legalBasis } }]
        : [];
    });
  },
  words: {
    "listed-restricted": {
      da: ({ legalBasis }) =>
        `Boligen ligger i et område, der kun må bruges, hvis der ikke er andre muligheder (${legalBasis}).`,
      en: ({ legalBasis }) =>
        `The dwelling lies in an area that may be used only where there is no alternative (${legalBasis}).`,
    },
  },
});
