// Typed arrays are read with `as number` here: every index comes from the town, or is held to its range first.
import type { CertifiedBranch, CertifiedNode } from "../certificate.js";
import { boundAndCut, type Task } from "./bound.js";
import { copyOf, type Domain, join } from "./domain.js";
import { type Narrow, narrowed } from "./narrow.js";
import { tighten } from "./tighten.js";
import { near } from "./town.js";

/** Arcs that are gone are looked at no more once less than this part of all is left. */
const NARROW = 0.6;

/** Leave the two parts of a branch in two domains that are alike. Returns whether it is a branch. */
const divide = ({ task, domain, arcs }: Narrow, { domain: other }: Narrow, branch: CertifiedBranch): boolean => {
  const { town } = task.work;
  if ("row" in branch) {
    const at = branch.at / (town.grid[branch.row] ?? 0);
    if (!Number.isFinite(at)) return false;
    const last = Math.floor(at + Math.min(near(at, 0), 1 / 4));
    domain.high[branch.row] = Math.min(domain.high[branch.row] as number, last);
    other.low[branch.row] = Math.max(other.low[branch.row] as number, last + 1);
    return true;
  }
  const within = new Set(branch.arcs);
  domain.must[branch.agent] = 1;
  for (let i = town.agentStart[branch.agent] ?? 0; i < (town.agentStart[branch.agent + 1] ?? 0); i++) {
    const arc = town.agentArcs[i] as number;
    (within.has(arcs[arc] as number) ? other : domain).live[arc] = 0;
  }
  return true;
};

/**
 * The least bound over the parts of a tree of nodes, over a domain that was tightened. Each node's prices cut its domain down one after the
 * other; parts without a choice of value `keep` or less are closed. With `union`, what is possible in any part that is left is gathered there.
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
  const leaf = (now: Domain, bound: number): number => {
    if (union !== undefined && union.domain === null) union.domain = copyOf(now);
    else if (union?.domain) join(union.domain, now);
    return bound;
  };
  const seen = new Set<number>();
  /** Nodes still to be visited, the next one last; `shown` is the best bound on the way there. */
  const open: { readonly at: Narrow; readonly index: number; readonly shown: number }[] = [];
  /** The bound of a node that ends a way; of one that is divided its parts will tell. */
  const visit = ({ at, index, shown }: (typeof open)[number]): number => {
    const { task: own, domain: now } = at;
    // Each node has one way to it: a walk ends, and soon.
    if (seen.has(index)) return leaf(now, shown);
    seen.add(index);
    if (index > 0 && !tighten(own.work, now)) return Number.POSITIVE_INFINITY;
    let best = shown;
    for (const prices of nodes[index]?.prices ?? []) {
      best = Math.max(best, boundAndCut(own, now, { prices, keep }));
      if (best > keep) return best;
      if (!tighten(own.work, now)) return Number.POSITIVE_INFINITY;
    }
    const { branch, parts } = nodes[index] ?? {};
    if (branch === undefined || parts?.some((next) => nodes[next] === undefined) !== false) return leaf(now, best);
    const isThin = union === undefined && now.live.reduce((sum, one) => sum + one, 0) < now.live.length * NARROW;
    const here = isThin ? narrowed(at) : at;
    const there = { ...here, domain: copyOf(here.domain) };
    if (!divide(here, there, branch)) return leaf(now, best);
    open.push({ at: there, index: parts[1], shown: best }, { at: here, index: parts[0], shown: best });
    return Number.POSITIVE_INFINITY;
  };
  const arcs = new Int32Array(domain.live.length).map((_, arc) => arc);
  open.push({ at: { task, domain, arcs }, index: 0, shown: Number.NEGATIVE_INFINITY });
  let least = Number.POSITIVE_INFINITY;
  for (let next = open.pop(); next !== undefined; next = open.pop()) least = Math.min(least, visit(next));
  return least;
};
