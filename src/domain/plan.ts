import * as z from "zod";

export const PLAN_FORMAT = "evenstead/plan@1";

/** A proposal: nothing in it is decided until a person decides it. JSON-safe. */
export interface Plan {
  readonly format: typeof PLAN_FORMAT;
  readonly status: "proposed";
  /** `optimal`: every tier proven within its tolerance; `feasible` and `time-limit`: the best found, each tier with its bound. */
  readonly outcome: Outcome;
  readonly placements: readonly Placement[];
  readonly unplaced: readonly Unplaced[];
  readonly tiers: readonly TierValue[];
  /** One per district, then one per zone of every level that evenness was asked on. */
  readonly districts: readonly DistrictLoad[];
  /** Where several plans were equally good: by which rule one of them was taken. */
  readonly draw: Draw;
  readonly certificate: PlanCertificate;
  readonly run: Run;
}

export interface Outcome {
  readonly status: "optimal" | "feasible" | "infeasible" | "time-limit" | "aborted";
  /** Whether a plan that keeps every hard rule was found; where not, `placements` is empty. */
  readonly found: boolean;
  /** `infeasible`: ids of rules, quotas and pins that cannot all hold. */
  readonly clash: readonly string[];
}

export interface Placement {
  readonly household: string;
  readonly dwelling: string;
  readonly status: "proposed" | "reviewed" | "decided" | "rejected";
  readonly since?: string;
}

export interface Unplaced {
  readonly household: string;
  readonly reasons: readonly UnplacedReason[];
}

/** One rule that stood in the way. `ruledOut` of `dwellings` were ruled out by it (a dwelling may be ruled out by several rules). */
export interface UnplacedReason {
  readonly rule: string;
  readonly code: string;
  readonly ruledOut: number;
  readonly dwellings: number;
  readonly message: string;
}

export interface TierValue {
  readonly name: string;
  readonly value: number;
  /** What no plan can beat, given the earlier tiers. */
  readonly bound: number;
  /** Proven: no plan is better by more than `tolerance`. */
  readonly optimal: boolean;
  /** What later tiers may cost this one. */
  readonly tolerance: number;
  readonly unit: string;
  readonly sense: "min" | "max";
  /** Evenness by leximax or leximin: all terms, worst first. */
  readonly vector?: readonly number[];
}

export interface DistrictLoad {
  readonly id: string;
  /** `district`, or the level of the zone. */
  readonly level: string;
  readonly measure: string;
  /** The whole number of arrivals aimed at, by the policy's method, after what was settled before. */
  readonly target: number;
  readonly before: number;
  readonly placed: number;
  readonly after: number;
}

export interface Draw {
  readonly rule: "waiting-then-hash" | "hash";
  readonly seed: string;
}

export interface PlanCertificate {
  readonly solver: string;
  /** How much was to be spread, per evenness tier: the totals that its targets are made from. */
  readonly totals: Readonly<Record<string, number>>;
  readonly kernel: unknown;
}

export interface Run {
  /** SHA-256 of the canonical JSON of the problem in canonical order. */
  readonly inputHash: string;
  readonly version: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}

const amount = z.number();

/** For plans that come back from a file. */
export const planSchema = z.strictObject({
  format: z.literal(PLAN_FORMAT),
  status: z.literal("proposed"),
  outcome: z.strictObject({
    status: z.enum(["optimal", "feasible", "infeasible", "time-limit", "aborted"]),
    found: z.boolean(),
    clash: z.array(z.string()),
  }),
  placements: z.array(
    z.strictObject({
      household: z.string(),
      dwelling: z.string(),
      status: z.enum(["proposed", "reviewed", "decided", "rejected"]),
      since: z.string().exactOptional(),
    }),
  ),
  unplaced: z.array(
    z.strictObject({
      household: z.string(),
      reasons: z.array(
        z.strictObject({
          rule: z.string(),
          code: z.string(),
          ruledOut: amount,
          dwellings: amount,
          message: z.string(),
        }),
      ),
    }),
  ),
  tiers: z.array(
    z.strictObject({
      name: z.string(),
      value: amount,
      bound: amount,
      optimal: z.boolean(),
      tolerance: amount,
      unit: z.string(),
      sense: z.enum(["min", "max"]),
      vector: z.array(amount).exactOptional(),
    }),
  ),
  districts: z.array(
    z.strictObject({
      id: z.string(),
      level: z.string(),
      measure: z.string(),
      target: amount,
      before: amount,
      placed: amount,
      after: amount,
    }),
  ),
  draw: z.strictObject({ rule: z.enum(["waiting-then-hash", "hash"]), seed: z.string() }),
  certificate: z.strictObject({ solver: z.string(), totals: z.record(z.string(), amount), kernel: z.unknown() }),
  run: z.strictObject({
    inputHash: z.string(),
    version: z.string(),
    options: z.record(z.string(), z.unknown()),
    seconds: amount,
  }),
}) satisfies z.ZodType<Plan>;
