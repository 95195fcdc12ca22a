import { secondsNow } from "../base/clock.js";
import { InternalError } from "../base/errors.js";
import { sumOfDoubles } from "../base/sums.js";
import { blockRowsOf } from "./blocks/rows.js";
import type { Certificate } from "./certificate.js";
import { checkCertificate } from "./check.js";
import { clashingRows } from "./clash.js";
import { coreOf } from "./core.js";
import { countRowsOf, withCounts } from "./counts.js";
import { wholeDomain } from "./domain.js";
import { earlierOf } from "./earlier.js";
import { solveLeximax } from "./leximax.js";
import type { KernelModel, KernelOptions, KernelResult, KernelStatus, KernelTier, KernelTierResult } from "./model.js";
import { solveObjective } from "./objective.js";
import { equalWithin, rowValues, stageOf, tierStage } from "./stage.js";
import { type Run, type State, stateOf, toleranceOf } from "./state.js";
import { termsOf } from "./terms.js";
import { validateModel } from "./validate.js";

/** Effort without a time limit, in counts, so that every run is the same. */
const ROOT_ROUNDS = 150;
const NODE_ROUNDS = 25;
const NODES = 2000;
/** Arcs times nodes stay within this. */
const NODE_WORK = 2e7;
/** Rows that count sizes are of use where branching is affordable. */
const MOST_ARCS_COUNTED = 60_000;

/** A value this near to its bound, relatively, is close; an objective that is close gets this part of the time limit. */
const CLOSE = 1e-5;
const CLOSE_SHARE = 0.1;

/** What the check of a certificate takes, as measured: so many times what it took to read the model, and seconds per set of prices and per arc of each. */
const CHECK = { model: 4, set: 9e-4, arc: 5e-7 } as const;
/** What an objective takes for which there is no time, as measured: so many times what it took to read the model. */
const IN_PASSING = 2;

interface Told {
  readonly tier: KernelTier;
  readonly bound: number;
  readonly proven: boolean;
}

/** The value of a tier for a choice, from the model's own numbers. */
const tierValue = (run: Run, tier: KernelTier, arcOf: Int32Array): { value: number; vector?: number[] } => {
  const { core } = run;
  if (tier.leximax !== undefined) {
    const vector = termsOf(core, tier.leximax, arcOf);
    return { value: vector[0] ?? 0, vector };
  }
  const y = rowValues(core, arcOf);
  const chosen = Array.from(arcOf)
    .filter((arc) => arc >= 0)
    .sort((a, b) => a - b);
  const costs = (tier.convex ?? []).map(({ row, form, target, scale }) => {
    const apart = (y[row] ?? 0) / (core.rowScale[row] ?? 1) - target;
    return scale * (form === "absolute" ? Math.abs(apart) : apart * apart);
  });
  return { value: sumOfDoubles([...chosen.map((arc) => tier.weights?.[arc] ?? 0), ...costs]) };
};

/** A whole bound in the tier's unit, on the safe side where the tier was rounded. */
const outward = (bound: number, { scale, rounding }: { scale: number; rounding: number }): number =>
  (bound - rounding) / scale;

function* solveSum(
  run: Run,
  state: State,
  given: { tier: KernelTier; index: number },
): Generator<void, { state: State; told: Told; infeasible: boolean }> {
  const { tier, index } = given;
  const { core } = run;
  const solved = yield* solveObjective(run, state, {
    tier: index,
    tolerance: toleranceOf(run, tier),
    last: index === run.model.tiers.length - 1,
    make: (domain) => tierStage(core, domain, tier),
  });
  const { best, bound, proven } = solved.outcome;
  if (best === null)
    return {
      state: solved.state,
      told: { tier, bound: outward(bound, solved.stage), proven: false },
      infeasible: proven,
    };
  const { value } = tierValue(run, tier, best.arcOf);
  // A bound nearer to the value than what is taken for equal shows nothing.
  const apart = solved.stage.rounding === 0 ? bound : best.value - 4 * equalWithin(solved.stage, best.value);
  return {
    state: solved.state,
    told: { tier, bound: proven ? value : outward(Math.min(bound, apart), solved.stage), proven },
    infeasible: false,
  };
}

function* solveLex(
  run: Run,
  state: State,
  given: { tier: KernelTier; index: number },
): Generator<void, { state: State; told: Told; infeasible: boolean }> {
  const { tier, index } = given;
  const solved = yield* solveLeximax(run, state, {
    tier: index,
    name: tier.name,
    terms: tier.leximax ?? [],
    tolerance: toleranceOf(run, tier),
  });
  return { state: solved.state, told: { tier, bound: solved.bound, proven: solved.proven }, infeasible: false };
}

const statusOf = (told: readonly Told[], tiers: number, stopped: KernelStatus | null): KernelStatus =>
  told.length === tiers && told.every(({ proven }) => proven) ? "optimal" : (stopped ?? "feasible");

