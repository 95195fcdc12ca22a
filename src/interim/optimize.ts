import { secondsNow } from "../base/clock.js";
import type {
  KernelModel,
  KernelOptions,
  KernelResult,
  KernelStatus,
  KernelTier,
  KernelTierResult,
  LeximaxTerm,
} from "../kernel/model.js";
import { type Choice, choiceOf } from "./choice.js";
import { type IntegerForm, integerForm, type Stage, stageOf, thresholdStage } from "./integer-form.js";
import { type Kept, keep } from "./relaxation.js";
import { type Effort, type StageResult, solveStage } from "./stage.js";
import { validateModel } from "./validate.js";

/** How much work each stage may do where no time limit is given. */
const ROOT_ROUNDS = 400;
const NODE_ROUNDS = 40;
const NODES = 600;
const TRIES = 20_000;

interface Run {
  readonly model: KernelModel;
  readonly form: IntegerForm;
  readonly options: KernelOptions;
  readonly started: number;
  readonly effort: Effort;
  readonly stopped: () => KernelStatus | null;
}

/** Kept stages, the best choice so far, and what each tier came to. */
interface State {
  readonly kept: readonly Kept[];
  readonly choice: Choice | null;
  readonly tiers: readonly Told[];
}

/** A tier before its final value is known: later tiers may spend its tolerance. */
interface Told {
  readonly tier: KernelTier;
  readonly bound: number;
  readonly proven: boolean;
}

const toleranceOf = ({ options }: Run, tier: KernelTier): number =>
  options.tolerance?.[tier.name] ?? tier.tolerance ?? 0;

/** The value of a tier for a choice, from the model's own numbers. */
const valueOf = ({ form }: Run, tier: KernelTier, { arcOf, y }: Choice): { value: number; vector?: number[] } => {
  const at = (row: number): number => (y[row] ?? 0) / (form.rows[row]?.scale ?? 1);
  if (tier.leximax !== undefined) {
    const vector = tier.leximax.map(({ row, offset, divisor }) => (at(row) + offset) / divisor).sort((a, b) => b - a);
    return { value: vector[0] ?? 0, vector };
  }
  let value = 0;
  const chosen = [...arcOf].flatMap((arc) => (arc < 0 ? [] : [form.original[arc] ?? -1])).sort((a, b) => a - b);
  for (const arc of chosen) value += tier.weights?.[arc] ?? 0;
  for (const { row, form: shape, target, scale } of tier.convex ?? []) {
    const apart = at(row) - target;
    value += scale * (shape === "absolute" ? Math.abs(apart) : apart * apart);
  }
  return { value };
};

const yieldToOthers = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const startOf = ({ form, options }: Run): Int32Array => {
  const { start } = options;
  const arcOf = new Int32Array(form.agents).fill(-1);
  if (start === undefined) return arcOf;
  const position = new Map<number, number>();
  form.original.forEach((arc, i) => {
    position.set(arc, i);
  });
  const load = new Int32Array(form.places);
  for (let agent = 0; agent < form.agents; agent++) {
    const arc = position.get(start[agent] ?? -1);
    if (arc === undefined || form.agentOf[arc] !== agent) continue;
    const place = form.placeOf[arc] ?? -1;
    if ((load[place] ?? 0) >= (form.units[place] ?? 0)) continue;
    load[place] = (load[place] ?? 0) + 1;
    arcOf[agent] = arc;
  }
  return arcOf;
};

const solveNext = (run: Run, state: State, stage: Stage): StageResult =>
  solveStage({ form: run.form, stage, kept: state.kept }, state.choice?.arcOf ?? startOf(run), run.effort);

/** One tier of sums. */
const sumTier = (run: Run, state: State, tier: KernelTier, index: number): State | null => {
  const stage = stageOf(run.form, tier, index, toleranceOf(run, tier));
  const { best, value, bound, proven } = solveNext(run, state, stage);
  if (best === null)
    return proven
      ? null
      : { ...state, tiers: [...state.tiers, { tier, bound: trivialBound(run, tier), proven: false }] };
  const told = {
    tier,
    bound: proven && stage.tolerance === 0 ? valueOf(run, tier, best).value : outward(bound, stage),
    proven,
  };
  // What later tiers may cost counts from the proven bound where there is one, so that the promise is about the optimum.
  const most = proven ? Math.max(value, Math.min(bound, value) + stage.tolerance) : value + stage.tolerance;
  return { choice: best, kept: [...state.kept, keep(stage, most)], tiers: [...state.tiers, told] };
};

