// Typed arrays are read with `as number` here: every index comes from the core or was made in this file.
import type { Task } from "../relax.js";
import type { AgentPrices, Picking } from "./pick.js";

/** What one arc may come to at a price of a row or limit. */
const LARGEST_PRICE = 2 ** 46;

/** Usual size of what one arc does to each row, and to each limit. */
export interface Sizes {
  readonly row: Float64Array;
  readonly limit: Float64Array;
}

/** Prices as coordinates in the unit of slopes: agents, then rows of no block, then limits. */
export const spaceOf = ({ core, stage, limits, blocks }: Task, sizes: Sizes) => {
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

export type Space = ReturnType<typeof spaceOf>;

/** The prices that a domain allows: each coordinate's range, and the way between prices and points. */
export const rangeOf = ({ task: { core, limits }, domain, sideRows }: Picking, space: Space) => {
  const { agents } = core;
  const { rowAt, firstLimit, size, unit } = space;
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
  const whole = (point: Float64Array, at: number): number => {
    const own = unit[at] as number;
    const most = Math.floor(LARGEST_PRICE / own);
    return Math.max(-most, Math.min(most, Math.round((point[at] as number) / own))) + 0;
  };
  const none = { row: new Float64Array(core.rows), limit: new Float64Array(0) };
  return {
    low,
    high,
    within,
    pointOf: ({ agent, row, limit }: AgentPrices): Float64Array => {
      const point = new Float64Array(size);
      point.set(agent);
      for (const one of sideRows) {
        const at = rowAt[one] as number;
        point[at] = (row[one] as number) * (unit[at] as number);
      }
      for (let k = 0; k < limits.length; k++)
        point[firstLimit + k] = (limit[k] as number) * (unit[firstLimit + k] as number);
      return point.map(within);
    },
    /** Whole prices. */
    pricesAt: (point: Float64Array): AgentPrices => {
      const agent = new Float64Array(agents);
      for (let i = 0; i < agents; i++) agent[i] = whole(point, i);
      if (sideRows.length === 0 && limits.length === 0) return { agent, ...none };
      const row = new Float64Array(core.rows);
      for (const one of sideRows) row[one] = whole(point, rowAt[one] as number);
      return { agent, row, limit: Float64Array.from(limits, (_, k) => whole(point, firstLimit + k)) };
    },
  };
};
