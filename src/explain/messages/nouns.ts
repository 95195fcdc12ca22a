import { type Locale, SERVICE_NAMES } from "../../base/words.js";
import { formatIn } from "../format.js";

/** Things that are counted, and kinds of service, as a language writes them. */
export interface Nouns {
  /** "1 bolig", "2 boliger". */
  readonly counted: (value: number, one: string, many: string) => string;
  readonly persons: (value: number) => string;
  /** Whole kroner unless told otherwise. */
  readonly money: (value: number, decimals?: number) => string;
  /** So much of a measure of the policy: "1 person", "3 children", "2 persons aged 6 to 16". */
  readonly measured: (value: number, measure: string | number | undefined) => string;
  /** A kind of service; one that is not known is told by its own name. */
  readonly service: (kind: string | number | undefined) => string;
}

const SERVICES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  da: SERVICE_NAMES.da,
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

/** One and several, by the measure's name. */
const MEASURES: Readonly<Record<Locale, Readonly<Record<string, readonly [one: string, many: string]>>>> = {
  da: {
    persons: ["person", "personer"],
    households: ["husstand", "husstande"],
    children: ["barn", "børn"],
    schoolChildren: ["barn i skolealderen", "børn i skolealderen"],
  },
  en: {
    persons: ["person", "persons"],
    households: ["household", "households"],
    children: ["child", "children"],
    schoolChildren: ["child of school age", "children of school age"],
  },
};
const AGED: Readonly<Record<Locale, (from: string, to: string) => readonly [string, string]>> = {
  da: (from, to) => [`person på ${from}-${to} år`, `personer på ${from}-${to} år`],
  en: (from, to) => [`person aged ${from} to ${to}`, `persons aged ${from} to ${to}`],
};

/** A municipality's own number is told by the name that it has in the data. */
const measureIn = (locale: Locale, measure: string): readonly [string, string] => {
  const [, from, to] = /^ages:(\d+)-(\d+)$/.exec(measure) ?? [];
  if (from !== undefined && to !== undefined) return AGED[locale](from, to);
  const own = measure.replace(/^number:/, "");
  return MEASURES[locale][measure] ?? [own, own];
};

const nounsFor = (locale: Locale, one: string, many: string, money: Nouns["money"]): Nouns => {
  const { number } = formatIn(locale);
  const counted: Nouns["counted"] = (value, single, several) =>
    `${number(value)} ${Math.abs(value) === 1 ? single : several}`;
  return {
    counted,
    persons: (value) => counted(value, one, many),
    money,
    measured: (value, measure) => counted(value, ...measureIn(locale, String(measure))),
    service: (kind) => SERVICES[locale][String(kind)] ?? String(kind),
  };
};

const NOUNS: Readonly<Record<Locale, Nouns>> = {
  da: nounsFor("da", "person", "personer", (value, decimals = 0) => `${formatIn("da").number(value, decimals)} kr.`),
  en: nounsFor("en", "person", "persons", (value, decimals = 0) => `DKK ${formatIn("en").number(value, decimals)}`),
};

export const nounsIn = (locale: Locale): Nouns => NOUNS[locale];
