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
  /** Columns that there is room for, and entries of each. */
  room: number;
  stride: number;
  at: Int32Array;
  by: Float64Array;
  readonly columns: Column[];
  length: Int32Array;
  cost: Float64Array;
  weight: Float64Array;
  /** Costs at the prices looked at last. */
  priced: Float64Array;
  /** Products of all pairs. */
  products: Float64Array;
  /** Rounds since a column was chosen or had weight. */
  idle: Int32Array;
  before: Float64Array;
}

/** Columns held of a block: those that are idle for longest go first. */
const MOST_COLUMNS = 30;
/** Columns and entries that are first made room for. */
const FIRST_ROOM = 4;
const FIRST_STRIDE = 8;
/** A weight below this is none. */
const NO_WEIGHT = 1e-9;
/** Exchanges of weight within a block before the next has its turn. */
const EXCHANGES = 3;

const emptyOf = (room: number, stride: number) => ({
  room,
  stride,
  at: new Int32Array(room * stride),
  by: new Float64Array(room * stride),
  length: new Int32Array(room),
  cost: new Float64Array(room),
  weight: new Float64Array(room),
  priced: new Float64Array(room),
  products: new Float64Array(room * room),
  idle: new Int32Array(room),
  before: new Float64Array(room),
});

export const poolOf = (): Pool => ({ count: 0, columns: [], ...emptyOf(FIRST_ROOM, FIRST_STRIDE) });

const widen = (pool: Pool, room: number, stride: number): void => {
  const { at, by, length, cost, weight, priced, products, idle } = pool;
  const [oldRoom, oldStride] = [pool.room, pool.stride];
  Object.assign(pool, emptyOf(room, stride));
  for (let i = 0; i < oldRoom; i++) {
    pool.at.set(at.subarray(i * oldStride, (i + 1) * oldStride), i * stride);
    pool.by.set(by.subarray(i * oldStride, (i + 1) * oldStride), i * stride);
    pool.products.set(products.subarray(i * oldRoom, (i + 1) * oldRoom), i * room);
  }
  pool.length.set(length);
  pool.cost.set(cost);
  pool.weight.set(weight);
  pool.priced.set(priced);
  pool.idle.set(idle);
};

const isHeld = (pool: Pool, i: number, { cost, at, by }: Column): boolean => {
  if (pool.cost[i] !== cost || pool.length[i] !== at.length) return false;
  for (let j = 0, k = i * pool.stride; j < at.length; j++, k++)
    if (pool.at[k] !== at[j] || pool.by[k] !== by[j]) return false;
  return true;
};

/** A round later. */
export const age = ({ count, weight, idle }: Pool): void => {
  for (let i = 0; i < count; i++) idle[i] = (weight[i] as number) > 0 ? 0 : (idle[i] as number) + 1;
};

/** Where a column not held yet goes: where there is room, or in place of the one that is idle for longest; -1 where all have weight. */
const slotFor = (pool: Pool): number => {
  if (pool.count < MOST_COLUMNS) return pool.count++;
  let slot = -1;
  for (let i = 0; i < pool.count; i++)
    if (pool.weight[i] === 0 && (slot < 0 || (pool.idle[i] as number) > (pool.idle[slot] as number))) slot = i;
  return slot;
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
    if (!isHeld(pool, i, column)) continue;
    pool.weight[i] = (pool.weight[i] as number) + weight;
    pool.idle[i] = 0;
    return;
  }
  const slot = slotFor(pool);
  if (slot < 0) return;
  if (slot === pool.room || size > pool.stride)
    widen(
      pool,
      slot === pool.room ? Math.min(MOST_COLUMNS, 2 * pool.room) : pool.room,
      size > pool.stride ? 2 * size : pool.stride,
    );
  const { room } = pool;
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
    pool.products[i * room + slot] = sum;
    pool.products[slot * room + i] = sum;
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
  const { count, room, weight, priced, products, before } = pool;
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
      (products[to * room + to] as number) +
      (products[from * room + from] as number) -
      2 * (products[to * room + from] as number);
    const open = weight[from] as number;
    let by = bend <= 0 ? open : Math.min(open, gain / (way.step * bend));
    if (open - by < NO_WEIGHT) by = open;
    weight[to] = (weight[to] as number) + by;
    weight[from] = open - by;
    const moved = way.step * by;
    for (let i = 0, a = to * room, b = from * room; i < count; i++, a++, b++)
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
