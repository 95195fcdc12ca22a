import type { Locale, WordFacts } from "../base/words.js";

const TAGS: Readonly<Record<Locale, string>> = { da: "da-DK", en: "en-GB" };
const CIVIL = /^\d{4}-\d{2}-\d{2}$/;

/** Numbers, dates and lists as a language writes them. */
export interface Format {
  readonly number: (value: number, decimals?: number) => string;
  readonly date: (civil: string) => string;
  readonly and: (items: readonly string[]) => string;
  readonly or: (items: readonly string[]) => string;
}

const formatFor = (locale: Locale): Format => {
  const tag = TAGS[locale];
  const numbers = [0, 1, 2, 3].map((maximumFractionDigits) => new Intl.NumberFormat(tag, { maximumFractionDigits }));
  const dates = new Intl.DateTimeFormat(tag, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const and = new Intl.ListFormat(tag, { type: "conjunction" });
  const or = new Intl.ListFormat(tag, { type: "disjunction" });
  return {
    // The hyphen that stands for minus is easily lost in print.
    number: (value, decimals = 1) => (numbers[decimals] ?? numbers[1])?.format(value + 0).replace("-", "−") ?? "",
    date: (civil) => dates.format(Date.parse(`${civil}T00:00:00Z`)),
    and: (items) => and.format(items),
    or: (items) => or.format(items),
  };
};

const FORMATS: Readonly<Record<Locale, Format>> = { da: formatFor("da"), en: formatFor("en") };

export const formatIn = (locale: Locale): Format => FORMATS[locale];

/** A person's sentence inside another sentence, which sets the full stop. */
export const quoted = (sentence: string): string => sentence.trim().replace(/\.$/, "");

/** What a rule's sentence is filled with, numbers and dates written as the language writes them. */
export const filledIn = (locale: Locale, facts: WordFacts): WordFacts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (typeof value === "number") return [name, FORMATS[locale].number(value)];
      return [name, CIVIL.test(value) ? FORMATS[locale].date(value) : value];
    }),
  );
