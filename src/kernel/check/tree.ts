// Typed arrays are read with `as number` here: every index comes from the town, or is held to its range first.
import type { CertifiedNode } from "../certificate.js";
import { boundAndCut, type Task } from "./bound.js";
import { copyOf, type Domain, join } from "./domain.js";
import { tighten } from "./tighten.js";
import { near } from "./town.js";

/**
 * The least bound over the parts of a tree of nodes. Each node's prices cut its domain down one after the other; parts without a choice of
 * value `keep` or less are closed. With `union`, what is possible in any part that is left is gathered there.
 */
export const boundOfTree = (
  task: Task,
  domain: Domain,
  given: {
    readonly nodes: readonly CertifiedNode[];
    readonly keep: number;
    readonly union?: { domain: Domain | null };
  },
): number => {
  const { nodes, keep, union } = given;
  const { town } = task.work;
  const leaf = (now: Domain, bound: number): number => {
    if (union !== undefined && union.domain === null) union.domain = copyOf(now);
    else if (union?.domain) join(union.domain, now);
    return bound;
  };
  const seen = new Set<number>();
  const visit = (now: Domain, index: number): number => {
    // Each node has one way to it: a walk ends, and soon.
    if (seen.has(index)) return leaf(now, Number.NEGATIVE_INFINITY);
    seen.add(index);
    if (!tighten(task.work, now)) return Number.POSITIVE_INFINITY;
    let best = Number.NEGATIVE_INFINITY;
    for (const prices of nodes[index]?.prices ?? []) {
      best = Math.max(best, boundAndCut(task, now, { prices, keep }));
      if (best > keep) return best;
      if (!tighten(task.work, now)) return Number.POSITIVE_INFINITY;
    }
    const { branch, parts } = nodes[index] ?? {};
    if (branch === undefined || parts?.some((next) => nodes[next] === undefined) !== false) return leaf(now, best);
    const other = copyOf(now);
    if ("row" in branch) {
      const at = branch.at / (town.grid[branch.row] ?? 0);
      if (!Number.isFinite(at)) return leaf(now, best);
      const last = Math.floor(at + near(at, 0));
      now.high[branch.row] = Math.min(now.high[branch.row] as number, last);
      other.low[branch.row] = Math.max(other.low[branch.row] as number, last + 1);
    } else {
      const within = new Set(branch.arcs);
      now.must[branch.agent] = 1;
      for (let i = town.agentStart[branch.agent] ?? 0; i < (town.agentStart[branch.agent + 1] ?? 0); i++) {
        const arc = town.agentArcs[i] as number;
        (within.has(arc) ? other : now).live[arc] = 0;
      }
    }
    return Math.max(best, Math.min(visit(now, parts[0]), visit(other, parts[1])));
  };
  return visit(domain, 0);
};
