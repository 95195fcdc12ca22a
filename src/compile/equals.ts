import type { Compiled } from "./compile.js";

/** Text that is equal for two agents exactly when the model cannot tell them apart: same places, rows and weights. */
const signaturesOf = ({ model }: Compiled): readonly string[] => {
  const { agents, arcs, rows, tiers } = model;
  const inRows: string[][] = Array.from({ length: arcs.agent.length }, () => []);
  rows.forEach((row, index) => {
    for (let i = 0; i < row.arcs.length; i++) inRows[row.arcs[i] ?? -1]?.push(`${index}:${row.coefficients[i]}`);
  });
  const parts: string[][] = Array.from({ length: agents }, () => []);
  for (let arc = 0; arc < arcs.agent.length; arc++) {
    const weights = tiers.map(({ weights: all }) => all?.[arc] ?? 0);
    parts[arcs.agent[arc] ?? -1]?.push(`${arcs.place[arc]}|${weights.join(",")}|${inRows[arc]?.join(",")}`);
  }
  return parts.map((part) => part.join(";"));
};

const arcsByAgentAndPlace = ({ model }: Compiled, agents: ReadonlySet<number>): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (let arc = 0; arc < model.arcs.agent.length; arc++) {
    const agent = model.arcs.agent[arc] ?? -1;
    if (agents.has(agent)) found.set(`${agent}/${model.arcs.place[arc]}`, arc);
  }
  return found;
};

/** Agents that the model cannot tell apart, in the order of the draw; only classes of two and more. */
export const classesOfEquals = (compiled: Compiled): readonly (readonly number[])[] => {
  const classes = new Map<string, number[]>();
  signaturesOf(compiled).forEach((signature, agent) => {
    if (signature === "") return;
    const members = classes.get(signature);
    if (members === undefined) classes.set(signature, [agent]);
    else members.push(agent);
  });
  return [...classes.values()].filter((members) => members.length > 1);
};

/**
 * Settle ties between equals by the draw: among agents that the model cannot tell apart, the one that comes first in the order of
 * the draw gets the best of the places that the class was given (best by the tiers in order, then by the places' order), and
 * being left out falls on the last. No tier changes its value, since any exchange among equals keeps every sum.
 */
export const settleEquals = (compiled: Compiled, arcOf: Int32Array): Int32Array => {
  const { model } = compiled;
  const shared = classesOfEquals(compiled);
  const arcAt = arcsByAgentAndPlace(compiled, new Set(shared.flat()));
  const settled = Int32Array.from(arcOf);
  const better = (a: number, b: number): number => {
    for (const { weights, sense } of model.tiers) {
      const difference = (weights?.[a] ?? 0) - (weights?.[b] ?? 0);
      if (difference !== 0) return sense === "min" ? difference : -difference;
    }
    return (model.arcs.place[a] ?? 0) - (model.arcs.place[b] ?? 0);
  };
  for (const members of shared) {
    const given = members.map((agent) => settled[agent] ?? -1).filter((arc) => arc >= 0);
    given.sort(better);
    members.forEach((agent, rank) => {
      const arc = given[rank];
      settled[agent] = arc === undefined ? -1 : (arcAt.get(`${agent}/${model.arcs.place[arc]}`) ?? -1);
    });
  }
  return settled;
};
