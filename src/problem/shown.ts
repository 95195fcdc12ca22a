import { distance } from "fastest-levenshtein";
import { type CivilDate, isCivilDate } from "../domain/primitives.js";

/** A path into JSON: keys and list positions. */
export type Path = readonly PropertyKey[];

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** A hexadecimal digest: at least one letter, so that it can't be a number. */
const DIGEST = /\b(?=[0-9]{0,63}[a-f])[0-9a-f]{16,128}\b/gi;
const TEN_DIGITS = /(?<!\d)(\d{2})(\d{2})\d{2}[-\u2010-\u2015\u2212 ]?\d{4}(?!\d)/g;

const plausibleDay = (day: number, month: number): boolean =>
  month >= 1 && month <= 12 && ((day >= 1 && day <= 31) || (day >= 61 && day <= 91));

/**
 * Whether a text or number holds what looks like a Danish civil registration number: ddmmyy-nnnn with or without its hyphen, and a
 * day that exists (replacement numbers add 60 to the day). UUIDs and hexadecimal digests are passed over.
 */
export const looksLikeCivilRegistrationNumber = (value: string | number): boolean => {
  if (typeof value === "number") {
    return Number.isInteger(value) && value > 0 && value < 1e10 && looksLikeCivilRegistrationNumber(tenDigits(value));
  }
  if (value.length < 10 || !/\p{Nd}{6}/u.test(value)) return false;
  const bare = value.normalize("NFKC").replace(UUID, " ").replace(DIGEST, " ");
  for (const match of bare.matchAll(TEN_DIGITS)) {
    if (plausibleDay(Number(match[1]), Number(match[2]))) return true;
  }
  return false;
};

const tenDigits = (value: number): string => {
  const digits = String(value);
  // Leading zero of the day only: a shorter number is no ddmmyynnnn.
  return digits.length < 9 ? "" : digits.padStart(10, "0");
};

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A key for a message: no control characters, at most 24 characters, never a civil registration number. */
export const shownKey = (key: string): string =>
  looksLikeCivilRegistrationNumber(key) ? "(hidden)" : key.replace(UNPRINTABLE, "").slice(0, 24);

/** An id for a message: no control characters, at most 64 characters, never a civil registration number. */
export const shownId = (id: string): string =>
  looksLikeCivilRegistrationNumber(id) ? "(hidden)" : id.replace(UNPRINTABLE, "").slice(0, 64);

const SHORT_NUMBER = /^[-+\u2212]?\d{1,6}(?:[.,]\d{1,4})?$/;

/** A value for a message: numbers, dates and kinds of value; what a text says is never repeated. */
export const shownValue = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return looksLikeCivilRegistrationNumber(value) ? "(hidden)" : String(value);
  if (typeof value === "string") return shownText(value);
  if (Array.isArray(value)) return value.length === 1 ? "a list of 1 entry" : `a list of ${value.length} entries`;
  return "an object";
};

const shownText = (text: string): string => {
  if (text === "") return "an empty text";
  if (isCivilDate(text) || /^\d{4}-\d{2}-\d{2}$/.test(text) || SHORT_NUMBER.test(text)) return `"${text}"`;
  return `a text of ${text.length} ${text.length === 1 ? "character" : "characters"}`;
};

/** `dwellings[3].rooms`; keys that are no plain words stand in brackets. */
export const shownPath = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    const key = shownKey(String(step));
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");

/** So many names are compared letter by letter; beyond that only names that differ in case or blanks are found. */
const COMPARED = 2_000;

/** Letters changed, added or dropped; two that changed places count once. */
const changesBetween = (a: string, b: string): number => {
  const changes = distance(a, b);
  return changes === 2 && [...a].sort().join("") === [...b].sort().join("") ? 1 : changes;
};

/** The name that was most likely meant: same but for case, or at most one letter in three changed; null where none is near. */
export const nearest = (given: string, names: readonly string[]): string | null => {
  const plain = given.trim().toLowerCase();
  const same = names.find((name) => name.toLowerCase() === plain);
  if (same !== undefined) return same;
  if (given.length > 64) return null;
  const limit = Math.max(1, Math.floor(plain.length / 3));
  if (plain.length < 3) return null;
  let best: { readonly name: string; readonly changes: number } | null = null;
  for (const name of names.slice(0, COMPARED)) {
    if (Math.abs(name.length - plain.length) > limit) continue;
    const changes = changesBetween(plain, name.toLowerCase());
    if (changes <= limit && (best === null || changes < best.changes)) best = { name, changes };
  }
  return best?.name ?? null;
};

/** `Maybe it is "Nyborg".`, or null. */
export const maybe = (name: string | null): string | null => (name === null ? null : `Maybe it is "${shownId(name)}".`);

/** Years between two dates, by their first four digits. */
export const yearsApart = (a: CivilDate, b: CivilDate): number =>
  Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4)));

/** `a`, `b` and 3 more: at most five ids, so that a message stays readable. */
export const shownIds = (ids: readonly string[]): string => {
  const first = ids.slice(0, 5).map((id) => `"${shownId(id)}"`);
  return ids.length > first.length ? `${first.join(", ")} and ${ids.length - first.length} more` : first.join(", ");
};

/** `among the 5 districts`, `1 entry`: a number and its noun. */
export const counted = (amount: number, one: string, many = `${one}s`): string =>
  `${amount} ${amount === 1 ? one : many}`;
