import type { Measure } from "./measure.js";

/** How "evenly spread" is meant: what is counted, in proportion to what, over which areas, by which method. */
export interface EvennessPolicy {
  readonly measure: Measure;
  /** `population`, or a key of the districts' `weights`. */
  readonly weight: string;
  /** Where given, shares by a key instead of `weight`: the name of a preset (targets/keys), or the steps of a key that make shares. */
  readonly key?: string | SharesKey;
  /** `cumulative` counts what was settled before; `batch` looks at this plan alone. */
  readonly counting: "cumulative" | "batch";
  readonly method: EvennessMethod;
  /** `district` or zone levels, coarsest first. */
  readonly levels: readonly string[];
}

/**
 * The steps of a key that make shares: a weighted mix of sizes, and compensation for a stock.
 *
 * w_d = sum_j weight_j * share_j,d / sum_j weight_j; w'_d = w_d - strength * (h_d - w_d), with h_d the share of the stock.
 * Inside a municipality a field is `population`, `settled` (in the policy's measure), or a key of the districts' `weights`.
 */
export interface SharesKey {
  /** "inverse" shares go by 1 / x. */
  readonly mix: readonly { readonly field: string; readonly weight: number; readonly sense: "direct" | "inverse" }[];
  /** Strength 1 is the Danish 2 p - i. */
  readonly compensate: { readonly stock: string; readonly strength: number } | null;
}

export const EVENNESS_METHODS = [
  "webster",
  "absolute",
  "hamilton",
  "quota",
  "jefferson",
  "leximax",
  "minimax",
  "adams",
  "leximin",
  "huntington-hill",
] as const;

export type EvennessMethod = (typeof EVENNESS_METHODS)[number];

export interface TierPolicy {
  /** An objective's tier name, such as `placed`. */
  readonly tier: string;
  /** What later tiers may cost this one, in its unit. */
  readonly tolerance: number;
}

/** Rules, ordered objectives and the draw; all defaults filled in. */
export interface Policy {
  readonly preset: string | null;
  readonly evenness: EvennessPolicy;
  readonly tiers: readonly TierPolicy[];
  /** Per rule id: its parameters, or false where it is switched off. */
  readonly rules: Readonly<Record<string, unknown>>;
  /** Per objective id: its parameters. */
  readonly objectives: Readonly<Record<string, unknown>>;
  readonly draw: { readonly rule: "waiting-then-hash" | "hash"; readonly seed: string };
}
