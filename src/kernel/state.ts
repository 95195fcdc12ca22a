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
}

/** A stage under the limits of a state. */
export const taskOf = ({ core, counts, blocks }: Run, { limits, held }: State, stage: Stage): Task => ({
  core,
  stage,
  limits,
  held,
  counts,
  blocks,
});

/** Add a limit, unless nothing in the domain can exceed it. Its number is used up all the same. */
export const withLimit = ({ core }: Run, state: State, limit: Limit): State => {
  const all = [...state.limits, limit];
  const numbers = [...state.limitNumbers, state.limitsSet];
  const binding = all.map((one) => !isImplied(core, one, state.domain));
  return {
    ...state,
    limits: all.filter((_, i) => binding[i]),
    limitNumbers: numbers.filter((_, i) => binding[i]),
    limitsSet: state.limitsSet + 1,
    held: [...state.held, limit].filter((one) => !isImplied(core, one, state.domain, true)),
  };
};

/** What a record says of a name itself, whatever the name is: "constructor" as well. */
const ownOf = (record: Readonly<Record<string, number>> | undefined, name: string): number | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

export const toleranceOf = ({ options }: Run, tier: KernelTier): number =>
  ownOf(options.tolerance, tier.name) ?? tier.tolerance ?? 0;
