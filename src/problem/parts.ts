import type * as z from "zod";
import { type Decision, decision, type Link, link, type Quota, quota } from "../domain/demand.js";
import { type District, district, type Service, service, type Zone, zone } from "../domain/district.js";
import { type Dwelling, dwelling } from "../domain/dwelling.js";
import { type Household, household } from "../domain/household.js";
import { instanceShape, MAX_AREAS, MAX_DWELLINGS, MAX_HOUSEHOLDS, type Municipality } from "../domain/instance.js";
import type { Noun } from "./codes.js";
import { reportFormFaults, type Subject, subjectWords, unknownKey, valueAt } from "./form-faults.js";
import type { IssueLog } from "./issue-log.js";
import { salvaged, UNREADABLE } from "./salvage.js";
import { type Path, shownId, shownValue } from "./shown.js";

/** An entry of a list, and where it stands. */
export interface Entry<T> {
  readonly value: T;
  readonly path: Path;
  /** Some fields were at fault (and reported), and stand in `value` as something neutral. */
  readonly repaired: boolean;
}

interface Lists {
  readonly districts: District;
  readonly zones: Zone;
  readonly services: Service;
  readonly dwellings: Dwelling;
  readonly households: Household;
  readonly links: Link;
  readonly quotas: Quota;
  readonly decisions: Decision;
}

/** Whatever of an input is sound. `ids` also holds those of faulty entries, so that one fault does not make two. */
export type Parts = { readonly [list in keyof Lists]: readonly Entry<Lists[list]>[] } & {
  readonly format: string | null;
  readonly municipality: Municipality | null;
  readonly asOf: string | null;
  /** The municipality's country, also where its other fields are at fault. */
  readonly country: string;
  readonly ids: Readonly<Record<keyof Lists, ReadonlySet<string>>>;
};

interface ListSpec<T> {
  readonly key: keyof Lists;
  readonly noun: Noun;
  readonly schema: z.ZodType<T>;
  readonly max: number;
  /** Fewest entries; null where the list may be left out. */
  readonly min: number | null;
}

const TOP_KEYS = [...Object.keys(instanceShape), "policy"];

const PROBLEM: Subject = { noun: "problem", id: null, path: [], raw: null };

const idOf = (raw: unknown): string | null => {
  if (typeof raw !== "object" || raw === null || !Object.hasOwn(raw, "id")) return null;
  const { id } = raw as { readonly id: unknown };
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id !== "" && id.length <= 64 ? id : null;
};

/** A list of which nothing is known: no reference to it can be called wrong. */
const unreadable = <T>(): { readonly entries: readonly Entry<T>[]; readonly ids: ReadonlySet<string> } => ({
  entries: [],
  ids: new Set([UNREADABLE]),
});

const parseList = <T>(
  raw: unknown,
  { key, noun, schema, max, min }: ListSpec<T>,
  log: IssueLog,
): { readonly entries: readonly Entry<T>[]; readonly ids: ReadonlySet<string> } => {
  if (raw === undefined && min === null) return { entries: [], ids: new Set() };
  const none = unreadable<T>();
  if (!Array.isArray(raw)) {
    log.add(raw === undefined ? "problem.missing-key" : "problem.wrong-type", () => ({
      path: [key],
      expected: `a list of ${key}`,
      received: shownValue(raw),
      message: `The problem has ${key} ${shownValue(raw)}; it must be a list.`,
    }));
    return none;
  }
  if (raw.length > max || raw.length < (min ?? 0)) {
    const few = raw.length < (min ?? 0);
    log.add(few ? "problem.wrong-length" : `${noun}.too-many`, () => ({
      path: [key],
      expected: few ? `at least ${min}` : `at most ${max}`,
      received: String(raw.length),
      message: `The problem has ${raw.length} ${key}; it must have ${few ? `at least ${min}` : `at most ${max}`}.`,
    }));
    return none;
  }
  const entries: Entry<T>[] = [];
  const firstAt = new Map<string, number>();
  raw.forEach((item: unknown, index) => {
    const id = idOf(item);
    const subject: Subject = { noun, id, path: [key, index], raw: item };
    const first = id === null ? undefined : firstAt.get(id);
    if (id !== null && first === undefined) firstAt.set(id, index);
    if (id !== null && first !== undefined) duplicate(subject, id, { key, first }, log);
    const result = schema.safeParse(item);
    if (result.success) entries.push({ value: result.data, path: subject.path, repaired: false });
    else {
      reportFormFaults(result.error.issues, { subject, schema, log });
      const value = salvaged(item, result.error.issues, { noun, schema });
      if (value !== null) entries.push({ value, path: subject.path, repaired: true });
    }
  });
  return { entries, ids: new Set(firstAt.keys()) };
};

