import { parse } from "csv-parse/browser/esm/sync";
import type { Issue } from "../../base/errors.js";
import { shownKey, shownValue } from "../shown.js";
import { readCell } from "./csv-cells.js";
import { type Column, TABLES } from "./csv-columns.js";
import { delimiterOf } from "./csv-delimiter.js";
import { type Heading, headingsOf, type Row } from "./csv-headings.js";
import { type DecimalSign, decimalSignOf } from "./decimal.js";
import {
  fileIssue,
  type Imported,
  type ImportedEntry,
  type Importer,
  nothing,
  PART_LISTS,
  type PartList,
  placeWords,
  stemOf,
} from "./importer.js";

const rowsOf = (file: string, text: string, delimiter: string): { rows: readonly Row[]; issues: readonly Issue[] } => {
  try {
    const records: unknown = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
    });
    const rows = (
      records as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[]
    ).map(({ record, info }) => ({ cells: record, line: info.lines }));
    return { rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")), issues: [] };
  } catch (error) {
    // The library's message may repeat the cell; only its code and line are told.
    const { code = "unknown", lines } = error as { readonly code?: string; readonly lines?: number };
    const row = typeof lines === "number" ? lines : null;
    return {
      rows: [],
      issues: [
        fileIssue(
          "csv.invalid",
          { file, row },
          {
            expected: "a table of comma- or semicolon-separated values",
            received: String(code),
            message: `${placeWords({ file, row })} is no CSV (${code}); look for a quotation mark that is not closed.`,
          },
        ),
      ],
    };
  }
};

/**
 * The file's decimal sign, where its cells agree on one. Coordinates are not asked: they often come with points into tables that
 * have commas otherwise.
 */
const signOf = (rows: readonly Row[], headings: readonly Heading[]): DecimalSign => {
  const said = new Set<DecimalSign>();
  for (const { cells } of rows) {
    headings.forEach(({ column }, index) => {
      if (column?.form === "number") said.add(decimalSignOf(cells[index] ?? ""));
    });
  }
  if (said.has(",") !== said.has(".")) return said.has(",") ? "," : ".";
  return null;
};

const put = (target: Record<string, unknown>, [step, next]: readonly (string | number)[], value: unknown): void => {
  if (next === undefined) target[String(step)] = value;
  else if (typeof next === "number") {
    const list = (target[String(step)] ?? [null, null]) as unknown[];
    list[next] = value;
    target[String(step)] = list;
  } else target[String(step)] = { ...(target[String(step)] as object | undefined), [next]: value };
};

const fieldName = (field: Column["field"]): string => field.filter((step) => typeof step === "string").join(".");

const entryOf = (
  row: Row,
  { file, table, headings, sign }: { file: string; table: PartList; headings: readonly Heading[]; sign: DecimalSign },
): { entry: ImportedEntry; issues: readonly Issue[] } => {
  const issues: Issue[] = [];
  const value: Record<string, unknown> = {};
  const columns: Record<string, string> = Object.fromEntries(
    TABLES[table].filter(({ required }) => required).map(({ header, field }) => [fieldName(field), header]),
  );
  const seen = new Set<string>();
  if (row.cells.length !== headings.length) {
    issues.push(
      fileIssue(
        "csv.wrong-width",
        { file, row: row.line },
        {
          expected: `${headings.length} cells`,
          received: `${row.cells.length} cells`,
          message: `${file}:${row.line} has ${row.cells.length} cells, but the header has ${headings.length}; look for a separator inside a cell that is not quoted.`,
        },
      ),
    );
  }
  headings.forEach(({ text, column }, index) => {
    if (column === null) return;
    const cell = row.cells[index] ?? "";
    const at = { file, row: row.line, column: shownKey(text) };
    const field = fieldName(column.field);
    if (!seen.has(field)) columns[field] = shownKey(text);
    seen.add(field);
    if (cell.trim() === "") {
      if (column.required)
        issues.push(
          fileIssue("csv.empty-cell", at, {
            expected: "a filled cell",
            received: "an empty cell",
            message: `${placeWords(at)} is empty; it must be filled, and empty does not mean 0.`,
          }),
        );
      return;
    }
    const read = readCell(cell, { form: column.form, sign });
    if ("value" in read) {
      if (read.value !== undefined) put(value, column.field, read.value);
      return;
    }
    const { code, expected, hint } = read;
    issues.push(
      fileIssue(code, at, {
        expected,
        received: shownValue(cell.trim()),
        message: `${placeWords(at)} holds ${shownValue(cell.trim())}; it must be ${expected}.`,
        hint,
      }),
    );
  });
  return { entry: { value, origin: { file, row: row.line, columns } }, issues };
};

const read = (table: PartList, { name, text }: { readonly name: string; readonly text: string }): Imported => {
  const delimiter = delimiterOf(text);
  const { rows, issues } = rowsOf(name, text, delimiter);
  const [header, ...body] = rows;
  if (issues.length > 0) return { ...nothing, issues, unread: [table] };
  if (header === undefined) return { ...nothing, lists: { [table]: [] } };
  const { headings, issues: headingIssues } = headingsOf(table, name, header);
  const sign = signOf(body, headings);
  const results = body.map((row) => entryOf(row, { file: name, table, headings, sign }));
  return {
    ...nothing,
    lists: { [table]: results.map(({ entry }) => entry) },
    issues: [...headingIssues, ...results.flatMap((result) => result.issues)],
  };
};

const tableOf = (name: string): PartList | undefined => PART_LISTS.find((list) => list === stemOf(name));

/**
 * Tables named after the list they hold: `districts.csv`, `dwellings.csv` and so on, headers as in `TABLES`.
 * Semicolons, tabs and commas separate; decimals are read as `decimal.ts` says; every fault names file, row and column.
 */
export const csv: Importer = {
  id: "csv",
  title: "Tables as comma- or semicolon-separated values",
  accepts: (name) => /\.(?:csv|tsv)$/.test(name) && tableOf(name) !== undefined,
  read: (file) => {
    const table = tableOf(file.name);
    return table === undefined ? nothing : read(table, file);
  },
};
