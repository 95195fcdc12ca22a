// Typed arrays are read with `as number` here: every index comes from the arcs handed in.
import { occupantsOf } from "./occupants.js";

/** Arcs that are still in play, in the order of their agents. */
export interface LiveArcs {
  readonly start: Int32Array;
  /** The core's number of each arc, and its place. */
  readonly arc: Int32Array;
  readonly place: Int32Array;
}

/** An optimal assignment at given costs with prices that prove it: cost >= agent price + place price on every arc. */
export interface Assignment {
  /** Position in the live arcs, -1 for none. */
  readonly chosen: Int32Array;
  /** 0 or less, except for those who have to be served. */
  readonly agentPrice: Float64Array;
  /** 0 or less; 0 where a unit is left. */
  readonly placePrice: Float64Array;
  /** Null, or places that have too few units for those who have to be served there and nowhere else: then nothing else is of use. */
  readonly crowded: readonly number[] | null;
}

interface Heap {
  readonly keys: Float64Array;
  readonly items: Int32Array;
  size: number;
}

const push = (heap: Heap, key: number, item: number): void => {
  const { keys, items } = heap;
  let at = heap.size++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if ((keys[parent] as number) <= key) break;
    keys[at] = keys[parent] as number;
    items[at] = items[parent] as number;
    at = parent;
  }
  keys[at] = key;
  items[at] = item;
};

const pop = (heap: Heap): number => {
  const { keys, items } = heap;
  const top = items[0] as number;
  const size = --heap.size;
  const key = keys[size] as number;
  const item = items[size] as number;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child++;
    if ((keys[child] as number) >= key) break;
    keys[at] = keys[child] as number;
    items[at] = items[child] as number;
    at = child;
  }
  keys[at] = key;
  items[at] = item;
  return top;
};

/**
 * Assignments of one size, one after the other: buffers are used again, and where arcs and duties are the same as before, each starts from the last:
 * prices of places follow what their occupants' costs did, so that only what fell out of balance is mended.
 */
