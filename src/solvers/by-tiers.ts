import { secondsNow } from "../base/clock.js";
import type {
  KernelModel,
  KernelOptions,
  KernelResult,
  KernelStatus,
  KernelTier,
  KernelTierResult,
} from "../kernel/model.js";
import { validateModel } from "../kernel/validate.js";
import { choiceCount, exhaustive, infeasibleRows } from "./exhaustive.js";
import { compareMeasures, isFeasible, measureTiers, type TierMeasure, tiersWith, withinTolerance } from "./measure.js";
import type { PlainAnswer, PlainSolver } from "./plain.js";
import { keepTermsBelow, largestTerm, reachedCount } from "./plain-leximax.js";
import {
  copyOf,
  type Draft,
  draftOf,
  type Expression,
  factorOf,
  keepExpression,
  NOTHING,
  plainModel,
  tierExpression,
} from "./plain-model.js";
import { trivialBound } from "./trivial-bound.js";

/** A claim that a model has no choice at all is held against the enumeration of up to this many. */
const ENUMERATED = 20_000;
/** A solver's objective is its point's own up to this much of its size; its bounds are taken this much weaker. */
const LOOSE = 1e-6;

interface Run {
  readonly model: KernelModel;
  readonly tiers: readonly KernelTier[];
  readonly solve: PlainSolver;
  readonly options: KernelOptions;
  readonly until: number;
  readonly stopped: () => KernelStatus | null;
}

interface Told {
  readonly best: TierMeasure;
  readonly bound: number;
  readonly proven: boolean;
}

/** What is known after some tiers: the draft with their rows, the best checked choice, and what each came to. */
interface State {
  readonly draft: Draft;
  readonly choice: Int32Array | null;
  readonly told: readonly Told[];
  readonly infeasible: boolean;
}

const choiceAt = ({ agents, arcs }: KernelModel, values: readonly number[]): Int32Array => {
  const arcOf = new Int32Array(agents).fill(-1);
  for (let arc = 0; arc < arcs.agent.length; arc++) if (values[arc] === 1) arcOf[arcs.agent[arc] ?? -1] = arc;
  return arcOf;
};

/** Whether a choice keeps the model and every tier that is done: recomputed from the model alone. */
const isKept = ({ model, tiers }: Run, { told }: State, choice: ArrayLike<number>): boolean => {
  if (!isFeasible(model, choice)) return false;
  const measures = measureTiers(model, choice);
  return told.every(({ best }, k) => {
    const [tier, found] = [tiers[k], measures[k]];
    return tier !== undefined && found !== undefined && withinTolerance(found, best, tier);
  });
};

interface Step {
  readonly answer: PlainAnswer;
  /** A checked choice: the solver's own. */
  readonly choice: Int32Array | null;
}

const ask = async (
  run: Run,
  state: State,
  draft: Draft,
  objective: Expression,
  sense: "min" | "max",
): Promise<Step> => {
  const stopped = run.stopped();
  if (stopped !== null) {
    const answer = { status: "unknown", values: null, objective: null, bound: null, reason: stopped } as const;
    return { answer, choice: null };
  }
  const left = run.until - secondsNow();
  const limits = Number.isFinite(left) ? { timeLimitSeconds: left } : {};
  const answer = await run.solve(plainModel(draft, objective, sense), limits);
  if (answer.values === null) return { answer, choice: null };
  const choice = choiceAt(run.model, answer.values);
  return { answer, choice: isKept(run, state, choice) ? choice : null };
};

const measureOf = (run: Run, choice: ArrayLike<number>, index: number): TierMeasure =>
  measureTiers(run.model, choice)[index] ?? { name: "", value: 0 };

/** The better of two checked choices by a tier and, where that is equal, by those after it; the first where all are. */
const better = (run: Run, index: number, a: Int32Array | null, b: Int32Array | null): Int32Array | null => {
  if (a === null || b === null) return a ?? b;
  for (let k = index; k < run.tiers.length; k++) {
    const apart = compareMeasures(measureOf(run, b, k), measureOf(run, a, k), run.tiers[k]?.sense ?? "min");
    if (apart !== 0) return apart < 0 ? b : a;
  }
  return a;
};

