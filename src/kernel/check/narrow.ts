// Typed arrays are read with `as number` here: every index comes from the town.
import { blocksOf } from "./blocks.js";
import type { Task } from "./bound.js";
import type { Domain } from "./domain.js";
import type { Objective } from "./objective.js";
import { workshopOf } from "./tighten.js";
import { sortedBy, startsOf, type Town, valuesAt } from "./town.js";

/** A task and a domain of it, with the task's number of each arc among all. */
export interface Narrow {
  readonly task: Task;
  readonly domain: Domain;
  readonly arcs: Int32Array;
}

/** The entries of lists that are kept. */
const entriesOf = (
  lists: { readonly start: Int32Array; readonly items: Int32Array; readonly shares: Float64Array },
  isKept: (list: number, item: number) => boolean,
) => {
  const { start, items, shares } = lists;
  const kept: number[] = [];
  const keptStart = new Int32Array(start.length);
  for (let list = 0; list + 1 < start.length; list++) {
    for (let i = start[list] as number; i < (start[list + 1] as number); i++)
      if (isKept(list, items[i] as number)) kept.push(i);
    keptStart[list + 1] = kept.length;
  }
  const at = Int32Array.from(kept);
  return {
    start: keptStart,
    items: at.map((i) => items[i] as number),
    shares: valuesAt(shares, at),
  };
};

const townOfLive = (town: Town, live: Uint8Array, arcs: Int32Array): Town => {
  const number = new Int32Array(live.length);
  arcs.forEach((arc, i) => {
    number[arc] = i;
  });
  const agentOf = arcs.map((arc) => town.agentOf[arc] as number);
  const agentStart = startsOf(agentOf, town.model.agents);
  const rows = entriesOf(
    { start: town.rowStart, items: town.rowArcs, shares: town.rowShares },
    (_, arc) => live[arc] === 1,
  );
  const ofArcs = entriesOf(
    { start: town.arcStart, items: town.arcRows, shares: town.arcShares },
    (arc) => live[arc] === 1,
  );
  return {
    ...town,
    agentOf,
    placeOf: arcs.map((arc) => town.placeOf[arc] as number),
    agentStart,
    agentArcs: sortedBy(agentOf, agentStart),
    rowStart: rows.start,
    rowArcs: rows.items.map((arc) => number[arc] as number),
    rowShares: rows.shares,
    arcStart: Int32Array.from({ length: arcs.length + 1 }, (_, i) => ofArcs.start[arcs[i] ?? live.length] as number),
    arcRows: ofArcs.items,
    arcShares: ofArcs.shares,
  };
};

/** The same task over the live arcs alone: what takes time in proportion to arcs is then soon done. Rows, agents and places keep their numbers. */
export const narrowed = ({ task, domain, arcs: among }: Narrow): Narrow => {
  const { live } = domain;
  const arcs = new Int32Array(live.length).map((_, arc) => arc).filter((arc) => live[arc] === 1);
  const ofLive = (objective: Objective): Objective => ({
    ...objective,
    weights: objective.weights && valuesAt(objective.weights, arcs),
  });
  const town = townOfLive(task.work.town, live, arcs);
  return {
    task: {
      ...task,
      work: workshopOf(town, task.work),
      objective: ofLive(task.objective),
      limits: task.limits.map((limit) => ({ ...limit, objective: ofLive(limit.objective) })),
      blocks: task.blocks && blocksOf(town, [...task.blocks.ofRows]),
    },
    domain: { ...domain, live: new Uint8Array(arcs.length).fill(1) },
    arcs: arcs.map((arc) => among[arc] as number),
  };
};
