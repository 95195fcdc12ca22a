import type { Issue } from "../../base/errors.js";
import type { IssueCode } from "../codes.js";

/** A file as text or bytes; nothing here touches a file system. */
export interface SourceFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** Where an entry of the problem came from. */
export interface Origin {
  readonly file: string;
  /** 1 is the file's first line; null where rows mean nothing. */
  readonly row: number | null;
  /** Field path, such as `needs.minRooms`, to the column's header. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The lists of a problem that files can hold. */
export const PART_LISTS = [
  "districts",
  "zones",
  "services",
  "dwellings",
  "households",
  "links",
  "quotas",
  "decisions",
] as const;
export type PartList = (typeof PART_LISTS)[number];

/** An entry as a file gave it, still to be read by `parseProblem`. */
export interface ImportedEntry {
  readonly value: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
  /** Faults that only count where the entry is used. */
  readonly issues?: readonly Issue[];
}

/** What one file holds. */
export interface Imported {
  /** Single parts: municipality, asOf, policy, and whatever else a JSON file said. */
  readonly parts: Readonly<Record<string, unknown>>;
  readonly lists: Readonly<Partial<Record<PartList, readonly ImportedEntry[]>>>;
  readonly issues: readonly Issue[];
  /**
   * Whether the entries add to those of the same id in other files: `no`; `or-stands`, where they stand for themselves if there are none;
   * `only`, where they are left out then.
   */
  readonly supplement: "no" | "or-stands" | "only";
  /** Parts that the file was to hold but that could not be read at all: nobody should look for more faults in them. */
  readonly unread: readonly string[];
}

/** A kind of file. */
export interface Importer {
  readonly id: string;
  readonly title: string;
  /** By the file's name alone, in lower case. */
  readonly accepts: (name: string) => boolean;
  readonly read: (file: { readonly name: string; readonly text: string }) => Imported;
}

export const nothing: Imported = { parts: {}, lists: {}, issues: [], supplement: "no", unread: [] };

/** A fault of a file: told by file, row and column, never by the value of free text. */
export const fileIssue = (
  code: IssueCode,
  at: {
    readonly file: string;
    readonly row?: number | null;
    readonly column?: string | null;
    readonly subject?: string | null;
  },
  { expected, received, message, hint }: { expected: string; received: string; message: string; hint?: string | null },
): Issue => ({
  code,
  path: placeWords(at),
  subject: at.subject ?? null,
  expected,
  received,
  message,
  hint: hint ?? null,
});

/** `dwellings.csv:14 column "rooms"`. */
export const placeWords = ({
  file,
  row,
  column,
}: {
  file: string;
  row?: number | null;
  column?: string | null;
}): string =>
  `${file}${row === null || row === undefined ? "" : `:${row}`}${column === null || column === undefined ? "" : ` column "${column}"`}`;

/** The part of a file's name before its first dot, in lower case and without its folder. */
export const stemOf = (name: string): string => (name.split(/[\\/]/).at(-1) ?? "").toLowerCase().split(".")[0] ?? "";
