import type { Issue } from "../../base/errors.js";
import { forbiddenKey, isReservedName } from "../forbidden.js";
import { maybe, nearest, shownKey } from "../shown.js";
import { type Column, NAMED_COLUMNS, TABLES } from "./csv-columns.js";
import { fileIssue, type PartList } from "./importer.js";

/** A row of a table. */
export interface Row {
  readonly cells: readonly string[];
  /** The line its last cell ends on, as editors count. */
  readonly line: number;
}

/** A header and what it means. */
export interface Heading {
  readonly text: string;
  /** Null where the column is not read. */
  readonly column: Column | null;
}

const lettersOf = (header: string): string =>
  header
    .toLowerCase()
    .replaceAll("ø", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("å", "aa")
    .replace(/[^a-z0-9]/g, "");

/** A column of the table's own list, or one of a named family such as `settled:persons`. */
const columnFor = (table: PartList, text: string): Column | null => {
  const letters = lettersOf(text);
  const listed = TABLES[table].find(({ header, aliases }) =>
    [header, ...aliases].some((name) => lettersOf(name) === letters),
  );
  if (listed !== undefined) return listed;
  const named = /^\s*([\p{L}]+)\s*[:.]\s*(\S.*?)\s*$/u.exec(text);
  const [prefix, name] = [named?.[1]?.toLowerCase() ?? "", named?.[2] ?? ""];
  const family = NAMED_COLUMNS.find((one) => one.table === table && one.prefixes.includes(prefix));
  if (family === undefined || isReservedName(name)) return null;
  return { header: text, field: [family.field, name], form: "number", required: false, aliases: [] };
};

/** What every header of a table means; unknown, double, missing and forbidden columns are faults. */
export const headingsOf = (
  table: PartList,
  file: string,
  header: Row,
): { headings: readonly Heading[]; issues: readonly Issue[] } => {
  const issues: Issue[] = [];
  const taken = new Set<string>();
  const report = (
    code: "csv.unknown-column" | "csv.duplicate-column" | "csv.forbidden-column",
    text: string,
    rest: { expected: string; message: string; hint?: string | null },
  ) =>
    issues.push(
      fileIssue(code, { file, row: header.line, column: shownKey(text) }, { received: shownKey(text), ...rest }),
    );
  const known = TABLES[table].map((column) => column.header);
  const headings = header.cells.map((raw): Heading => {
    const text = raw.trim();
    const skipped = { text, column: null };
    if (text === "" || text.startsWith("#")) return skipped;
    const column = columnFor(table, text);
    const name = NAMED_COLUMNS.reduce(
      (rest, { prefixes }) => prefixes.reduce((left, prefix) => left.replace(`${prefix}:`, ""), rest),
      text,
    );
    const why = forbiddenKey(name, [column === null || column.field.length > 1 ? table : ""]);
    if (why !== null) {
      report("csv.forbidden-column", text, {
        expected: "no such column",
        message: `${file} has the column "${shownKey(text)}", which may not be an input. ${why}`,
      });
      return skipped;
    }
    if (column === null) {
      report("csv.unknown-column", text, {
        expected: `one of ${known.join(", ")}`,
        message: `${file} has the column "${shownKey(text)}", which is not known in the table ${table}. A header that begins with # marks notes that are not read.`,
        hint: maybe(nearest(text, [...known, ...TABLES[table].flatMap(({ aliases }) => aliases)])),
      });
      return skipped;
    }
    const field = column.field.join(".");
    if (taken.has(field)) {
      report("csv.duplicate-column", text, {
        expected: "one column of each meaning",
        message: `${file} has two columns for ${column.header}; the second is "${shownKey(text)}".`,
      });
      return skipped;
    }
    taken.add(field);
    return { text, column };
  });
  for (const column of TABLES[table]) {
    if (!column.required || taken.has(column.field.join("."))) continue;
    issues.push(
      fileIssue(
        "csv.missing-column",
        { file, row: header.line, column: column.header },
        {
          expected: `a column ${column.header}`,
          received: "none",
          message: `${file} lacks the column ${column.header}, which the table ${table} must have.`,
        },
      ),
    );
  }
  return { headings, issues };
};
