import * as z from "zod";
import { defineRule } from "./rule.js";

/**
 * A person's decision stands: no household is placed in a dwelling it is forbidden.
 *
 * Shape: drops arcs.
 */
export const forbid = defineRule({
  id: "forbid",
  aliases: ["forbids"],
  title: { da: "Udelukket af en sagsbehandler", en: "Forbidden by a person" },
  legalBasis: [
    {
      text: "The municipality decides; the plan is a proposal (integrationsloven § 12)",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  schema: z.strictObject({}),
  allows: (_parameters, { household, dwelling }, { decisionsOf }) =>
    decisionsOf(household.id).some(({ kind, dwelling: barred }) => kind === "forbid" && barred === dwelling.id)
      ? { code: "forbidden-by-decision", facts: { dwelling: dwelling.id } }
      : null,
  check: (_parameters, { problem }, plan) => {
    const placed = new Set(plan.placements.map(({ household, dwelling }) => JSON.stringify([household, dwelling])));
    return problem.decisions
      .filter(({ kind, household, dwelling }) => kind === "forbid" && placed.has(JSON.stringify([household, dwelling])))
      .map(({ household, dwelling }) => ({ code: "forbidden-by-decision", subject: household, facts: { dwelling } }));
  },
  words: {
    "forbidden-by-decision": {
      da: ({ dwelling }) => `En sagsbehandler har besluttet, at husstanden ikke skal placeres i bolig ${dwelling}.`,
      en: ({ dwelling }) =>
        `A case officer has decided that the household is not to be placed in dwelling ${dwelling}.`,
    },
  },
});
