// Typed arrays are read with `as number` here: every index comes from the core.
import type { Core } from "./core.js";

/** Rows over more places than this can take nearly every value. */
const MOST_PLACES = 24;
const WIDEST_ROW = 2048;

/** Rows for which sums are worth enumerating: few places, several coefficients, none negative. */
export const enumerableRows = (core: Core): readonly number[] => {
  const rows: number[] = [];
  for (let row = 0; row < core.rows; row++) {
    const places = new Set<number>();
    let negative = false;
    let alike = true;
    const first = core.rowCoefficients[core.byRow.start[row] as number];
    for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++) {
      places.add(core.placeOf[core.byRow.items[i] as number] as number);
      negative ||= (core.rowCoefficients[i] as number) < 0;
      alike &&= core.rowCoefficients[i] === first;
    }
    const endless = [...places].some((place) => core.units[place] === Number.POSITIVE_INFINITY);
    if (!negative && !alike && !endless && places.size <= MOST_PLACES && (core.rowHigh[row] as number) <= WIDEST_ROW)
      rows.push(row);
  }
  return rows;
};

/** All sums with one of these shares for each group, as bits. */
const sumsOf = (groups: Iterable<ReadonlySet<number>>, mask: bigint): bigint => {
  let sums = 1n;
  for (const shares of groups) {
    let next = 0n;
    for (const share of shares) next |= sums << BigInt(share);
    sums = next & mask;
  }
  return sums;
};

export interface ReachDomain {
  readonly live: Uint8Array;
  readonly must: Uint8Array;
  readonly full: Uint8Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What one unit of a place may bring to a row. */
interface Part {
  readonly place: number;
  readonly shares: ReadonlySet<number>;
}

const partsOf = (core: Core, { live, full }: ReachDomain, row: number): readonly Part[] => {
  const byPlace = new Map<number, Set<number>>();
  for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++) {
    const arc = core.byRow.items[i] as number;
    if (live[arc] === 0) continue;
    const place = core.placeOf[arc] as number;
    byPlace.set(place, (byPlace.get(place) ?? new Set<number>()).add(core.rowCoefficients[i] as number));
  }
  return [...byPlace].flatMap(([place, shares]) => {
    // A full place whose arcs all touch the row brings something with every unit; others may bring nothing.
    if (!(full[place] === 1 && allLiveIn(core, live, place, row))) shares.add(0);
    return Array.from({ length: Math.min(core.units[place] as number, core.agents) }, () => ({ place, shares }));
  });
};

const sharesOfAgents = (core: Core, { live, must }: ReachDomain, row: number): readonly ReadonlySet<number>[] => {
  const byAgent = new Map<number, { readonly shares: Set<number>; arcs: number }>();
  for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++) {
    const arc = core.byRow.items[i] as number;
    if (live[arc] === 0) continue;
    const agent = core.agentOf[arc] as number;
    const own = byAgent.get(agent) ?? { shares: new Set<number>(), arcs: 0 };
    own.shares.add(core.rowCoefficients[i] as number);
    own.arcs++;
    byAgent.set(agent, own);
  }
  return [...byAgent].map(([agent, { shares, arcs }]) =>
    must[agent] === 1 && arcs === liveArcsOf(core, live, agent) ? shares : shares.add(0),
  );
};

export interface Reach {
  /** The values the row can take; null where every value of its range is possible. */
  readonly values: Int32Array | null;
  /** How many arcs were dropped because no sum of the others fits to them. */
  readonly dropped: number;
}

/**
 * The values a row can take when each unit of a place brings at most one share, and each agent at most one: a superset of the true ones.
 * Arcs whose share fits no such sum are dropped (the knapsack filter of Trick 2003), and places that have to bring something become full.
 */
export const reachOf = (core: Core, domain: ReachDomain, row: number): Reach => {
  const lowest = domain.low[row] as number;
  const highest = domain.high[row] as number;
  const parts = partsOf(core, domain, row);
  const mask = (1n << BigInt(highest + 1)) - 1n;
  const before: bigint[] = [1n];
  for (const { shares } of parts) {
    const sums = before[before.length - 1] as bigint;
    let next = 0n;
    for (const share of shares) next |= sums << BigInt(share);
    before.push(next & mask);
  }
  const inRange = mask ^ ((1n << BigInt(lowest)) - 1n);
  const ends = (before[parts.length] as bigint) & sumsOf(sharesOfAgents(core, domain, row), mask) & inRange;
  // Backwards: the sums from which an end can be reached; a share is possible where a sum before meets a sum after.
  const possible = new Map<number, Set<number>>();
  let after = ends;
  for (let i = parts.length - 1; i >= 0; i--) {
    const { place, shares } = parts[i] as Part;
    const own = possible.get(place) ?? new Set<number>();
    let next = 0n;
    for (const share of shares) {
      if ((((before[i] as bigint) << BigInt(share)) & after) !== 0n) own.add(share);
      next |= after >> BigInt(share);
    }
    possible.set(place, own);
    after = next;
  }
  let dropped = 0;
  for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++) {
    const arc = core.byRow.items[i] as number;
    if (domain.live[arc] === 0 || possible.get(core.placeOf[arc] as number)?.has(core.rowCoefficients[i] as number))
      continue;
    domain.live[arc] = 0;
    dropped++;
  }
  for (const [place, shares] of possible)
    if (!shares.has(0) && domain.full[place] === 0 && (core.units[place] as number) <= core.agents) {
      domain.full[place] = 1;
      dropped++;
    }
  const values: number[] = [];
  for (let y = lowest; y <= highest; y++) if (((ends >> BigInt(y)) & 1n) === 1n) values.push(y);
  return { values: values.length === highest - lowest + 1 ? null : Int32Array.from(values), dropped };
};

const liveArcsOf = (core: Core, live: Uint8Array, agent: number): number => {
  let count = 0;
  for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++)
    count += live[core.byAgent.items[i] as number] as number;
  return count;
};

const allLiveIn = (core: Core, live: Uint8Array, place: number, row: number): boolean => {
  for (let i = core.byPlace.start[place] as number; i < (core.byPlace.start[place + 1] as number); i++) {
    const arc = core.byPlace.items[i] as number;
    if (live[arc] === 0) continue;
    let inside = false;
    for (let j = core.byArc.start[arc] as number; !inside && j < (core.byArc.start[arc + 1] as number); j++)
      inside = core.byArc.items[j] === row;
    if (!inside) return false;
  }
  return true;
};
