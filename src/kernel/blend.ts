// Typed arrays are read with `as number` here: every index comes from the core.
import type { Domain } from "./domain.js";
import type { Task } from "./relax.js";
import { rowValues, type Stage, stageValue } from "./stage.js";

/** Passes over what is left of another choice. */
const PASSES = 4;

/** Agents that have to change together between two choices: whoever comes to a place, and whoever makes room there. */
const groupsOf = ({ core }: Task, from: Int32Array, to: Int32Array): readonly (readonly number[])[] => {
  const leader = Int32Array.from({ length: core.agents }, (_, agent) => agent);
  const leaderOf = (agent: number): number => {
    let at = agent;
    while (leader[at] !== at) {
      leader[at] = leader[leader[at] as number] as number;
      at = leader[at] as number;
    }
    return at;
  };
  const leaving: number[][] = Array.from({ length: core.places }, () => []);
  const changing: number[] = [];
  for (let agent = 0; agent < core.agents; agent++) {
    if (from[agent] === to[agent]) continue;
    changing.push(agent);
    if ((from[agent] as number) >= 0) leaving[core.placeOf[from[agent] as number] as number]?.push(agent);
  }
  for (const agent of changing) {
    if ((to[agent] as number) < 0) continue;
    const other = leaving[core.placeOf[to[agent] as number] as number]?.pop();
    if (other !== undefined) leader[leaderOf(other)] = leaderOf(agent);
  }
  const groups = new Map<number, number[]>();
  for (const agent of changing) {
    const own = leaderOf(agent);
    const group = groups.get(own);
    if (group === undefined) groups.set(own, [agent]);
    else group.push(agent);
  }
  return [...groups.values()];
};

/**
 * Whatever of another choice makes this one better: two choices differ in paths and rings of agents that each can be taken over by itself
 * (symmetric difference of matchings: Berge 1957). `from` keeps all limits; so does what is returned, at no greater value.
 */
export const blend = (task: Task, domain: Domain, { from, to }: { from: Int32Array; to: Int32Array }): Int32Array => {
  const { core, stage, held } = task;
  const arcOf = from.slice();
  const y = rowValues(core, arcOf);
  const stages: readonly Stage[] = [stage, ...held.map((one) => one.stage)];
  const most = [Number.POSITIVE_INFINITY, ...held.map(({ limit }) => limit)];
  const values = stages.map((one) => stageValue(core, one, arcOf, y));
  const tables = Array.from({ length: core.rows }, (): { index: number; table: Float64Array }[] => []);
  stages.forEach(({ rows, tables: own }, index) => {
    rows.forEach((row, i) => {
      tables[row]?.push({ index, table: own[i] as Float64Array });
    });
  });
  const change = new Float64Array(core.rows);
  const mark = new Uint8Array(core.rows);
  const touched: number[] = [];
  const feel = (arc: number, sign: number): void => {
    if (arc < 0) return;
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
      const row = core.byArc.items[j] as number;
      if (mark[row] === 0) {
        mark[row] = 1;
        change[row] = 0;
        touched.push(row);
      }
      change[row] = (change[row] as number) + sign * (core.arcCoefficients[j] as number);
    }
  };
  const take = (group: readonly number[]): boolean => {
    touched.length = 0;
    const after = values.slice();
    for (const agent of group) {
      const [old, own] = [from[agent] as number, to[agent] as number];
      feel(old, -1);
      feel(own, 1);
      for (const [index, { weights }] of stages.entries())
        if (weights !== null)
          after[index] =
            (after[index] as number) +
            (own < 0 ? 0 : (weights[own] as number)) -
            (old < 0 ? 0 : (weights[old] as number));
    }
    let isKept = true;
    for (const row of touched) {
      mark[row] = 0;
      const by = change[row] as number;
      if (by === 0) continue;
      const at = y[row] as number;
      if (at + by < (domain.low[row] as number) || at + by > (domain.high[row] as number)) {
        isKept = false;
        continue;
      }
      const base = core.rowLow[row] as number;
      for (const { index, table } of tables[row] as { index: number; table: Float64Array }[])
        after[index] = (after[index] as number) + (table[at + by - base] as number) - (table[at - base] as number);
    }
    if (
      !isKept ||
      (after[0] as number) >= (values[0] as number) ||
      after.some((value, i) => value > (most[i] as number))
    )
      return false;
    for (const row of touched) y[row] = (y[row] as number) + (change[row] as number);
    for (const agent of group) arcOf[agent] = to[agent] as number;
    after.forEach((value, i) => {
      values[i] = value;
    });
    return true;
  };
  let groups = groupsOf(task, from, to);
  for (let pass = 0; pass < PASSES; pass++) {
    const left = groups.filter((group) => !take(group));
    if (left.length === groups.length) break;
    groups = left;
  }
  return arcOf;
};
