import type { Boxes } from "./boxes.js";
import type { EngineModel } from "./lp-engine.js";
import type { PlainModel } from "./plain.js";

/** Numbers above this are not computed with reliably (pivots of 1e-8 and below count as 0). */
const LARGEST_NUMBER = 1e6;
/** Name of the objective; rows are r0, r1, ..., so none is ever named like it. */
const OBJECTIVE = "objective";

/** A plain model as the engine gets it, and the way back. */
export interface EngineTask {
  readonly model: EngineModel;
  /** Variable v<j> of the engine is x_j - shift[j]; variables that are absent are fixed at their shift. */
  readonly shift: readonly number[];
  readonly asked: readonly boolean[];
  readonly rows: number;
  readonly columns: number;
  readonly integers: number;
  /** Objective of the shift alone. */
  readonly constant: number;
  /** Whether every number is small enough for the engine's arithmetic. */
  readonly tame: boolean;
}

interface ShiftedRow {
  readonly min: number;
  readonly max: number;
  readonly terms: readonly (readonly [number, number])[];
}

const shiftedRows = (model: PlainModel, { lo, hi }: Boxes, asked: readonly boolean[]): readonly ShiftedRow[] =>
  model.cons.flatMap((row) => {
    let [base, least, most] = [0, 0, 0];
    for (const [j, a] of row.t) {
      base += a * (lo[j] ?? 0);
      const width = a * ((hi[j] ?? 0) - (lo[j] ?? 0));
      if (asked[j] !== true) continue;
      least += Math.min(0, width);
      most += Math.max(0, width);
    }
    // A side that the boxes keep by themselves says nothing; the boxes are in the model.
    const min = row.lo - base <= least ? Number.NEGATIVE_INFINITY : row.lo - base;
    const max = row.hi - base >= most ? Number.POSITIVE_INFINITY : row.hi - base;
    const terms = row.t.filter(([j, a]) => asked[j] === true && a !== 0);
    return min === Number.NEGATIVE_INFINITY && max === Number.POSITIVE_INFINITY ? [] : [{ min, max, terms }];
  });

/** Variables that some "<=" row of nonnegative terms keeps within their boxes: they need no row of their own. */
const keptByRows = (rows: readonly ShiftedRow[], width: readonly number[]): ReadonlySet<number> =>
  new Set(
    rows
      .filter(({ max, terms }) => Number.isFinite(max) && terms.every(([, a]) => a > 0))
      .flatMap(({ max, terms }) => terms.filter(([j, a]) => max / a <= (width[j] ?? 0)).map(([j]) => j)),
  );

const bare = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> => {
  const record: Record<string, T> = Object.create(null) as Record<string, T>;
  for (const [key, value] of entries) record[key] = value;
  return record;
};

const sidesOf = ({ min, max }: ShiftedRow): Record<string, number> =>
  min === max
    ? bare([["equal", min]])
    : bare([
        ...(min === Number.NEGATIVE_INFINITY ? [] : [["min", min] as const]),
        ...(max === Number.POSITIVE_INFINITY ? [] : [["max", max] as const]),
      ]);

/**
 * The engine's model: variables shifted to start at 0 and boxed, fixed ones put in, ids of our own, objects without a prototype.
 *
 * Shape: one row per side of a row, one per variable that no row boxes. Edge: boxes must be finite.
 */
export const engineTask = (model: PlainModel, boxes: Boxes, timeoutMs: number): EngineTask => {
  const shift = [...boxes.lo];
  const width = shift.map((least, j) => (boxes.hi[j] ?? 0) - least);
  const asked = width.map((room) => room > 0);
  const rows = shiftedRows(model, boxes, asked);
  const kept = keptByRows(rows, width);
  const own = width.flatMap((room, j): readonly ShiftedRow[] =>
    asked[j] === true && !kept.has(j) ? [{ min: Number.NEGATIVE_INFINITY, max: room, terms: [[j, 1]] }] : [],
  );
  const all = [...rows, ...own];
  const columns = new Map<number, [string, number][]>();
  for (const [j, { obj }] of model.vars.entries()) if (asked[j] === true) columns.set(j, [[OBJECTIVE, obj]]);
  let largest = 0;
  for (const [i, { min, max, terms }] of all.entries()) {
    for (const side of [min, max]) if (Number.isFinite(side)) largest = Math.max(largest, Math.abs(side));
    for (const [j, a] of terms) {
      largest = Math.max(largest, Math.abs(a));
      columns.get(j)?.push([`r${i}`, a]);
    }
  }
  for (const [j] of columns) largest = Math.max(largest, Math.abs(model.vars[j]?.obj ?? 0));
  const integers = [...columns.keys()].filter((j) => model.vars[j]?.type !== "C");
  const timeout = Math.max(1, Math.floor(timeoutMs));
  return {
    model: {
      optimize: OBJECTIVE,
      opType: model.sense,
      constraints: bare(all.map((row, i) => [`r${i}`, sidesOf(row)] as const)),
      variables: bare([...columns].map(([j, terms]) => [`v${j}`, bare(terms)] as const)),
      ints: bare(integers.map((j) => [`v${j}`, 1] as const)),
      external: undefined,
      timeout,
      options: { presolve: false, timeout },
    },
    shift,
    asked,
    rows: all.reduce((sum, { min, max }) => sum + (Number.isFinite(min) ? 1 : 0) + (Number.isFinite(max) ? 1 : 0), 0),
    columns: columns.size,
    integers: integers.length,
    constant: model.vars.reduce((sum, { obj }, j) => sum + obj * (shift[j] ?? 0), 0),
    tame: largest <= LARGEST_NUMBER,
  };
};