const sumTier = async (run: Run, state: State, tier: KernelTier, index: number): Promise<State> => {
  const draft = copyOf(state.draft);
  const objective = tierExpression(draft, tier);
  const { answer, choice: found } = await ask(run, state, draft, objective, tier.sense);
  const choice = better(run, index, found, state.choice);
  if (choice === null) return { ...state, infeasible: answer.status === "infeasible" };
  const best = measureOf(run, choice, index);
  // Three witnesses: the solver says optimal, its point is a kept choice of that very value, and nothing known beats it.
  const claimed = (answer.objective ?? Number.NaN) / factorOf(objective);
  const agrees = Math.abs(claimed - best.value) <= LOOSE * Math.max(1, Math.abs(best.value));
  const attained = found !== null && compareMeasures(measureOf(run, found, index), best, tier.sense) === 0;
  const proven = answer.status === "optimal" && attained && agrees;
  const sign = tier.sense === "min" ? 1 : -1;
  const loose = sign * LOOSE * Math.max(1, Math.abs(best.value));
  const dual = answer.bound === null ? null : answer.bound / factorOf(objective) - loose;
  const trivial = trivialBound(run.model, draft.forms, tier);
  const sound = dual !== null && answer.status !== "optimal" && sign * (best.value - dual) >= 0 ? dual : trivial;
  const bound = proven ? best.value : sign * sound > sign * trivial ? sound : trivial;
  keepExpression(draft, objective, { sense: tier.sense, value: best.value, tolerance: tier.tolerance ?? 0 });
  return { ...state, draft, choice, told: [...state.told, { best, bound, proven }] };
};

const termsReaching = ({ vector = [] }: TierMeasure, threshold: number): number =>
  vector.filter((value) => compareMeasures({ name: "", value }, { name: "", value: threshold }, "max") <= 0).length;

/**
 * A leximax tier, exact for whole loads: with k terms settled above, the (k + 1)-th largest is held at most at the best choice's, and as
 * few terms as possible are made to reach it. Where only k do, the best choice is a better one, and its next value is lower.
 * Fixing "a" largest row instead is wrong: which rows are largest differs between choices of the same vector.
 */
const leximaxTier = async (run: Run, state: State, tier: KernelTier, index: number): Promise<State> => {
  const terms = tier.leximax ?? [];
  const draft = copyOf(state.draft);
  const first = copyOf(draft);
  const opening = terms.length === 0 ? NOTHING : largestTerm(first, terms);
  const opened = await ask(run, state, first, opening, "min");
  let choice = better(run, index, opened.choice, state.choice);
  if (choice === null) return { ...state, infeasible: opened.answer.status === "infeasible" };
  let [proven, below] = [terms.length > 0 || opened.answer.status === "optimal", Number.POSITIVE_INFINITY];
  let bound: number | null = null;
  while (terms.length > 0) {
    const { vector = [] } = measureOf(run, choice, index);
    const threshold = vector.find(
      (value) => compareMeasures({ name: "", value }, { name: "", value: below }, "min") < 0,
    );
    if (threshold === undefined) break;
    const before = below === Number.POSITIVE_INFINITY ? 0 : termsReaching(measureOf(run, choice, index), below);
    // The terms that reached the values above may not climb, and no other may pass this one: the best choice keeps both.
    const beyond = reachedCount(draft, terms, { value: threshold, strictly: true });
    keepExpression(draft, beyond, { sense: "min", value: before, tolerance: 0 });
    const count = reachedCount(draft, terms, { value: threshold, strictly: false });
    const step = await ask(run, state, draft, count, "min");
    const next: Int32Array = better(run, index, step.choice, choice) ?? choice;
    const reached = termsReaching(measureOf(run, next, index), threshold);
    const sure = step.answer.status === "optimal" && step.answer.objective === reached;
    proven &&= sure;
    if (reached > before) {
      if (sure && below === Number.POSITIVE_INFINITY) bound = threshold;
      below = threshold;
    }
    keepExpression(draft, count, { sense: "min", value: reached, tolerance: 0 });
    choice = next;
    if (!sure && run.stopped() !== null) break;
  }
  const best = measureOf(run, choice, index);
  const tolerance = tier.tolerance ?? 0;
  const kept = tolerance === 0 ? draft : copyOf(state.draft);
  if (tolerance > 0) keepTermsBelow(kept, terms, best.value + tolerance);
  const known = bound ?? (terms.length === 0 ? best.value : trivialBound(run.model, draft.forms, tier));
  return { ...state, draft: kept, choice, told: [...state.told, { best, bound: known, proven }] };
};

