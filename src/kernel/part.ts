// Typed arrays are read with `as number` here: every index comes from the core.
import { blockOfPlaces } from "./blocks/rows.js";
import { type Core, listsOf, valuesAt } from "./core.js";
import { bindingRows, type Domain } from "./domain.js";
import type { Task } from "./relax.js";
import type { Form, Limit, Stage } from "./stage.js";

/** A task over the live arcs of a domain alone, numbered anew: `arcs[i]` is the whole task's number of arc i. Rows keep their numbers. */
export interface Part {
  readonly task: Task;
  readonly domain: Domain;
  readonly arcs: Int32Array;
  /** The block of each place, by the number of its row; -1 for none. */
  readonly blockOf: Int32Array;
}

/** Rows that have a cost, or that live arcs could bring out of their range; of others nothing has to be known. */
const rowsOfUse = ({ core, stage, limits, held }: Task, domain: Domain): Uint8Array => {
  const isUsed = bindingRows(core, domain);
  for (const form of [stage, ...limits.map(({ stage: own }) => own), ...held.map(({ stage: own }) => own)])
    for (const row of form.rows) isUsed[row] = 1;
  return isUsed;
};

const partOfCore = (core: Core, arcs: Int32Array, isUsed: Uint8Array): Core => {
  let size = 0;
  for (const arc of arcs)
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++)
      size += isUsed[core.byArc.items[j] as number] as number;
  const start = new Int32Array(arcs.length + 1);
  const entryArc = new Int32Array(size);
  const entryRow = new Int32Array(size);
  const entryBy = new Float64Array(size);
  let at = 0;
  for (let i = 0; i < arcs.length; i++) {
    const arc = arcs[i] as number;
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
      const row = core.byArc.items[j] as number;
      if (isUsed[row] === 0) continue;
      entryArc[at] = i;
      entryRow[at] = row;
      entryBy[at++] = core.arcCoefficients[j] as number;
    }
    start[i + 1] = at;
  }
  const byRow = listsOf(entryRow, core.rows);
  const agentOf = arcs.map((arc) => core.agentOf[arc] as number);
  const placeOf = arcs.map((arc) => core.placeOf[arc] as number);
  return {
    ...core,
    arcs: arcs.length,
    agentOf,
    placeOf,
    byAgent: listsOf(agentOf, core.agents),
    byPlace: listsOf(placeOf, core.places),
    byRow: { start: byRow.start, items: byRow.items.map((entry) => entryArc[entry] as number) },
    rowCoefficients: valuesAt(entryBy, byRow.items),
    byArc: { start, items: entryRow },
    arcCoefficients: entryBy,
  };
};

export const partOf = (task: Task, domain: Domain): Part => {
  const { core } = task;
  let count = 0;
  for (let arc = 0; arc < core.arcs; arc++) count += domain.live[arc] as number;
  const arcs = new Int32Array(count);
  for (let arc = 0, i = 0; arc < core.arcs; arc++) if (domain.live[arc] === 1) arcs[i++] = arc;
  const isUsed = rowsOfUse(task, domain);
  const weightsOf = (weights: Float64Array | null): Float64Array | null => weights && valuesAt(weights, arcs);
  const formOf = <F extends Form>(form: F): F => ({ ...form, weights: weightsOf(form.weights) });
  const parts = new Map<Limit, Limit>();
  const limitOf = (limit: Limit): Limit => {
    const known = parts.get(limit);
    if (known !== undefined) return known;
    const part: Limit = { ...limit, stage: formOf<Stage>(limit.stage), priced: formOf(limit.priced), support: null };
    parts.set(limit, part);
    return part;
  };
  return {
    task: {
      core: partOfCore(core, arcs, isUsed),
      stage: formOf(task.stage),
      limits: task.limits.map(limitOf),
      held: task.held.map(limitOf),
      counts: [],
      blocks: task.blocks,
    },
    domain: {
      live: new Uint8Array(arcs.length).fill(1),
      must: domain.must.slice(),
      full: domain.full.slice(),
      // What nothing brings anything to stays at nought.
      low: domain.low.map((low, row) => (isUsed[row] === 1 ? low : 0)),
      high: domain.high.map((high, row) => (isUsed[row] === 1 ? high : 0)),
      reach: domain.reach.map((reach, row) => (isUsed[row] === 1 ? reach : null)),
    },
    arcs,
    blockOf: blockOfPlaces(core, task.blocks),
  };
};
