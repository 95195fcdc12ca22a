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
import { type Hinted, hintedPrices } from "./earlier.js";
import { MARGIN } from "./nodes.js";
import { inPassing } from "./passing.js";
import type { Found, Ways } from "./position.js";
import type { Effort } from "./proof.js";
import {
  fix,
  noPrices,
  type Prices,
  type Proven,
  type Relaxed,
  relaxation,
  type Task,
  withoutPlaces,
} from "./relax.js";
import { searcher } from "./search.js";
import { shrink } from "./shrink.js";
import {
  equalWithin,
  type Limit,
  limitOf,
  mostEqual,
  partsSize,
  rowValues,
  type Stage,
  type Support,
  spreadOf,
  stageValue,
  withRounding,
} from "./stage.js";
import { type Run, type State, taskOf, type Unkept, withLimit } from "./state.js";
import { type StageOutcome, solveStage } from "./tree.js";

export interface Solved {
  /** With the objective kept at its limit. */
  readonly state: State;
  readonly stage: Stage;
  readonly outcome: StageOutcome;
}

/** Whole slack of a tolerance in the tier's unit: a choice that spends all of it is inside, whatever rounding does. */
const slackOf = ({ scale, lattice, rounding }: Stage, tolerance: number): number => {
  const whole = Math.floor(tolerance * Math.abs(scale) * (1 + 2 ** -40));
  // Halfway to the first step that is too far.
  return rounding === 0 ? Math.floor(whole / lattice) * lattice + Math.floor(lattice / 2) : whole + lattice - 1;
};

/** Cut off what costs more than the limit at the prices of a relaxation. */
const cutBy = (
  task: Task,
  domain: Domain,
  given: { readonly state: State; readonly limit: number; readonly relaxed: Proven },
): CertifiedPrices => {
  const { state, limit, relaxed } = given;
  fix(task, domain, { relaxed, limit, margin: MARGIN });
  return certifiedPrices(task.core, task.stage, { ...state, prices: relaxed.prices, place: relaxed.placePrice });
};

/** Cut off what costs more than the limit, by all that was proven, or, without time, by prices on rows alone. */
const cutAfter = (
  task: Task,
  domain: Domain,
  given: {
    readonly state: State;
    readonly limit: number;
    readonly outcome: StageOutcome;
    readonly effort: Effort;
    readonly late: boolean;
  },
): readonly CertifiedPrices[] => {
  const { core, stage } = task;
  const { state, limit, outcome, late } = given;
  const faces = outcome.faces.map((relaxed) => cutBy(task, domain, { state, limit, relaxed }));
  if (late) return faces;
  // Where all can have their best, nobody may stay out: prices of contested places hide it, no prices show it.
  if (stage.weights !== null) faces.push(cutBy(task, domain, { state, limit, relaxed: withoutPlaces(task, domain) }));
  if (outcome.picked !== null && !given.effort.isOver()) {
    const { prices } = outcome.picked;
    const picks = picking(task, domain);
    given.effort.reserve(picks.size);
    picks.cut(outcome.picked, domain, { limit, margin: MARGIN });
    faces.push(certifiedPrices(core, stage, { ...state, ...pricedAgents(core, prices), prices }));
  }
  return faces;
};

/** What a domain costs at the least without any price on rows and limits. */
const unpriced = (task: Task, domain: Domain): Relaxed =>
  relaxation(task, domain).evaluate(noPrices(task.core, task.limits.length));

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

/** An objective: `make` scales it to a domain. */
interface Objective {
  readonly make: (domain: Domain) => Stage;
  readonly tier: number;
  readonly threshold?: number;
  /** Only whether there is a choice of this whole value or less is asked. */
  readonly below?: number;
  readonly tolerance: number;
  /** Nothing comes after it: its domain is of no use. */
  readonly last?: boolean;
}

/** Prices stay where sums of them are exact. */
const LARGEST_PRICE = 2 ** 44;

