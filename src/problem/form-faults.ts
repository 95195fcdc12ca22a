import type * as z from "zod";
import type { Noun } from "./codes.js";
import type { IssueLog } from "./issue-log.js";
import { maybe, nearest, type Path, shownId, shownKey, shownPath, shownValue } from "./shown.js";

/** Which thing a schema was held against. */
export interface Subject {
  readonly noun: Noun;
  readonly id: string | null;
  /** Where it stands in the input. */
  readonly path: Path;
  readonly raw: unknown;
}

const TYPES: Readonly<Record<string, string>> = {
  number: "a number",
  int: "a whole number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `Dwelling "u1"`, `The dwelling at dwellings[3]`, `The policy`: how a sentence begins. */
export const subjectWords = ({ noun, id, path }: Pick<Subject, "noun" | "id" | "path">): string => {
  if (id !== null) return `${capital(noun)} "${shownId(id)}"`;
  return path.some((step) => typeof step === "number") ? `The ${noun} at ${shownPath(path)}` : `The ${noun}`;
};

/** The value at a path of plain data; undefined where there is none. */
export const valueAt = (raw: unknown, path: Path): unknown => {
  let value = raw;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
};

const sizeWords = (issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string => {
  const [bound, word] =
    issue.code === "too_big"
      ? [issue.maximum, issue.inclusive === false ? "less than" : "at most"]
      : [issue.minimum, issue.inclusive === false ? "more than" : "at least"];
  if (issue.origin === "string") return `${word} ${bound} ${Number(bound) === 1 ? "character" : "characters"} long`;
  if (issue.origin === "array") return `${word} ${bound} ${Number(bound) === 1 ? "entry" : "entries"} long`;
  return `${word} ${bound}`;
};

type Fault =
  | "wrong-type"
  | "out-of-range"
  | "wrong-length"
  | "wrong-format"
  | "unknown-value"
  | "wrong-shape"
  | "impossible-date";

/** What was asked for, and which fault it is when that is not met. */
const askedFor = (issue: z.core.$ZodIssue, value: unknown): { readonly fault: Fault; readonly expected: string } => {
  switch (issue.code) {
    case "invalid_type":
      return { fault: "wrong-type", expected: TYPES[issue.expected] ?? issue.expected };
    case "too_big":
    case "too_small": {
      const sized = issue.origin === "string" || issue.origin === "array";
      return { fault: sized ? "wrong-length" : "out-of-range", expected: sizeWords(issue) };
    }
    case "invalid_value": {
      const words = issue.values.map((option) => JSON.stringify(option));
      return { fault: "unknown-value", expected: words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}` };
    }
    case "custom": {
      const dateLike = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
      return { fault: dateLike ? "impossible-date" : "wrong-format", expected: issue.message };
    }
    case "invalid_format":
      return { fault: "wrong-format", expected: issue.message };
    case "not_multiple_of":
      return { fault: "out-of-range", expected: `a multiple of ${issue.divisor}` };
    case "invalid_key":
      return { fault: "wrong-format", expected: "a key of 1 to 64 characters" };
    case "invalid_union":
      return { fault: "wrong-shape", expected: formsOf(issue) };
    default:
      return { fault: "wrong-shape", expected: "of another form" };
  }
};

/** The forms of a union, as far as its branches say them. */
const formsOf = (issue: z.core.$ZodIssueInvalidUnion): string => {
  const forms = issue.errors.map((faults) => {
    const root = faults.find(({ path, code }) => path.length === 0 && code !== "unrecognized_keys");
    if (root !== undefined) return askedFor(root, undefined).expected;
    return `an object with ${keysOf(faults).join(", ")}`;
  });
  return [...new Set(forms)].join(", or ");
};

const keysOf = (faults: readonly z.core.$ZodIssue[]): readonly string[] => [
  ...new Set(faults.flatMap(({ path: [step] }) => (typeof step === "string" ? [step] : []))),
];

/** A union's own words where they help: the one branch that the value was clearly meant for. */
const meantBranch = (issue: z.core.$ZodIssueInvalidUnion, value: unknown): readonly z.core.$ZodIssue[] | null => {
  if (value === undefined) return null;
  const likely = issue.errors.filter(
    (faults) =>
      faults.length > 0 &&
      faults.every(
        ({ path, code }) => code === "unrecognized_keys" || (path.length > 0 && valueAt(value, path) !== undefined),
      ),
  );
  const own =
    likely.length > 1 ? likely.filter((faults) => faults.every(({ code }) => code !== "unrecognized_keys")) : likely;
  return own.length === 1 ? (own[0] ?? null) : null;
};

const knownKeysAt = (schema: unknown, path: Path): readonly string[] => {
  const known = keysIn(
    schema,
    path.filter((step) => typeof step !== "number"),
  );
  return [...known].sort();
};

/** The keys of the object schema at a path, read through defaults, nullables and lists. */
const keysIn = (schema: unknown, path: Path): ReadonlySet<string> => {
  const found = new Set<string>();
  const walk = (at: unknown, rest: Path, depth: number): void => {
    const definition = (at as { readonly def?: Record<string, unknown> } | null)?.def;
    if (definition === undefined || depth > 20) return;
    for (const inner of ["innerType", "element", "in"])
      if (definition[inner] !== undefined) walk(definition[inner], rest, depth + 1);
    for (const option of (definition.options as unknown[] | undefined) ?? []) walk(option, rest, depth + 1);
    const shape = definition.shape as Record<string, unknown> | undefined;
    if (shape === undefined) return;
    const [step, ...more] = rest;
    if (step === undefined) for (const key of Object.keys(shape)) found.add(key);
    else if (typeof step === "string" && Object.hasOwn(shape, step)) walk(shape[step], more, depth + 1);
  };
  walk(schema, path, 0);
  return found;
};

/** Say that a key is not known here, and which one may have been meant. */
export const unknownKey = (
  subject: Subject,
  log: IssueLog,
  { inside, key, known }: { inside: Path; key: string; known: readonly string[] },
): void =>
  log.add(`${subject.noun}.unknown-key`, () => {
    const where = inside.length === 0 ? "" : ` in ${shownPath(inside)}`;
    return {
      path: [...subject.path, ...inside, key],
      subject: subject.id === null ? null : shownId(subject.id),
      expected: known.length === 0 ? "no such key" : `one of ${known.join(", ")}`,
      received: shownKey(key),
      message: `${subjectWords(subject)} has the key "${shownKey(key)}"${where}, which is not known there.`,
      hint: maybe(nearest(key, known)),
    };
  });

/**
 * Report what a schema found, in words that say what, where, value and rule, and repeat no free text. `below`: the schema is of
 * something that many steps inside the subject.
 */
export const reportFormFaults = (
  issues: readonly z.core.$ZodIssue[],
  {
    subject,
    schema,
    below = 0,
    log,
  }: { readonly subject: Subject; readonly schema: unknown; readonly below?: number; readonly log: IssueLog },
): void => {
  const seen = new Set<string>();
  const report = (issue: z.core.$ZodIssue, base: Path): void => {
    const inside = [...base, ...issue.path];
    const place = shownPath(inside);
    // An empty id is both too short and not written as asked: one fault is enough.
    if (seen.has(place) && issue.code !== "unrecognized_keys") return;
    seen.add(place);
    const value = valueAt(subject.raw, inside);
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        unknownKey(subject, log, { inside, key, known: knownKeysAt(schema, inside.slice(below)) });
      return;
    }
    if (issue.code === "invalid_union") {
      const branch = meantBranch(issue, value);
      if (branch !== null) {
        for (const fault of branch) report(fault, inside);
        return;
      }
    }
    reportValue(issue, { subject, inside, value, log });
  };
  for (const issue of issues) report(issue, []);
};

const reportValue = (
  issue: z.core.$ZodIssue,
  {
    subject,
    inside,
    value,
    log,
  }: { readonly subject: Subject; readonly inside: Path; readonly value: unknown; readonly log: IssueLog },
): void => {
  const { fault, expected } = askedFor(issue, value);
  const missing = value === undefined && inside.length > 0;
  const common = { path: [...subject.path, ...inside], subject: subject.id === null ? null : shownId(subject.id) };
  const field = inside.length === 0 ? "" : shownPath(inside);
  if (missing) {
    log.add(`${subject.noun}.missing-key`, () => ({
      ...common,
      expected,
      received: "nothing",
      message: `${subjectWords(subject)} lacks ${field}, which must be ${expected}.`,
    }));
    return;
  }
  log.add(`${subject.noun}.${fault}`, () => {
    const meant = meantWord(issue, value);
    // A word that is nearly one of those allowed gives nothing away.
    const shown = meant !== null && typeof value === "string" ? `"${shownKey(value)}"` : shownValue(value);
    return {
      ...common,
      expected,
      received: shown,
      message: `${subjectWords(subject)} ${field === "" ? "is" : `has ${field}`} ${shown}; it must be ${expected}.`,
      hint: maybe(meant) ?? (typeof value === "string" ? numberHint(issue, value) : null),
    };
  });
};

/** The words that a branch of a union takes. */
const wordsOf = (faults: readonly z.core.$ZodIssue[]): readonly string[] =>
  faults.flatMap((fault) =>
    fault.code === "invalid_value" && fault.path.length === 0
      ? fault.values.filter((option) => typeof option === "string")
      : [],
  );

/** The word that was most likely meant, among an enumeration's values or a union's keys. */
const meantWord = (issue: z.core.$ZodIssue, value: unknown): string | null => {
  if (issue.code === "invalid_value" && typeof value === "string")
    return nearest(
      value,
      issue.values.filter((option) => typeof option === "string"),
    );
  if (issue.code === "invalid_union" && typeof value === "string") return nearest(value, issue.errors.flatMap(wordsOf));
  if (issue.code !== "invalid_union" || typeof value !== "object" || value === null) return null;
  const [key] = Object.keys(value);
  return key === undefined ? null : nearest(key, issue.errors.flatMap(keysOf));
};

const numberHint = (issue: z.core.$ZodIssue, value: string): string | null =>
  issue.code === "invalid_type" &&
  ["number", "int"].includes(issue.expected) &&
  /^[-+]?\d{1,6}(?:\.\d{1,4})?$/.test(value)
    ? `Maybe give the number ${Number(value)} without quotation marks.`
    : null;