const duplicate = (subject: Subject, id: string, { key, first }: { key: string; first: number }, log: IssueLog): void =>
  log.add(`${subject.noun}.duplicate-id`, () => ({
    path: [...subject.path, "id"],
    subject: shownId(id),
    expected: "an id of its own",
    received: shownId(id),
    message: `${subjectWords(subject)} has the same id as the one at ${key}[${first}]; every ${subject.noun} needs an id of its own.`,
  }));

const parseOne = <T>(
  raw: unknown,
  { key, noun, schema }: { readonly key: string; readonly noun: Noun; readonly schema: z.ZodType<T> },
  log: IssueLog,
): T | null => {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  if (noun === "problem" || raw === undefined) {
    // Held against the whole, so that messages name the key.
    const issues = result.error.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
    reportFormFaults(issues, { subject: { ...PROBLEM, raw: { [key]: raw } }, schema, log });
  } else reportFormFaults(result.error.issues, { subject: { noun, id: null, path: [key], raw }, schema, log });
  return null;
};

const municipalityCountry = (raw: unknown): string => {
  const country = valueAt(raw, ["country"]);
  return typeof country === "string" ? country : "DK";
};

/** Read every part by itself, so that one bad dwelling does not hide the faults of all others; `unread` parts are passed over. */
export const parseParts = (
  raw: Readonly<Record<string, unknown>>,
  unread: ReadonlySet<string>,
  log: IssueLog,
): Parts => {
  for (const key of Object.keys(raw)) {
    if (!TOP_KEYS.includes(key)) unknownKey(PROBLEM, log, { inside: [], key, known: TOP_KEYS });
  }
  const { format, municipality, asOf } = instanceShape;
  const one = <T>(key: string, noun: Noun, schema: z.ZodType<T>): T | null =>
    unread.has(key) ? null : parseOne(raw[key], { key, noun, schema }, log);
  const head = {
    format: one("format", "problem", format),
    municipality: one("municipality", "municipality", municipality),
    asOf: one("asOf", "problem", asOf),
  };
  const list = <T>(
    key: keyof Lists,
    noun: Noun,
    schema: z.ZodType<T>,
    { max, min }: { max: number; min: number | null },
  ) => (unread.has(key) ? unreadable<T>() : parseList(raw[key], { key, noun, schema, max, min }, log));
  const districts = list("districts", "district", district, { max: MAX_AREAS, min: 1 });
  const zones = list("zones", "zone", zone, { max: MAX_AREAS, min: null });
  const services = list("services", "service", service, { max: MAX_DWELLINGS, min: null });
  const dwellings = list("dwellings", "dwelling", dwelling, { max: MAX_DWELLINGS, min: 0 });
  const households = list("households", "household", household, { max: MAX_HOUSEHOLDS, min: 0 });
  const links = list("links", "link", link, { max: MAX_HOUSEHOLDS, min: null });
  const quotas = list("quotas", "quota", quota, { max: MAX_AREAS, min: null });
  const decisions = list("decisions", "decision", decision, { max: MAX_HOUSEHOLDS, min: null });
  return {
    ...head,
    country: head.municipality?.country ?? municipalityCountry(raw.municipality),
    districts: districts.entries,
    zones: zones.entries,
    services: services.entries,
    dwellings: dwellings.entries,
    households: households.entries,
    links: links.entries,
    quotas: quotas.entries,
    decisions: decisions.entries,
    ids: {
      districts: districts.ids,
      zones: zones.ids,
      services: services.ids,
      dwellings: dwellings.ids,
      households: households.ids,
      links: links.ids,
      quotas: quotas.ids,
      decisions: decisions.ids,
    },
  };
};
