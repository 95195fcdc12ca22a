import { secondsNow } from "../base/clock.js";
import { InternalError } from "../base/errors.js";
import { solveByTiers } from "./by-tiers.js";
import { confirmInfeasible } from "./elastic.js";
import {
  answerAt,
  boxOf,
  checkPlainModel,
  noAnswer,
  type PlainAnswer,
  type PlainLimits,
  type PlainModel,
  type PlainSolver,
  settledPoint,
} from "./plain.js";
import type { Solver } from "./solver.js";

/** What is used of the package `highs` 1.15: its structured, persistent interface. */
export interface HighsRuntime {
  createModel(data: unknown): HighsModel;
  readonly constants: { readonly objectiveSense: { readonly minimize: unknown; readonly maximize: unknown } };
}

interface HighsModel {
  readonly options: { set(values: Readonly<Record<string, boolean | number | string>>): unknown };
  readonly info: { get(name: string): number | bigint };
  run(): unknown;
  getModelStatus(): number;
  getObjectiveValue(): number;
  getSolution(): { readonly colValue: Float64Array };
  dispose(): void;
}

/** The package's default export: a loader of its WebAssembly. */
export type HighsLoader = () => Promise<HighsRuntime>;

/** Model statuses of HiGHS, by its own numbers. */
const OPTIMAL = 7;
const INFEASIBLE = [8, 9];
const UNBOUNDED = 10;
/** A primal point is there, and feasible by HiGHS's own measure. */
const FEASIBLE_POINT = 2;
/** Numbers above this lose to its tolerances. */
const LARGEST_NUMBER = 1e6;
/** Its presolve was seen to lose the optimum (1 of 2,500 small random models, 15.9 told for 28.9); above this many variables it is needed. */
const LARGEST_WITHOUT_PRESOLVE = 2000;

const modelData = ({ sense, vars, cons }: PlainModel, { constants }: HighsRuntime) => {
  const boxes = vars.map(boxOf);
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { t } of cons) {
    for (const [j, a] of t) {
      if (a === 0) continue;
      indices.push(j);
      values.push(a);
    }
    starts.push(indices.length);
  }
  return {
    numCols: vars.length,
    numRows: cons.length,
    sense: sense === "min" ? constants.objectiveSense.minimize : constants.objectiveSense.maximize,
    colCost: Float64Array.from(vars, ({ obj }) => obj),
    colLower: Float64Array.from(boxes, ([lo]) => lo),
    colUpper: Float64Array.from(boxes, ([, hi]) => hi),
    rowLower: Float64Array.from(cons, ({ lo }) => lo),
    rowUpper: Float64Array.from(cons, ({ hi }) => hi),
    matrix: {
      format: "csr",
      numRows: cons.length,
      numCols: vars.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    integrality: Int32Array.from(vars, ({ type }) => (type === "C" ? 0 : 1)),
  };
};

const isTame = ({ vars, cons }: PlainModel): boolean =>
  vars.every(({ obj }) => Math.abs(obj) <= LARGEST_NUMBER) &&
  cons.every(
    ({ lo, hi, t }) =>
      [lo, hi].every((side) => !Number.isFinite(side) || Math.abs(side) <= LARGEST_NUMBER) &&
      t.every(([, a]) => Math.abs(a) <= LARGEST_NUMBER),
  );

const read = (model: PlainModel, highs: HighsModel): PlainAnswer => {
  const status = highs.getModelStatus();
  if (INFEASIBLE.includes(status)) return noAnswer("infeasible", "claimed");
  if (status === UNBOUNDED) return noAnswer("unknown", "claimed unbounded");
  if (status !== OPTIMAL && Number(highs.info.get("primal_solution_status")) !== FEASIBLE_POINT)
    return noAnswer("unknown", `stopped with status ${status} and no point`);
  const values = settledPoint(model, highs.getSolution().colValue);
  if (values === null) return noAnswer("unknown", "its point breaks the model");
  const checked = answerAt(model, values, { status: "feasible", reason: `stopped with status ${status}` });
  const told = highs.getObjectiveValue();
  const objective = checked.objective ?? 0;
  if (status === OPTIMAL && isTame(model) && Math.abs(told - objective) <= 1e-6 * Math.max(1, Math.abs(objective)))
    return answerAt(model, values, { status: "optimal" });
  const bound = Number(highs.info.get("mip_dual_bound"));
  const isMip = model.vars.some(({ type }) => type !== "C");
  return isMip && status !== OPTIMAL && Number.isFinite(bound) ? { ...checked, bound } : checked;
};

