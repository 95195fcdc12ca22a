// Typed arrays are read with `as number` here: every index comes from the core.
import type { Core } from "./core.js";

/** Up to so many pairs are looked up in a table. */
const DENSE_LOOKUP = 2 ** 23;

/** The arc that joins an agent and a place, or -1. */
const arcLookup = (core: Core): ((agent: number, place: number) => number) => {
  if (core.agents * core.places <= DENSE_LOOKUP) {
    const table = new Int32Array(core.agents * core.places).fill(-1);
    for (let arc = 0; arc < core.arcs; arc++)
      table[(core.agentOf[arc] as number) * core.places + (core.placeOf[arc] as number)] = arc;
    return (agent, place) => table[agent * core.places + place] as number;
  }
  const table = new Map<number, number>();
  for (let arc = 0; arc < core.arcs; arc++)
    table.set((core.agentOf[arc] as number) * core.places + (core.placeOf[arc] as number), arc);
  return (agent, place) => table.get(agent * core.places + place) ?? -1;
};

const lookups = new WeakMap<Core, (agent: number, place: number) => number>();
/** As `arcLookup`, made once per core. */
export const lookupOf = (core: Core) => {
  const known = lookups.get(core);
  if (known !== undefined) return known;
  const made = arcLookup(core);
  lookups.set(core, made);
  return made;
};
