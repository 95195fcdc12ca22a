// Typed arrays are read with `as number` here: every index comes from the core.
import { groupedBy } from "../base/order.js";
import type { Core } from "./core.js";
import type { Found, Position } from "./position.js";

/** Passes over what is left of another choice. */
const PASSES = 4;
/** Of no more than so many parts of another choice, three are tried together; two of no more than `pairs`. */
const FEW = { threes: 40, pairs: 120 } as const;

export interface Blended {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly together?: true;
}

/** Agents that have to change together between two choices: whoever comes to a place, and whoever makes room there. */
const groupsOf = (core: Core, from: Int32Array, to: Int32Array): readonly (readonly number[])[] => {
  const leader = Int32Array.from({ length: core.agents }, (_, agent) => agent);
  const leaderOf = (agent: number): number => {
    let at = agent;
    while (leader[at] !== at) {
      leader[at] = leader[leader[at] as number] as number;
      at = leader[at] as number;
    }
    return at;
  };
  const leaving: number[][] = Array.from({ length: core.places }, () => []);
  const changing: number[] = [];
  for (let agent = 0; agent < core.agents; agent++) {
    if (from[agent] === to[agent]) continue;
    changing.push(agent);
    if ((from[agent] as number) >= 0) leaving[core.placeOf[from[agent] as number] as number]?.push(agent);
  }
  for (const agent of changing) {
    if ((to[agent] as number) < 0) continue;
    const other = leaving[core.placeOf[to[agent] as number] as number]?.pop();
    if (other !== undefined) leader[leaderOf(other)] = leaderOf(agent);
  }
  return [...groupedBy(changing, leaderOf).values()];
};

/**
 * Whatever of another choice makes this one better: two choices differ in paths and rings of agents that each can be taken over by itself
 * (symmetric difference of matchings: Berge 1957); where `together`, a few of them at once, which limits may ask for. `from` keeps all limits; so does
 * what is returned, at no greater value.
 */
export const blender =
  ({ core, arcOf, values, moving, movingTo, now, tryMoves, commit, load }: Position) =>
  ({ from, to, together }: Blended): Found => {
    const take = (agents: readonly number[]): boolean => {
      now.moves = agents.length;
      agents.forEach((agent, i) => {
        moving[i] = agent;
        movingTo[i] = to[agent] as number;
      });
      const isBetter = tryMoves() < 0 && now.brokenDelta <= 0;
      if (isBetter) commit();
      return isBetter;
    };
    load(from);
    let groups = groupsOf(core, from, to);
    for (let pass = 0; pass < PASSES; pass++) {
      const left = groups.filter((group) => !take(group));
      if (left.length === groups.length) break;
      groups = left;
    }
    /** So many more groups, taken with those in hand; null where no such are worth it. */
    const more = (count: number, taken: readonly (readonly number[])[]): readonly (readonly number[])[] | null => {
      if (count === 0) return take(taken.flat()) ? taken : null;
      const last = taken.at(-1);
      for (let i = last === undefined ? 0 : groups.indexOf(last) + 1; i < groups.length; i++) {
        const found = more(count - 1, [...taken, groups[i] as readonly number[]]);
        if (found !== null) return found;
      }
      return null;
    };
    const most = (): number => (groups.length > FEW.pairs ? 1 : groups.length > FEW.threes ? 2 : 3);
    for (let count = 2; together && count <= most(); ) {
      const taken = more(count, []);
      if (taken === null) count++;
      else {
        groups = groups.filter((group) => !taken.includes(group));
        count = 2;
      }
    }
    return { arcOf: arcOf.slice(), value: values[0] as number };
  };
