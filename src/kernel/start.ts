// Typed arrays are read with `as number` here: every index comes from the core.
import { noPrices, type Prices, type Relaxation, type Relaxed, type Task } from "./relax.js";
import { largestStep, rowValues } from "./stage.js";

/** Relaxations tried for one price: the rest of the way is short for a bundle that prices blocks alike without penalty. */
const MOST_TRIES = 8;
/** Prices of a limit that bring nothing before no others are tried. */
const MOST_POOR = 3;
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

/**
 * The best of one price for a unit of every row of the stage: where rows share out one total, that is most of what is to be known.
 * Where it makes serving dear, limits are priced so that it stays worth while. Tangents from both sides (Kelley 1960) lead to it.
 */
export const alikePrices = (task: Task, relaxed: Relaxation): Relaxed => {
  const { core, stage, limits } = task;
  let best = relaxed.evaluate(noPrices(core, limits.length));
  if (stage.rows.length === 0) return best;
  const worth = worthOf(task, relaxed);
  const at = (price: number): Point => {
    const row = new Float64Array(core.rows);
    for (const one of stage.rows) row[one] = Math.round(price / (core.rowScale[one] as number)) + 0;
    const now = relaxed.evaluate({
      row,
      limit: Float64Array.from(worth, (most) => Math.min(LARGEST_START, Math.ceil(2 * Math.abs(price) * most))),
    });
    if (now.bound > best.bound) best = now;
    let slope = 0;
    for (const one of stage.rows)
      slope += ((now.wanted[one] as number) - (now.brought[one] as number)) / (core.rowScale[one] as number);
    return { price, bound: now.bound, slope };
  };
  const first = at(-1);
  const ends: { low: Point | null; high: Point | null } = { low: null, high: null };
  const put = (point: Point): void => {
    if (point.slope > 0) ends.low = point;
    else ends.high = point;
  };
  put(first);
  let reach = largestStep(stage) / 64;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { low, high } = ends;
    if (low?.slope === 0 || high?.slope === 0) break;
    if (low === null || high === null) {
      if (reach > LARGEST_START) break;
      put(at(high === null ? reach : -reach));
      reach *= 4;
      continue;
    }
    const price = (high.bound - low.bound + low.slope * low.price - high.slope * high.price) / (low.slope - high.slope);
    const promised = low.bound + low.slope * (price - low.price);
    if (promised <= best.bound + 0.5 || !(price > low.price && price < high.price)) break;
    put(at(price));
  }
  return best;
};

/** What one more on each row of the stage costs at a choice: the prices of the best choice there is, were it one (Frank and Wolfe 1956). */
export const marginalPrices = ({ core, stage, limits }: Task, arcOf: Int32Array): Prices => {
  const prices = noPrices(core, limits.length);
  const y = rowValues(core, arcOf);
  stage.rows.forEach((row, i) => {
    const table = stage.tables[i] as Float64Array;
    const at = (y[row] as number) - (core.rowLow[row] as number);
    const [from, to] = [Math.max(0, at - 1), Math.min(table.length - 1, at + 1)];
    if (to > from) prices.row[row] = Math.round(((table[from] as number) - (table[to] as number)) / (to - from)) + 0;
  });
  return prices;
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
