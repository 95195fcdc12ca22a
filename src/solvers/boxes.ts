import { boxOf, type PlainModel, type PlainRow } from "./plain.js";

/** Least and largest value of every variable that its own bounds and the rows leave. */
export interface Boxes {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
}

/** Bounds of bounds: a chain of rows longer than this is left to the solver. */
const ROUNDS = 20;
/** A bound of a continuous variable moves only if it gains this much; it is then set this much too wide, relative to its size. */
const HAIR = 1e-9;
/** A row with continuous variables is called impossible only when it is missed by more than this, relative to its size. */
const CONTINUOUS_MARGIN = 1e-6;

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);

interface Sides {
  readonly lo: number;
  readonly hi: number;
}

/** A row of whole numbers takes multiples of their common divisor alone: its sides move to the next multiple inside. */
const sidesOf = (model: PlainModel, { lo, hi, t }: PlainRow): Sides => {
  if (t.length === 0 || t.some(([j, a]) => !Number.isInteger(a) || model.vars[j]?.type === "C")) return { lo, hi };
  const step = t.reduce((divisor, [, a]) => greatestCommonDivisor(divisor, a), 0);
  if (step === 0) return { lo, hi };
  return { lo: Math.ceil(lo / step - HAIR) * step, hi: Math.floor(hi / step + HAIR) * step };
};

interface Reach {
  readonly least: number;
  readonly most: number;
  readonly size: number;
}

/** What the terms of a row but one can add up to. */
const reachOf = ({ t }: PlainRow, { lo, hi }: Boxes, without: number): Reach => {
  let [least, most, size] = [0, 0, 1];
  for (const [j, a] of t) {
    if (j === without || a === 0) continue;
    const [x, y] = [a * (lo[j] ?? 0), a * (hi[j] ?? 0)];
    least += Math.min(x, y);
    most += Math.max(x, y);
    size = Math.max(size, Number.isFinite(x) ? Math.abs(x) : 1, Number.isFinite(y) ? Math.abs(y) : 1);
  }
  return { least, most, size };
};

/** One variable's box by one row; true where it moved. */
const tighten = (
  model: PlainModel,
  boxes: Boxes,
  row: PlainRow,
  sides: Sides,
  [j, a]: readonly [number, number],
): boolean => {
  const { least, most } = reachOf(row, boxes, j);
  const [one, other] = [(sides.lo - most) / a, (sides.hi - least) / a];
  let [low, high] = a > 0 ? [one, other] : [other, one];
  if (model.vars[j]?.type === "C") {
    low -= HAIR * Math.max(1, Math.abs(low));
    high += HAIR * Math.max(1, Math.abs(high));
  } else [low, high] = [Math.ceil(low - 1e-6), Math.floor(high + 1e-6)];
  const gain = model.vars[j]?.type === "C" ? HAIR : 0;
  let moved = false;
  if (Number.isFinite(low) && low > (boxes.lo[j] ?? 0) + gain * (2 + 2 * Math.abs(low))) {
    boxes.lo[j] = low;
    moved = true;
  }
  if (Number.isFinite(high) && high < (boxes.hi[j] ?? 0) - gain * (2 + 2 * Math.abs(high))) {
    boxes.hi[j] = high;
    moved = true;
  }
  return moved;
};

const isEmpty = (model: PlainModel, { lo, hi }: Boxes): boolean =>
  model.vars.some(({ type }, j) => {
    const gap = (lo[j] ?? 0) - (hi[j] ?? 0);
    return gap > (type === "C" ? CONTINUOUS_MARGIN * Math.max(1, Math.abs(lo[j] ?? 0)) : 0);
  });

/**
 * The boxes of all variables by bounds, rows and whole numbers, or null where that alone proves that no point exists.
 *
 * Shape: at most 20 rounds over all rows. Edge: a variable that nothing bounds keeps an infinite box.
 */
export const boxesOf = (model: PlainModel): Boxes | null => {
  const own = model.vars.map(boxOf);
  const boxes: Boxes = {
    lo: Float64Array.from(own, ([least]) => least),
    hi: Float64Array.from(own, ([, most]) => most),
  };
  const sides = model.cons.map((row) => sidesOf(model, row));
  let moved = true;
  for (let round = 0; round < ROUNDS && moved; round++) {
    moved = false;
    if (isEmpty(model, boxes)) return null;
    for (const [i, row] of model.cons.entries()) {
      const side = sides[i] ?? row;
      const { least, most, size } = reachOf(row, boxes, -1);
      const margin = size * (row.t.every(([j]) => model.vars[j]?.type !== "C") ? HAIR : CONTINUOUS_MARGIN);
      if (side.lo > side.hi || least > side.hi + margin || most < side.lo - margin) return null;
      if (least >= side.lo && most <= side.hi) continue;
      for (const term of row.t) if (term[1] !== 0 && tighten(model, boxes, row, side, term)) moved = true;
    }
  }
  return isEmpty(model, boxes) ? null : boxes;
};
