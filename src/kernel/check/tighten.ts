// Typed arrays are read with `as number` here: every index comes from the town.
import type { Domain } from "./domain.js";
import { type FewPlaces, fewPlacesOf, filterSums, isVaried } from "./sums.js";
import type { Town } from "./town.js";

/** What `tighten` keeps at hand for one town, so that it allocates nothing. */
export interface Workshop {
  readonly town: Town;
  /** Live arcs of each agent and at each place. */
  readonly liveOf: Int32Array;
  readonly liveAt: Int32Array;
  /** Rows to be looked at again; agents that lost an arc. */
  readonly stale: Uint8Array;
  readonly poorer: Uint8Array;
  /** Widest difference that one agent can make in a row. */
  readonly span: Float64Array;
  readonly few: readonly (FewPlaces | null)[];
}

/** `whole`: of a town that this one is a part of, whose rows are looked at in the same way. */
export const workshopOf = (town: Town, whole?: Workshop): Workshop => ({
  town,
  liveOf: new Int32Array(town.model.agents),
  liveAt: new Int32Array(town.model.places.length),
  stale: new Uint8Array(town.rows),
  poorer: new Uint8Array(town.model.agents),
  span: Float64Array.from({ length: town.rows }, (_, r) => {
    let [least, most] = [0, 0];
    for (let i = town.rowStart[r] as number; i < (town.rowStart[r + 1] as number); i++) {
      least = Math.min(least, town.rowShares[i] as number);
      most = Math.max(most, town.rowShares[i] as number);
    }
    return most - least;
  }),
  few: Array.from({ length: town.rows }, (_, r) =>
    (whole === undefined ? isVaried(town, r) : whole.few[r] !== null) ? fewPlacesOf(town, r) : null,
  ),
});

/** Take an arc out of a domain. */
export const drop = ({ town, liveOf, liveAt, stale, poorer }: Workshop, { live }: Domain, arc: number): void => {
  const [agent, place] = [town.agentOf[arc] as number, town.placeOf[arc] as number];
  live[arc] = 0;
  liveOf[agent] = (liveOf[agent] as number) - 1;
  liveAt[place] = (liveAt[place] as number) - 1;
  poorer[agent] = 1;
  for (let j = town.arcStart[arc] as number; j < (town.arcStart[arc + 1] as number); j++)
    stale[town.arcRows[j] as number] = 1;
};

/** A row that cannot do without an agent leaves it no arc outside. */
const keepInRow = (work: Workshop, domain: Domain, { agent, row }: { agent: number; row: number }): void => {
  const { agentStart, agentArcs, arcStart, arcRows } = work.town;
  if (domain.must[agent] === 0) work.poorer[agent] = 1;
  domain.must[agent] = 1;
  for (let i = agentStart[agent] as number; i < (agentStart[agent + 1] as number); i++) {
    const arc = agentArcs[i] as number;
    const isInside = arcRows.subarray(arcStart[arc] as number, arcStart[arc + 1] as number).includes(row);
    if (domain.live[arc] === 1 && !isInside) drop(work, domain, arc);
  }
};