/** A whole bound in the tier's unit, a hair to the safe side where the tier was scaled. */
const outward = (bound: number, { scale }: Stage): number => {
  const value = bound / scale;
  return Math.abs(scale) === 1 ? value : value - Math.sign(scale) * Math.abs(value) * 1e-9;
};

/** What no choice can beat, from the size of the numbers alone. */
const trivialBound = ({ form }: Run, tier: KernelTier): number => {
  const stage = stageOf(form, tier, 0, 0);
  let low = 0;
  for (let agent = 0; agent < form.agents; agent++) {
    let least = 0;
    for (let arc = form.firstArc[agent] ?? 0; arc < (form.firstArc[agent + 1] ?? 0); arc++)
      least = Math.min(least, stage.weights[arc] ?? 0);
    low += least;
  }
  for (const { at } of stage.tables) low += at.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return low / stage.scale;
};

const sortedTerms = ({ form }: Run, terms: readonly LeximaxTerm[], { y }: Choice): readonly number[] =>
  terms
    .map(({ row, offset, divisor }) => ((y[row] ?? 0) / (form.rows[row]?.scale ?? 1) + offset) / divisor)
    .sort((a, b) => b - a);

/**
 * A leximax tier: from the largest value downwards, make as few terms as possible reach each threshold that the best choice reaches.
 * That order of counts is the leximax order itself, whatever the sizes of the agents.
 */
const leximaxTier = (run: Run, state: State, tier: KernelTier, index: number): State | null => {
  const terms = tier.leximax ?? [];
  let now = state;
  if (now.choice === null) {
    const empty: Stage = { tier: index, weights: new Float64Array(run.form.arcs), tables: [], scale: 1, tolerance: 0 };
    const first = solveNext(run, now, empty);
    if (first.best === null)
      return first.proven
        ? null
        : { ...state, tiers: [...state.tiers, { tier, bound: Number.NEGATIVE_INFINITY, proven: false }] };
    now = { ...now, choice: first.best };
  }
  let proven = true;
  let bound = Number.NEGATIVE_INFINITY;
  let below = Number.POSITIVE_INFINITY;
  while (now.choice !== null) {
    const threshold = sortedTerms(run, terms, now.choice).find(
      (value) => below === Number.POSITIVE_INFINITY || value < below - 1e-12 * Math.max(1, Math.abs(below)),
    );
    if (threshold === undefined) break;
    const stage = thresholdStage(run.form, terms, { tier: index, threshold });
    const result = solveNext(run, now, stage);
    if (result.best === null) break;
    proven &&= result.proven;
    const reached = result.value > 0;
    // Nothing need reach the threshold: the next one is found from the better choice, without a new bound.
    if (reached) {
      if (bound === Number.NEGATIVE_INFINITY && result.proven) bound = threshold;
      below = threshold;
    }
    now = { ...now, choice: result.best, kept: [...now.kept, keep(stage, result.value)] };
    if (!result.proven && run.stopped() !== null) break;
  }
  return { ...now, tiers: [...state.tiers, { tier, bound, proven }] };
};

const statusOf = (state: State, stopped: KernelStatus | null): KernelStatus =>
  state.tiers.every(({ proven }) => proven) ? "optimal" : (stopped ?? "feasible");

const resultOf = (run: Run, state: State): KernelResult => {
  const { form, started } = run;
  const choice = state.choice ?? choiceOf(form, new Int32Array(form.agents).fill(-1));
  const arcOf = Int32Array.from(choice.arcOf, (arc) => (arc < 0 ? -1 : (form.original[arc] ?? -1)));
  const tiers = state.tiers.map(({ tier, bound, proven }): KernelTierResult => {
    const { value, vector } = valueOf(run, tier, choice);
    const known = Number.isFinite(bound) ? bound : trivialLeximaxBound(run, tier);
    return { name: tier.name, value, bound: known, optimal: proven, ...(vector === undefined ? {} : { vector }) };
  });
  return { status: statusOf(state, run.stopped()), arcOf, tiers, certificate: null, seconds: secondsNow() - started };
};

