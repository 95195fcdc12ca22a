/** The languages every text exists in. */
export type Locale = "da" | "en";

/** One text in every language. */
export type Localised = Readonly<Record<Locale, string>>;

/** What a sentence is filled with: ids, numbers, dates; never names. */
export type WordFacts = Readonly<Record<string, string | number>>;

/** A sentence with holes, in every language. */
export type Sentence = Readonly<Record<Locale, (facts: WordFacts) => string>>;

/** A law, order or decision that a default rests on; `choice` says that no law fixes it. */
export interface LegalBasis {
  readonly text: string;
  /** When the text was last held against its source. */
  readonly asOf: string;
  readonly kind: "law" | "practice" | "choice";
}

/** "1 day", "2 days"; what is not a number counts as several. */
export const counted = (value: string | number | undefined, one: string, many: string): string =>
  `${value} ${Number(value) === 1 ? one : many}`;

/** Kinds of service as a language names them; other kinds go by their own name. */
export const SERVICE_NAMES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
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
    school: "school",
    "day-care": "day-care",
    health: "doctor",
    hospital: "hospital",
    "language-school": "language school",
    station: "station",
    grocery: "grocery",
    library: "library",
    association: "association",
    jobs: "jobs",
  },
};

export const serviceName = (locale: Locale, kind: string | number | undefined): string =>
  SERVICE_NAMES[locale][String(kind)] ?? String(kind);
