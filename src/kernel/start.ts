// Typed arrays are read with `as number` here: every index comes from the core.
import { noPrices, type Prices, type Relaxation, type Relaxed, type Task } from "./relax.js";
import { largestStep, rowValues } from "./stage.js";

/** Relaxations tried for one price: the rest of the way is short for a bundle that prices blocks alike without penalty. */
const MOST_TRIES = 8;
/** Where a good price is known from prices that were much the same. */
const TRIES_AGAIN = 2;
/** Prices of a limit that bring nothing before no others are tried. */
const MOST_POOR = 3;
/** Steps of rows away from a choice, so many in vain; and the first step towards a level is so small a part of it. */
const FREE = 4;
const STEPS = 24;
const STEPS_IN_VAIN = 4;
const FIRST_REACH = 256;
/** Largest price that a start puts on a limit. */
const LARGEST_START = 2 ** 40;

/** What a unit of the stage's rows, all taken together, is at each arc. */
const unitsOfRows = ({ core, stage }: Task): Float64Array => {
  const units = new Float64Array(core.arcs);
  for (const row of stage.rows)
    for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++) {
      const arc = core.byRow.items[i] as number;
      units[arc] = (units[arc] as number) + (core.rowCoefficients[i] as number) / (core.rowScale[row] as number);
    }
  return units;
};

/** Per limit what its price has to be, at least, that serving stays worth a price of 1 on each unit. */
const worthOf = (task: Task, { arcs }: Relaxation): readonly number[] => {
  const units = unitsOfRows(task);
  return task.limits.map(({ priced: { weights } }) => {
    let most = 0;
    if (weights === null) return most;
    for (const arc of arcs.arc)
      if ((weights[arc] as number) < 0)
        most = Math.max(most, Math.abs((units[arc] as number) / (weights[arc] as number)));
    return most;
  });
};

interface Point {
  readonly price: number;
  readonly bound: number;
  readonly slope: number;
}

/** What one price comes to on each row, and which rows move with it. */
type RowPrices = (price: number) => { readonly row: Float64Array; readonly moves: (row: number) => boolean };

/**
 * The best of one price that others follow from: tangents from both sides (Kelley 1960) lead to it. Where it makes serving dear, limits are priced so
 * that it stays worth while.
 */
const commonPrice = (
  task: Task,
  relaxed: Relaxation,
  given: {
    readonly first: number;
    readonly reach: number;
    readonly tries: number;
    readonly pricesAt: RowPrices;
    readonly stop: () => boolean;
  },
): { readonly best: Relaxed; readonly price: number } => {
  const { core, stage } = task;
  const worth = worthOf(task, relaxed);
  const evaluate = (one: number): { readonly now: Relaxed; readonly point: Point } => {
    const { row, moves } = given.pricesAt(one);
    let dearest = 0;
    for (const own of stage.rows)
      dearest = Math.max(dearest, Math.abs(row[own] as number) * (core.rowScale[own] as number));
    const now = relaxed.evaluate({
      row,
      limit: Float64Array.from(worth, (most) => Math.min(LARGEST_START, Math.ceil(2 * dearest * most))),
    });
    let slope = 0;
    for (const own of stage.rows)
      if (moves(own))
        slope += ((now.wanted[own] as number) - (now.brought[own] as number)) / (core.rowScale[own] as number);
    return { now, point: { price: one, bound: now.bound, slope } };
  };
  const begun = evaluate(given.first);
  let best = begun.now;
  let price = given.first;
  const ends: { low: Point | null; high: Point | null } = { low: null, high: null };
  const put = (one: Point): void => {
    if (one.slope > 0) ends.low = one;
    else ends.high = one;
  };
  const look = (one: number): void => {
    const { now, point } = evaluate(one);
    put(point);
    if (now.bound <= best.bound) return;
    best = now;
    price = one;
  };
  put(begun.point);
  let { reach } = given;
  for (let tries = 0; tries < given.tries && !given.stop(); tries++) {
    const { low, high } = ends;
    if (low?.slope === 0 || high?.slope === 0) break;
    if (low === null || high === null) {
      if (reach > LARGEST_START) break;
      look(high === null ? given.first + reach : given.first - reach);
      reach *= 4;
      continue;
    }
    const middle =
      (high.bound - low.bound + low.slope * low.price - high.slope * high.price) / (low.slope - high.slope);
    const promised = low.bound + low.slope * (middle - low.price);
    if (promised <= best.bound + 0.5 || !(middle > low.price && middle < high.price)) break;
    look(middle);
  }
  return { best, price };
};

/** The best of one price for a unit of every row of the stage: where rows share out one total, that is most of what is to be known. */
export const alikePrices = (task: Task, relaxed: Relaxation): Relaxed => {
  const { core, stage, limits } = task;
  const none = relaxed.evaluate(noPrices(core, limits.length));
  if (stage.rows.length === 0) return none;
  const pricesAt: RowPrices = (price) => {
    const row = new Float64Array(core.rows);
    for (const one of stage.rows) row[one] = Math.round(price / (core.rowScale[one] as number)) + 0;
    return { row, moves: () => true };
  };
  const { best } = commonPrice(task, relaxed, {
    first: -1,
    reach: largestStep(stage) / 64,
    tries: MOST_TRIES,
    pricesAt,
    stop: () => false,
  });
  return best.bound > none.bound ? best : none;
};