const nothingFound = (run: Run, started: number, status: KernelStatus): KernelResult => ({
  status,
  arcOf: new Int32Array(run.model.agents).fill(-1),
  tiers: [],
  certificate: status === "infeasible" ? infeasibleRows(run.model) : null,
  seconds: secondsNow() - started,
});

/** Nothing was found: "infeasible" where that was confirmed and, in small models, enumeration agrees. */
const emptyHanded = async (run: Run, { infeasible }: State, started: number): Promise<KernelResult> => {
  const stays = infeasible && (choiceCount(run.model) > ENUMERATED || (await isEmptyByEnumeration(run.model)));
  return nothingFound(run, started, stays ? "infeasible" : (run.stopped() ?? "time-limit"));
};

const isEmptyByEnumeration = async (model: KernelModel): Promise<boolean> =>
  (await exhaustive().solve({ ...model, tiers: [] })).status === "infeasible";

const firstChoice = ({ model, options }: Run): Int32Array | null => {
  const nobody = new Int32Array(model.agents).fill(-1);
  const start =
    options.start === undefined ? nobody : Int32Array.from(nobody, (_, agent) => options.start?.[agent] ?? -1);
  return [start, nobody].find((choice) => isFeasible(model, choice)) ?? null;
};

const resultOf = (run: Run, { choice, told }: State, started: number): KernelResult => {
  const arcOf = choice ?? new Int32Array(run.model.agents).fill(-1);
  const measures = measureTiers(run.model, arcOf);
  const tiers = told.map(({ bound, proven }, k): KernelTierResult => {
    const { name, value, vector } = measures[k] ?? { name: "", value: 0 };
    return { name, value, bound, optimal: proven, ...(vector === undefined ? {} : { vector }) };
  });
  const status = told.every(({ proven }) => proven) ? "optimal" : (run.stopped() ?? "feasible");
  return { status, arcOf, tiers, certificate: null, seconds: secondsNow() - started };
};

/**
 * Solve a kernel model through plain models, one or more per tier, with a solver that is not trusted: its choice counts only when it
 * keeps the model and every earlier tier as recomputed from the model itself, and "optimal" only when its value is the one recomputed
 * and no choice already known is better.
 *
 * Edge: where no factor makes a tier's values whole, a proven bound is the solver's word up to 1e-6 of its size. Where nothing was
 * found and nothing proven, the status is "time-limit" (or "aborted") with no tiers at all; `arcOf` is then -1 for all and need not be
 * feasible.
 */
export const solveByTiers = async (
  solve: PlainSolver,
  model: KernelModel,
  options: KernelOptions = {},
): Promise<KernelResult> => {
  const started = secondsNow();
  validateModel(model, options);
  const until = started + (options.timeLimitSeconds ?? Number.POSITIVE_INFINITY);
  const stopped = (): KernelStatus | null =>
    options.signal?.aborted === true ? "aborted" : secondsNow() >= until ? "time-limit" : null;
  const run: Run = { model, tiers: tiersWith(model, options), solve, options, until, stopped };
  let state: State = { draft: draftOf(model), choice: firstChoice(run), told: [], infeasible: false };
  if (run.tiers.length === 0 && state.choice === null) {
    const { answer, choice } = await ask(run, state, state.draft, NOTHING, "min");
    state = { ...state, choice, infeasible: answer.status === "infeasible" };
  }
  for (const [index, tier] of run.tiers.entries()) {
    state = await (tier.leximax === undefined ? sumTier : leximaxTier)(run, state, tier, index);
    if (state.choice === null) break;
    const { best, bound } = state.told.at(-1) ?? { best: { value: 0 }, bound: 0 };
    options.onProgress?.({ tier: tier.name, value: best.value, bound, seconds: secondsNow() - started });
  }
  return state.choice === null ? emptyHanded(run, state, started) : resultOf(run, state, started);
};
