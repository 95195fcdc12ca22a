import { type Assigned, assign, type Openness } from "./assignment.js";
import type { IntegerForm, Stage } from "./integer-form.js";

/** An earlier stage that must keep its value: stage value <= most, whole. */
export interface Kept {
  readonly stage: Stage;
  readonly most: number;
  /** The same rounded down to few digits, which any choice that keeps the stage keeps too: for pricing. */
  readonly coarse: { readonly stage: Stage; readonly most: number };
}

/** Sizes of kept stages that are priced: prices are whole multiples of 1/UNIT, and finer values would leave them no room. */
const COARSE = 2 ** 22;

/** Keep a stage at `most`. */
export const keep = (stage: Stage, most: number): Kept => {
  const size =
    stage.weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) +
    stage.tables.reduce((sum, { at }) => sum + at.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0), 0);
  if (size <= COARSE) return { stage, most, coarse: { stage, most } };
  const by = COARSE / size;
  const down = (values: Float64Array) => values.map((value) => Math.floor(value * by));
  const coarse = {
    ...stage,
    weights: down(stage.weights),
    tables: stage.tables.map(({ row, at }) => ({ row, at: down(at) })),
  };
  return { stage, most, coarse: { stage: coarse, most: Math.floor(most * by) } };
};

/** What is to be minimised, and what must hold. */
export interface Task {
  readonly form: IntegerForm;
  readonly stage: Stage;
  readonly kept: readonly Kept[];
}

