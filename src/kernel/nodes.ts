import { type Branch, partsOf } from "./branch.js";
import type { Core } from "./core.js";
import type { Domain } from "./domain.js";
import type { ProofNode, ProofPrices } from "./proof.js";
import { noPrices, type Prices, type Proven, type Task } from "./relax.js";
import { rowValues, stageValue, withRounding } from "./stage.js";

/** Whole differences this small are left alone by cuts, so that a check in floating point can follow them. */
export const MARGIN = 2 ** 12;

/** A domain of so few arcs is divided as quickly as it is searched. */
export const FEW_ARCS = 4000;

/** A domain that is still to be bounded, and its number in the proof. */
export interface OpenNode<P extends Prices> {
  readonly index: number;
  readonly domain: Domain;
  readonly bound: number;
  readonly prices: P;
  readonly depth: number;
}

/** A node of a proof before anything is known of it. */
export const newProofNode = (): ProofNode => ({ prices: [], branch: null, parts: null });

/** A relaxation's prices as a proof has them. */
export const proofPrices = ({ prices, placePrice }: Proven): ProofPrices => ({ ...prices, place: placePrice });

/** Smallest bound first; among equals the deeper, then the older. */
const before = (a: OpenNode<Prices>, b: OpenNode<Prices>): boolean =>
  a.bound !== b.bound ? a.bound < b.bound : a.depth !== b.depth ? a.depth > b.depth : a.index < b.index;

export const takeFirst = <N extends OpenNode<Prices>>(open: N[]): N | undefined => {
  let first = 0;
  for (let i = 1; i < open.length; i++) if (before(open[i] as N, open[first] as N)) first = i;
  const [node] = open.splice(first, 1);
  return node;
};

/** Divide a node: two new nodes of the proof, the likelier one first. `told`: the branch as the proof has it. */
export const divideNode = <P extends Prices>(
  core: Core,
  node: OpenNode<P>,
  given: {
    readonly branch: Branch;
    readonly told: Branch;
    readonly proof: ProofNode[];
    readonly bound: number;
    readonly prices: P;
  },
): readonly [likelier: OpenNode<P>, other: OpenNode<P>] => {
  const { branch, told, proof, bound, prices } = given;
  const [left, right] = partsOf(core, node.domain, branch);
  const index = proof.length;
  proof.push(newProofNode(), newProofNode());
  const own = proof[node.index] as ProofNode;
  own.branch = told;
  own.parts = [index, index + 1];
  const common = { bound, prices, depth: node.depth + 1 };
  const both = [
    { ...common, index, domain: left },
    { ...common, index: index + 1, domain: right },
  ] as const;
  return branch.left ? both : [both[1], both[0]];
};

/** Where one choice is left that exceeds a limit by so little that its coarse form does not show it: a price on it in fractions, for the check alone. Null where it may be within every limit; rows are not looked at. */
export const excludingPrices = (
  { core, stage, limits }: Task,
  arcOf: Int32Array,
  value: number,
): ProofPrices | null => {
  const y = rowValues(core, arcOf);
  const prices = noPrices(core, limits.length);
  for (const [k, { stage: kept, limit, unit }] of limits.entries()) {
    const over = stageValue(core, kept, arcOf, y) - withRounding(kept, limit);
    if (over <= 0) continue;
    prices.limit[k] = (2 * unit * Math.max(1, value - stageValue(core, stage, arcOf, y))) / over;
    return { ...prices, place: new Float64Array(core.places) };
  }
  return null;
};
