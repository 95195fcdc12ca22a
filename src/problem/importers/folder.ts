import type { Issue } from "../../base/errors.js";
import { byText } from "../../base/order.js";
import { PROBLEM_FORMAT } from "../../domain/instance.js";
import { maybe, nearest, shownKey } from "../shown.js";
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

const readFile = ({ name, content }: SourceFile): Imported & { readonly name: string } => {
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
const supplemented = (base: readonly ImportedEntry[], added: readonly ImportedEntry[]): readonly ImportedEntry[] => {
  const ids = new Set(base.map(({ value }) => value["id"]));
  const extra = new Map(added.map(({ value }) => [value["id"], value]));
  return [
    ...base.map((entry) => ({ ...entry, value: { ...extra.get(entry.value["id"]), ...entry.value } })),
    ...added.filter(({ value }) => !ids.has(value["id"])),
  ];
};

const listsOf = (files: readonly (Imported & { readonly name: string })[]) => {
  const issues: Issue[] = [];
  const lists: Partial<Record<PartList, readonly ImportedEntry[]>> = {};
  for (const { name, lists: given, supplement } of [
    ...files.filter((file) => !file.supplement),
    ...files.filter((file) => file.supplement),
  ]) {
    for (const list of PART_LISTS) {
      const entries = given[list];
      const known = lists[list];
      if (entries === undefined) continue;
      if (known === undefined) lists[list] = entries;
      else if (supplement) lists[list] = supplemented(known, entries);
      else issues.push(duplicatePart(list, name));
    }
  }
  return { lists, issues };
};

/**
 * Read a folder's files (names and contents; no file system here) into one problem: `problem.json` and `policy.json`, tables such as
 * `dwellings.csv`, maps such as `districts.geojson`. Order of files does not matter. What is read is `parseProblem`'s to check.
 */
export const importFolderFiles = (files: readonly SourceFile[]): ImportedFolder => {
  const read = [...files].sort((a, b) => byText(a.name, b.name)).map(readFile);
  const { lists, issues: listIssues } = listsOf(read);
  const issues = [...read.flatMap((file) => file.issues), ...listIssues];
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
