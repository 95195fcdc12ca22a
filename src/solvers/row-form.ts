import { ProblemError } from "../base/errors.js";
import { sumOfDoubles } from "../base/sums.js";
import type { KernelModel, KernelRow } from "../kernel/model.js";

/** Coefficients of rows are made whole by a power of ten up to this; finer ones are refused. */
const FINEST = 1e6;

/** A row in whole numbers: `scale` times the model's, so that every value it can take is a whole number. */
export interface RowForm {
  readonly scale: number;
  /** [arc, whole coefficient], each arc once, none 0. */
  readonly terms: readonly (readonly [number, number])[];
  /** What the agents can add up to, each by one arc or none. */
  readonly least: number;
  readonly most: number;
  /** The row's own bounds, at the whole numbers inside. */
  readonly min: number;
  readonly max: number;
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) <= 1e-9 * Math.max(1, Math.abs(value));

const tooFine = (row: KernelRow, path: string): ProblemError =>
  new ProblemError([
    {
      code: "model.too-fine",
      path,
      subject: row.name,
      expected: "at most 6 decimals",
      received: "more",
      message: `${path} of row ${row.name} has more than 6 decimals; coefficients are whole, or have at most 6 decimals.`,
      hint: null,
    },
  ]);

const scaleOf = (row: KernelRow, r: number): number => {
  const coefficients = Array.from(row.coefficients);
  for (let scale = 1; scale <= FINEST; scale *= 10)
    if (coefficients.every((coefficient) => isWhole(coefficient * scale))) return scale;
  throw tooFine(row, `rows[${r}].coefficients`);
};

/**
 * A row of the model in whole numbers. An arc that is listed twice counts with the sum.
 *
 * @throws ProblemError `model.too-fine` where a coefficient has more than 6 decimals.
 */
export const rowForm = (model: KernelModel, row: KernelRow, r: number): RowForm => {
  const scale = scaleOf(row, r);
  const byArc = new Map<number, number>();
  for (let i = 0; i < row.arcs.length; i++) {
    const arc = row.arcs[i] ?? -1;
    byArc.set(arc, (byArc.get(arc) ?? 0) + Math.round((row.coefficients[i] ?? 0) * scale));
  }
  const terms = [...byArc].filter(([, coefficient]) => coefficient !== 0);
  const [lowest, highest] = [new Map<number, number>(), new Map<number, number>()];
  for (const [arc, coefficient] of terms) {
    const agent = model.arcs.agent[arc] ?? -1;
    lowest.set(agent, Math.min(lowest.get(agent) ?? 0, coefficient));
    highest.set(agent, Math.max(highest.get(agent) ?? 0, coefficient));
  }
  const hair = (bound: number): number => 1e-9 * Math.max(1, Math.abs(bound));
  const [min, max] = [(row.min ?? Number.NEGATIVE_INFINITY) * scale, (row.max ?? Number.POSITIVE_INFINITY) * scale];
  return {
    scale,
    terms,
    least: sumOfDoubles(lowest.values()),
    most: sumOfDoubles(highest.values()),
    min: Number.isFinite(min) ? Math.ceil(min - hair(min)) : min,
    max: Number.isFinite(max) ? Math.floor(max + hair(max)) : max,
  };
};
