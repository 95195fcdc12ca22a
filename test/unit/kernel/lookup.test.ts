import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.js";
import { coreOf } from "../../../src/kernel/core.js";
import { lookupOf } from "../../../src/kernel/lookup.js";

/** Agents with 0 to 40 arcs each, some of them to the same place. */
const sparse = (agents: number, places: number, seed: number) => {
  const random = seededRandom(seed);
  const agent: number[] = [];
  const place: number[] = [];
  for (let one = 0; one < agents; one++)
    for (let arcs = Math.floor(random() * 41); arcs > 0; arcs--) {
      agent.push(one);
      place.push(Math.floor(random() ** 2 * places));
    }
  return coreOf({ agents, places: Array<number>(places).fill(1), arcs: { agent, place }, rows: [], tiers: [] });
};

describe("the arc that joins an agent and a place", () => {
  it.each([
    ["few", 30, 40],
    ["many", 1300, 1000],
  ])("is found among %s pairs, and none where there is none", (_, agents, places) => {
    const core = sparse(agents, places, agents);
    const arcs = new Map<number, number>();
    for (let arc = 0; arc < core.arcs; arc++)
      arcs.set((core.agentOf[arc] as number) * places + (core.placeOf[arc] as number), arc);
    const arcAt = lookupOf(core);
    let wrong = 0;
    for (let agent = 0; agent < agents; agent++)
      for (let place = 0; place < places; place++)
        if (arcAt(agent, place) !== (arcs.get(agent * places + place) ?? -1)) wrong++;
    expect(wrong).toBe(0);
    expect(arcs.size).toBeLessThan(core.arcs);
  });
});
