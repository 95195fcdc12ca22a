import { type Choice, choiceOf, isBetter, stageValue, type Worth, worthOf } from "./choice.js";
import type { Region, Task } from "./relaxation.js";

// Typed arrays are read with `as number` in this file: indices come from the form's own lists, and the loops are hot.

/** A local search over one choice: moves are tried by what they change alone. */
export interface Search {
  readonly choice: Choice;
  readonly worth: () => Worth;
  /** Descend by moves, swaps and ejections until none helps, at most `tries` of them tried. Returns whether anything improved. */
  readonly descend: (tries: number) => boolean;
  /** Take these changes whatever they cost: pairs of agent and arc (-1 for none). */
  readonly force: (agents: readonly number[], arcs: readonly number[]) => void;
}

/** Set up a search from a choice that keeps the places' units; rows and kept stages may be broken. */
export const searchFrom = (task: Task, region: Region, start: ArrayLike<number>): Search => {
  const { form, stage, kept } = task;
  const { low, high, closed } = region;
  const choice = choiceOf(form, start);
  const { arcOf, y, load } = choice;
  const sitting: number[][] = Array.from({ length: form.places }, () => []);
  arcOf.forEach((arc, agent) => {
    if (arc >= 0) sitting[form.placeOf[arc] as number]?.push(agent);
  });
  let current = worthOf(task, low, high, choice);
  const keptValue = kept.map((one) => stageValue(form, one.stage, choice));
  const stageTable: (Float64Array | undefined)[] = Array.from({ length: form.rows.length });
  for (const { row, at } of stage.tables) stageTable[row] = at;
  const keptTables = kept.map((one) => {
    const tables: (Float64Array | undefined)[] = Array.from({ length: form.rows.length });
    for (const { row, at } of one.stage.tables) tables[row] = at;
    return tables;
  });
  const base = Float64Array.from(form.rows, (row) => row.low);
  const shift = new Float64Array(form.rows.length);
  const isTouched = new Uint8Array(form.rows.length);
  const touched: number[] = [];
  const at = (table: Float64Array, row: number, value: number): number =>
    table[Math.min(table.length - 1, Math.max(0, value - (base[row] as number)))] ?? 0;

  const count = (arc: number, sign: number): void => {
    for (let e = form.firstEntry[arc] as number; e < (form.firstEntry[arc + 1] as number); e++) {
      const row = form.entryRow[e] as number;
      if (isTouched[row] === 0) {
        isTouched[row] = 1;
        touched.push(row);
      }
      shift[row] = (shift[row] as number) + sign * (form.entryCoefficient[e] as number);
    }
  };

  const newKept = new Float64Array(kept.length);
  /** What the worth would be after the changes; leaves `shift` and `newKept` for `commit`. */
  const tryChanges = (agents: readonly number[], arcs: readonly number[]): Worth => {
    for (const row of touched) {
      shift[row] = 0;
      isTouched[row] = 0;
    }
    touched.length = 0;
    let value = current.value;
    for (let j = 0; j < kept.length; j++) newKept[j] = keptValue[j] as number;
    for (let i = 0; i < agents.length; i++) {
      const [before, after] = [arcOf[agents[i] as number] as number, arcs[i] as number];
      if (before >= 0) {
        count(before, -1);
        value -= stage.weights[before] as number;
        for (let j = 0; j < kept.length; j++)
          newKept[j] = (newKept[j] as number) - (kept[j]?.stage.weights[before] ?? 0);
      }
      if (after >= 0) {
        count(after, 1);
        value += stage.weights[after] as number;
        for (let j = 0; j < kept.length; j++)
          newKept[j] = (newKept[j] as number) + (kept[j]?.stage.weights[after] ?? 0);
      }
    }
    let broken = rowsBroken;
    for (const row of touched) {
      const before = y[row] as number;
      const after = before + (shift[row] as number);
      if (after === before) continue;
      broken += Math.max(0, (low[row] as number) - after, after - (high[row] as number));
      broken -= Math.max(0, (low[row] as number) - before, before - (high[row] as number));
      const own = stageTable[row];
      if (own !== undefined) value += at(own, row, after) - at(own, row, before);
      for (let j = 0; j < kept.length; j++) {
        const table = keptTables[j]?.[row];
        if (table !== undefined) newKept[j] = (newKept[j] as number) + at(table, row, after) - at(table, row, before);
      }
    }
    triedRowsBroken = broken;
    let excess = 0;
    for (let j = 0; j < kept.length; j++) {
      const most = kept[j]?.most ?? 0;
      const over = (newKept[j] as number) - most;
      if (over > 0) excess += 1 + over / (1 + Math.abs(most));
    }
    return { broken: broken + excess, value };
  };
  let triedRowsBroken = 0;
  let rowsBroken = 0;
  for (let row = 0; row < form.rows.length; row++)
    rowsBroken += Math.max(0, (low[row] as number) - (y[row] as number), (y[row] as number) - (high[row] as number));

  const commit = (agents: readonly number[], arcs: readonly number[], worth: Worth): void => {
    for (const row of touched) y[row] = (y[row] as number) + (shift[row] as number);
    for (let j = 0; j < kept.length; j++) keptValue[j] = newKept[j] as number;
    for (let i = 0; i < agents.length; i++) {
      const agent = agents[i] as number;
      const before = arcOf[agent] as number;
      if (before < 0) continue;
      const place = form.placeOf[before] as number;
      const list = sitting[place] as number[];
      list.splice(list.indexOf(agent), 1);
      load[place] = (load[place] as number) - 1;
    }
    for (let i = 0; i < agents.length; i++) {
      const [agent, after] = [agents[i] as number, arcs[i] as number];
      arcOf[agent] = after;
      if (after < 0) continue;
      const place = form.placeOf[after] as number;
      sitting[place]?.push(agent);
      load[place] = (load[place] as number) + 1;
    }
    rowsBroken = triedRowsBroken;
    current = worth;
  };

  const arcAt = (agent: number, place: number): number => {
    for (let arc = form.firstArc[agent] as number; arc < (form.firstArc[agent + 1] as number); arc++)
      if (form.placeOf[arc] === place && closed[arc] === 0) return arc;
    return -1;
  };
  let left = 0;
  const attempt = (agents: readonly number[], arcs: readonly number[]): boolean => {
    left -= 1;
    const worth = tryChanges(agents, arcs);
    if (!isBetter(worth, current)) return false;
    commit(agents, arcs, worth);
    return true;
  };
  const hasRoom = (place: number): boolean => (load[place] as number) < (form.units[place] as number);

  /** `agent` takes an arc to a full place; one who sits there goes to the agent's old place, to a free place, or out. */
  const eject = (agent: number, arc: number): boolean => {
    const place = form.placeOf[arc] as number;
    const held = arcOf[agent] as number;
    const old = held < 0 ? -1 : (form.placeOf[held] as number);
    for (const other of [...(sitting[place] as number[])]) {
      if (old >= 0) {
        const back = arcAt(other, old);
        if (back >= 0 && attempt([agent, other], [arc, back])) return true;
      }
      for (let next = form.firstArc[other] as number; next < (form.firstArc[other + 1] as number); next++) {
        const there = form.placeOf[next] as number;
        if (closed[next] === 1 || there === place || there === old || !hasRoom(there)) continue;
        if (attempt([agent, other], [arc, next])) return true;
        if (left <= 0) return false;
      }
      if (region.mustTake[other] === 0 && attempt([agent, other], [arc, -1])) return true;
    }
    return false;
  };

  const improveAgent = (agent: number): boolean => {
    if (arcOf[agent] !== -1 && region.mustTake[agent] === 0 && attempt([agent], [-1])) return true;
    for (let arc = form.firstArc[agent] as number; arc < (form.firstArc[agent + 1] as number); arc++) {
      if (closed[arc] === 1 || arc === arcOf[agent]) continue;
      if (left <= 0) return false;
      if (hasRoom(form.placeOf[arc] as number) ? attempt([agent], [arc]) : eject(agent, arc)) return true;
    }
    return false;
  };

  return {
    choice,
    worth: () => current,
    descend: (tries) => {
      left = tries;
      let improved = false;
      let quiet = 0;
      for (let agent = 0; quiet < form.agents && left > 0; agent = (agent + 1) % form.agents) {
        if (improveAgent(agent)) {
          improved = true;
          quiet = 0;
        } else quiet += 1;
      }
      return improved;
    },
    force: (agents, arcs) => commit(agents, arcs, tryChanges(agents, arcs)),
  };
};
