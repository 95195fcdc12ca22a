import * as z from "zod";
import { defineRule } from "./rule.js";

/**
 * A person's decision stands: every pinned household is placed in the dwelling it is pinned to.
 *
 * Shape: one row per pin, x(h, u) >= 1, id `pin/<household>`. Edge: a pin on a pair that another rule drops, and that the decision does not
 * override, makes the problem infeasible, and the clash names the pin.
 */
export const pin = defineRule({
  id: "pin",
  aliases: ["pins"],
  title: { da: "Fastholdt af en sagsbehandler", en: "Pinned by a person" },
  legalBasis: [
    {
      text: "The municipality decides; the plan is a proposal (integrationsloven § 12)",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  schema: z.strictObject({}),
  rows: (_parameters, view) =>
    view.problem.decisions
      .filter(({ kind }) => kind === "pin")
      .map(({ household, dwelling }) => ({
        id: `pin/${household}`,
        terms: view
          .candidatesOf(household)
          .filter((candidate) => candidate.dwelling.id === dwelling)
          .map((candidate) => ({ candidate: candidate.index, coefficient: 1 })),
        min: 1,
      })),
  check: (_parameters, { problem }, plan) => {
    const home = new Map(plan.placements.map(({ household, dwelling }) => [household, dwelling]));
    return problem.decisions
      .filter(({ kind, household, dwelling }) => kind === "pin" && home.get(household) !== dwelling)
      .map(({ household, dwelling }) => ({ code: "pin-not-kept", subject: household, facts: { household, dwelling } }));
  },
  words: {
    "pin-not-kept": {
      da: ({ household, dwelling }) =>
        `Husstand ${household} er fastholdt i bolig ${dwelling}, men er ikke placeret der.`,
      en: ({ household, dwelling }) =>
        `Household ${household} is pinned to dwelling ${dwelling} but is not placed there.`,
    },
  },
});
