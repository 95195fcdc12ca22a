import * as z from "zod";
import { counted } from "../base/words.js";
import { placedIn } from "../view/facts.js";
import { defineRule } from "./rule.js";

/**
 * Nobody sleeps without a place: a household's size is at most the dwelling's `maxPersons`, and a dwelling takes at most
 * `count` households.
 *
 * Unit: persons, households. Shape: drops arcs; the count is the model's own place constraint. Edge: count 0 closes the dwelling.
 */
export const unitCapacity = defineRule({
  id: "unit.capacity",
  aliases: ["capacity"],
  title: { da: "Boligen har plads", en: "The dwelling has room" },
  absolute: true,
  legalBasis: [
    {
      text: "The owner's stated maximum of persons; boligreguleringsloven § 52a where adopted",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  schema: z.strictObject({}),
  allows: (_parameters, { household, dwelling }) =>
    household.members.length <= dwelling.maxPersons
      ? null
      : { code: "too-many-persons", facts: { persons: household.members.length, maxPersons: dwelling.maxPersons } },
  check: (_parameters, facts, plan) => {
    const placed = placedIn(facts, plan);
    const crowded = placed
      .filter(({ household, dwelling }) => dwelling.maxPersons - household.members.length < 0)
      .map(({ household, dwelling }) => ({
        code: "too-many-persons",
        subject: household.id,
        by: household.members.length - dwelling.maxPersons,
        facts: { persons: household.members.length, maxPersons: dwelling.maxPersons },
      }));
    const used = new Map<string, number>();
    for (const { dwelling } of placed) used.set(dwelling.id, (used.get(dwelling.id) ?? 0) + 1);
    const overbooked = facts.problem.dwellings.flatMap(({ id, count }) => {
      const households = used.get(id) ?? 0;
      return households > count
        ? [
            {
              code: "too-many-households",
              subject: id,
              by: households - count,
              facts: { dwelling: id, households, count },
            },
          ]
        : [];
    });
    return [...crowded, ...overbooked];
  },
  words: {
    "too-many-persons": {
      da: ({ persons, maxPersons }) =>
        `Husstanden er på ${counted(persons, "person", "personer")}; boligen må højst rumme ${maxPersons}.`,
      en: ({ persons, maxPersons }) =>
        `The household has ${counted(persons, "person", "persons")}; the dwelling may take ${maxPersons} at most.`,
    },
    "too-many-households": {
      da: ({ dwelling, households, count }) =>
        `Bolig ${dwelling} er givet til ${counted(households, "husstand", "husstande")}; der er ${count}.`,
      en: ({ dwelling, households, count }) =>
        `Dwelling ${dwelling} is given to ${counted(households, "household", "households")}; there are ${count}.`,
    },
  },
});
