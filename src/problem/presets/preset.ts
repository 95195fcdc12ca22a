import type { LegalBasis } from "../../base/words.js";
import type { EvennessPolicy, Policy } from "../../domain/policy.js";

/** A municipality's or the library's own choices, as dated data: fills whatever a policy does not name. */
export interface Preset {
  readonly id: string;
  readonly evenness: EvennessPolicy;
  /** Tier names, first things first. */
  readonly tiers: readonly string[];
  /** Per rule id, what the policy would say of it; rules that are not named take their own defaults. */
  readonly rules: Readonly<Record<string, unknown>>;
  readonly objectives: Readonly<Record<string, unknown>>;
  readonly draw: Policy["draw"];
  readonly legalBasis: readonly LegalBasis[];
}
