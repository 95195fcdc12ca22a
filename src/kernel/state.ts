import type { CertifiedStage } from "./certificate.js";
import type { Core } from "./core.js";
import type { Domain } from "./domain.js";
import type { Earlier } from "./earlier.js";
import type { KernelModel, KernelOptions, KernelTier } from "./model.js";
import type { Effort } from "./proof.js";
import type { Task } from "./relax.js";
import { isImplied, type Limit, type Stage } from "./stage.js";

/** What stays the same during a run. */
export interface Run {
  readonly model: KernelModel;
  readonly core: Core;
  readonly counts: readonly number[];
  readonly blocks: readonly number[];
  readonly options: KernelOptions;
  readonly earlier: Earlier | null;
  readonly effort: Effort;
}

/** An objective that ended without a choice: the first one that is found is to be kept within it. */
export interface Unkept {
  readonly stage: Stage;
  readonly tolerance: number;
  /** Of its limit, among all that were ever set. */
  readonly limitNumber: number;
  /** Of its proof among the stages. */
  readonly at: number;
}

/** What is still possible after the objectives so far, the best choice, and what proves it. */
export interface State {
  readonly domain: Domain;
  readonly limits: readonly Limit[];
  /** Per limit, its number among all that were ever set. */
  readonly limitNumbers: readonly number[];
  readonly limitsSet: number;
  /** All limits that a search has to be held to. */
  readonly held: readonly Limit[];
  readonly arcOf: Int32Array | null;
  readonly stages: readonly CertifiedStage[];
  readonly unkept: readonly Unkept[];
}

/** Before any objective. */
export const stateOf = (domain: Domain): State => ({
  domain,
  limits: [],
  limitNumbers: [],
  limitsSet: 0,
  held: [],
  arcOf: null,
  stages: [],
  unkept: [],
});

/** A stage under the limits of a state. */
export const taskOf = ({ core, counts, blocks }: Run, { limits, held }: State, stage: Stage): Task => ({
  core,
  stage,
  limits,
  held,
  counts,
  blocks,
});

/** Add a limit, unless nothing in the domain can exceed it. Its number is used up all the same: the next one, or an earlier one that was left for it. */
export const withLimit = ({ core }: Run, state: State, limit: Limit, number = state.limitsSet): State => {
  const all = [...state.limits, limit];
  const numbers = [...state.limitNumbers, number];
  const binding = all.map((one) => !isImplied(core, one, state.domain));
  return {
    ...state,
    limits: all.filter((_, i) => binding[i]),
    limitNumbers: numbers.filter((_, i) => binding[i]),
    limitsSet: Math.max(state.limitsSet, number + 1),
    held: [...state.held, limit].filter((one) => !isImplied(core, one, state.domain, true)),
  };
};

/** What a record says of a name itself, whatever the name is: "constructor" as well. */
const ownOf = (record: Readonly<Record<string, number>> | undefined, name: string): number | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

export const toleranceOf = ({ options }: Run, tier: KernelTier): number =>
  ownOf(options.tolerance, tier.name) ?? tier.tolerance ?? 0;
