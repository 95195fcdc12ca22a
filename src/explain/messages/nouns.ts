import type { Locale } from "../../base/words.js";
import { formatIn } from "../format.js";

/** Things that are counted, and kinds of service, as a language writes them. */
export interface Nouns {
  /** "1 bolig", "2 boliger". */
  readonly counted: (value: number, one: string, many: string) => string;
  readonly persons: (value: number) => string;
  /** Whole kroner unless told otherwise. */
  readonly money: (value: number, decimals?: number) => string;
  /** A kind of service; one that is not known is told by its own name. */
  readonly service: (kind: string | number | undefined) => string;
}

const SERVICES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  da: {
    school: "skole",
    "day-care": "dagtilbud",
    health: "læge",
    hospital: "sygehus",
    "language-school": "sprogskole",
    station: "station",
    grocery: "dagligvarebutik",
    library: "bibliotek",
    association: "forening",
    jobs: "arbejdspladser",
  },
  en: {
    school: "a school",
    "day-care": "day-care",
    health: "a doctor",
    hospital: "a hospital",
    "language-school": "a language school",
    station: "a station",
    grocery: "a grocery",
    library: "a library",
    association: "an association",
    jobs: "jobs",
  },
};

const nounsFor = (locale: Locale, one: string, many: string, money: Nouns["money"]): Nouns => {
  const { number } = formatIn(locale);
  const counted: Nouns["counted"] = (value, single, several) =>
    `${number(value)} ${Math.abs(value) === 1 ? single : several}`;
  return {
    counted,
    persons: (value) => counted(value, one, many),
    money,
    service: (kind) => SERVICES[locale][String(kind)] ?? String(kind),
  };
};

const NOUNS: Readonly<Record<Locale, Nouns>> = {
  da: nounsFor("da", "person", "personer", (value, decimals = 0) => `${formatIn("da").number(value, decimals)} kr.`),
  en: nounsFor("en", "person", "persons", (value, decimals = 0) => `DKK ${formatIn("en").number(value, decimals)}`),
};

export const nounsIn = (locale: Locale): Nouns => NOUNS[locale];
