// Lists are read with `as number` here: every index is below the list's length.
import type { KernelModel } from "./model.js";

/** How many arcs of a row are chosen that carry this coefficient. */
export interface CountRow {
  readonly row: number;
  readonly coefficient: number;
}

const MOST_COEFFICIENTS = 12;

/**
 * Rows that count, for each row with a convex term, the chosen arcs of each size. They bind nothing;
 * branch and bound divides on them, since "two of size five in district d" is decided before who they are.
 */
export const countRowsOf = ({ rows, tiers }: KernelModel): readonly CountRow[] => {
  const costed = new Set(
    tiers.flatMap(({ convex = [], leximax = [] }) => [...convex, ...leximax].map(({ row }) => row)),
  );
  return [...costed]
    .sort((a, b) => a - b)
    .flatMap((row) => {
      const { coefficients = [] } = rows[row] ?? {};
      const distinct: number[] = [];
      for (let i = 0; i < coefficients.length && distinct.length <= MOST_COEFFICIENTS; i++) {
        const one = coefficients[i] as number;
        if (one !== 0 && !distinct.includes(one)) distinct.push(one);
      }
      if (distinct.length < 2 || distinct.length > MOST_COEFFICIENTS) return [];
      return distinct.sort((a, b) => a - b).map((coefficient) => ({ row, coefficient }));
    });
};

/** The model with these rows behind its own. */
export const withCounts = (model: KernelModel, counts: readonly CountRow[]): KernelModel => ({
  ...model,
  rows: [
    ...model.rows,
    ...counts.map(({ row, coefficient }) => {
      const { name = "", arcs = [], coefficients = [] } = model.rows[row] ?? {};
      const chosen: number[] = [];
      for (let i = 0; i < arcs.length; i++) if (coefficients[i] === coefficient) chosen.push(arcs[i] as number);
      return {
        name: `${name} of ${coefficient}`,
        arcs: new Int32Array(chosen),
        coefficients: new Float64Array(chosen.length).fill(1),
      };
    }),
  ],
});
