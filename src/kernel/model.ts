/**
 * The kernel's model: agents take arcs to places; rows are linear forms over arcs with bounds; tiers are ordered objectives.
 * Each agent takes at most one arc, each place at most its units, each row stays within [min, max].
 */
export interface KernelModel {
  readonly agents: number;
  /** Units per place; Infinity = endless. */
  readonly places: ArrayLike<number>;
  /** Arc i joins `agent[i]` and `place[i]`. */
  readonly arcs: { readonly agent: ArrayLike<number>; readonly place: ArrayLike<number> };
  readonly rows: readonly KernelRow[];
  readonly tiers: readonly KernelTier[];
}

/** y = sum of coefficients[i] * x[arcs[i]], min <= y <= max. */
export interface KernelRow {
  readonly name: string;
  readonly arcs: ArrayLike<number>;
  readonly coefficients: ArrayLike<number>;
  readonly min?: number;
  readonly max?: number;
}

/** One objective: sum of arc weights plus convex terms of rows. A later tier costs an earlier one at most its `tolerance`. */
export interface KernelTier {
  readonly name: string;
  readonly sense: "min" | "max";
  /** Absolute, in the tier's unit; default 0. */
  readonly tolerance?: number;
  /** One per arc. */
  readonly weights?: ArrayLike<number>;
  readonly convex?: readonly ConvexTerm[];
  readonly leximax?: readonly LeximaxTerm[];
}

/** scale * |y - target| or scale * (y - target)^2; scale >= 0 where the tier is minimised, <= 0 where it is maximised. */
export interface ConvexTerm {
  readonly row: number;
  readonly form: "absolute" | "quadratic";
  readonly target: number;
  readonly scale: number;
}

/** (y + offset) / divisor; the tier makes the largest as small as it can be, then the next, and so on. */
export interface LeximaxTerm {
  readonly row: number;
  readonly offset: number;
  readonly divisor: number;
}

export type KernelStatus = "optimal" | "feasible" | "infeasible" | "time-limit" | "aborted";

export interface KernelTierResult {
  readonly name: string;
  readonly value: number;
  /** No feasible choice that keeps the earlier tiers (within their tolerances) beats this. */
  readonly bound: number;
  readonly optimal: boolean;
  /** Leximax tiers: all terms, sorted, largest first. */
  readonly vector?: number[];
}

export interface KernelResult {
  readonly status: KernelStatus;
  /** Chosen arc per agent, -1 for none. */
  readonly arcOf: Int32Array;
  readonly tiers: readonly KernelTierResult[];
  readonly certificate: unknown;
  readonly seconds: number;
}

export interface KernelProgress {
  readonly tier: string;
  readonly value: number | null;
  readonly bound: number | null;
  readonly seconds: number;
}

export interface KernelOptions {
  readonly timeLimitSeconds?: number;
  /** Per tier name, absolute, in the tier's unit: overrides the model's. */
  readonly tolerance?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: KernelProgress) => void;
  /** A start: the arc per agent of an earlier result on the same arcs, -1 for none; it need not be feasible. */
  readonly start?: ArrayLike<number>;
  /**
   * A result of a model that was much the same: one more pin, one arc less. Its choice is the start, unless one is given, and its prices are tried before others.
   * Agents and places must be the same by number; arcs are matched by agent and place, rows and tiers by name. It changes how soon something is found, never what is proven.
   */
  readonly earlier?: EarlierResult;
}

export interface EarlierResult {
  readonly model: KernelModel;
  readonly result: KernelResult;
}
