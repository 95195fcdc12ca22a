import type { KernelModel } from "../../src/kernel/model.js";

/** More arcs than what the kernel divides as soon as it is bounded. */
const PADDING = 2050;

/** The same model beside two agents with thousands of places of their own, one of whom is served at most: both are dear, and neither is. */
export const padded = (model: KernelModel): KernelModel => {
  const { agents, places, rows, tiers } = model;
  const agent = Array.from(model.arcs.agent);
  const place = Array.from(model.arcs.place);
  const own = agent.length;
  for (let i = 0; i < 2 * PADDING; i++) {
    agent.push(agents + (i % 2));
    place.push(places.length + Math.floor(i / 2));
  }
  const arcs = agent.map((_, arc) => arc).slice(own);
  return {
    agents: agents + 2,
    places: [...Array.from(places), ...Array.from({ length: PADDING }, () => 1)],
    arcs: { agent, place },
    rows: [...rows, { name: "padding", arcs, coefficients: arcs.map(() => 1), max: 1 }],
    tiers: tiers.map((tier) => ({
      ...tier,
      weights: [
        ...Array.from({ length: own }, (_, arc) => tier.weights?.[arc] ?? 0),
        ...arcs.map(() => (tier.sense === "min" ? 1 : -1)),
      ],
    })),
  };
};
