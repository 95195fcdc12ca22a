import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { defineRule } from "./rule.js";

/**
 * What a household needs of the building, the dwelling offers: step-free where needed, and every needed feature (a lift, an adapted bath).
 *
 * Shape: drops arcs.
 */
export const needAccessibility = defineRule({
  id: "need.accessibility",
  aliases: ["accessibility"],
  title: { da: "Adgangsforhold", en: "Accessibility" },
  legalBasis: [
    { text: "UN Convention on the Rights of Persons with Disabilities art. 9 and 28", asOf: "2026-11-01", kind: "law" },
  ],
  schema: z.strictObject({}),
  allows: (_parameters, { household, dwelling }) => {
    if (household.needs.stepFree && !dwelling.stepFree) return { code: "not-step-free", facts: {} };
    const missing = household.needs.features.filter((feature) => !dwelling.features.includes(feature));
    return missing.length === 0 ? null : { code: "feature-missing", facts: { features: missing.join(", ") } };
  },
  check: (_parameters, facts, plan) =>
    placedIn(facts, plan).flatMap(({ household, dwelling }) => {
      const offered = new Set(dwelling.features);
      const missing = new Set(household.needs.features.filter((feature) => !offered.has(feature)));
      return [
        ...(household.needs.stepFree && !dwelling.stepFree
          ? [{ code: "not-step-free", subject: household.id, facts: {} }]
          : []),
        ...(missing.size > 0
          ? [
              {
                code: "feature-missing",
                subject: household.id,
                by: missing.size,
                facts: { features: [...missing].join(", ") },
              },
            ]
          : []),
      ];
    }),
  words: {
    "not-step-free": {
      da: () => "Husstanden har brug for trinfri adgang; boligen har det ikke.",
      en: () => "The household needs step-free access; the dwelling does not have it.",
    },
    "feature-missing": {
      da: ({ features }) => `Boligen mangler: ${features}.`,
      en: ({ features }) => `The dwelling lacks: ${features}.`,
    },
  },
});
