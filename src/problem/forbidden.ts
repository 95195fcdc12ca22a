import type { Path } from "./shown.js";

/** What to give instead of what may not be an input. */
const INSTEAD =
  "Give the need itself instead, such as stepFree, minRooms, a feature such as own-room, or near (a hospital within a distance)";

const NEVER = "It may not decide where anyone lives (equal treatment), so it may not be an input";

/** Words that make a key forbidden, and why. `contains` is looked for inside the key's letters, `is` must be all of them. */
const FORBIDDEN: readonly {
  readonly contains: readonly string[];
  readonly is: readonly string[];
  readonly why: string;
}[] = [
  {
    contains: [
      "nationalit",
      "ethnic",
      "etnisk",
      "etnicit",
      "religio",
      "citizenship",
      "statsborger",
      "nonwestern",
      "ikkevestlig",
      "countryoforigin",
      "origincountry",
      "countryofbirth",
      "birthcountry",
      "oprindelsesland",
      "herkomst",
      "fodeland",
      "mothertongue",
      "nativelanguage",
      "modersmal",
      "skincolo",
      "hudfarve",
    ],
    is: [
      "race",
      "racial",
      "skin",
      "hud",
      "faith",
      "tro",
      "western",
      "vestlig",
      "citizen",
      "origin",
      "oprindelse",
      "language",
      "sprog",
    ],
    why: `${NEVER}. A group code for a fairness audit is handed to audit() afterwards`,
  },
  {
    contains: ["diagnos", "illness", "disease", "sygdom", "lidelse"],
    is: ["icd", "icd10", "icd11", "disability", "handicap"],
    why: `Health data is not needed. ${INSTEAD}`,
  },
  {
    contains: ["cprn", "personnummer", "personalnumber", "civilregistration", "socialsecurity", "nationalid"],
    is: ["cpr", "ssn", "personnr"],
    why: "A pseudonymous id is enough. Give an id of your own that says nothing about the person",
  },
  {
    contains: ["firstname", "lastname", "surname", "fornavn", "efternavn", "fullname", "familyname", "givenname"],
    is: [],
    why: "Names are not needed. Give a pseudonymous id",
  },
  { contains: ["gender"], is: ["sex", "kon", "seksualitet", "sexuality"], why: `${NEVER}. ${INSTEAD}` },
];

/** Only of households and their members: districts, services and the municipality have names. */
const PERSONAL = new Set([
  "name",
  "navn",
  "names",
  "phone",
  "telefon",
  "email",
  "address",
  "adresse",
  "birthdate",
  "fodselsdato",
]);

const lettersOf = (key: string): string =>
  key
    .slice(0, 200)
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .normalize("NFKD")
    .replace(/[^a-z0-9]/g, "");

const tokensOf = (key: string): readonly string[] =>
  key
    .slice(0, 200)
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .map(lettersOf);

/** Why a key may not be an input, with what to give instead; null where it may. Danish words and spellings with blanks count too. */
export const forbiddenKey = (key: string, path: Path): string | null => {
  const letters = lettersOf(key);
  const ofHousehold = path[0] === "households";
  const words = ofHousehold ? [letters, ...tokensOf(key)] : [letters];
  const found = FORBIDDEN.find(
    ({ contains, is }) => contains.some((part) => letters.includes(part)) || words.some((word) => is.includes(word)),
  );
  if (found !== undefined) return `${found.why}.`;
  return ofHousehold && words.some((word) => PERSONAL.has(word))
    ? "What tells who a household is, is not needed. Give a pseudonymous id."
    : null;
};

const RESERVED: ReadonlySet<string> = new Set(["prototype", ...Object.getOwnPropertyNames(Object.prototype)]);

/** Names that JavaScript gives a meaning of its own: never keys, names of numbers or names of weights. */
export const isReservedName = (name: string): boolean => RESERVED.has(name);
