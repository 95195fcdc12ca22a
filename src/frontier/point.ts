import type { Plan } from "../domain/plan.js";
import type { TierPolicy } from "../domain/policy.js";
import type { LevelSpread } from "./figures.js";

/** A plan between "most even" and "best for the other aim". No plan is better in one of the two without being worse in the other. */
export interface FrontierPoint {
  readonly plan: Plan;
  /** What to put into the policy's `tiers` to get a plan with these values. */
  readonly tiers: readonly TierPolicy[];
  readonly spread: readonly LevelSpread[];
  /** The value of the aim that evenness is traded against. */
  readonly other: number;
  /** Each tier's value, by name. */
  readonly values: Readonly<Record<string, number>>;
  /** Whether both aims are proven best, given the other; else the plan is the best found, and its tiers say how far that may be off. */
  readonly proven: boolean;
}
