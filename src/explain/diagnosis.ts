import type { Localised } from "../base/words.js";
import type { Bottleneck, QuotaGain } from "./bottlenecks.js";
import type { Clash } from "./clash.js";
import type { Infeasible } from "./infeasible.js";
import type { Relaxation } from "./relaxations.js";

/** Why one household has no home, and what it would take. */
export interface UnplacedDiagnosis {
  readonly household: string;
  readonly clashes: readonly Clash[];
  readonly relaxations: readonly Relaxation[];
}

/** What a plan could not do, why, and what would change that: nothing here is guessed, all of it was solved again. */
export interface Diagnosis {
  /** Where no plan at all can keep every rule; null otherwise. */
  readonly infeasible: Infeasible | null;
  readonly unplaced: readonly UnplacedDiagnosis[];
  /** Kinds of dwelling that would house more or make the spread more even, best first. */
  readonly bottlenecks: readonly Bottleneck[];
  readonly quotas: readonly QuotaGain[];
  readonly text: Localised;
}
