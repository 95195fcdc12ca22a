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