/**
 * Prices at which a choice could be the best there is: each row's is between what one less and what one more on it costs there, and inside of that on
 * one level for all, as where a total is shared out (equal marginal costs: Gross 1956; Ibaraki and Katoh 1988). Rows to which such prices bring more or less than
 * they want show that it is not: for them more or less is taken for the best, in ever longer steps.
 */
export const levelPrices = (
  task: Task,
  relaxed: Relaxation,
  given: { readonly arcOf: Int32Array; readonly stop: () => boolean },
): Relaxed => {
  const { core, stage } = task;
  const { arcOf, stop } = given;
  const { low, high } = relaxed.domain;
  const y = rowValues(core, arcOf);
  const step = new Float64Array(core.rows);
  const strayedBy = new Float64Array(core.rows);
  const isFree = new Uint8Array(core.rows);
  const tableOf = new Map([...stage.rows].map((row, i) => [row, stage.tables[i] as Float64Array]));
  /** The prices at which a row's value is the cheapest. */
  const pricesOf = (row: number): { readonly least: number; readonly most: number } => {
    const table = tableOf.get(row) as Float64Array;
    const at = (y[row] as number) - (core.rowLow[row] as number);
    const [before, own, after] = [table[at - 1] as number, table[at] as number, table[at + 1] as number];
    return {
      least: (y[row] as number) < (high[row] as number) ? own - after : Number.NEGATIVE_INFINITY,
      most: (y[row] as number) > (low[row] as number) ? before - own : Number.POSITIVE_INFINITY,
    };
  };
  const level = (price: number, row: number): number => Math.round(price / (core.rowScale[row] as number)) + 0;
  const pricesAt: RowPrices = (price) => {
    const row = new Float64Array(core.rows);
    for (const one of stage.rows) {
      const { least, most } = pricesOf(one);
      const own = level(price, one);
      row[one] = isFree[one] === 1 ? own : Math.min(most, Math.max(least, own));
    }
    return { row, moves: (one) => row[one] === level(price, one) };
  };
  const search = (price: number, tries: number) =>
    commonPrice(task, relaxed, {
      first: price,
      reach: Math.max(1, Math.abs(price) / FIRST_REACH),
      tries,
      pricesAt,
      stop,
    });
  const middles = [...stage.rows].flatMap((row) => {
    const { least, most } = pricesOf(row);
    const middle = ((least + most) / 2) * (core.rowScale[row] as number);
    return Number.isFinite(middle) ? [middle] : [];
  });
  let now = search(Math.round(middles.sort((a, b) => a - b)[middles.length >> 1] ?? 0), MOST_TRIES);
  let { best } = now;
  for (let round = 0, vain = 0; round < STEPS && vain < STEPS_IN_VAIN && !stop(); round++) {
    const { wanted, brought } = now.best;
    const { moves } = pricesAt(now.price);
    let strayed = 0;
    for (const row of stage.rows) {
      const by = (brought[row] as number) - (wanted[row] as number);
      if (by === 0 || moves(row)) continue;
      const before = step[row] as number;
      // What a small step turns from too little into too much is free to go elsewhere.
      if (before * by < 0 && Math.abs(by - (strayedBy[row] as number)) > FREE * Math.abs(before)) isFree[row] = 1;
      step[row] =
        before * by > 0 ? before * 2 : before === 0 ? Math.sign(by) : -Math.trunc(before / 2) || Math.sign(by);
      strayedBy[row] = by;
      y[row] = Math.min(high[row] as number, Math.max(low[row] as number, (y[row] as number) + (step[row] as number)));
      strayed++;
    }
    if (strayed === 0) break;
    now = search(now.price, TRIES_AGAIN);
    vain = now.best.bound > best.bound ? 0 : vain + 1;
    if (vain === 0) ({ best } = now);
  }
  return best;
};

/**
 * Where to start: nothing priced, or one limit priced together with the rows as the limit's own bound has it;
 * that price is tried in ever larger steps as long as the bound rises.
 */
export const startPrices = (task: Task, relaxed: Relaxation): Prices => {
  const { stage, limits } = task;
  let best = alikePrices(task, relaxed);
  for (const limit of limits) {
    const { support, unit } = limit;
    if (support === null) continue;
    let poor = 0;
    const first = Math.max(1, Math.floor(largestStep(stage) / largestStep(limit.priced) / 64));
    for (let price = first; price < LARGEST_START && poor < MOST_POOR; price *= 4) {
      const factor = price / unit;
      const now = relaxed.evaluate({
        row: support.row.map((one) => Math.round(one * factor) + 0),
        limit: Float64Array.from(limits, (other) =>
          other === limit ? price : Math.round((support.limits.get(other) ?? 0) * factor),
        ),
      });
      if (now.bound > best.bound) {
        best = now;
        poor = 0;
      } else poor++;
    }
  }
  return best.prices;
};
