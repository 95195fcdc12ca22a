/** Wide characters (East Asian, emoji) take two columns, combining marks none. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const MARK = /\p{M}/u;

/** Columns that a text takes on a terminal. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (MARK.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1), 0);

const padded = (text: string, width: number, align: "left" | "right"): string => {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + space : space + text;
};

/** A line broken at spaces to a width. */
export const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || widthOf(last) + 1 + widthOf(word) > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};

export interface TextColumn {
  readonly head: string;
  readonly align: "left" | "right";
}

/** The last column takes what room is left of `width`, and breaks into lines; the others are as wide as their widest cell. */
export const textTable = (
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] => {
  const last = columns.length - 1;
  const widths = columns.map(({ head }, i) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[i] ?? "")), widthOf(head)),
  );
  const before = widths.slice(0, last).reduce((sum, one) => sum + one + 2, 2);
  const room = Math.max(24, width - before);
  const line = (cells: readonly string[]): readonly string[] => {
    const lead = cells.slice(0, last).map((cell, i) => padded(cell, widths[i] ?? 0, columns[i]?.align ?? "left"));
    const tail = cells[last] ?? "";
    const pieces = columns[last]?.align === "right" ? [padded(tail, widths[last] ?? 0, "right")] : wrapped(tail, room);
    return pieces.map((piece, i) => {
      const start = i === 0 ? lead.join("  ") : " ".repeat(Math.max(0, before - 4));
      return `  ${start}${last === 0 ? "" : "  "}${piece}`.trimEnd();
    });
  };
  return [columns.map(({ head }) => head), ...rows].flatMap((cells) => line([...cells]));
};
