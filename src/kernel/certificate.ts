// Typed arrays are read with `as number` here: every index comes from the core.
import type { Branch } from "./branch.js";
import type { Core } from "./core.js";
import type { CountRow } from "./counts.js";
import type { ProofNode } from "./proof.js";
import type { Prices } from "./relax.js";
import type { Limit, Stage } from "./stage.js";

/** Pairs of an index and a price that is not 0; in the unit of the objective that the prices are for, which is minimised. */
export type SparsePrices = readonly (readonly [index: number, price: number])[];

export interface CertifiedPrices {
  /** Per row; rows from the model's number on are the counts. */
  readonly rows: SparsePrices;
  /** Per limit: the earlier objectives in the order in which they were proven. */
  readonly limits: SparsePrices;
  readonly places: SparsePrices;
  /**
   * Where given, agents are priced in place of places, and every block chooses for itself: which arcs its places take, each place as many as it has
   * units, and so what its row comes to. An agent without an entry has the price 0.
   */
  readonly agents?: SparsePrices;
}

export type CertifiedBranch =
  /** First part: the row at most `at`; second: more than `at`. */
  | { readonly row: number; readonly at: number }
  /** First part: the agent takes one of these arcs; second: none of them. */
  | { readonly agent: number; readonly arcs: readonly number[] };

export interface CertifiedNode {
  /** Each bounds what is left, and takes out what costs more than the value that the tree keeps to. */
  readonly prices: readonly CertifiedPrices[];
  readonly branch?: CertifiedBranch;
  /** Numbers of the two nodes that the branch leads to. */
  readonly parts?: readonly [number, number];
}

/** What proves one objective: a tier, or one threshold of a leximax tier. */
export interface CertifiedStage {
  readonly tier: number;
  /** Leximax tiers: the number of terms at or above this is minimised. */
  readonly threshold?: number;
  /** Only shown: that some term reaches the threshold, which the best choice may exceed. Later objectives know nothing of it. */
  readonly least?: true;
  /** A choice that attains the value which was proven or kept; absent where the result itself does. */
  readonly choice?: readonly number[];
  /** What rounding of fractional weights and costs can make; 0 where all is whole. Later objectives keep this one within it. */
  readonly precision: number;
  /** Values nearer to the best than this are not looked for: they are taken for equal. At least the precision. */
  readonly equal: number;
  /** Prices that cut down, for this and all later objectives, what exceeds this one's limit; the first ones before the tree. */
  readonly cutsBefore: readonly CertifiedPrices[];
  readonly tree: readonly CertifiedNode[];
  /** Where the tree shows no more than that nothing is cheaper than this value: it cuts off what costs more. Absent: the value itself. */
  readonly keep?: number;
  readonly cutsAfter: readonly CertifiedPrices[];
  /** A tree whose parts within the limit are joined again: all that later objectives may choose from. */
  readonly shrink?: readonly CertifiedNode[];
}

/** Plain data that proves a result; `checkCertificate` verifies it from the model alone. */
export interface Certificate {
  readonly format: "evenstead-kernel-certificate/1";
  /** Rows behind the model's own: how many chosen arcs of a row have this coefficient. */
  readonly counts: readonly CountRow[];
  /** Rows that share no place, none with a negative coefficient: each stands for the block of places that its arcs lead to. */
  readonly blocks: readonly number[];
  /** Per tier, in its unit. */
  readonly tolerances: readonly number[];
  readonly stages: readonly CertifiedStage[];
  /** Infeasible models: names of rows that cannot hold together. */
  readonly infeasible?: { readonly rows: readonly string[]; readonly minimal: boolean };
}

const sparse = (prices: Float64Array, unit: (index: number) => number): SparsePrices =>
  Array.from(prices, (price, index) => [index, price * unit(index)] as const).filter(([, price]) => price !== 0);

/** Whole prices in the model's own units. */
export const certifiedPrices = (
  core: Core,
  stage: Stage,
  given: {
    readonly limits: readonly Limit[];
    readonly limitNumbers: readonly number[];
    readonly prices: Prices;
    readonly place: Float64Array;
    readonly agent?: Float64Array;
  },
): CertifiedPrices => {
  const { limits, limitNumbers, prices, place, agent } = given;
  const scale = Math.abs(stage.scale);
  return {
    rows: sparse(prices.row, (row) => (core.rowScale[row] as number) / scale),
    limits: limits.flatMap(({ stage: kept, unit }, k) => {
      const price = ((prices.limit[k] as number) * Math.abs(kept.scale)) / unit / scale;
      return price === 0 ? [] : [[limitNumbers[k] as number, price] as const];
    }),
    places: sparse(place, () => 1 / scale),
    ...(agent === undefined ? {} : { agents: sparse(agent, () => 1 / scale) }),
  };
};

const certifiedBranch = (core: Core, branch: Branch): CertifiedBranch =>
  branch.kind === "row"
    ? { row: branch.row, at: branch.at / (core.rowScale[branch.row] as number) }
    : { agent: branch.agent, arcs: branch.arcs };

/** The tree of a proof in the model's own units. */
export const certifiedTree = (
  core: Core,
  stage: Stage,
  given: {
    readonly limits: readonly Limit[];
    readonly limitNumbers: readonly number[];
    readonly proof: readonly ProofNode[];
  },
): readonly CertifiedNode[] =>
  given.proof.map(({ prices, branch, parts }) => ({
    prices: prices.map((one) => certifiedPrices(core, stage, { ...given, ...one, prices: one })),
    ...(branch === null || parts === null ? {} : { branch: certifiedBranch(core, branch), parts }),
  }));