/** Prices in the unit of another stage. */
const scaledPrices = ({ row, limit }: Prices, by: number): Prices => {
  const scaled = (price: number): number =>
    Math.max(-LARGEST_PRICE, Math.min(LARGEST_PRICE, Math.round(price * by))) + 0;
  return { row: row.map(scaled), limit: limit.map(scaled) };
};

/** The largest whole value that is still bounded where a choice of this value is known. */
const withinFrom = (stage: Stage, value: number, tolerance: number): number =>
  withRounding(stage, value + slackOf(stage, tolerance));

/** An objective at the scale of its domain. Where it is rounded a first choice is found at that, or there is one (`late`), and what costs more by itself is cut off: what is left has a finer scale. */
const firstStage = (run: Run, state: State, given: Objective & { readonly late: boolean }) => {
  const { core, effort } = run;
  const { domain, arcOf } = state;
  const isPossible = tighten(core, domain);
  const stage = given.make(domain);
  if (stage.rounding === 0 || !isPossible) return { stage, start: arcOf, cuts: [] };
  const task = taskOf(run, state, stage);
  const search = searcher(task, domain, effort);
  const ways: Ways = { near: null, deep: false, sweeps: 4 };
  const found = given.late ? null : search.improve(arcOf ?? new Int32Array(core.agents).fill(-1), ways);
  const kept = arcOf === null ? null : search.measure(arcOf);
  const value = Math.min(found?.value ?? Number.POSITIVE_INFINITY, kept ?? Number.POSITIVE_INFINITY);
  const start = found?.value === value ? found.arcOf : arcOf;
  if (!Number.isFinite(value)) return { stage, start, cuts: [] };
  const relaxed = unpriced(task, domain);
  const cut = cutBy(task, domain, { state, limit: withinFrom(stage, value, given.tolerance), relaxed });
  tighten(core, domain);
  return { stage: given.make(domain), start, cuts: [cut] };
};

/** Solve an objective, once more at a finer scale as long as what is taken for equal to the best choice is not next to nothing and cuts make the scale finer. With `late` there is no time to search: the choice in hand is bounded by what is known. */
function* solveFinely(
  run: Run,
  state: State,
  given: Objective & { readonly late: boolean },
): Generator<void, { task: Task; outcome: StageOutcome; cuts: readonly CertifiedPrices[] }> {
  const { core, effort } = run;
  const { domain } = state;
  const { late } = given;
  const below = given.below === undefined ? {} : { below: given.below };
  const solve = function* (
    task: Task,
    start: Int32Array,
    { hinted = null, prices }: { readonly hinted?: Hinted | null; readonly prices?: Prices | undefined },
  ): Generator<void, StageOutcome> {
    return late
      ? inPassing(task, domain, { arcOf: start, hinted, effort })
      : yield* solveStage(task, domain, {
          start,
          hinted,
          effort,
          ...below,
          ...(prices === undefined ? {} : { prices }),
        });
  };
  const { stage: first, start, cuts } = firstStage(run, state, given);
  const hinted = hintedAt(run, state, { ...given, stage: first });
  let task = taskOf(run, state, first);
  let outcome = yield* solve(task, start ?? startOf(run), { hinted });
  const all: CertifiedPrices[] = [...cuts];
  while (outcome.proven && outcome.best !== null && !isFine(core, task.stage, outcome.best)) {
    const { stage } = task;
    const { arcOf, value } = outcome.best;
    const limit = withinFrom(stage, value, given.tolerance);
    for (const relaxed of [unpriced(task, domain), ...outcome.faces]) {
      all.push(cutBy(task, domain, { state, limit, relaxed }));
      tighten(core, domain);
    }
    const finer = given.make(domain);
    if (Math.abs(finer.scale) <= FINER * Math.abs(stage.scale) || (!late && effort.stop())) {
      outcome = { ...outcome, proven: false, bound: value - 4 * equalWithin(stage, value) };
      break;
    }
    task = taskOf(run, state, finer);
    outcome = yield* solve(
      task,
      arcOf,
      late
        ? { hinted: hintedAt(run, state, { ...given, stage: finer }) }
        : { prices: outcome.faces[0] && scaledPrices(outcome.faces[0].prices, finer.scale / stage.scale) },
    );
  }
  return { task, outcome, cuts: all };
}

