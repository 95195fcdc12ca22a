// Typed arrays are read with `as number` here: every index comes from the core or was made in this file.
import type { Domain } from "../domain.js";
import { rowTables, type Task } from "../relax.js";
import type { Column, Pool } from "./columns.js";
import { orderOf } from "./layout.js";
import type { Picked, Picking } from "./pick.js";
import type { Space } from "./space.js";

/** Columns that were chosen or had weight within so many rounds are passed on. */
const RECENT = 5;
/** Shares below this are none. */
const LEAST_SHARE = 0.01;

/** Block by block, and of what no block holds, what was chosen and how much each choice counts: an approximate optimum of the relaxation. */
export type Mixture = readonly (readonly { readonly column: Column; readonly weight: number }[])[];

/** What each block chose, then what no block holds, then what side rows want. */
export const columnsFrom = (task: Task, { size, unit, firstLimit, rowAt }: Space) => {
  const { core, stage, limits, blocks } = task;
  const { blockOf } = orderOf(core, blocks);
  const tables = rowTables(task);
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
    let cost = 0;
    for (const { limit, table } of tables[row] ?? []) {
      const own = table[y - (core.rowLow[row] as number)] as number;
      if (limit < 0) cost += own;
      else add(firstLimit + limit, -own);
    }
    return cost;
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

const isOpen = ({ low, high, reach }: Domain, row: number, value: number): boolean =>
  value >= (low[row] as number) && value <= (high[row] as number) && reach[row]?.includes(value) !== false;

/** What of a mixture is still possible in a domain, its weights brought up to 1. */
export const leftOf = (mixture: Mixture, domain: Domain, blocks: readonly number[]): Mixture =>
  mixture.map((list, block) => {
    const row = blocks[block];
    const left = list.filter(
      ({ column: { arcs, value } }) =>
        (row === undefined || isOpen(domain, row, value)) && arcs.every((arc) => domain.live[arc] === 1),
    );
    const sum = left.reduce((all, { weight }) => all + weight, 0);
    return left.map(({ column, weight }) => ({ column, weight: sum > 0 ? weight / sum : 0 }));
  });

/** What pools of columns come to: the last one, of side rows, is made anew in every domain. */
export const mixtureOf = (pools: readonly Pool[]): Mixture =>
  pools.slice(0, -1).map(({ count, columns, weight, idle }) =>
    Array.from({ length: count }, (_, i) => i)
      .filter((i) => (weight[i] as number) > 0 || (idle[i] as number) <= RECENT)
      .map((i) => ({ column: columns[i] as Column, weight: weight[i] as number })),
  );

/** How much of each arc a mixture uses: 0 to 1, but for what it is still short of an optimum. */
export const shareOf = (mixture: Mixture, arcs: number): Float64Array => {
  const share = new Float64Array(arcs);
  for (const list of mixture)
    for (const { column, weight } of list)
      if (weight > 0) for (const arc of column.arcs) share[arc] = (share[arc] as number) + weight;
  return share;
};

export interface Used {
  readonly arc: number;
  readonly share: number;
}

/** The arcs of which anything is used. */
export const usedOf = (share: Float64Array): readonly Used[] => {
  const used: Used[] = [];
  share.forEach((own, arc) => {
    if (own > LEAST_SHARE) used.push({ arc, share: own });
  });
  return used;
};
