// Typed arrays are read with `as number` here: every index was made in this file or comes from the core.
import type { Domain } from "./domain.js";
import { type Prices, type Relaxed, type RowTable, rowTables, type Task } from "./relax.js";

/** One assignment seen, as an upper bound on all relaxations: at no prices is the assignment's part above what this one costs there. */
export interface Cut {
  /** Its weights in the stage. */
  readonly own: number;
  /** What it brings to each priced row, and to each limit. */
  readonly rows: Float64Array;
  readonly limits: Float64Array;
  readonly arcOf: Int32Array;
  /** Its part in the mixture. */
  weight: number;
}

/** Steps of the mixture, and of the search along each. */
const SWEEPS = 150;
const SEARCHES = 12;
/** Last steps of the price on all blocks alike. */
const SETTLING = 20;

/** A table's largest convex function below it, over a range: what prices can see of it. */
const hullOf = (table: Float64Array, from: number, to: number): Float64Array => {
  const hull = table.slice(from, to + 1);
  const corners: number[] = [];
  for (let i = 0; i < hull.length; i++) {
    while (corners.length > 1) {
      const last = corners[corners.length - 1] as number;
      const before = corners[corners.length - 2] as number;
      const rise = ((hull[last] as number) - (hull[before] as number)) / (last - before);
      if (((hull[i] as number) - (hull[before] as number)) / (i - before) > rise) break;
      corners.pop();
    }
    corners.push(i);
  }
  for (let k = 1; k < corners.length; k++) {
    const a = corners[k - 1] as number;
    const b = corners[k] as number;
    for (let i = a + 1; i < b; i++)
      hull[i] = (hull[a] as number) + (((hull[b] as number) - (hull[a] as number)) * (i - a)) / (b - a);
  }
  return hull;
};

interface PricedRow {
  readonly row: number;
  readonly low: number;
  readonly high: number;
  /** Convex costs over [low, high]; -1 for the stage's own, else the limit's number. */
  readonly costs: readonly { readonly limit: number; readonly hull: Float64Array }[];
}

/** Rows that something depends on: a cost, or bounds tighter than what arcs can bring. */
const pricedRows = (task: Task, domain: Domain): readonly PricedRow[] => {
  const { core } = task;
  const tables = rowTables(task);
  const rows: PricedRow[] = [];
  for (let row = 0; row < core.rows; row++) {
    const low = domain.low[row] as number;
    const high = domain.high[row] as number;
    const base = core.rowLow[row] as number;
    const own = tables[row] as readonly RowTable[];
    if (own.length === 0 && low <= base && high >= (core.rowHigh[row] as number)) continue;
    const hulls = own.map(({ limit, table }) => ({ limit, hull: hullOf(table, low - base, high - base) }));
    rows.push({ row, low, high, costs: hulls });
  }
  return rows;
};

/** Prices of the priced rows and of the limits. */
export interface Point {
  readonly rows: Float64Array;
  readonly limits: Float64Array;
}

/**
 * The model that the cuts make of all relaxations, rows and limits exact: what the assignment adds is bounded by cuts, what rows add is known.
 * `settle` maximises it less a penalty on the distance from a centre (a bundle method with easy components: Frangioni and Gorgone 2014),
 * by way of its dual: the mixture of cuts, and row values, that cost least with the augmented Lagrangian of their difference.
 */
