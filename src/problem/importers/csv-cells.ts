import type { CellForm } from "./csv-columns.js";
import { type DecimalSign, readDecimal } from "./decimal.js";

/** A cell's value for the problem, or what is wrong with it. */
export type CellResult =
  | { readonly value: unknown }
  | {
      readonly code: "csv.wrong-cell" | "csv.ambiguous-number";
      readonly expected: string;
      readonly hint: string | null;
    };

const wrong = (expected: string, hint: string | null = null): CellResult => ({
  code: "csv.wrong-cell",
  expected,
  hint,
});

const YES = new Set(["yes", "true", "1", "ja", "j", "y", "x", "sand"]);
const NO = new Set(["no", "false", "0", "nej", "n", "falsk"]);

const numberCell = (cell: string, sign: DecimalSign, grouped: boolean): CellResult => {
  const read = readDecimal(cell, { sign, grouped });
  if ("value" in read) return read;
  if (read.fault === "not-a-number") return wrong("a number such as 6200 or 6200,50");
  const bare = cell.trim();
  const together = bare.replace(/[.,]/, "");
  return {
    code: "csv.ambiguous-number",
    expected: "a number that reads the same in Danish and in English",
    hint: `Maybe write ${together} for thousands, or one decimal more or less.`,
  };
};

const dateCell = (cell: string): CellResult => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(cell)) return { value: cell };
  // Danish habit: 30-11-2026 and 30.11.2026. With slashes the day may come first or second, so that is no date here.
  const match = /^(\d{1,2})([-.])(\d{1,2})\2(\d{4})$/.exec(cell);
  if (match === null) return wrong("a date written YYYY-MM-DD or DD-MM-YYYY");
  const [, day = "", , month = "", year = ""] = match;
  return { value: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` };
};

const items = (cell: string): readonly string[] =>
  cell
    .split(/[;|,]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");

const agesCell = (cell: string): CellResult => {
  const ages = cell.split(/[;|,\s]+/).filter((item) => item !== "");
  return ages.every((age) => /^\d{1,3}$/.test(age))
    ? { value: ages.map((age) => ({ age: Number(age) })) }
    : wrong("whole ages such as 34;33;7");
};

/** `school:5` and `health:2:required`; the decimals of a distance take the file's sign, so lists are not split at commas here. */
const nearCell = (cell: string, sign: DecimalSign): CellResult => {
  const expected = "kind:km or kind:km:required, such as school:5;health:2:required";
  const read = cell
    .split(/[;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item) => {
      const [kind, distance = "", word, ...rest] = item.split(":").map((part) => part.trim());
      const km = readDecimal(distance, { sign, grouped: false });
      const known = word === undefined || ["required", "krav", "kræves"].includes(word.toLowerCase());
      return "value" in km && known && rest.length === 0
        ? { kind, withinKm: km.value, required: word !== undefined }
        : null;
    });
  return read.includes(null) ? wrong(expected) : { value: read };
};

const wishesCell = (cell: string): CellResult => {
  const read = items(cell).map((item) => {
    const [district, strength] = item.split(":").map((part) => part.trim());
    if (strength === undefined) return { district };
    return /^\d{1,2}$/.test(strength) ? { district, strength: Number(strength) } : null;
  });
  return read.includes(null) ? wrong("district:strength such as 7724:2") : { value: read };
};

/** `persons`, `ages:6-9`, `number:seats`. */
const measureCell = (cell: string): CellResult => {
  const ages = /^ages:(\d{1,3})-(\d{1,3})$/.exec(cell);
  if (ages !== null) return { value: { ages: [Number(ages[1]), Number(ages[2])] } };
  const number = /^number:(.+)$/.exec(cell);
  return { value: number === null ? cell : { number: number[1] } };
};

const yesNoCell = (cell: string): CellResult => {
  const word = cell.toLowerCase();
  if (YES.has(word)) return { value: true };
  return NO.has(word) ? { value: false } : wrong("yes or no (ja or nej)");
};

const FORMS: Readonly<Record<CellForm, (cell: string, sign: DecimalSign) => CellResult>> = {
  text: (cell) => ({ value: cell }),
  number: (cell, sign) => numberCell(cell, sign, true),
  coordinate: (cell, sign) => numberCell(cell, sign, false),
  yesNo: yesNoCell,
  date: dateCell,
  list: (cell) => ({ value: items(cell) }),
  ages: agesCell,
  near: nearCell,
  wishes: wishesCell,
  measure: measureCell,
  municipality: (cell) => {
    const read = yesNoCell(cell);
    return "value" in read && read.value === false ? { value: undefined } : read;
  },
};

/** Read one filled cell. A leading ' before = + - @ is the guard that our own tables write against spreadsheet formulas. */
export const readCell = (
  cell: string,
  { form, sign }: { readonly form: CellForm; readonly sign: DecimalSign },
): CellResult => FORMS[form](cell.replace(/^'(?=[=+\-@\t\r])/, "").trim(), sign);
