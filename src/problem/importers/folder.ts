import type { Issue } from "../../base/errors.js";
import { byText } from "../../base/order.js";
import { PROBLEM_FORMAT } from "../../domain/instance.js";
import { maybe, nearest, shownKey } from "../shown.js";
import { TABLES } from "./csv-columns.js";
import { decodeText } from "./decode.js";
import {
  fileIssue,
  type Imported,
  type ImportedEntry,
  nothing,
  type Origin,
  PART_LISTS,
  type PartList,
  type SourceFile,
  stemOf,
} from "./importer.js";
import { IMPORTERS } from "./kinds.js";

/** Larger is a mistake: a municipality's tables have a few megabytes. */
const MAX_LENGTH = 64 * 1024 * 1024;

/** A folder's files as one problem, still to be read by `parseProblem`. */
export interface ImportedFolder {
  readonly json: Readonly<Record<string, unknown>>;
  /** What the files themselves have wrong, before anything is read as a problem. */
  readonly issues: readonly Issue[];
  /** From a path such as `dwellings[3]` to the file and row that it came from. */
  readonly where: Readonly<Record<string, Origin>>;
  /** Parts that no file held in a form that could be read. */
  readonly unread: ReadonlySet<string>;
}

const EXPECTED = ["problem.json", "policy.json", ...PART_LISTS.map((list) => `${list}.csv`)];

const readFile = ({ name, content }: SourceFile): ReadFile => {
  const none = { ...nothing, name };
  const importer = IMPORTERS.find(({ accepts }) => accepts(name.toLowerCase()));
  if (importer === undefined) {
    const issue = fileIssue(
      "file.unknown-name",
      { file: shownKey(name) },
      {
        expected: `one of ${EXPECTED.join(", ")}, or districts.geojson, dwellings.geojson, services.geojson`,
        received: shownKey(name),
        message: `The name of the file ${shownKey(name)} does not say what it holds.`,
        hint: maybe(nearest(name, EXPECTED)),
      },
    );
    return { ...none, issues: [issue] };
  }
  if (content.length > MAX_LENGTH) {
    const issue = fileIssue(
      "file.too-large",
      { file: shownKey(name) },
      {
        expected: `at most ${MAX_LENGTH} bytes`,
        received: String(content.length),
        message: `The file ${shownKey(name)} has ${content.length} bytes; at most ${MAX_LENGTH} are read.`,
      },
    );
    return { ...none, issues: [issue] };
  }
  return { name, ...importer.read({ name: shownKey(name), text: decodeText(content) }) };
};

const duplicatePart = (part: string, file: string): Issue =>
  fileIssue(
    "file.duplicate-part",
    { file: shownKey(file) },
    {
      expected: `${part} in one file`,
      received: shownKey(part),
      message: `The file ${shownKey(file)} holds ${shownKey(part)}, which an earlier file holds already.`,
    },
  );

/** Entries with what other files add to those of the same id; a field that an entry has itself stays as it is. */
const supplemented = (
  base: readonly ImportedEntry[],
  added: readonly ImportedEntry[],
): { readonly entries: readonly ImportedEntry[]; readonly issues: readonly Issue[] } => {
  const ids = new Set(base.map(({ value }) => value.id));
  const extra = new Map(added.map((entry) => [entry.value.id, entry]));
  const entries = base.map((entry) => ({
    ...entry,
    value: { ...extra.get(entry.value.id)?.value, ...entry.value },
  }));
  return { entries, issues: added.flatMap(({ value, issues }) => (ids.has(value.id) ? (issues ?? []) : [])) };
};

const unmatched = (base: readonly ImportedEntry[], added: readonly ImportedEntry[]): readonly ImportedEntry[] => {
  const ids = new Set(base.map(({ value }) => value.id));
  return added.filter(({ value }) => !ids.has(value.id));
};

type ReadFile = Imported & { readonly name: string };

/** Every list from all files: first those that hold entries, then those that add to them. */
const listsOf = (files: readonly ReadFile[]) => {
  const issues: Issue[] = [];
  const lists: Partial<Record<PartList, readonly ImportedEntry[]>> = {};
  const inOrder = ["no", "or-stands", "only"].flatMap((kind) => files.filter(({ supplement }) => supplement === kind));
  for (const { name, lists: given, supplement } of inOrder) {
    for (const list of PART_LISTS) {
      const added = given[list];
      const known = lists[list];
      if (added === undefined) continue;
      if (known !== undefined && supplement === "no") issues.push(duplicatePart(list, name));
      else if (known === undefined && supplement !== "only") lists[list] = added;
      else if (known !== undefined) {
        const { entries, issues: used } = supplemented(known, added);
        issues.push(...used);
        lists[list] = supplement === "only" ? entries : [...entries, ...unmatched(known, added)];
      }
    }
  }
  return { lists, issues };
};

/** A column that a table lacks is no fault where another file fills the field in every row. */
const stillMissing = ({ code, path }: Issue, lists: ReturnType<typeof listsOf>["lists"]): boolean => {
  if (code !== "csv.missing-column") return true;
  const list = PART_LISTS.find((name) => name === stemOf(path));
  const entries = list === undefined ? undefined : lists[list];
  const column =
    list === undefined ? undefined : TABLES[list].find(({ header }) => path.endsWith(`column "${header}"`));
  const field = String(column?.field[0]);
  return entries === undefined || entries.length === 0 || !entries.every(({ value }) => Object.hasOwn(value, field));
};

/**
 * Read a folder's files (names and contents; no file system here) into one problem: `problem.json` and `policy.json`, tables such as
 * `dwellings.csv`, maps such as `districts.geojson`. Order of files does not matter. What is read is `parseProblem`'s to check.
 */
export const importFolderFiles = (files: readonly SourceFile[]): ImportedFolder => {
  const read = [...files].sort((a, b) => byText(a.name, b.name)).map(readFile);
  const { lists, issues: listIssues } = listsOf(read);
  const issues = [...read.flatMap((file) => file.issues).filter((issue) => stillMissing(issue, lists)), ...listIssues];
  const json: Record<string, unknown> = { format: PROBLEM_FORMAT };
  const given = new Set<string>();
  // The problem itself first, so that a clash is told of the file that adds to it.
  const inOrder = [...read].sort((a, b) => Number(/policy/i.test(a.name)) - Number(/policy/i.test(b.name)));
  for (const { name, parts } of inOrder) {
    for (const [part, value] of Object.entries(parts)) {
      if (given.has(part) || (lists as Readonly<Record<string, unknown>>)[part] !== undefined)
        issues.push(duplicatePart(part, name));
      else Object.defineProperty(json, part, { value, enumerable: true, writable: true, configurable: true });
      given.add(part);
    }
  }
  const where: Record<string, Origin> = {};
  for (const list of PART_LISTS) {
    const entries = lists[list];
    if (entries === undefined) continue;
    json[list] = entries.map(({ value }) => value);
    entries.forEach(({ origin }, index) => {
      where[`${list}[${index}]`] = origin;
    });
  }
  const unread = new Set(read.flatMap((file) => file.unread).filter((part) => !Object.hasOwn(json, part)));
  return { json, issues, where, unread };
};