export const masterOf = (task: Task, domain: Domain, sizes: { rows: Float64Array; limits: Float64Array }) => {
  const { core, limits } = task;
  const rows = pricedRows(task, domain);
  const most = Float64Array.from(limits, (limit) => limit.most);
  // Rows that share out one total: a price on all of them alike, per unit, costs no penalty.
  const isBlock = new Set(task.blocks);
  const alike = Float64Array.from(rows, ({ row }) => (isBlock.has(row) ? 1 / (core.rowScale[row] as number) : 0));
  const unitOf = Float64Array.from(rows, ({ row }) => sizes.rows[row] as number);

  const cutOf = ({ arcOf, brought }: Relaxed): Cut => {
    let own = 0;
    const ofLimits = new Float64Array(limits.length);
    for (const arc of arcOf) {
      if (arc < 0) continue;
      own += task.stage.weights?.[arc] ?? 0;
      for (let k = 0; k < limits.length; k++)
        ofLimits[k] = (ofLimits[k] as number) + (limits[k]?.priced.weights?.[arc] ?? 0);
    }
    const ofRows = Float64Array.from(rows, ({ row }) => brought[row] as number);
    return { own, rows: ofRows, limits: ofLimits, arcOf, weight: 0 };
  };

  /** By how much the costs of a row rise from low + i to low + i + 1. */
  const riseAt = ({ costs }: PricedRow, i: number, limitPrices: Float64Array): number => {
    let sum = 0;
    for (const { limit, hull } of costs)
      sum += (limit < 0 ? 1 : (limitPrices[limit] as number)) * ((hull[i + 1] as number) - (hull[i] as number));
    return sum;
  };

  /** The value of a row that minimises costs + price * y + bend/2 * (y - near)^2, between whole values too. */
  const valueNear = (
    one: PricedRow,
    given: { price: number; bend: number; near: number; limitPrices: Float64Array },
  ): number => {
    const { low, high } = one;
    const { price, bend, near, limitPrices } = given;
    const free = near - price / bend;
    if (one.costs.length === 0) return Math.min(high, Math.max(low, free));
    let from = 0;
    let to = high - low;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (riseAt(one, middle, limitPrices) + bend * (low + middle + 1 - free) >= 0) to = middle;
      else from = middle + 1;
    }
    if (from >= high - low) return high;
    const at = low + from;
    return Math.min(at + 1, Math.max(at, free - riseAt(one, from, limitPrices) / bend));
  };

  /** What the rows' cheapest values cost at given prices. */
  const rowsAt = ({ rows: prices, limits: limitPrices }: Point): number => {
    let sum = 0;
    rows.forEach((one, i) => {
      const { low, high, costs } = one;
      const price = prices[i] as number;
      let from = 0;
      let to = high - low;
      if (costs.length === 0) from = price > 0 ? 0 : to;
      else
        while (from < to) {
          const middle = (from + to) >> 1;
          if (riseAt(one, middle, limitPrices) + price >= 0) to = middle;
          else from = middle + 1;
        }
      sum += price * (low + from);
      for (const { limit, hull } of costs)
        sum += (limit < 0 ? 1 : (limitPrices[limit] as number)) * (hull[from] as number);
    });
    return sum;
  };

  const cutAt = (cut: Cut, point: Point): number => {
    let sum = cut.own;
    for (let k = 0; k < most.length; k++) sum += (point.limits[k] as number) * (cut.limits[k] as number);
    for (let i = 0; i < rows.length; i++) sum -= (point.rows[i] as number) * (cut.rows[i] as number);
    return sum;
  };

  /** The next point to try from a centre with a step, and the bound that the model promises there. Mixture weights change in the cuts. */
  const settle = (
    cuts: readonly Cut[],
    centre: Point,
    given: { readonly step: number; readonly precision: number },
  ): { point: Point; promised: number } => {
    const { step, precision } = given;
    const bend = unitOf.map((unit) => step / (unit * unit));
    const limitBend = sizes.limits.map((unit) => step / (unit * unit));
    const mixed = new Float64Array(rows.length);
    const mixedLimits = new Float64Array(most.length);
    for (const { weight, rows: own, limits: ownLimits } of cuts) {
      if (weight === 0) continue;
      for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] as number) + weight * (own[i] as number);
      for (let k = 0; k < most.length; k++)
        mixedLimits[k] = (mixedLimits[k] as number) + weight * (ownLimits[k] as number);
    }
    const point = { rows: centre.rows.slice(), limits: centre.limits.slice() };
    let common = 0;
    /** Set the point to what mixed values make of it. The price on all blocks alike takes a step of Newton's towards what keeps their sum. */
    const respond = (at: Float64Array, atLimits: Float64Array): void => {
      let apart = 0;
      let give = 0;
      const over = Float64Array.from(most, (limit, k) => (atLimits[k] as number) - limit);
      rows.forEach((one, i) => {
        const share = alike[i] as number;
        const price = (centre.rows[i] as number) + share * common;
        const own = bend[i] as number;
        const near = at[i] as number;
        const y = valueNear(one, { price, bend: own, near, limitPrices: point.limits });
        point.rows[i] = price + own * (y - near);
        apart += share * (y - near);
        // A row held at an end of its range gives nothing.
        if (y > one.low && y < one.high) give += (share * share) / own;
        for (const { limit, hull } of one.costs) {
          if (limit < 0) continue;
          const cell = Math.min(hull.length - 1, Math.floor(y - one.low));
          const part = y - one.low - cell;
          const next = Math.min(hull.length - 1, cell + 1);
          const value = (hull[cell] as number) * (1 - part) + (hull[next] as number) * part;
          over[limit] = (over[limit] as number) + value;
        }
      });
      if (give > 0) common += apart / give;
      for (let k = 0; k < most.length; k++) {
        const wanted = Math.max(0, (centre.limits[k] as number) + (limitBend[k] as number) * (over[k] as number));
        // Halfway: rows answer to limits' prices, and these to the rows.
        point.limits[k] = ((point.limits[k] as number) + wanted) / 2;
      }
    };
    respond(mixed, mixedLimits);
    const trial = new Float64Array(rows.length);
    const trialLimits = new Float64Array(most.length);
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      let low = 0;
      let high = -1;
      let least = Number.POSITIVE_INFINITY;
      let dearest = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < cuts.length; c++) {
        const value = cutAt(cuts[c] as Cut, point);
        if (value < least) {
          least = value;
          low = c;
        }
        if ((cuts[c] as Cut).weight > 0 && value > dearest) {
          dearest = value;
          high = c;
        }
      }
      if (high < 0 || high === low || dearest - least <= precision) break;
      const to = cuts[low] as Cut;
      const from = cuts[high] as Cut;
      const move = (by: number): void => {
        for (let i = 0; i < trial.length; i++)
          trial[i] = (mixed[i] as number) + by * ((to.rows[i] as number) - (from.rows[i] as number));
        for (let k = 0; k < most.length; k++)
          trialLimits[k] = (mixedLimits[k] as number) + by * ((to.limits[k] as number) - (from.limits[k] as number));
        respond(trial, trialLimits);
      };
      let [done, open] = [0, from.weight];
      move(open);
      // The cut that gains must not come to cost more than the one that gives: halve towards where they cost the same.
      if (cutAt(to, point) > cutAt(from, point)) {
        for (let i = 0; i < SEARCHES; i++) {
          const middle = (done + open) / 2;
          move(middle);
          if (cutAt(to, point) > cutAt(from, point)) open = middle;
          else done = middle;
        }
        move(done);
      } else done = open;
      if (done === 0) break;
      from.weight -= done;
      to.weight += done;
      mixed.set(trial);
      mixedLimits.set(trialLimits);
    }
    for (let i = 0; i < SETTLING; i++) respond(mixed, mixedLimits);
    let promised = rowsAt(point);
    for (let k = 0; k < most.length; k++) promised -= (point.limits[k] as number) * (most[k] as number);
    let least = Number.POSITIVE_INFINITY;
    for (const cut of cuts) least = Math.min(least, cutAt(cut, point));
    return { point, promised: promised + least };
  };

  const pointOf = ({ row, limit }: Prices): Point => ({
    rows: Float64Array.from(rows, (one) => row[one.row] as number),
    limits: limit.slice(),
  });
  const pricesOf = (
    { rows: own, limits: ownLimits }: Point,
    whole: (price: number, size: number) => number,
  ): Prices => {
    const row = new Float64Array(core.rows);
    rows.forEach((one, i) => {
      row[one.row] = whole(own[i] as number, 1);
    });
    return { row, limit: ownLimits.map((price, k) => Math.max(0, whole(price, sizes.limits[k] as number))) };
  };
  /** The squared length of what a relaxation would move prices by, in the units of rows and limits. */
  const steepness = ({ wanted, brought, excess }: Relaxed): number => {
    let sum = 0;
    rows.forEach(({ row }, i) => {
      sum += (((wanted[row] as number) - (brought[row] as number)) / (unitOf[i] as number)) ** 2;
    });
    excess.forEach((by, k) => {
      sum += (by / (sizes.limits[k] as number)) ** 2;
    });
    return sum;
  };
  return { cutOf, settle, pointOf, pricesOf, steepness };
};
