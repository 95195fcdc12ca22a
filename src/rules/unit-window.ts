import * as z from "zod";
import { counted } from "../base/words.js";
import { dayNumber } from "../domain/primitives.js";
import { placedIn } from "../view/facts.js";
import { defineRule } from "./rule.js";

/**
 * The dwelling is free in time and for long enough: availableFrom(u) <= handover(h) + graceDays, and
 * availableTo(u) >= move-in + minStayDays, where the move-in is the latest of asOf, handover and availableFrom.
 *
 * Unit: days. Shape: drops arcs. Edge: a date that is not given does not bind; a household without a handover date moves in as soon as it can.
 *
 * Source: integrationsloven § 12: the municipality takes over at the end of the first whole month after the visitation decision.
 */
export const unitWindow = defineRule({
  id: "unit.window",
  aliases: ["window", "handover"],
  title: { da: "Ledig i tide", en: "Free in time" },
  legalBasis: [
    {
      text: "Integrationsloven §§ 5 and 12: hand-over to the municipality and the offer of housing",
      asOf: "2026-11-01",
      kind: "law",
    },
    { text: "A stay of at least 30 days, and no grace", asOf: "2026-11-01", kind: "choice" },
  ],
  schema: z.strictObject({
    minStayDays: z.number().int().min(0).max(3_650).default(30),
    graceDays: z.number().int().min(0).max(365).default(0),
  }),
  allows: ({ minStayDays, graceDays }, { household, dwelling }, { problem }) => {
    const { availableFrom, availableTo } = dwelling;
    const { handover } = household;
    if (availableFrom !== null && handover !== null) {
      const late = dayNumber(availableFrom) - dayNumber(handover);
      if (late > graceDays) return { code: "free-too-late", facts: { availableFrom, handover, late } };
    }
    if (availableTo === null) return null;
    const moveIn = Math.max(
      dayNumber(problem.asOf),
      availableFrom === null ? 0 : dayNumber(availableFrom),
      handover === null ? 0 : dayNumber(handover),
    );
    const days = dayNumber(availableTo) - moveIn;
    return days < minStayDays
      ? { code: "free-too-briefly", facts: { availableTo, days: Math.max(0, days), minStayDays } }
      : null;
  },
  check: ({ minStayDays, graceDays }, facts, plan) =>
    placedIn(facts, plan).flatMap(({ household, dwelling }) => {
      const from = dwelling.availableFrom ?? facts.problem.asOf;
      const moveIn = [from, facts.problem.asOf, household.handover ?? from].reduce((a, b) => (a > b ? a : b));
      const late =
        household.handover === null || dwelling.availableFrom === null
          ? 0
          : dayNumber(dwelling.availableFrom) - dayNumber(household.handover);
      const short =
        dwelling.availableTo === null ? 0 : dayNumber(moveIn) + minStayDays - dayNumber(dwelling.availableTo);
      return [
        ...(late > graceDays
          ? [
              {
                code: "free-too-late",
                subject: household.id,
                by: late - graceDays,
                facts: { availableFrom: from, handover: household.handover ?? "", late },
              },
            ]
          : []),
        ...(short > 0
          ? [
              {
                code: "free-too-briefly",
                subject: household.id,
                by: short,
                facts: { availableTo: dwelling.availableTo ?? "", days: Math.max(0, minStayDays - short), minStayDays },
              },
            ]
          : []),
      ];
    }),
  words: {
    "free-too-late": {
      da: ({ availableFrom, handover, late }) =>
        `Boligen er ledig fra ${availableFrom}, ${counted(late, "dag", "dage")} efter overgangen den ${handover}.`,
      en: ({ availableFrom, handover, late }) =>
        `The dwelling is free from ${availableFrom}, ${counted(late, "day", "days")} after the hand-over on ${handover}.`,
    },
    "free-too-briefly": {
      da: ({ availableTo, days, minStayDays }) =>
        `Boligen er ledig til ${availableTo}: ${counted(days, "dag", "dage")}; mindst ${minStayDays} kræves.`,
      en: ({ availableTo, days, minStayDays }) =>
        `The dwelling is free until ${availableTo}: ${counted(days, "day", "days")}; at least ${minStayDays} are required.`,
    },
  },
});
