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
      const coefficients = [...new Set(Array.from(rows[row]?.coefficients ?? []))].filter((one) => one !== 0);
      if (coefficients.length < 2 || coefficients.length > MOST_COEFFICIENTS) return [];
      return coefficients.sort((a, b) => a - b).map((coefficient) => ({ row, coefficient }));
    });
};

/** The model with these rows behind its own. */
export const withCounts = (model: KernelModel, counts: readonly CountRow[]): KernelModel => ({
  ...model,
  rows: [
    ...model.rows,
    ...counts.map(({ row, coefficient }) => {
      const { name = "", arcs = [], coefficients = [] } = model.rows[row] ?? {};
      const chosen = Array.from(arcs).filter((_, i) => coefficients[i] === coefficient);
      return {
        name: `${name} of ${coefficient}`,
        arcs: Int32Array.from(chosen),
        coefficients: new Float64Array(chosen.length).fill(1),
      };
    }),
  ],
});
