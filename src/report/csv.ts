import { stringify } from "csv-stringify/browser/esm/sync";
import { visible } from "./markup.js";
import type { Report, ReportInput, ReportOptions } from "./report.js";
import { summaryOf } from "./summary.js";
import { placementFacts, wordingIn } from "./texts.js";

/** What a cell may hold: text, a real number, or nothing. */
export type CsvValue = string | number | null;

/** Spreadsheets take a cell that begins so for a formula (OWASP ASVS 5, 1.2.10; full-width forms too). */
const FORMULA = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/**
 * Text that no spreadsheet runs: a leading `'` where it would begin a formula. Text that begins with `'` and then a formula gets one
 * more, so that `formulaUnguarded` always gives back what was written.
 */
export const formulaGuarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Take the guard off again when such a file is read. */
export const formulaUnguarded = (text: string): string =>
  text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A table as CSV with a byte order mark and CRLF: `;` and decimal comma in Danish (what Excel expects there), `,` and point in English.
 * Numbers are written as numbers and never guarded; text is guarded against formulas.
 */
export const csvText = (
  { head, rows }: { readonly head: readonly string[]; readonly rows: readonly (readonly CsvValue[])[] },
  { locale }: ReportOptions,
): string => {
  const { texts } = wordingIn(locale);
  const written = (value: CsvValue): string => {
    if (value === null) return "";
    if (typeof value === "string") return formulaGuarded(visibleButTabs(value));
    return texts.decimalComma ? String(value).replace(".", ",") : String(value);
  };
  const body = stringify(
    [head, ...rows].map((row) => row.map(written)),
    { delimiter: texts.decimalComma ? ";" : ",", record_delimiter: "windows" },
  );
  return BYTE_ORDER_MARK + body;
};

/** Tabs, line breaks and NUL are left to the guard and the quotes; other hidden characters are written out. */
const visibleButTabs = (text: string): string =>
  text
    .split(/([\t\r\n\0])/)
    .map((part, i) => (i % 2 === 1 ? part : visible(part)))
    .join("");

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 1000);

const renderDistricts = ({ problem, plan }: ReportInput, options: ReportOptions): string => {
  const { texts } = wordingIn(options.locale);
  const { columns } = texts;
  const head = [
    columns.level,
    columns.id,
    columns.area,
    columns.measure,
    columns.population,
    columns.before,
    columns.target,
    columns.placed,
    columns.deviation,
    columns.after,
    columns.perThousand,
  ];
  const rows = summaryOf(problem, plan).levels.flatMap((level) =>
    level.rows.map((row) => [
      texts.level(row.level),
      row.id,
      row.name,
      texts.measure(row.measure),
      row.population,
      row.before,
      row.target,
      row.placed,
      row.deviation,
      row.after,
      rounded(row.perThousand),
    ]),
  );
  return csvText({ head, rows }, options);
};

const renderPlacements = ({ problem, plan }: ReportInput, options: ReportOptions): string => {
  const wording = wordingIn(options.locale);
  const { texts } = wording;
  const { columns } = texts;
  const summary = summaryOf(problem, plan);
  const head = [
    columns.household,
    columns.persons,
    columns.dwelling,
    columns.district,
    columns.area,
    columns.rooms,
    columns.areaM2,
    columns.rent,
    columns.maxRent,
    columns.free,
    columns.handover,
    columns.status,
    columns.facts,
  ];
  const placed = summary.placements.map((row): readonly CsvValue[] => [
    row.household.id,
    row.household.members.length,
    row.dwelling.id,
    row.dwelling.district,
    row.districtName,
    row.dwelling.rooms,
    row.dwelling.areaM2,
    row.dwelling.rent,
    row.household.needs.maxRent,
    row.dwelling.availableFrom,
    row.household.handover,
    texts.status[row.placement.status],
    placementFacts(row, wording).join(" | "),
  ]);
  const unplaced = summary.unplaced.map(({ unplaced: { household: id }, household }): readonly CsvValue[] => [
    id,
    household?.members.length ?? null,
    null,
    null,
    null,
    null,
    null,
    null,
    household?.needs.maxRent ?? null,
    null,
    household?.handover ?? null,
    texts.withoutHome,
    null,
  ]);
  return csvText({ head, rows: [...placed, ...unplaced] }, options);
};

/** Districts and zones: targets, loads and deviations. */
export const districtsCsv: Report = {
  id: "csv-districts",
  fileName: "districts.csv",
  mediaType: "text/csv; charset=utf-8",
  render: renderDistricts,
};

/** Every household: its home, or that it has none. */
export const placementsCsv: Report = {
  id: "csv-placements",
  fileName: "placements.csv",
  mediaType: "text/csv; charset=utf-8",
  render: renderPlacements,
};