const askHighs = (runtime: HighsRuntime, model: PlainModel, { timeLimitSeconds }: PlainLimits): PlainAnswer => {
  if (timeLimitSeconds !== undefined && timeLimitSeconds <= 0) return noAnswer("unknown", "no time was left");
  if (model.vars.some((variable) => boxOf(variable)[0] > boxOf(variable)[1]))
    return noAnswer("infeasible", "a variable has no value");
  if (model.vars.length === 0) {
    const point = settledPoint(model, []);
    return point === null
      ? noAnswer("infeasible", "a row without terms does not hold")
      : answerAt(model, point, { status: "optimal" });
  }
  const highs = runtime.createModel(modelData(model, runtime));
  try {
    highs.options.set({
      output_flag: false,
      mip_rel_gap: 0,
      mip_abs_gap: 0,
      primal_feasibility_tolerance: 1e-9,
      dual_feasibility_tolerance: 1e-9,
      mip_feasibility_tolerance: 1e-9,
      random_seed: 0,
      presolve: model.vars.length <= LARGEST_WITHOUT_PRESOLVE ? "off" : "choose",
      ...(timeLimitSeconds === undefined ? {} : { time_limit: timeLimitSeconds }),
    });
    highs.run();
    return read(model, highs);
  } finally {
    highs.dispose();
  }
};

/**
 * The loader of the optional package.
 *
 * @throws InternalError `solver.not-installed`.
 */
const loadPackage: HighsLoader = async () => {
  try {
    // Its types are those of a CommonJS module, though what is imported here is its ES module.
    const { default: load } = (await import("highs")) as unknown as { readonly default: HighsLoader };
    return await load();
  } catch {
    throw new InternalError("solver.not-installed", "highs() needs the package highs 1.15: npm install highs");
  }
};

/** A plain model on HiGHS: the point is made whole and checked, the objective recomputed, an infeasible claim confirmed. */
export const highsPlain = (loader: HighsLoader = loadPackage): PlainSolver => {
  let loaded: Promise<HighsRuntime> | null = null;
  const attempt = async (model: PlainModel, limits: PlainLimits): Promise<PlainAnswer> => {
    loaded ??= loader();
    const runtime = await loaded;
    try {
      return askHighs(runtime, model, limits);
    } catch (error) {
      // A WebAssembly instance that trapped answers no more: the next call gets a new one.
      loaded = null;
      return noAnswer("unknown", `HiGHS failed: ${error instanceof Error ? error.name : "no error"}`);
    }
  };
  return async (model, limits) => {
    checkPlainModel(model);
    const until = secondsNow() + (limits.timeLimitSeconds ?? Number.POSITIVE_INFINITY);
    const answer = await attempt(model, limits);
    if (answer.status !== "infeasible") return answer;
    const left = until - secondsNow();
    return confirmInfeasible(model, attempt, Number.isFinite(left) ? { timeLimitSeconds: left } : {});
  };
};

/**
 * The plain model on HiGHS (WebAssembly), the optional peer package `highs` 1.15: gaps 0, tolerances 1e-9, seed 0, one thread,
 * without presolve up to 2,000 variables.
 *
 * Edge: its time limit is kept within about a second, since it is not looked at in every loop; a signal is looked at between solves.
 * @throws InternalError `solver.not-installed` where the package is missing.
 */
export const highs = (loader?: HighsLoader): Solver => {
  const solve = highsPlain(loader);
  return { name: "highs", solve: (model, limits) => solveByTiers(solve, model, limits) };
};
