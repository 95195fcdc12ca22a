/** Which sign stands before the decimals in a file; null where the file does not tell. */
export type DecimalSign = "," | "." | null;

export type ReadNumber =
  | { readonly value: number }
  /** `ambiguous`: 1.234 is 1234 in Danish and 1.234 in English. */
  | { readonly fault: "not-a-number" | "ambiguous" };

const WHOLE = /^[-+]?\d{1,15}$/;
const POINT = /^[-+]?\d{1,12}\.\d{1,12}$/;
const COMMA = /^[-+]?\d{1,12},\d{1,12}$/;
const POINT_GROUPS = /^[-+]?\d{1,3}(?:\.\d{3})+$/;
const COMMA_GROUPS = /^[-+]?\d{1,3}(?:,\d{3})+$/;
const DANISH = /^[-+]?\d{1,3}(?:\.\d{3})+,\d{1,12}$/;
const ENGLISH = /^[-+]?\d{1,3}(?:,\d{3})+\.\d{1,12}$/;

const plain = (text: string): string => text.trim().replaceAll("\u2212", "-");

const number = (text: string): ReadNumber => ({ value: Number(text) });

/** What a cell says about its file's decimal sign: 1,5 and 1.234,5 say comma; 55.3168 says point; 1.234 and 1,234 say nothing. */
export const decimalSignOf = (text: string): DecimalSign => {
  const cell = plain(text);
  if (DANISH.test(cell) || (COMMA.test(cell) && !COMMA_GROUPS.test(cell))) return ",";
  if (ENGLISH.test(cell) || (POINT.test(cell) && !POINT_GROUPS.test(cell))) return ".";
  return null;
};

/**
 * A number by a strict grammar: digits, at most one decimal sign, groups of three only where they are complete; U+2212 is a minus.
 * Never a guess: no blanks inside, no exponent, no 0x, and an empty cell is no number at all.
 *
 * `sign` is the file's; `grouped` false where the column can't be in thousands (coordinates).
 */
export const readDecimal = (
  text: string,
  { sign, grouped = true }: { readonly sign: DecimalSign; readonly grouped?: boolean },
): ReadNumber => {
  const cell = plain(text);
  if (WHOLE.test(cell)) return number(cell);
  if (DANISH.test(cell)) return number(cell.replaceAll(".", "").replace(",", "."));
  if (ENGLISH.test(cell)) return number(cell.replaceAll(",", ""));
  if (POINT_GROUPS.test(cell)) return grouping(cell, ".", { sign, grouped });
  if (COMMA_GROUPS.test(cell)) return grouping(cell, ",", { sign, grouped });
  if (POINT.test(cell)) return number(cell);
  if (COMMA.test(cell)) return number(cell.replace(",", "."));
  return { fault: "not-a-number" };
};

/** 1.234 or 1,234: thousands or decimals, as the file's other cells and the column say. */
const grouping = (
  cell: string,
  mark: "," | ".",
  { sign, grouped }: { readonly sign: DecimalSign; readonly grouped: boolean },
): ReadNumber => {
  const once = cell.split(mark).length === 2;
  const together = number(cell.replaceAll(mark, ""));
  const decimals = number(cell.replace(mark, "."));
  if (!once) return grouped ? together : { fault: "not-a-number" };
  if (!grouped || sign === mark) return decimals;
  return sign === null ? { fault: "ambiguous" } : together;
};
