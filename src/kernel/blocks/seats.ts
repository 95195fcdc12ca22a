// Typed arrays are read with `as number` here: every index comes from the core.
import type { Core } from "../core.js";
import type { Domain } from "../domain.js";

/** Who sits where: every agent that has to be served at a place of its own among live arcs, by augmenting paths (Kuhn 1955). */
export const seating = (core: Core, { live, must }: Pick<Domain, "live" | "must">) => {
  const seatOf = new Int32Array(core.agents).fill(-1);
  const sitting = Array.from({ length: core.places }, () => new Set<number>());
  const seenAt = new Int32Array(core.places).fill(-1);
  let search = 0;
  const leave = (agent: number): void => {
    const place = seatOf[agent] as number;
    if (place >= 0) (sitting[place] as Set<number>).delete(agent);
    seatOf[agent] = -1;
  };
  const take = (agent: number): boolean => {
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      const place = core.placeOf[arc] as number;
      if (live[arc] === 0 || seenAt[place] === search) continue;
      seenAt[place] = search;
      const here = sitting[place] as Set<number>;
      if (here.size >= (core.units[place] as number) && ![...here].some(take)) continue;
      leave(agent);
      (sitting[place] as Set<number>).add(agent);
      seatOf[agent] = place;
      return true;
    }
    return false;
  };
  /** Give an agent a seat among its live arcs, moving others where needed. Returns whether there is one; else nothing has moved. */
  const seat = (agent: number): boolean => {
    search++;
    return take(agent);
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
    (sitting[before] as Set<number>).add(agent);
    seatOf[agent] = before;
    return false;
  };
  return { seatAll, keepsSeat };
};
