// Typed arrays are read with `as number` here: every index comes from the core.
import { InternalError } from "../base/errors.js";
import { copyOf, type Domain, liveCount } from "./domain.js";
import { FEW_ARCS } from "./nodes.js";
import type { Effort, ProofNode } from "./proof.js";
import type { Prices, Task } from "./relax.js";
import { solveStage } from "./tree.js";

/** A smaller domain that still holds every choice within a limit, and what shows it. */
export interface Shrunk {
  readonly domain: Domain;
  readonly proof: readonly ProofNode[];
}

/** Nodes spent on cutting a domain down, for each one that the optimum took: fewer where little is left to be cut. */
const SHRINK_FACTOR = { usual: 3, few: 1 } as const;
const SHRINK_NODES = 300;

const unionOf = (parts: readonly Domain[]): Domain => {
  const [first, ...others] = parts;
  if (first === undefined) throw new InternalError("kernel.shrink", "the best choice was cut off");
  const union = copyOf(first);
  for (const { live, must, full, low, high } of others) {
    live.forEach((one, arc) => {
      if (one === 1) union.live[arc] = 1;
    });
    must.forEach((one, agent) => {
      if (one === 0) union.must[agent] = 0;
    });
    full.forEach((one, place) => {
      if (one === 0) union.full[place] = 0;
    });
    low.forEach((one, row) => {
      if (one < (union.low[row] as number)) union.low[row] = one;
    });
    high.forEach((one, row) => {
      if (one > (union.high[row] as number)) union.high[row] = one;
    });
  }
  return union;
};

/** Divide a domain and drop the parts that hold nothing of value `within` or less. What is left is joined again. */
export function* shrink(
  task: Task,
  domain: Domain,
  given: { readonly within: number; readonly effort: Effort; readonly nodes: number; readonly prices: Prices },
): Generator<void, Shrunk> {
  const { within, effort, prices } = given;
  const factor = liveCount(domain) > FEW_ARCS ? SHRINK_FACTOR.usual : SHRINK_FACTOR.few;
  const nodes = Math.min(SHRINK_NODES, given.nodes * factor);
  const { rest, proof } = yield* solveStage(task, domain, {
    start: null,
    within,
    prices,
    effort: { ...effort, nodes },
  });
  return { domain: unionOf(rest), proof };
}
