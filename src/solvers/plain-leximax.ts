import { NUMERIC_SLACK } from "../base/tolerances.js";
import type { LeximaxTerm } from "../kernel/model.js";
import { addRow, addVariable, type Draft, type Expression, formOf, rangeOf, valueVariable } from "./plain-model.js";
import type { RowForm } from "./row-form.js";

/** Where a count begins: at a value, or just above it. */
export interface Threshold {
  readonly value: number;
  readonly strictly: boolean;
}

const reaches = ({ offset, divisor }: LeximaxTerm, y: number, { value, strictly }: Threshold): boolean => {
  const slack = NUMERIC_SLACK * Math.max(1, Math.abs(value));
  return (y + offset) / divisor >= value + (strictly ? slack : -slack);
};

/** The largest whole number of the row at which the term does not reach the threshold. */
const lastBelow = (term: LeximaxTerm, { scale }: RowForm, threshold: Threshold): number => {
  let y = Math.floor((threshold.value * term.divisor - term.offset) * scale);
  while (!reaches(term, (y + 1) / scale, threshold)) y++;
  while (reaches(term, y / scale, threshold)) y--;
  return y;
};

/** How many terms reach a threshold: a binary per term that can, which alone lets its row go beyond the last value below. */
export const reachedCount = (draft: Draft, terms: readonly LeximaxTerm[], threshold: Threshold): Expression => ({
  terms: terms.flatMap((term) => {
    const form = formOf(draft, term.row);
    const [low, high] = rangeOf(form);
    const last = lastBelow(term, form, threshold);
    if (last >= high) return [];
    const reached = addVariable(draft, { type: "B", lo: last < low ? 1 : 0 });
    if (last >= low)
      addRow(
        draft,
        [
          [valueVariable(draft, term.row), 1],
          [reached, last - high],
        ],
        { hi: last },
      );
    return [[reached, 1] as const];
  }),
  wholeBy: 1,
});

/** The largest term, as a variable above all of them. */
export const largestTerm = (draft: Draft, terms: readonly LeximaxTerm[]): Expression => {
  const ends = terms.map(({ row, offset, divisor }) => {
    const { least, most, scale } = formOf(draft, row);
    return [(least / scale + offset) / divisor, (most / scale + offset) / divisor] as const;
  });
  const lo = ends.reduce((most, [low]) => Math.max(most, low), Number.NEGATIVE_INFINITY);
  const hi = ends.reduce((most, [, high]) => Math.max(most, high), Number.NEGATIVE_INFINITY);
  const largest = addVariable(draft, { type: "C", lo, hi });
  for (const { row, offset, divisor } of terms) {
    const { scale } = formOf(draft, row);
    addRow(
      draft,
      [
        [valueVariable(draft, row), 1 / (scale * divisor)],
        [largest, -1],
      ],
      { hi: -offset / divisor },
    );
  }
  return { terms: [[largest, 1]], wholeBy: null };
};

/** Keep every term at most at a value. */
export const keepTermsBelow = (draft: Draft, terms: readonly LeximaxTerm[], most: number): void => {
  for (const { row, offset, divisor } of terms) {
    const { scale } = formOf(draft, row);
    const slack = NUMERIC_SLACK * Math.max(1, Math.abs(most));
    addRow(draft, [[valueVariable(draft, row), 1]], {
      hi: Math.floor(((most + slack) * divisor - offset) * scale + NUMERIC_SLACK),
    });
  }
};
