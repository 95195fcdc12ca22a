// Typed arrays are read with `as number` here: every index was made in this file or in ascent.ts.

/** What a block chose at some prices: what it costs without prices, and what it takes of each coordinate (an agent, a side row, a limit). */
export interface Column {
  readonly cost: number;
  readonly at: Int32Array;
  readonly by: Float64Array;
  readonly arcs: readonly number[];
  /** The value of the block's row. */
  readonly value: number;
}

/** Columns of one block, side by side; weights are 0 to 1 and come to 1. */
export interface Pool {
  count: number;
  /** Entries that a column has room for. */
  stride: number;
  at: Int32Array;
  by: Float64Array;
  readonly columns: Column[];
  readonly length: Int32Array;
  readonly cost: Float64Array;
  readonly weight: Float64Array;
  /** Costs at the prices looked at last. */
  readonly priced: Float64Array;
  /** Products of all pairs. */
  readonly products: Float64Array;
  /** Rounds since a column had weight. */
  readonly idle: Int32Array;
  readonly before: Float64Array;
}

/** Columns held of a block: those without weight for longest go first. */
const MOST_COLUMNS = 30;
/** Entries that are first made room for. */
const FIRST_STRIDE = 16;
/** A weight below this is none. */
const NO_WEIGHT = 1e-9;
/** Exchanges of weight within a block before the next has its turn. */
const EXCHANGES = 3;

export const poolOf = (): Pool => ({
  count: 0,
  stride: FIRST_STRIDE,
  at: new Int32Array(MOST_COLUMNS * FIRST_STRIDE),
  by: new Float64Array(MOST_COLUMNS * FIRST_STRIDE),
  columns: [],
  length: new Int32Array(MOST_COLUMNS),
  cost: new Float64Array(MOST_COLUMNS),
  weight: new Float64Array(MOST_COLUMNS),
  priced: new Float64Array(MOST_COLUMNS),
  products: new Float64Array(MOST_COLUMNS * MOST_COLUMNS),
  idle: new Int32Array(MOST_COLUMNS),
  before: new Float64Array(MOST_COLUMNS),
});

const widen = (pool: Pool, stride: number): void => {
  const at = new Int32Array(MOST_COLUMNS * stride);
  const by = new Float64Array(MOST_COLUMNS * stride);
  for (let i = 0; i < pool.count; i++) {
    at.set(pool.at.subarray(i * pool.stride, (i + 1) * pool.stride), i * stride);
    by.set(pool.by.subarray(i * pool.stride, (i + 1) * pool.stride), i * stride);
  }
  pool.stride = stride;
  pool.at = at;
  pool.by = by;
};

const isHeld = (pool: Pool, i: number, { cost, at, by }: Column): boolean => {
  if (pool.cost[i] !== cost || pool.length[i] !== at.length) return false;
  for (let j = 0, k = i * pool.stride; j < at.length; j++, k++)
    if (pool.at[k] !== at[j] || pool.by[k] !== by[j]) return false;
  return true;
};

/** Hold a column; what is held already gets the weight. `dense`: room for all coordinates, all 0. */
export const hold = (
  pool: Pool,
  column: Column,
  given: { readonly weight: number; readonly dense: Float64Array },
): void => {
  const { dense, weight } = given;
  const size = column.at.length;
  for (let i = 0; i < pool.count; i++) {
    pool.idle[i] = (pool.weight[i] as number) > 0 ? 0 : (pool.idle[i] as number) + 1;
    if (!isHeld(pool, i, column)) continue;
    pool.weight[i] = (pool.weight[i] as number) + weight;
    return;
  }
  let slot = pool.count;
  if (slot < MOST_COLUMNS) pool.count++;
  else {
    slot = -1;
    for (let i = 0; i < pool.count; i++)
      if (pool.weight[i] === 0 && (slot < 0 || (pool.idle[i] as number) > (pool.idle[slot] as number))) slot = i;
    if (slot < 0) return;
  }
  if (size > pool.stride) widen(pool, 2 * size);
  pool.columns[slot] = column;
  pool.cost[slot] = column.cost;
  pool.length[slot] = size;
  pool.weight[slot] = weight;
  pool.idle[slot] = 0;
  pool.at.set(column.at, slot * pool.stride);
  pool.by.set(column.by, slot * pool.stride);
  for (let j = 0; j < size; j++) dense[column.at[j] as number] = column.by[j] as number;
  for (let i = 0; i < pool.count; i++) {
    let sum = 0;
    for (let k = i * pool.stride, end = k + (pool.length[i] as number); k < end; k++)
      sum += (dense[pool.at[k] as number] as number) * (pool.by[k] as number);
    pool.products[i * MOST_COLUMNS + slot] = sum;
    pool.products[slot * MOST_COLUMNS + i] = sum;
  }
  for (let j = 0; j < size; j++) dense[column.at[j] as number] = 0;
};

