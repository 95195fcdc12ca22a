// Typed arrays are read with `as number` here: every index comes from the core or was made in this file.
import type { Core } from "./core.js";

/** Up to so many pairs are looked up in a table of all of them. */
const DENSE_LOOKUP = 2 ** 20;
/** Spreads places over the slots of an agent (Knuth 1973, multiplicative hashing). */
const SPREAD = 0x9e3779b1;

type Lookup = (agent: number, place: number) => number;

const denseLookup = (core: Core): Lookup => {
  const table = new Int32Array(core.agents * core.places).fill(-1);
  for (let arc = 0; arc < core.arcs; arc++)
    table[(core.agentOf[arc] as number) * core.places + (core.placeOf[arc] as number)] = arc;
  return (agent, place) => table[agent * core.places + place] as number;
};

/** Each agent's arcs in slots of its own, place beside arc and at least twice as many slots as arcs: what is looked up together lies together. */
const sparseLookup = (core: Core): Lookup => {
  const { start } = core.byAgent;
  const from = new Int32Array(core.agents + 1);
  for (let agent = 0; agent < core.agents; agent++) {
    const degree = (start[agent + 1] as number) - (start[agent] as number);
    from[agent + 1] = (from[agent] as number) + 2 ** (33 - Math.clz32(degree));
  }
  const slots = new Int32Array(2 * (from[core.agents] as number)).fill(-1);
  /** Where a place of an agent is, or where it would go. */
  const slotOf = (agent: number, place: number): number => {
    const first = from[agent] as number;
    const size = (from[agent + 1] as number) - first;
    let at = Math.imul(place, SPREAD) >>> (Math.clz32(size) + 1);
    for (;;) {
      const slot = 2 * (first + at);
      const own = slots[slot] as number;
      if (own < 0 || own === place) return slot;
      at = (at + 1) & (size - 1);
    }
  };
  for (let arc = 0; arc < core.arcs; arc++) {
    const place = core.placeOf[arc] as number;
    const slot = slotOf(core.agentOf[arc] as number, place);
    slots[slot] = place;
    slots[slot + 1] = arc;
  }
  return (agent, place) => slots[slotOf(agent, place) + 1] as number;
};

const lookups = new WeakMap<Core, Lookup>();
/** The arc that joins an agent and a place, or -1; made once per core. */
export const lookupOf = (core: Core): Lookup => {
  const known = lookups.get(core);
  if (known !== undefined) return known;
  const made = core.agents * core.places <= DENSE_LOOKUP ? denseLookup(core) : sparseLookup(core);
  lookups.set(core, made);
  return made;
};
