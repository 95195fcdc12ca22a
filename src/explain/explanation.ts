import type { Localised } from "../base/words.js";
import type { Decision } from "../domain/demand.js";
import type { Placement } from "../domain/plan.js";
import type { Alternative } from "./alternatives.js";
import type { Clash } from "./clash.js";
import type { Considerations } from "./considerations.js";
import type { DrawNote } from "./draw-note.js";
import type { Barrier, Funnel } from "./funnel.js";
import type { Relaxation } from "./relaxations.js";
import type { UsedFact } from "./used-facts.js";

/** Why not that dwelling: what bars it, and the smallest difference that having it all the same would make. */
export interface Contrast {
  readonly dwelling: string;
  /** The plan proposes this very dwelling. */
  readonly isProposed: boolean;
  readonly barriers: readonly Barrier[];
  /** From a new solve with it, overriding what bars it; null where the law does not let a person do so, or no plan can have it. */
  readonly alternative: Alternative | null;
  /** Where no plan can have it: what speaks against it together. */
  readonly clash: Clash | null;
}

/** Why a household gets what it gets: data, and the same as text for a decision. Ids and requirements only. */
export interface Explanation {
  readonly household: string;
  readonly proposal: Placement | null;
  /** A person's pin, where the plan had no choice. */
  readonly pin: Decision | null;
  /** Rules that bar the proposed dwelling, and that the pin overrides. */
  readonly setAside: readonly Barrier[];
  readonly funnel: Funnel;
  readonly considerations: Considerations;
  readonly facts: readonly UsedFact[];
  readonly draw: DrawNote | null;
  readonly alternatives: readonly Alternative[];
  /** Unplaced households: what cannot hold together with a home for it; empty where it has one. */
  readonly clashes: readonly Clash[];
  /** Unplaced households: the smallest changes that would house it, each solved again. */
  readonly relaxations: readonly Relaxation[];
  readonly contrast: Contrast | null;
  /** To be pasted into a decision: rules, main considerations, facts (forvaltningsloven § 24), and what a person still decides. */
  readonly text: Localised;
}
