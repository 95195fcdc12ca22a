// Typed arrays are read with `as number` here: every index comes from the core or was made in this file.
import type { Domain } from "../domain.js";
import type { Task } from "../relax.js";
import type { Form } from "../stage.js";
import { type Column, hold, type Pool, poolOf, price, settle, type Way } from "./columns.js";
import type { AgentPrices, Picked, Picking } from "./pick.js";
import { blockOfPlaces } from "./rows.js";

/** A step is taken where it brings this part of what the columns promise; of one that brings half of it the next is longer. */
const SERIOUS = 0.1;
const GOOD = 0.5;
const GROWTH = 4;
/** Rounds without one after which steps shrink. */
const PATIENCE = 4;
/** Passes over all blocks for the next prices; this part of what blocks are apart by on average is let be. */
const PASSES = 5;
const NOTHING = 0.05;
/** Where nothing is promised other steps are tried so often: longer ones, or, where passes were not enough, shorter ones. */
const MOST_IDLE = 4;
const LONGER = 8;
const SHORTER = 4;
const LARGEST_STEP = 2 ** 60;
/** Columns that had weight within so many rounds are passed on. */
const RECENT = 5;
const LARGEST_PRICE = 2 ** 46;

/** What blocks chose so far, and how much each choice counts: an approximate optimum of the relaxation. */
export type Mixture = readonly (readonly { readonly column: Column; readonly weight: number }[])[];

export interface AscentOptions {
  readonly rounds: number;
  /** Length of the first step; null for one that would reach the aim. */
  readonly step: number | null;
  readonly start: AgentPrices;
  /** What was chosen where the domain was larger. */
  readonly mixture: Mixture | null;
  /** Stop once the bound is above this. */
  readonly goal: number;
  /** The value that the first step is measured by, given the best bound: the best known, or what is hoped for. */
  readonly aim: (bound: number) => number;
  /** What is not worth a round, given the best bound. */
  readonly precision: (bound: number) => number;
  /** Called with every relaxation; returns whether to go on. */
  readonly onRound?: (picked: Picked, round: number) => boolean;
}

export interface Ascent {
  readonly best: Picked;
  /** How much of each arc the mixture uses, 0 to 1. */
  readonly share: Float64Array;
  readonly mixture: Mixture;
  /** What the step had come to. */
  readonly step: number;
}

/** Usual size of what one arc does to each row, and to each limit. */
export interface Sizes {
  readonly row: Float64Array;
  readonly limit: Float64Array;
}

/** Prices as coordinates in the unit of slopes: agents, then rows of no block, then limits. */
const coordinates = ({ core, stage, limits, blocks }: Task, sizes: Sizes) => {
  const { agents } = core;
  const isBlock = new Uint8Array(core.rows);
  for (const row of blocks) isBlock[row] = 1;
  const rowAt = new Int32Array(core.rows).fill(-1);
  const rows: number[] = [];
  const isUsed = new Uint8Array(core.rows);
  for (const row of core.byArc.items) isUsed[row] = 1;
  for (const form of [stage, ...limits.map(({ priced }) => priced)]) for (const row of form.rows) isUsed[row] = 1;
  for (let row = 0; row < core.rows; row++)
    if (isBlock[row] === 0 && isUsed[row] === 1) {
      rowAt[row] = agents + rows.length;
      rows.push(row);
    }
  const firstLimit = agents + rows.length;
  const size = firstLimit + limits.length;
  const unit = new Float64Array(size).fill(1);
  for (const row of rows) unit[rowAt[row] as number] = sizes.row[row] as number;
  for (let k = 0; k < limits.length; k++) unit[firstLimit + k] = sizes.limit[k] as number;
  /** What is to be shared out: each agent once, and what limits leave. */
  const all = new Float64Array(size).fill(1, 0, agents);
  for (let k = 0; k < limits.length; k++)
    all[firstLimit + k] = -(limits[k]?.most ?? 0) / (unit[firstLimit + k] as number);
  return { rowAt, firstLimit, size, unit, all };
};

type Coordinates = ReturnType<typeof coordinates>;

/** A form's tables by row. */
const tablesOf = ({ rows, tables }: Form): readonly (Float64Array | undefined)[] => {
  const byRow: (Float64Array | undefined)[] = [];
  rows.forEach((row, i) => {
    byRow[row] = tables[i];
  });
  return byRow;
};

