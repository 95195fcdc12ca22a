// Typed arrays are read with `as number` here: every index comes from the core.
import { groupedBy } from "../base/order.js";
import type { Core } from "./core.js";
import type { Found, Position } from "./position.js";

/** Passes over what is left of another choice. */
const PASSES = 4;

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
 * (symmetric difference of matchings: Berge 1957). `from` keeps all limits; so does what is returned, at no greater value.
 */
export const blender =
  ({ core, arcOf, values, moving, movingTo, now, tryMoves, commit, load }: Position) =>
  ({ from, to }: { readonly from: Int32Array; readonly to: Int32Array }): Found => {
    const take = (group: readonly number[]): boolean => {
      now.moves = group.length;
      group.forEach((agent, i) => {
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
    return { arcOf: arcOf.slice(), value: values[0] as number };
  };
