import { picking, pricedAgents } from "./blocks/pick.js";
import {
  type CertifiedNode,
  type CertifiedPrices,
  type CertifiedStage,
  certifiedPrices,
  certifiedTree,
} from "./certificate.js";
import type { Core } from "./core.js";
import { copyOf, type Domain, tighten } from "./domain.js";
import { type Earlier, type Hinted, hintedPrices } from "./earlier.js";
import type { KernelModel, KernelOptions, KernelTier } from "./model.js";
import { MARGIN } from "./nodes.js";
import type { Found } from "./position.js";
import type { Effort } from "./proof.js";
import { fix, noPrices, type Relaxed, relaxation, type Task, withoutPlaces } from "./relax.js";
import { searcher } from "./search.js";
import {
  bounded,
  equalWithin,
  isImplied,
  type Limit,
  limitOf,
  mostEqual,
  partsSize,
  type Stage,
  type Support,
} from "./stage.js";
import { inPassing, type StageOutcome, shrink, solveStage } from "./tree.js";

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

export interface Solved {
  /** With the objective kept at its limit. */
  readonly state: State;
  readonly stage: Stage;
  readonly outcome: StageOutcome;
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

/** Whole slack of a tolerance in the tier's unit: a choice that spends all of it is inside, whatever rounding does. */
const slackOf = ({ scale, lattice, rounding }: Stage, tolerance: number): number => {
  const whole = Math.floor(tolerance * Math.abs(scale) * (1 + 2 ** -40));
  // Halfway to the first step that is too far.
  return rounding === 0 ? Math.floor(whole / lattice) * lattice + Math.floor(lattice / 2) : whole + lattice - 1;
};

/**
 * Cut off what costs more than the limit without any price on rows and limits. Prices of contested places hide some of it, no prices show it:
 * the check looks at no prices before it says what rounding explains, so that the scale must be fine for what they leave.
 */
const cutUnpriced = (
  task: Task,
  domain: Domain,
  { state, limit }: { readonly state: State; readonly limit: number },
): readonly CertifiedPrices[] => {
  const { core, stage } = task;
  const prices = noPrices(core, state.limits.length);
  return [() => relaxation(task, domain).evaluate(prices), () => withoutPlaces(task, domain)].map((relaxedNow) => {
    const relaxed = relaxedNow();
    fix(task, domain, { relaxed, limit, margin: MARGIN });
    tighten(core, domain);
    return certifiedPrices(core, stage, { ...state, prices, place: relaxed.placePrice });
  });
};

/** A scale so many times as fine is worth another run. */
const FINER = 2;

/** What is nothing in any tier's unit. */
const NOTHING = 2 ** -30;

/** Whether what is taken for equal to a value is next to nothing beside what the value is made of, or by itself. */
const isFine = (core: Core, stage: Stage, { arcOf, value }: Found): boolean => {
  if (stage.rounding === 0) return true;
  const equal = equalWithin(stage, value);
  return (
    equal <= partsSize(core, stage, arcOf) * mostEqual(core, stage) || 4 * equal <= NOTHING * Math.abs(stage.scale)
  );
};

/**
 * Minimise one objective and keep it: `make` scales it to a domain.
 * A first choice is found at a coarse scale; what costs more than it by itself is cut off, so that the scale is fine where it decides.
 * Where the best choice leaves much less than the first did, it is solved once more at the scale of that.
 */
export function* solveObjective(
  run: Run,
  before: State,
  given: {
    readonly make: (domain: Domain) => Stage;
    readonly tier: number;
    readonly threshold?: number;
    /** Only whether there is a choice of this whole value or less is asked. */
    readonly below?: number;
    readonly tolerance: number;
    /** Nothing comes after it: its domain is of no use. */
    readonly last?: boolean;
  },
): Generator<void, Solved> {
  const { core, effort } = run;
  const domain = copyOf(before.domain);
  const state: State = { ...before, domain };
  const cuts: CertifiedPrices[] = [];
  const possible = tighten(core, domain);
  let stage = given.make(domain);
  let start = state.arcOf;
  const late = effort.isOver() && given.below === undefined ? start : null;
  if (possible && stage.rounding > 0 && late === null) {
    const task = taskOf(run, state, stage);
    const search = searcher(task, domain, effort);
    const found = search.improve(start ?? new Int32Array(core.agents).fill(-1), { near: null, deep: false, sweeps: 4 });
    const kept = start === null ? null : search.measure(start);
    const value = Math.min(found?.value ?? Number.POSITIVE_INFINITY, kept ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(value)) {
      if (found !== null && found.value === value) start = found.arcOf;
      cuts.push(
        ...cutUnpriced(task, domain, { state, limit: bounded(stage, value + slackOf(stage, given.tolerance)) }),
      );
      stage = given.make(domain);
    }
  }
  const hinted = hintedAt(run, state, { ...given, stage });
  const below = given.below === undefined ? {} : { below: given.below };
  let task = taskOf(run, state, stage);
  let outcome =
    late !== null
      ? inPassing(task, domain, { arcOf: late, prices: hinted?.prices ?? null, effort })
      : yield* solveStage(task, domain, { start: start ?? startOf(run), hinted, effort, ...below });
  while (outcome.proven && outcome.best !== null && !isFine(core, stage, outcome.best)) {
    const { arcOf, value } = outcome.best;
    const limit = bounded(stage, value + slackOf(stage, given.tolerance));
    cuts.push(...cutUnpriced(task, domain, { state, limit }));
    for (const relaxed of outcome.faces) {
      fix(task, domain, { relaxed, limit, margin: MARGIN });
      cuts.push(certifiedPrices(core, stage, { ...state, prices: relaxed.prices, place: relaxed.placePrice }));
      tighten(core, domain);
    }
    const finer = given.make(domain);
    if (Math.abs(finer.scale) <= FINER * Math.abs(stage.scale) || effort.stop()) {
      outcome = { ...outcome, proven: false, bound: value - 4 * equalWithin(stage, value) };
      break;
    }
    stage = finer;
    task = taskOf(run, state, stage);
    outcome = yield* solveStage(task, domain, { start: arcOf, hinted: null, effort, ...below });
  }
  const stageProof: CertifiedStage = {
    tier: given.tier,
    ...(given.threshold === undefined ? {} : { threshold: given.threshold }),
    precision: stage.rounding === 0 ? 0 : (4 * stage.lattice) / Math.abs(stage.scale),
    equal: stage.rounding === 0 ? 0 : (4 * equalWithin(stage, outcome.best?.value ?? 0)) / Math.abs(stage.scale),
    cutsBefore: cuts,
    cutsAfter: [],
    tree: certifiedTree(core, stage, { ...state, proof: outcome.proof }),
    ...(outcome.keep === null ? {} : { keep: (outcome.keep - stage.rounding) / Math.abs(stage.scale) }),
  };
  if (outcome.best === null) return { state: { ...state, stages: [...state.stages, stageProof] }, stage, outcome };
  const { arcOf, value } = outcome.best;
  // A later objective may leave it, or come upon a better one where it is not proven.
  const choice = given.tolerance > 0 || !outcome.proven ? { choice: Array.from(arcOf) } : {};
  const kept = value + slackOf(stage, given.tolerance);
  const limit = bounded(stage, kept);
  const faces = outcome.faces.map((relaxed: Relaxed) => {
    fix(task, domain, { relaxed, limit, margin: MARGIN });
    return certifiedPrices(core, stage, { ...state, prices: relaxed.prices, place: relaxed.placePrice });
  });
  // Where all can have their best, nobody may stay out: prices of contested places hide it, no prices show it.
  if (stage.weights !== null && late === null) {
    const unpriced = withoutPlaces(task, domain);
    fix(task, domain, { relaxed: unpriced, limit, margin: MARGIN });
    faces.push(certifiedPrices(core, stage, { ...state, prices: unpriced.prices, place: unpriced.placePrice }));
  }
  if (outcome.picked !== null) {
    const { prices } = outcome.picked;
    picking(task, domain).cut(outcome.picked, domain, { limit, margin: MARGIN });
    faces.push(certifiedPrices(core, stage, { ...state, ...pricedAgents(core, prices), prices }));
  }
  tighten(core, domain);
  let left = domain;
  let shrunk: readonly CertifiedNode[] | null = null;
  const root = outcome.faces[0];
  // Without an objective prices have no size: what they close, a check in floating point could not follow.
  const isPriced = stage.weights !== null || stage.rows.length > 0;
  const isWorth = isPriced && given.last !== true && given.below === undefined && outcome.picked === null;
  if (outcome.proven && outcome.nodes > 1 && root !== undefined && isWorth) {
    const parts = yield* shrink(task, domain, { within: limit, effort, nodes: outcome.nodes, prices: root.prices });
    left = parts.domain;
    shrunk = certifiedTree(core, stage, { ...state, proof: parts.proof });
    tighten(core, left);
  }
  const next = { ...state, domain: left, arcOf };
  const limited = withLimit(
    run,
    next,
    limitOf(core, stage, { limit: kept, domain: left, support: supportOf(state.limits, root) }),
  );
  return {
    state: {
      ...limited,
      stages: [
        ...state.stages,
        { ...stageProof, ...choice, cutsAfter: faces, ...(shrunk === null ? {} : { shrink: shrunk }) },
      ],
    },
    stage,
    outcome,
  };
}

const supportOf = (limits: readonly Limit[], relaxed: Relaxed | undefined): Support | null =>
  relaxed === undefined
    ? null
    : {
        row: relaxed.prices.row,
        limits: new Map(limits.map((limit, k) => [limit, relaxed.prices.limit[k] ?? 0])),
      };

const startOf = ({ core, options, earlier }: Run): Int32Array =>
  Int32Array.from({ length: core.agents }, (_, agent) => (options.start ?? earlier?.arcOf)?.[agent] ?? -1);

/** What an earlier result says of the prices of an objective. */
const hintedAt = (
  { core, earlier }: Run,
  { limits, limitNumbers }: State,
  { tier, threshold, stage }: { readonly tier: number; readonly threshold?: number; readonly stage: Stage },
): Hinted | null => {
  const hint = earlier?.hintOf(threshold === undefined ? { tier } : { tier, threshold }) ?? null;
  return hint === null ? null : hintedPrices(core, stage, { limits, limitNumbers, hint });
};

/** What a record says of a name itself, whatever the name is: "constructor" as well. */
const ownOf = (record: Readonly<Record<string, number>> | undefined, name: string): number | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

export const toleranceOf = ({ options }: Run, tier: KernelTier): number =>
  ownOf(options.tolerance, tier.name) ?? tier.tolerance ?? 0;