/** What each block chose, then what no block holds, then what side rows want. */
const columnsFrom = ({ core, stage, limits, blocks }: Task, { size, unit, firstLimit, rowAt }: Coordinates) => {
  const number = new Map(blocks.map((row, block) => [row, block]));
  const blockOf = blockOfPlaces(core, blocks).map((row) => number.get(row) ?? blocks.length);
  const own = tablesOf(stage);
  const ofLimits = limits.map(({ priced }) => tablesOf(priced));
  const sum = new Float64Array(size);
  const used = new Int32Array(size);
  const isUsed = new Uint8Array(size);
  let count = 0;
  const add = (at: number, by: number): void => {
    if (by === 0) return;
    if (isUsed[at] === 0) {
      isUsed[at] = 1;
      used[count++] = at;
    }
    sum[at] = (sum[at] as number) + by / (unit[at] as number);
  };
  /** What a value of a row costs in the stage; what it does to limits is added. */
  const rowCost = (row: number, y: number): number => {
    const cell = y - (core.rowLow[row] as number);
    for (let k = 0; k < limits.length; k++) add(firstLimit + k, -(ofLimits[k]?.[row]?.[cell] ?? 0));
    return own[row]?.[cell] ?? 0;
  };
  const end = (cost: number, arcs: readonly number[], value: number): Column => {
    const at = used.slice(0, count);
    const by = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const one = at[i] as number;
      by[i] = sum[one] as number;
      sum[one] = 0;
      isUsed[one] = 0;
    }
    count = 0;
    return { cost, at, by, arcs, value };
  };
  return ({ sideRows }: Picking, { arcs, wanted }: Picked): readonly Column[] => {
    const lists: number[][] = Array.from({ length: blocks.length + 1 }, () => []);
    for (const arc of arcs) lists[blockOf[core.placeOf[arc] as number] as number]?.push(arc);
    const columns = lists.map((list, block) => {
      let cost = 0;
      for (const arc of list) {
        cost += stage.weights === null ? 0 : (stage.weights[arc] as number);
        add(core.agentOf[arc] as number, 1);
        for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
          const at = rowAt[core.byArc.items[j] as number] as number;
          if (at >= 0) add(at, core.arcCoefficients[j] as number);
        }
        for (let k = 0; k < limits.length; k++) add(firstLimit + k, -(limits[k]?.priced.weights?.[arc] ?? 0));
      }
      const row = blocks[block];
      if (row === undefined) return end(cost, list, 0);
      const y = wanted[row] as number;
      return end(cost + rowCost(row, y), list, y);
    });
    let cost = 0;
    for (const row of sideRows) {
      add(rowAt[row] as number, -(wanted[row] as number));
      cost += rowCost(row, wanted[row] as number);
    }
    columns.push(end(cost, [], 0));
    return columns;
  };
};

/** What of a mixture is still possible in a domain, its weights brought up to 1. */
const leftOf = (mixture: Mixture, domain: Domain, blocks: readonly number[]): Mixture =>
  mixture.map((list, block) => {
    const row = blocks[block];
    const left = list.filter(
      ({ column: { arcs, value } }) =>
        (row === undefined || (value >= (domain.low[row] as number) && value <= (domain.high[row] as number))) &&
        arcs.every((arc) => domain.live[arc] === 1),
    );
    const sum = left.reduce((all, { weight }) => all + weight, 0);
    return left.map(({ column, weight }) => ({ column, weight: sum > 0 ? weight / sum : 0 }));
  });

/**
 * Raises bounds of a task by a proximal bundle method in which each block's choices so far bound its own part from above (Kiwiel 1990; block by block:
 * Swoboda and Kolmogorov 2019): the next prices maximise that model less a penalty on the distance from the best prices.
 */