export const assigner = (agents: number, units: Float64Array, mostArcs: number) => {
  const places = units.length;
  const distance = new Float64Array(places);
  const via = new Int32Array(places);
  const used = new Float64Array(places);
  const state = new Uint8Array(places);
  const heap: Heap = { keys: new Float64Array(mostArcs + 1), items: new Int32Array(mostArcs + 1), size: 0 };
  const { firstAt, nextAt, link, unlink } = occupantsOf(agents, places);
  const agentAt = new Int32Array(mostArcs);
  const placeStart = new Int32Array(places + 1);
  const placeArcs = new Int32Array(mostArcs);
  const reached: number[] = [];
  const scanned: number[] = [];
  const chosen = new Int32Array(agents).fill(-1);
  const agentPrice = new Float64Array(agents);
  const placePrice = new Float64Array(places);
  const lastCost = new Float64Array(mostArcs);
  let owners: Int32Array | null = null;
  let duties: Uint8Array | null = null;
  let isWarm = false;

  const forget = (): void => {
    for (const one of reached) state[one] = 0;
    heap.size = 0;
    reached.length = 0;
    scanned.length = 0;
  };

  const index = ({ start, place }: LiveArcs): void => {
    placeStart.fill(0);
    for (let agent = 0; agent < agents; agent++)
      agentAt.fill(agent, start[agent] as number, start[agent + 1] as number);
    const size = start[agents] as number;
    for (let i = 0; i < size; i++)
      placeStart[(place[i] as number) + 1] = (placeStart[(place[i] as number) + 1] as number) + 1;
    for (let j = 0; j < places; j++) placeStart[j + 1] = (placeStart[j + 1] as number) + (placeStart[j] as number);
    const next = placeStart.slice(0, places);
    for (let i = 0; i < size; i++) {
      const to = place[i] as number;
      placeArcs[next[to] as number] = i;
      next[to] = (next[to] as number) + 1;
    }
  };

  /** Let prices of full places follow their occupants' costs; who is served at more than the least cost lets go. */
  const rebalance = ({ start, place }: LiveArcs, cost: Float64Array, must: Uint8Array): void => {
    for (let to = 0; to < places; to++) {
      const first = firstAt[to] as number;
      if (first < 0 || (used[to] as number) < (units[to] as number)) continue;
      const arc = chosen[first] as number;
      placePrice[to] = Math.min(0, (placePrice[to] as number) + (cost[arc] as number) - (lastCost[arc] as number));
    }
    for (let agent = 0; agent < agents; agent++) {
      let best = must[agent] === 0 ? 0 : Number.POSITIVE_INFINITY;
      for (let i = start[agent] as number; i < (start[agent + 1] as number); i++) {
        const reduced = (cost[i] as number) - (placePrice[place[i] as number] as number);
        if (reduced < best) best = reduced;
      }
      agentPrice[agent] = best;
      const arc = chosen[agent] as number;
      if (arc < 0 || (cost[arc] as number) - (placePrice[place[arc] as number] as number) <= best) continue;
      const to = place[arc] as number;
      unlink(agent, to);
      used[to] = (used[to] as number) - 1;
      chosen[agent] = -1;
    }
  };

  /** Serve an agent that is not, or see that it stays out. Returns whether that was possible. */
  const serve = ({ start, place }: LiveArcs, cost: Float64Array, must: Uint8Array, agent: number): boolean => {
    const stays = must[agent] === 0;
    let best = stays ? 0 : Number.POSITIVE_INFINITY;
    let bestArc = -1;
    for (let i = start[agent] as number; i < (start[agent + 1] as number); i++) {
      const reduced = (cost[i] as number) - (placePrice[place[i] as number] as number);
      if (reduced < best) {
        best = reduced;
        bestArc = i;
      }
    }
    agentPrice[agent] = best;
    if (bestArc < 0) return stays;
    const target = place[bestArc] as number;
    if ((used[target] as number) < (units[target] as number)) {
      used[target] = (used[target] as number) + 1;
      chosen[agent] = bestArc;
      link(agent, target);
      return true;
    }
    // Dijkstra from the agent, over places; `limit` is the shortest way found to a free unit or to an agent that gives up.
    forget();
    let limit = stays ? -best : Number.POSITIVE_INFINITY;
    let endPlace = -1;
    let endAgent = agent;
    let current = agent;
    let base = 0;
    for (;;) {
      const own = agentPrice[current] as number;
      for (let i = start[current] as number; i < (start[current + 1] as number); i++) {
        const to = place[i] as number;
        if (state[to] === 2) continue;
        const length = base + (cost[i] as number) - own - (placePrice[to] as number);
        if (length >= limit) continue;
        if (state[to] === 1 && length >= (distance[to] as number)) continue;
        if (state[to] === 0) {
          state[to] = 1;
          reached.push(to);
        }
        distance[to] = length;
        via[to] = i;
        if ((used[to] as number) < (units[to] as number)) {
          limit = length;
          endPlace = to;
          endAgent = -1;
        } else push(heap, length, to);
      }
      // The next agent: another in the place that was taken out last, or in the nearest place.
      let next = current === agent ? -1 : (nextAt[current] as number);
      while (next < 0 && heap.size > 0) {
        const nearest = pop(heap);
        if (state[nearest] === 2) continue;
        if ((distance[nearest] as number) >= limit) {
          heap.size = 0;
          break;
        }
        state[nearest] = 2;
        scanned.push(nearest);
        base = distance[nearest] as number;
        next = firstAt[nearest] as number;
      }
      if (next < 0) break;
      current = next;
      if (must[current] === 0 && base - (agentPrice[current] as number) < limit) {
        limit = base - (agentPrice[current] as number);
        endAgent = current;
        endPlace = -1;
      }
    }
    if (limit === Number.POSITIVE_INFINITY) return false;
    for (const one of scanned) {
      const shift = limit - (distance[one] as number);
      if (shift <= 0) continue;
      placePrice[one] = (placePrice[one] as number) - shift;
      for (let other = firstAt[one] as number; other >= 0; other = nextAt[other] as number)
        agentPrice[other] = (agentPrice[other] as number) + shift;
    }
    agentPrice[agent] = best + limit;
    // Walk back: each agent on the way takes the place it was reached through.
    let to = endPlace;
    if (endPlace >= 0) used[endPlace] = (used[endPlace] as number) + 1;
    else if (endAgent !== agent) {
      to = place[chosen[endAgent] as number] as number;
      unlink(endAgent, to);
      chosen[endAgent] = -1;
    }
    while (to >= 0) {
      const arc = via[to] as number;
      const mover = agentAt[arc] as number;
      const before = chosen[mover] as number;
      chosen[mover] = arc;
      const left = before < 0 ? -1 : (place[before] as number);
      if (left >= 0) unlink(mover, left);
      link(mover, to);
      to = left;
    }
    return true;
  };

  /** A place with a unit left has price 0: fill the unit, or raise the price to 0, whichever comes first on the way. */
  const settle = ({ place }: LiveArcs, cost: Float64Array, from: number): void => {
    forget();
    state[from] = 2;
    reached.push(from);
    scanned.push(from);
    distance[from] = 0;
    let limit = -(placePrice[from] as number);
    let endPlace = from;
    let endArc = -1;
    let current = from;
    for (;;) {
      const base = distance[current] as number;
      const own = placePrice[current] as number;
      for (let k = placeStart[current] as number; k < (placeStart[current + 1] as number); k++) {
        const arc = placeArcs[k] as number;
        const agent = agentAt[arc] as number;
        const before = chosen[agent] as number;
        if (before === arc) continue;
        const length = base + (cost[arc] as number) - own - (agentPrice[agent] as number);
        if (length >= limit) continue;
        if (before < 0) {
          limit = length;
          endPlace = current;
          endArc = arc;
          continue;
        }
        const to = place[before] as number;
        if (state[to] === 2 || (state[to] === 1 && length >= (distance[to] as number))) continue;
        if (state[to] === 0) {
          state[to] = 1;
          reached.push(to);
        }
        distance[to] = length;
        via[to] = arc;
        push(heap, length, to);
        if (length - (placePrice[to] as number) < limit) {
          limit = length - (placePrice[to] as number);
          endPlace = to;
          endArc = -1;
        }
      }
      let next = -1;
      while (next < 0 && heap.size > 0) {
        const nearest = pop(heap);
        if (state[nearest] === 2) continue;
        if ((distance[nearest] as number) >= limit) break;
        state[nearest] = 2;
        scanned.push(nearest);
        next = nearest;
      }
      if (next < 0) break;
      current = next;
    }
    for (const one of scanned) {
      const shift = limit - (distance[one] as number);
      if (shift <= 0) continue;
      placePrice[one] = (placePrice[one] as number) + shift;
      for (let other = firstAt[one] as number; other >= 0; other = nextAt[other] as number)
        agentPrice[other] = (agentPrice[other] as number) - shift;
    }
    if (endArc >= 0) {
      const agent = agentAt[endArc] as number;
      chosen[agent] = endArc;
      link(agent, endPlace);
      used[endPlace] = (used[endPlace] as number) + 1;
    }
    // Back towards the place: from each one on the way an agent moves on.
    for (let at = endPlace; at !== from; ) {
      const arc = via[at] as number;
      const mover = agentAt[arc] as number;
      const to = place[arc] as number;
      unlink(mover, at);
      used[at] = (used[at] as number) - 1;
      chosen[mover] = arc;
      link(mover, to);
      used[to] = (used[to] as number) + 1;
      at = to;
    }
  };

  /**
   * Least-cost assignment where an agent may stay out at cost 0 unless it must be served: shortest augmenting paths over reduced costs (Jonker and Volgenant 1987).
   * Whole costs give whole prices. Cost: one look at every arc, and one Dijkstra per agent or place that is out of balance.
   */
  return (arcs: LiveArcs, cost: Float64Array, must: Uint8Array): Assignment => {
    const size = arcs.start[agents] as number;
    if (owners !== arcs.start) {
      index(arcs);
      owners = arcs.start;
      isWarm = false;
    }
    if (duties === null || must.some((one, agent) => one !== duties?.[agent])) {
      duties = must.slice();
      isWarm = false;
    }
    if (isWarm) rebalance(arcs, cost, must);
    else {
      chosen.fill(-1);
      placePrice.fill(0);
      used.fill(0);
      firstAt.fill(-1);
    }
    lastCost.set(cost.subarray(0, size));
    isWarm = false;
    for (let agent = 0; agent < agents; agent++) {
      if ((chosen[agent] as number) >= 0 || serve(arcs, cost, must, agent)) continue;
      const crowded = scanned.slice();
      forget();
      return {
        chosen: chosen.slice(),
        agentPrice: agentPrice.slice(),
        placePrice: placePrice.slice(),
        crowded: arcs.start[agent] === arcs.start[agent + 1] ? [] : crowded,
      };
    }
    for (let to = 0; to < places; to++)
      while ((placePrice[to] as number) < 0 && (used[to] as number) < (units[to] as number)) settle(arcs, cost, to);
    forget();
    isWarm = true;
    return {
      chosen: chosen.slice(),
      agentPrice: agentPrice.slice(),
      placePrice: placePrice.slice(),
      crowded: null,
    };
  };
};
