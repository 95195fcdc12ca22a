import type { Sentence, WordFacts } from "../../base/words.js";
import { formatIn } from "../format.js";
import { nounsIn } from "./nouns.js";

const da = { ...nounsIn("da"), ...formatIn("da") };
const en = { ...nounsIn("en"), ...formatIn("en") };

const days = (value: WordFacts[string] | undefined): { da: string; en: string } => ({
  da: da.counted(Number(value), "dag", "dage"),
  en: en.counted(Number(value), "day", "days"),
});
/** A value and the limit that it breaks, with as many decimals as tell them apart: "2 km, at most 2 km" explains nothing. */
const apart = (
  write: (value: number, decimals: number) => string,
  [value, limit]: readonly [WordFacts[string] | undefined, WordFacts[string] | undefined],
  decimals: number,
): { readonly value: string; readonly limit: string } => {
  const told = { value: write(Number(value), decimals), limit: write(Number(limit), decimals) };
  return told.value === told.limit && decimals < MOST_DECIMALS ? apart(write, [value, limit], decimals + 1) : told;
};
const MOST_DECIMALS = 3;

const rooms = (value: WordFacts[string] | undefined): string => en.counted(Number(value), "room", "rooms");

/**
 * Sentences of rules that count, name money or a kind of service: written out with units and the right number, as a decision needs them.
 * By rule and code of the fault; every other fault is told in the rule's own words.
 */
export const RULE_SENTENCES: Readonly<Record<string, Sentence>> = {
  "affordability.max/rent-too-high": {
    da: ({ rent, maxRent }) => {
      const { value, limit } = apart(da.money, [rent, maxRent], 0);
      return `Huslejen er ${value} pr. måned; husstanden kan højst betale ${limit}`;
    },
    en: ({ rent, maxRent }) => {
      const { value, limit } = apart(en.money, [rent, maxRent], 0);
      return `The rent is ${value} a month; the household can pay ${limit} at most.`;
    },
  },
  "affordability.max/rent-unknown": {
    da: ({ maxRent }) =>
      `Huslejen er ikke oplyst; husstanden kan betale ${da.money(Number(maxRent))} pr. måned, så den må kendes først.`,
    en: ({ maxRent }) =>
      `The rent is not known; the household can pay ${en.money(Number(maxRent))} a month, so that it must be known first.`,
  },
  "need.near/too-far": {
    da: ({ kind, km, withinKm }) => {
      const { value, limit } = apart(da.number, [km, withinKm], 1);
      return `Der er ${value} km til ${da.service(kind)}; husstanden skal bo inden for ${limit} km.`;
    },
    en: ({ kind, km, withinKm }) => {
      const { value, limit } = apart(en.number, [km, withinKm], 1);
      return `It is ${value} km to ${en.service(kind)}; the household must live within ${limit} km.`;
    },
  },
  "need.near/distance-unknown": {
    da: ({ kind }) => `Afstanden til ${da.service(kind)} kendes ikke.`,
    en: ({ kind }) => `The distance to ${en.service(kind)} is not known.`,
  },
  "unit.capacity/too-many-persons": {
    da: ({ persons, maxPersons }) =>
      `Husstanden er på ${da.persons(Number(persons))}; boligen må højst rumme ${da.number(Number(maxPersons))}.`,
    en: ({ persons, maxPersons }) =>
      `The household has ${en.persons(Number(persons))}; the dwelling may take ${en.number(Number(maxPersons))} at most.`,
  },
  "unit.roomStandard/too-few-rooms": {
    da: ({ persons, rooms: has, personsPerRoom }) =>
      `Husstanden er på ${da.persons(Number(persons))}, og boligen har ${da.number(Number(has))} rum; der må højst være ${da.persons(Number(personsPerRoom))} pr. rum.`,
    en: ({ persons, rooms: has, personsPerRoom }) =>
      `The household has ${en.persons(Number(persons))} and the dwelling ${rooms(has)}; at most ${en.persons(Number(personsPerRoom))} may live in a room.`,
  },
  "unit.roomStandard/fewer-rooms-than-needed": {
    da: ({ rooms: has, minRooms }) =>
      `Husstanden har brug for mindst ${da.number(Number(minRooms))} rum; boligen har ${da.number(Number(has))}.`,
    en: ({ rooms: has, minRooms }) =>
      `The household needs at least ${rooms(minRooms)}; the dwelling has ${en.number(Number(has))}.`,
  },
  "unit.window/free-too-late": {
    da: ({ availableFrom, handover, late }) =>
      `Boligen er først ledig fra den ${da.date(String(availableFrom))}, ${days(late).da} efter, at husstanden overgår til kommunen den ${da.date(String(handover))}.`,
    en: ({ availableFrom, handover, late }) =>
      `The dwelling is not free until ${en.date(String(availableFrom))}, ${days(late).en} after the household is handed over to the municipality on ${en.date(String(handover))}.`,
  },
  "unit.window/free-too-briefly": {
    da: ({ availableTo, days: free, minStayDays }) =>
      `Boligen er kun ledig til den ${da.date(String(availableTo))}, det er ${days(free).da}; der kræves mindst ${days(minStayDays).da}.`,
    en: ({ availableTo, days: free, minStayDays }) =>
      `The dwelling is free only until ${en.date(String(availableTo))}, which is ${days(free).en}; at least ${days(minStayDays).en} are required.`,
  },
};