export const ascender = (task: Task, sizes: Sizes) => {
  const { core, limits, blocks } = task;
  const { agents } = core;
  const space = coordinates(task, sizes);
  const { rowAt, firstLimit, size, unit, all } = space;
  const columnsOf = columnsFrom(task, space);
  const pools: Pool[] = Array.from({ length: blocks.length + 2 }, poolOf);
  const dense = new Float64Array(size);
  const none = { row: new Float64Array(core.rows), limit: new Float64Array(0) };

  return (picking: Picking, options: AscentOptions): Ascent => {
    const { domain, sideRows } = picking;
    const low = new Float64Array(size).fill(Number.NEGATIVE_INFINITY, 0, agents);
    const high = new Float64Array(size)
      .fill(Number.POSITIVE_INFINITY, 0, agents)
      .fill(Number.POSITIVE_INFINITY, firstLimit);
    for (let agent = 0; agent < agents; agent++) if (domain.must[agent] === 0) high[agent] = 0;
    for (const row of sideRows) {
      low[rowAt[row] as number] = Number.NEGATIVE_INFINITY;
      high[rowAt[row] as number] = Number.POSITIVE_INFINITY;
    }
    const within = (value: number, at: number): number =>
      Math.max(low[at] as number, Math.min(high[at] as number, value));
    const pointOf = ({ agent, row, limit }: AgentPrices): Float64Array => {
      const point = new Float64Array(size);
      point.set(agent);
      for (const one of sideRows) {
        const at = rowAt[one] as number;
        point[at] = (row[one] as number) * (unit[at] as number);
      }
      for (let k = 0; k < limits.length; k++)
        point[firstLimit + k] = (limit[k] as number) * (unit[firstLimit + k] as number);
      return point.map(within);
    };
    const whole = (point: Float64Array, at: number): number =>
      Math.max(-LARGEST_PRICE, Math.min(LARGEST_PRICE, Math.round((point[at] as number) / (unit[at] as number)))) + 0;
    const pricesAt = (point: Float64Array): AgentPrices => {
      const agent = new Float64Array(agents);
      for (let i = 0; i < agents; i++) agent[i] = whole(point, i);
      if (sideRows.length === 0 && limits.length === 0) return { agent, ...none };
      const row = new Float64Array(core.rows);
      for (const one of sideRows) row[one] = whole(point, rowAt[one] as number);
      return { agent, row, limit: Float64Array.from(limits, (_, k) => whole(point, firstLimit + k)) };
    };

    let best = picking.evaluate(pricesAt(pointOf(options.start)));
    let centreBound = best.bound;
    const known = options.mixture === null ? null : leftOf(options.mixture, domain, blocks);
    for (const [block, column] of columnsOf(picking, best).entries()) {
      const pool = pools[block] as Pool;
      pool.count = 0;
      // What side rows may be changes from domain to domain.
      const list = block > blocks.length ? [] : (known?.[block] ?? []);
      for (const one of list) hold(pool, one.column, { weight: one.weight, dense });
      hold(pool, column, { weight: list.some(({ weight }) => weight > 0) ? 0 : 1, dense });
    }
    const left = all.slice();
    for (const { count, columns, weight } of pools)
      for (let i = 0; i < count; i++) {
        const { at, by } = columns[i] as Column;
        const own = weight[i] as number;
        if (own === 0) continue;
        for (let j = 0; j < at.length; j++)
          left[at[j] as number] = (left[at[j] as number] as number) - own * (by[j] as number);
      }
    const point = new Float64Array(size);
    const way: Way = {
      point,
      centre: pointOf(best.prices),
      left,
      low,
      high,
      step: options.step ?? 0,
      nothing: 0,
      least: 0,
      apart: 0,
    };
    let poor = 0;
    let idle = 0;
    let isOn = options.onRound?.(best, 0) !== false;
    for (let round = 1; isOn && round < options.rounds && best.bound <= options.goal; round++) {
      const { centre } = way;
      if (way.step === 0) {
        let steep = 0;
        for (let i = 0; i < size; i++)
          steep += (within((centre[i] as number) + (left[i] as number), i) - (centre[i] as number)) ** 2;
        if (steep === 0) break;
        way.step = Math.max(1, options.aim(best.bound) - centreBound) / steep;
      }
      for (let i = 0; i < size; i++) point[i] = within((centre[i] as number) + way.step * (left[i] as number), i);
      way.nothing = 0;
      const precision = options.precision(centreBound);
      let isSettled = false;
      for (let pass = 0; pass < PASSES && !isSettled; pass++) {
        way.least = 0;
        way.apart = 0;
        for (const pool of pools) settle(pool, way);
        let model = way.least;
        for (let i = 0; i < size; i++) model += (all[i] as number) * (point[i] as number);
        way.nothing = (way.apart / pools.length) * NOTHING;
        isSettled = way.apart <= Math.max(model - centreBound, precision / 4);
      }
      let promised = -centreBound;
      for (let i = 0; i < size; i++) promised += (all[i] as number) * (point[i] as number);
      for (const pool of pools) promised += price(pool, point);
      if (promised <= precision) {
        if (++idle > MOST_IDLE) break;
        // Steps that are too long for a few passes promise nothing; too short ones may hide what there is.
        way.step = isSettled ? Math.min(LARGEST_STEP, way.step * LONGER) : way.step / SHORTER;
        continue;
      }
      idle = 0;
      const now = picking.evaluate(pricesAt(point));
      for (const [block, column] of columnsOf(picking, now).entries())
        hold(pools[block] as Pool, column, { weight: 0, dense });
      if (now.bound > best.bound) best = now;
      const gain = now.bound - centreBound;
      if (gain >= SERIOUS * promised) {
        if (gain >= GOOD * promised) way.step = Math.min(LARGEST_STEP, way.step * GROWTH);
        way.centre = pointOf(now.prices);
        centreBound = now.bound;
        poor = 0;
      } else if (++poor >= PATIENCE || gain < -promised) {
        way.step /= 2;
        poor = 0;
      }
      isOn = options.onRound?.(now, round) !== false;
    }
    const mixture = pools.map((pool) =>
      Array.from({ length: pool.count }, (_, i) => i)
        .filter((i) => (pool.weight[i] as number) > 0 || (pool.idle[i] as number) <= RECENT)
        .map((i) => ({ column: pool.columns[i] as Column, weight: pool.weight[i] as number })),
    );
    const share = new Float64Array(core.arcs);
    for (const list of mixture)
      for (const { column, weight } of list)
        if (weight > 0) for (const arc of column.arcs) share[arc] = (share[arc] as number) + weight;
    return { best, share, mixture, step: way.step };
  };
};