/** Cut a row to what its agents can bring, then drop the arcs that no choice of the others lets fit. Returns whether a value is left. */
const settleRow = (work: Workshop, domain: Domain, r: number): boolean => {
  const { rowArcs, rowShares, agentOf } = work.town;
  const { live, must, low, high } = domain;
  const [from, to] = [work.town.rowStart[r] as number, work.town.rowStart[r + 1] as number];
  let least = 0;
  let most = 0;
  // Once for the sums over all agents, once more, where the row is tight, for what each agent's arcs would make of them.
  for (let tight = false; ; tight = true) {
    for (let i = from; i < to; ) {
      const first = i;
      const agent = agentOf[rowArcs[i] as number] as number;
      let [count, a, b] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (; i < to && agentOf[rowArcs[i] as number] === agent; i++) {
        if (live[rowArcs[i] as number] === 0) continue;
        const share = rowShares[i] as number;
        count++;
        if (share < a) a = share;
        if (share > b) b = share;
      }
      if (count === 0) continue;
      const isSure = must[agent] === 1 && count === work.liveOf[agent];
      if (!isSure) {
        a = Math.min(0, a);
        b = Math.max(0, b);
      }
      if (!tight) {
        least += a;
        most += b;
        continue;
      }
      if (!isSure && (least - a > (high[r] as number) || most - b < (low[r] as number)))
        keepInRow(work, domain, { agent, row: r });
      for (let j = first; j < i; j++) {
        const share = rowShares[j] as number;
        if (live[rowArcs[j] as number] === 0) continue;
        if (least - a + share > (high[r] as number) || most - b + share < (low[r] as number))
          drop(work, domain, rowArcs[j] as number);
      }
    }
    if (tight) return true;
    if (least > (low[r] as number)) low[r] = least;
    if (most < (high[r] as number)) high[r] = most;
    if ((low[r] as number) > (high[r] as number)) return false;
    const span = work.span[r] as number;
    if (least + span <= (high[r] as number) && most - span >= (low[r] as number)) return true;
  }
};

/** Settle rows until none is stale. An agent that must take an arc and lost one may now be sure to touch a row. */
const settleRows = (work: Workshop, domain: Domain): boolean => {
  const { town, stale, poorer } = work;
  for (let moved = true; moved; ) {
    moved = false;
    for (let r = 0; r < town.rows; r++) {
      if (stale[r] === 0) continue;
      stale[r] = 0;
      moved = true;
      if (!settleRow(work, domain, r)) return false;
    }
    for (let agent = 0; agent < poorer.length; agent++) {
      if (poorer[agent] === 0) continue;
      poorer[agent] = 0;
      if (domain.must[agent] === 0) continue;
      for (let i = town.agentStart[agent] as number; i < (town.agentStart[agent + 1] as number); i++) {
        const arc = town.agentArcs[i] as number;
        if (domain.live[arc] === 0) continue;
        for (let j = town.arcStart[arc] as number; j < (town.arcStart[arc + 1] as number); j++)
          stale[town.arcRows[j] as number] = 1;
      }
    }
  }
  return true;
};

const enoughLeft = ({ town, liveOf, liveAt }: Workshop, { must, full }: Domain): boolean => {
  for (let agent = 0; agent < must.length; agent++) if (must[agent] === 1 && liveOf[agent] === 0) return false;
  for (let place = 0; place < full.length; place++)
    if (full[place] === 1 && (liveAt[place] as number) < (town.model.places[place] as number)) return false;
  return true;
};

/** Cut rows to what arcs can bring, and arcs to what rows can take, until nothing moves. Returns whether anything is left. */
export const tighten = (work: Workshop, domain: Domain): boolean => {
  const { town, liveOf, liveAt } = work;
  const { live } = domain;
  liveOf.fill(0);
  liveAt.fill(0);
  for (let arc = 0; arc < live.length; arc++) {
    if (live[arc] === 0) continue;
    const [agent, place] = [town.agentOf[arc] as number, town.placeOf[arc] as number];
    liveOf[agent] = (liveOf[agent] as number) + 1;
    liveAt[place] = (liveAt[place] as number) + 1;
  }
  work.stale.fill(1);
  work.poorer.fill(0);
  for (;;) {
    if (!settleRows(work, domain) || !enoughLeft(work, domain)) return false;
    let moved = false;
    for (const few of work.few) {
      if (few === null) continue;
      const outcome = filterSums(few, { ...work, domain, drop: (arc) => drop(work, domain, arc) });
      if (outcome === "none") return false;
      if (outcome === "moved") {
        moved = true;
        work.stale[few.row] = 1;
      }
    }
    if (!moved) return true;
  }
};
