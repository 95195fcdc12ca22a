import type { Sentence, WordFacts } from "../../base/words.js";
import { formatIn } from "../format.js";
import { nounsIn } from "./nouns.js";

const da = { ...nounsIn("da"), ...formatIn("da") };
const en = { ...nounsIn("en"), ...formatIn("en") };

const days = (value: WordFacts[string] | undefined): { da: string; en: string } => ({
  da: da.counted(Number(value), "dag", "dage"),
  en: en.counted(Number(value), "day", "days"),
});
const rooms = (value: WordFacts[string] | undefined): string => en.counted(Number(value), "room", "rooms");

/**
 * Sentences of rules that count, name money or a kind of service: written out with units and the right number, as a decision needs them.
 * By rule and code of the fault; every other fault is told in the rule's own words.
 */
export const RULE_SENTENCES: Readonly<Record<string, Sentence>> = {
  "affordability.max/rent-too-high": {
    da: ({ rent, maxRent }) =>
      `Huslejen er ${da.money(Number(rent))} pr. måned; husstanden kan højst betale ${da.money(Number(maxRent))}`,
    en: ({ rent, maxRent }) =>
      `The rent is ${en.money(Number(rent))} a month; the household can pay ${en.money(Number(maxRent))} at most.`,
  },
  "affordability.max/rent-unknown": {
    da: ({ maxRent }) =>
      `Huslejen er ikke oplyst; husstanden kan betale ${da.money(Number(maxRent))} pr. måned, så den må kendes først.`,
    en: ({ maxRent }) =>
      `The rent is not known; the household can pay ${en.money(Number(maxRent))} a month, so that it must be known first.`,
  },
  "need.near/too-far": {
    da: ({ kind, km, withinKm }) =>
      `Der er ${da.number(Number(km))} km til ${da.service(kind)}; husstanden skal bo inden for ${da.number(Number(withinKm))} km.`,
    en: ({ kind, km, withinKm }) =>
      `It is ${en.number(Number(km))} km to ${en.service(kind)}; the household must live within ${en.number(Number(withinKm))} km.`,
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
