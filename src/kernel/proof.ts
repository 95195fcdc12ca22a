import type { Branch } from "./branch.js";
import type { Prices } from "./relax.js";

/** Prices that a proof needs: agents' prices follow from them. */
export interface ProofPrices extends Prices {
  readonly place: Float64Array;
  /** Where agents are priced in place of places. */
  readonly agent?: Float64Array;
}

/** One domain of the proof: prices that cut it down one after the other, then two parts, or nothing left. */
export interface ProofNode {
  readonly prices: ProofPrices[];
  branch: Branch | null;
  parts: readonly [number, number] | null;
}

/** How much a stage may cost: counts, so that a run without time limit is reproducible. */
export interface Effort {
  readonly rootRounds: number;
  readonly nodeRounds: number;
  readonly nodes: number;
  readonly stop: () => boolean;
  /** Whether the time of the whole run is over, not only this objective's share. */
  readonly isOver: () => boolean;
  /** Seconds left for this objective; Infinity where there is no limit. */
  readonly left: () => number;
  /** Whether a value is so near to its bound that the time left is better spent on other objectives. */
  readonly isClose: (value: number, bound: number) => boolean;
  /** The largest value that may be close to a bound; the bound itself where there is no limit of time. */
  readonly closeTo: (bound: number) => number;
  /** Keep back time for the check of one set of prices, or of several, over so many arcs together; less than 0: of sets that were thrown away. */
  readonly reserve: (arcs: number, sets?: number) => void;
}