/** The whole run, in steps between which others may have their turn. */
function* steps(model: KernelModel, options: KernelOptions): Generator<void, KernelResult> {
  const started = secondsNow();
  validateModel(model, options);
  const { timeLimitSeconds = Number.POSITIVE_INFINITY, signal, onProgress } = options;
  const arcs = model.arcs.agent.length;
  // The check of the certificate is paid for out of the same limit.
  let reserved = 0;
  /** So are the objectives that have not had their turn. */
  let later = 0;
  const spent = (): number => secondsNow() - started + reserved + later;
  let until = timeLimitSeconds;
  /** When the present objective had its turn. */
  let begun = 0;
  const closeTo = (bound: number): number =>
    Number.isFinite(timeLimitSeconds) ? bound + CLOSE * Math.abs(bound) : bound;
  /** Whether time was over for any objective. */
  let ranOut = false;
  const stopped = (): KernelStatus | null => {
    if (signal?.aborted === true) return "aborted";
    const isOver = spent() >= timeLimitSeconds;
    ranOut ||= isOver;
    return isOver ? "time-limit" : null;
  };
  const countRows = arcs > MOST_ARCS_COUNTED ? [] : countRowsOf(model);
  const core = coreOf(withCounts(model, countRows));
  const read = secondsNow() - started;
  reserved += CHECK.model * read;
  later = model.tiers.length * IN_PASSING * read;
  const run: Run = {
    model,
    core,
    counts: countRows.map((_, i) => model.rows.length + i),
    blocks: blockRowsOf(core),
    options,
    earlier: options.earlier === undefined ? null : earlierOf({ model, core, counts: countRows }, options.earlier),
    effort: {
      rootRounds: ROOT_ROUNDS,
      nodeRounds: NODE_ROUNDS,
      nodes: Math.min(NODES, Math.ceil(NODE_WORK / Math.max(1, arcs))),
      stop: () => stopped() !== null || spent() >= until,
      isOver: () => stopped() !== null,
      left: () => until - spent(),
      isClose: (value, bound) => spent() > begun + CLOSE_SHARE * timeLimitSeconds && value <= closeTo(bound),
      closeTo,
      reserve: (proved, sets = 1) => {
        reserved += CHECK.set * sets + CHECK.arc * proved;
      },
    },
  };
  let state = stateOf(wholeDomain(core, true));
  const told: Told[] = [];
  let infeasible = false;
  // A leximax tier needs a choice to start from.
  if (model.tiers[0] === undefined || model.tiers[0].leximax !== undefined) {
    const { state: next, outcome } = yield* solveObjective(run, state, {
      tier: -1,
      tolerance: 0,
      make: (domain) => stageOf(core, domain, { name: "feasible", sign: 1, pieces: [] }),
    });
    state = next;
    infeasible = outcome.best === null && outcome.proven;
  }
  for (const [index, tier] of model.tiers.entries()) {
    if (infeasible) break;
    later = (model.tiers.length - 1 - index) * IN_PASSING * read;
    // An objective that cannot be settled leaves time for the others.
    begun = spent();
    until = index + 1 < model.tiers.length ? (spent() + timeLimitSeconds) / 2 : timeLimitSeconds;
    const solved = yield* (tier.leximax === undefined ? solveSum : solveLex)(run, state, { tier, index });
    state = solved.state;
    infeasible = solved.infeasible;
    if (infeasible) {
      later = 0;
      break;
    }
    told.push(solved.told);
    onProgress?.({
      tier: tier.name,
      value: state.arcOf === null ? null : tierValue(run, tier, state.arcOf).value,
      bound: Number.isFinite(solved.told.bound) ? solved.told.bound : null,
      seconds: secondsNow() - started,
    });
  }
  const certificate: Certificate = {
    format: "evenstead-kernel-certificate/1",
    counts: countRows,
    blocks: run.blocks,
    tolerances: model.tiers.map((tier) => toleranceOf(run, tier)),
    // Without a choice no objective limits another: the last one's proof stands by itself.
    stages: infeasible ? state.stages.slice(-1) : state.stages,
    ...(infeasible ? { infeasible: yield* clashingRows(run) } : {}),
  };
  const arcOf = state.arcOf ?? new Int32Array(core.agents).fill(-1);
  const tiers =
    infeasible || state.arcOf === null
      ? []
      : told.map(({ tier, bound, proven }): KernelTierResult => {
          const { value, vector } = tierValue(run, tier, arcOf);
          // A later tier may come upon what is better by as little as was taken for equal.
          const within = tier.sense === "min" ? Math.min(bound, value) : Math.max(bound, value);
          return {
            name: tier.name,
            value,
            bound: within,
            optimal: proven,
            ...(vector === undefined ? {} : { vector }),
          };
        });
  const status = infeasible
    ? "infeasible"
    : state.arcOf === null
      ? (stopped() ?? "time-limit")
      : statusOf(told, model.tiers.length, stopped() ?? (ranOut ? "time-limit" : null));
  const result: KernelResult = { status, arcOf, tiers, certificate, seconds: secondsNow() - started };
  return result;
}

const checked = (model: KernelModel, result: KernelResult, { tolerance = {} }: KernelOptions): KernelResult => {
  const { ok, problems } = checkCertificate(model, result, { tolerance });
  if (!ok)
    throw new InternalError("kernel.certificate", `the certificate does not hold: ${problems.slice(0, 3).join("; ")}`);
  return result;
};

/** Milliseconds after which others have their turn. */
const TURN = 0.05;

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Solve a model tier by tier: each tier is minimised (or maximised) while every earlier one is kept within its tolerance.
 * Every tier comes with a bound and a certificate that proves it, which is checked before it is returned.
 *
 * Edge: without `timeLimitSeconds` effort is counted, so that the same model gives the same bytes; `seconds` aside.
 * @throws {ProblemError} where the model is malformed: every fault at once.
 * @throws {InternalError} where the certificate does not check.
 */
export const optimize = async (model: KernelModel, options: KernelOptions = {}): Promise<KernelResult> => {
  const run = steps(model, options);
  let last = secondsNow();
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return checked(model, value, options);
    if (secondsNow() - last < TURN) continue;
    await nextTurn();
    last = secondsNow();
  }
};

/** As `optimize`, at one go: `signal` is looked at, but cannot change while this runs. */
export const optimizeSync = (model: KernelModel, options: KernelOptions = {}): KernelResult => {
  const run = steps(model, options);
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return checked(model, value, options);
  }
};