/** A part of the search space: rows within [low, high], some arcs closed, some agents bound to take one. */
export interface Region extends Openness {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Prices in whole 1/UNIT: one per row, one per kept stage (>= 0). */
export interface Prices {
  readonly row: Float64Array;
  readonly kept: Float64Array;
}

/** Prices are whole multiples of 1/UNIT, so that every bound is computed in whole numbers. */
export const UNIT = 1024;

/** What the relaxed problem gives at some prices. */
export interface Relaxed {
  /** A valid lower bound on the stage's value in the region, in whole 1/UNIT; Infinity where the region is empty. */
  readonly bound: number;
  readonly assigned: Assigned | null;
  /** Row values of the relaxed choice, and those that each row would have by itself. */
  readonly taken: Float64Array;
  readonly wanted: Float64Array;
  readonly keptSlack: Float64Array;
  /** cost[i] of the relaxed assignment. */
  readonly cost: Float64Array;
}

/** Rows that bind or are priced somewhere: tables of the stage or of a kept stage, or bounds that a choice could break. */
export const activeRows = ({ form, stage, kept }: Task, region: Region): readonly number[] => {
  const least = new Float64Array(form.rows.length);
  const most = new Float64Array(form.rows.length);
  for (let agent = 0; agent < form.agents; agent++) {
    const low = new Map<number, number>();
    const high = new Map<number, number>();
    for (let arc = form.firstArc[agent] as number; arc < (form.firstArc[agent + 1] as number); arc++) {
      for (let e = form.firstEntry[arc] as number; e < (form.firstEntry[arc + 1] as number); e++) {
        const [row, value] = [form.entryRow[e] as number, form.entryCoefficient[e] as number];
        if (value < (low.get(row) ?? 0)) low.set(row, value);
        if (value > (high.get(row) ?? 0)) high.set(row, value);
      }
    }
    for (const [row, value] of low) least[row] = (least[row] as number) + value;
    for (const [row, value] of high) most[row] = (most[row] as number) + value;
  }
  const tabled = new Set(
    [stage, ...kept.map((one) => one.stage)].flatMap(({ tables }) => tables.map(({ row }) => row)),
  );
  return form.rows.flatMap((_, row) =>
    tabled.has(row) ||
    (region.low[row] as number) > (least[row] as number) ||
    (region.high[row] as number) < (most[row] as number)
      ? [row]
      : [],
  );
};

/** Tables of the stage and the kept stages, by row. */
export interface TablesByRow {
  readonly stage: ReadonlyMap<number, Float64Array>;
  readonly kept: readonly ReadonlyMap<number, Float64Array>[];
}

export const tablesByRow = ({ stage, kept }: Task): TablesByRow => ({
  stage: new Map(stage.tables.map(({ row, at }) => [row, at])),
  kept: kept.map(({ coarse }) => new Map(coarse.stage.tables.map(({ row, at }) => [row, at]))),
});

/**
 * The Lagrangian relaxation: rows lose their tie to the choice and get a price instead.
 * L(prices) = min over choices of sum (UNIT w + sum_j kept_j w_j + sum_r row_r a_r) x
 *   + sum over rows of min over low <= y <= high of (UNIT f(y) + sum_j kept_j f_j(y) - row_r y) - sum_j kept_j most_j.
 *
 * Every value of L is a lower bound (weak duality; Geoffrion 1974). Whole numbers throughout.
 */
export const relax = (
  task: Task,
  region: Region,
  { prices, rows, tables }: { readonly prices: Prices; readonly rows: readonly number[]; readonly tables: TablesByRow },
): Relaxed => {
  const { form, stage, kept } = task;
  const cost = new Float64Array(form.arcs);
  for (let arc = 0; arc < form.arcs; arc++) {
    let value = UNIT * (stage.weights[arc] as number);
    for (let j = 0; j < kept.length; j++)
      value += (prices.kept[j] as number) * ((kept[j] as Kept).coarse.stage.weights[arc] as number);
    for (let e = form.firstEntry[arc] as number; e < (form.firstEntry[arc + 1] as number); e++)
      value += (prices.row[form.entryRow[e] as number] as number) * (form.entryCoefficient[e] as number);
    cost[arc] = value;
  }
  const taken = new Float64Array(form.rows.length);
  const wanted = new Float64Array(form.rows.length);
  const keptSlack = new Float64Array(kept.length);
  const assigned = assign(form, cost, region);
  if (assigned === null) return { bound: Number.POSITIVE_INFINITY, assigned, taken, wanted, keptSlack, cost };
  let bound = assigned.cost;
  for (let j = 0; j < kept.length; j++) {
    bound -= (prices.kept[j] as number) * (kept[j] as Kept).coarse.most;
    keptSlack[j] = -(kept[j] as Kept).coarse.most;
  }
  for (let agent = 0; agent < form.agents; agent++) {
    const arc = assigned.arcOf[agent] as number;
    if (arc < 0) continue;
    for (let j = 0; j < kept.length; j++)
      keptSlack[j] = (keptSlack[j] as number) + ((kept[j] as Kept).coarse.stage.weights[arc] as number);
    for (let e = form.firstEntry[arc] as number; e < (form.firstEntry[arc + 1] as number); e++) {
      const row = form.entryRow[e] as number;
      taken[row] = (taken[row] as number) + (form.entryCoefficient[e] as number);
    }
  }
  for (const row of rows) {
    const [low, high, base] = [region.low[row] as number, region.high[row] as number, form.rows[row]?.low ?? 0];
    if (high < low) return { bound: Number.POSITIVE_INFINITY, assigned: null, taken, wanted, keptSlack, cost };
    const price = prices.row[row] as number;
    const own = tables.stage.get(row);
    const others = tables.kept.map((byRow) => byRow.get(row));
    if (own === undefined && others.every((table) => table === undefined)) {
      wanted[row] = price > 0 ? high : price < 0 ? low : Math.min(high, Math.max(low, taken[row] as number));
      bound -= price * (wanted[row] as number);
      continue;
    }
    let best = Number.POSITIVE_INFINITY;
    let bestY = low;
    for (let y = low; y <= high; y++) {
      let value = (own === undefined ? 0 : UNIT * (own[y - base] as number)) - price * y;
      for (let j = 0; j < others.length; j++) {
        const table = others[j];
        if (table !== undefined) value += (prices.kept[j] as number) * (table[y - base] as number);
      }
      const nearer = value === best && Math.abs(y - (taken[row] as number)) < Math.abs(bestY - (taken[row] as number));
      if (value < best || nearer) {
        best = value;
        bestY = y;
      }
    }
    wanted[row] = bestY;
    bound += best;
    for (let j = 0; j < others.length; j++) {
      const table = others[j];
      if (table !== undefined) keptSlack[j] = (keptSlack[j] as number) + (table[bestY - base] as number);
    }
  }
  return { bound, assigned, taken, wanted, keptSlack, cost };
};