const trivialLeximaxBound = ({ form }: Run, tier: KernelTier): number =>
  (tier.leximax ?? []).reduce((most, { row, offset, divisor }) => {
    const { low, scale } = form.rows[row] ?? { low: 0, scale: 1 };
    return Math.max(most, (low / scale + offset) / divisor);
  }, Number.NEGATIVE_INFINITY);

/** Rows that clash: all that bind; those are dropped one by one without which the rest still clashes. */
const clashingRows = (run: Run): readonly string[] => {
  const { model } = run;
  const empty = (rows: ReadonlySet<number>): boolean => {
    const loose = {
      ...model,
      tiers: [],
      rows: model.rows.map((row, r) =>
        rows.has(r) ? row : { ...row, min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
      ),
    };
    const reduced = integerForm(loose);
    const stage: Stage = { tier: 0, weights: new Float64Array(reduced.arcs), tables: [], scale: 1, tolerance: 0 };
    const result = solveStage({ form: reduced, stage, kept: [] }, new Int32Array(reduced.agents).fill(-1), run.effort);
    return result.best === null && result.proven;
  };
  const bounded = model.rows.flatMap((row, r) => (row.min !== undefined || row.max !== undefined ? [r] : []));
  const clash = new Set(bounded);
  for (const row of bounded) {
    clash.delete(row);
    if (run.stopped() !== null || !empty(clash)) clash.add(row);
  }
  return [...clash].map((row) => model.rows[row]?.name ?? "");
};

const infeasible = (run: Run): KernelResult => ({
  status: "infeasible",
  arcOf: new Int32Array(run.form.agents).fill(-1),
  tiers: [],
  certificate: { infeasible: { rows: clashingRows(run) } },
  seconds: secondsNow() - run.started,
});

/**
 * Solve a model tier by tier. Each tier is minimised with every earlier one kept within its tolerance; each comes with a bound.
 *
 * @throws ProblemError where the model is malformed: every fault at once.
 */
export const optimize = async (model: KernelModel, options: KernelOptions = {}): Promise<KernelResult> => {
  const started = secondsNow();
  validateModel(model);
  const { timeLimitSeconds = Number.POSITIVE_INFINITY, signal, onProgress } = options;
  const stopped = (): KernelStatus | null =>
    signal?.aborted === true ? "aborted" : secondsNow() - started >= timeLimitSeconds ? "time-limit" : null;
  const effort: Effort = {
    rootRounds: ROOT_ROUNDS,
    nodeRounds: NODE_ROUNDS,
    nodes: NODES,
    tries: TRIES,
    stop: () => stopped() !== null,
  };
  const run: Run = { model, form: integerForm(model), options, started, effort, stopped };
  let state: State = { kept: [], choice: null, tiers: [] };
  if (model.tiers.length === 0) {
    const stage: Stage = { tier: 0, weights: new Float64Array(run.form.arcs), tables: [], scale: 1, tolerance: 0 };
    const { best, proven } = solveNext(run, state, stage);
    if (best === null && proven) return infeasible(run);
    state = { ...state, choice: best };
  }
  for (const [index, tier] of model.tiers.entries()) {
    const next: State | null =
      tier.leximax === undefined ? sumTier(run, state, tier, index) : leximaxTier(run, state, tier, index);
    if (next === null) return infeasible(run);
    state = next;
    const last = state.tiers.at(-1);
    onProgress?.({
      tier: tier.name,
      value: state.choice === null ? null : valueOf(run, tier, state.choice).value,
      bound: last === undefined || !Number.isFinite(last.bound) ? null : last.bound,
      seconds: secondsNow() - started,
    });
    await yieldToOthers();
  }
  return resultOf(run, state);
};
