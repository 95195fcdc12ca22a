import * as z from "zod";
import { placedIn } from "../view/facts.js";
import { defineRule } from "./rule.js";

const custom = z.strictObject({
  standard: z.literal("custom"),
  personsPerRoom: z.number().positive().max(20),
  minAreaPerPersonM2: z.number().positive().max(500).nullable().default(null),
});

const DK = { standard: "dk", personsPerRoom: 2, minAreaPerPersonM2: null } as const;
const dk = z.strictObject({
  standard: z.literal("dk").default("dk"),
  personsPerRoom: z.literal(2).default(2),
  minAreaPerPersonM2: z.null().default(null),
});

const schema = z
  .union([z.literal("dk").transform(() => DK), dk, custom])
  .meta({ description: '"dk" (two persons a room), or {standard: "custom", personsPerRoom, minAreaPerPersonM2}' });

/**
 * Enough rooms: size(h) <= personsPerRoom * rooms(u), rooms(u) >= minRooms(h), and, where asked, area(u) >= size(h) * minAreaPerPersonM2.
 *
 * `dk`: two persons per habitable room. Unit: persons, rooms, m2. Shape: drops arcs. Edge: an area that is not known does not pass.
 *
 * Source: boligreguleringsloven § 52a allows a council to adopt two persons per room; associations apply it at move-in (practice).
 */
export const unitRoomStandard = defineRule({
  id: "unit.roomStandard",
  aliases: ["roomStandard"],
  title: { da: "Rum nok", en: "Enough rooms" },
  legalBasis: [
    {
      text: "Boligreguleringsloven § 52a: two persons per habitable room, where the council has adopted it",
      asOf: "2026-11-01",
      kind: "law",
    },
    {
      text: "Two per room elsewhere is housing associations' practice, taken as the default",
      asOf: "2026-11-01",
      kind: "choice",
    },
  ],
  schema,
  allows: ({ personsPerRoom, minAreaPerPersonM2 }, { household, dwelling }) => {
    const persons = household.members.length;
    const { rooms, areaM2 } = dwelling;
    if (persons > personsPerRoom * rooms) return { code: "too-few-rooms", facts: { persons, rooms, personsPerRoom } };
    const { minRooms } = household.needs;
    if (minRooms !== null && rooms < minRooms) return { code: "fewer-rooms-than-needed", facts: { rooms, minRooms } };
    if (minAreaPerPersonM2 === null) return null;
    if (areaM2 === null) return { code: "area-unknown", facts: {} };
    return areaM2 < persons * minAreaPerPersonM2
      ? { code: "too-small", facts: { areaM2, needed: persons * minAreaPerPersonM2 } }
      : null;
  },
  check: ({ personsPerRoom, minAreaPerPersonM2 }, facts, plan) =>
    placedIn(facts, plan).flatMap(({ household, dwelling }) => {
      const persons = household.members.length;
      const need = Math.max(Math.ceil(persons / personsPerRoom), household.needs.minRooms ?? 0);
      const area = minAreaPerPersonM2 === null ? 0 : persons * minAreaPerPersonM2;
      const short = need - dwelling.rooms;
      if (short > 0 && (household.needs.minRooms ?? 0) > dwelling.rooms && persons <= personsPerRoom * dwelling.rooms)
        return [
          {
            code: "fewer-rooms-than-needed",
            subject: household.id,
            by: short,
            facts: { rooms: dwelling.rooms, minRooms: need },
          },
        ];
      if (short > 0)
        return [
          {
            code: "too-few-rooms",
            subject: household.id,
            by: short,
            facts: { persons, rooms: dwelling.rooms, personsPerRoom },
          },
        ];
      if (area > 0 && dwelling.areaM2 === null) return [{ code: "area-unknown", subject: household.id, facts: {} }];
      return (dwelling.areaM2 ?? 0) < area
        ? [
            {
              code: "too-small",
              subject: household.id,
              by: area - (dwelling.areaM2 ?? 0),
              facts: { areaM2: dwelling.areaM2 ?? 0, needed: area },
            },
          ]
        : [];
    }),
  words: {
    "too-few-rooms": {
      da: ({ persons, rooms, personsPerRoom }) =>
        `Husstanden er på ${persons}, boligen har ${rooms} rum; højst ${personsPerRoom} personer pr. rum.`,
      en: ({ persons, rooms, personsPerRoom }) =>
        `The household has ${persons} persons and the dwelling ${rooms} rooms; at most ${personsPerRoom} persons a room.`,
    },
    "fewer-rooms-than-needed": {
      da: ({ rooms, minRooms }) => `Husstanden har brug for ${minRooms} rum; boligen har ${rooms}.`,
      en: ({ rooms, minRooms }) => `The household needs ${minRooms} rooms; the dwelling has ${rooms}.`,
    },
    "area-unknown": {
      da: () => "Boligens areal er ikke oplyst, og der er krav til areal pr. person.",
      en: () => "The dwelling's area is not known, and an area per person is required.",
    },
    "too-small": {
      da: ({ areaM2, needed }) => `Boligen er på ${areaM2} m²; der kræves ${needed} m².`,
      en: ({ areaM2, needed }) => `The dwelling has ${areaM2} m2; ${needed} m2 are required.`,
    },
  },
});