/** Minimise one objective and keep it. */
export function* solveObjective(run: Run, before: State, given: Objective): Generator<void, Solved> {
  const { core, effort } = run;
  const domain = copyOf(before.domain);
  const state: State = { ...before, domain };
  const late = effort.isOver() && given.below === undefined && state.arcOf !== null;
  const { task, outcome, cuts } = yield* solveFinely(run, state, { ...given, late });
  const { stage } = task;
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
  if (outcome.best === null) {
    const { tolerance } = given;
    const unkept: Unkept = { stage, tolerance, limitNumber: state.limitsSet, at: state.stages.length };
    return {
      state: {
        ...state,
        limitsSet: state.limitsSet + 1,
        stages: [...state.stages, stageProof],
        unkept: state.arcOf === null ? [...state.unkept, unkept] : state.unkept,
      },
      stage,
      outcome,
    };
  }
  const { arcOf, value } = outcome.best;
  // A later objective may leave it, or come upon a better one where it is not proven.
  const choice = given.tolerance > 0 || !outcome.proven ? { choice: Array.from(arcOf) } : {};
  const limit = value + slackOf(stage, given.tolerance);
  const within = withRounding(stage, limit);
  // Where nothing that is left costs anything prices have no size: what they cut off or close, a check in floating point could not follow.
  const isCut = given.last !== true && spreadOf(core, stage, domain) > 0;
  const faces = isCut ? cutAfter(task, domain, { state, limit: within, outcome, effort, late }) : [];
  tighten(core, domain);
  let left = domain;
  let shrunk: readonly CertifiedNode[] | null = null;
  const root = outcome.faces[0];
  const isWorth = isCut && given.below === undefined && outcome.picked === null;
  if (outcome.proven && outcome.nodes > 1 && root !== undefined && isWorth) {
    const parts = yield* shrink(task, domain, { within, effort, nodes: outcome.nodes, prices: root.prices });
    left = parts.domain;
    shrunk = certifiedTree(core, stage, { ...state, proof: parts.proof });
    tighten(core, left);
  }
  const next = keepUnkept(run, { ...state, domain: left, arcOf }, arcOf);
  const limited = withLimit(
    run,
    next,
    limitOf(core, stage, { limit, domain: left, support: supportOf(state.limits, root) }),
  );
  return {
    state: {
      ...limited,
      stages: [
        ...limited.stages,
        { ...stageProof, ...choice, cutsAfter: faces, ...(shrunk === null ? {} : { shrink: shrunk }) },
      ],
    },
    stage,
    outcome,
  };
}

/** Hold the objectives that ended without a choice to the first one that was found. */
const keepUnkept = (run: Run, before: State, arcOf: Int32Array): State => {
  const { core } = run;
  const y = rowValues(core, arcOf);
  const choice = Array.from(arcOf);
  let state: State = { ...before, unkept: [] };
  for (const { stage, tolerance, limitNumber, at } of before.unkept) {
    const limit = stageValue(core, stage, arcOf, y) + slackOf(stage, tolerance);
    const { domain, stages } = state;
    state = {
      ...withLimit(run, state, limitOf(core, stage, { limit, domain, support: null }), limitNumber),
      stages: stages.map((proof, i) => (i === at ? { ...proof, choice } : proof)),
    };
  }
  return state;
};

const supportOf = (limits: readonly Limit[], relaxed: Proven | undefined): Support | null =>
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
