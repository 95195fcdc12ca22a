import * as z from "zod";
import { defineRule } from "./rule.js";

/**
 * A household lives in one dwelling or in none: for every household h, sum over u of x(h, u) <= 1.
 *
 * Shape: the model's own agent constraint; adds nothing.
 */
export const householdIndivisible = defineRule({
  id: "household.indivisible",
  aliases: ["indivisible"],
  title: { da: "Husstande deles ikke", en: "Households are not divided" },
  absolute: true,
  legalBasis: [{ text: "Respect for family life: ECHR art. 8", asOf: "2026-11-01", kind: "law" }],
  schema: z.strictObject({}),
  check: (_parameters, { problem, household, dwelling }, plan) => {
    const seen = new Map<string, number>();
    for (const placement of plan.placements) seen.set(placement.household, (seen.get(placement.household) ?? 0) + 1);
    const unknown = plan.placements.flatMap((placement) => [
      ...(household(placement.household) === undefined
        ? [{ code: "unknown-household", subject: placement.household, facts: { household: placement.household } }]
        : []),
      ...(dwelling(placement.dwelling) === undefined
        ? [{ code: "unknown-dwelling", subject: placement.household, facts: { dwelling: placement.dwelling } }]
        : []),
    ]);
    const divided = problem.households.flatMap(({ id }) => {
      const homes = seen.get(id) ?? 0;
      return homes > 1 ? [{ code: "divided", subject: id, by: homes - 1, facts: { household: id, homes } }] : [];
    });
    return [...unknown, ...divided];
  },
  words: {
    divided: {
      da: ({ household, homes }) => `Husstand ${household} er delt på ${homes} boliger.`,
      en: ({ household, homes }) => `Household ${household} is divided over ${homes} dwellings.`,
    },
    "unknown-household": {
      da: ({ household }) => `Planen nævner husstand ${household}, som ikke findes i opgaven.`,
      en: ({ household }) => `The plan names household ${household}, which is not in the problem.`,
    },
    "unknown-dwelling": {
      da: ({ dwelling }) => `Planen nævner bolig ${dwelling}, som ikke findes i opgaven.`,
      en: ({ dwelling }) => `The plan names dwelling ${dwelling}, which is not in the problem.`,
    },
  },
});