/** Prices on the way from a centre: `point` is `centre` plus `step` times what is `left` of each coordinate, within its range. */
export interface Way {
  readonly point: Float64Array;
  centre: Float64Array;
  readonly left: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  step: number;
  /** Differences this small are let be. */
  nothing: number;
  /** Of the last pass: what the cheapest columns cost, and how much more the mixture does. */
  least: number;
  apart: number;
}

/** Columns' costs at a point; returns the least. */
export const price = (pool: Pool, point: Float64Array): number => {
  const { count, stride, at, by, length, cost, priced } = pool;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    let own = cost[i] as number;
    for (let k = i * stride, end = k + (length[i] as number); k < end; k++)
      own -= (by[k] as number) * (point[at[k] as number] as number);
    priced[i] = own;
    if (own < least) least = own;
  }
  return least;
};

/** Move weight from a block's dearest columns to its cheapest, and the point with it (pairwise steps of Frank and Wolfe, block by block: Shah, Kolmogorov and Lampert 2015). */
export const settle = (pool: Pool, way: Way): void => {
  const { count, weight, priced, products, before } = pool;
  const least = price(pool, way.point);
  let mixed = 0;
  for (let i = 0; i < count; i++) mixed += (weight[i] as number) * (priced[i] as number);
  way.least += least;
  way.apart += mixed - least;
  if (count === 1 || mixed - least <= way.nothing) return;
  for (let i = 0; i < count; i++) before[i] = weight[i] as number;
  for (let turn = 0; turn < EXCHANGES; turn++) {
    let [to, from] = [0, -1];
    for (let i = 0; i < count; i++) {
      if ((priced[i] as number) < (priced[to] as number)) to = i;
      if ((weight[i] as number) > 0 && (from < 0 || (priced[i] as number) > (priced[from] as number))) from = i;
    }
    const gain = (priced[from] as number) - (priced[to] as number);
    if (gain <= way.nothing) break;
    const bend =
      (products[to * MOST_COLUMNS + to] as number) +
      (products[from * MOST_COLUMNS + from] as number) -
      2 * (products[to * MOST_COLUMNS + from] as number);
    const open = weight[from] as number;
    let by = bend <= 0 ? open : Math.min(open, gain / (way.step * bend));
    if (open - by < NO_WEIGHT) by = open;
    weight[to] = (weight[to] as number) + by;
    weight[from] = open - by;
    const moved = way.step * by;
    for (let i = 0, a = to * MOST_COLUMNS, b = from * MOST_COLUMNS; i < count; i++, a++, b++)
      priced[i] = (priced[i] as number) + moved * ((products[a] as number) - (products[b] as number));
  }
  const { stride, at, by, length } = pool;
  const { point, centre, left, low, high, step } = way;
  for (let i = 0; i < count; i++) {
    const more = (weight[i] as number) - (before[i] as number);
    if (more === 0) continue;
    for (let k = i * stride, end = k + (length[i] as number); k < end; k++) {
      const one = at[k] as number;
      const own = (left[one] as number) - more * (by[k] as number);
      left[one] = own;
      point[one] = Math.max(low[one] as number, Math.min(high[one] as number, (centre[one] as number) + step * own));
    }
  }
};
