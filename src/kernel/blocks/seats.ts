// Typed arrays are read with `as number` here: every index comes from the core.
import type { Core } from "../core.js";
import type { Domain } from "../domain.js";
import { occupantsOf } from "../occupants.js";

/** Who sits where: every agent that has to be served at a place of its own among live arcs, by augmenting paths (Kuhn 1955). */
export const seating = (core: Core, { live, must }: Pick<Domain, "live" | "must">) => {
  const seatOf = new Int32Array(core.agents).fill(-1);
  const { firstAt, nextAt, link, unlink } = occupantsOf(core.agents, core.places);
  const taken = new Int32Array(core.places);
  const seenAt = new Int32Array(core.places).fill(-1);
  /** Who came upon a place in this search. */
  const wantedBy = new Int32Array(core.places);
  const queue: number[] = [];
  let search = 0;
  const leave = (agent: number): void => {
    const place = seatOf[agent] as number;
    if (place < 0) return;
    seatOf[agent] = -1;
    taken[place] = (taken[place] as number) - 1;
    unlink(agent, place);
  };
  const sit = (agent: number, place: number): void => {
    seatOf[agent] = place;
    taken[place] = (taken[place] as number) + 1;
    link(agent, place);
  };
  /** Back along the way: each takes what it wanted, and leaves its seat to whoever wanted that. */
  const moveUp = (agent: number, free: number): void => {
    for (let place = free; ; ) {
      const mover = wantedBy[place] as number;
      const left = seatOf[mover] as number;
      leave(mover);
      sit(mover, place);
      if (mover === agent) return;
      place = left;
    }
  };
  /** Give an agent a seat among its live arcs, moving others where needed. Returns whether there is one; else nothing has moved. */
  const seat = (agent: number): boolean => {
    search++;
    queue.length = 0;
    queue.push(agent);
    for (let head = 0; head < queue.length; head++) {
      const seeker = queue[head] as number;
      for (let i = core.byAgent.start[seeker] as number; i < (core.byAgent.start[seeker + 1] as number); i++) {
        const arc = core.byAgent.items[i] as number;
        const place = core.placeOf[arc] as number;
        if (live[arc] === 0 || seenAt[place] === search) continue;
        seenAt[place] = search;
        wantedBy[place] = seeker;
        if ((taken[place] as number) < (core.units[place] as number)) {
          moveUp(agent, place);
          return true;
        }
        for (let other = firstAt[place] as number; other >= 0; other = nextAt[other] as number) queue.push(other);
      }
    }
    return false;
  };
  const isSeated = (agent: number): boolean => {
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (live[arc] === 1 && core.placeOf[arc] === seatOf[agent]) return true;
    }
    return false;
  };
  /** Seat everybody who has to be. Returns whether all are. */
  const seatAll = (): boolean => {
    for (let agent = 0; agent < core.agents; agent++) if (must[agent] === 1 && !seat(agent)) return false;
    return true;
  };
  /** Whether an agent still has a seat after it lost arcs: its own, or another. */
  const keepsSeat = (agent: number): boolean => isSeated(agent) || (seatOf[agent] as number) < 0 || move(agent);
  const move = (agent: number): boolean => {
    const before = seatOf[agent] as number;
    leave(agent);
    if (seat(agent)) return true;
    sit(agent, before);
    return false;
  };
  return { seatAll, keepsSeat };
};
