import { type Issue, ProblemError } from "../base/errors.js";
import { NUMERIC_SLACK } from "../base/tolerances.js";

/** A variable of a plain model: continuous, integer or binary; at least `lo` (default 0, none where `free`), at most `hi`. */
export interface PlainVariable {
  readonly id: string;
  /** Its coefficient in the objective. */
  readonly obj: number;
  readonly type: "C" | "I" | "B";
  readonly lo?: number;
  readonly hi?: number;
  readonly free?: boolean;
}

/** lo <= sum of coefficient * variable <= hi; `t` lists [index of the variable, coefficient], each variable at most once. */
export interface PlainRow {
  readonly id: string;
  readonly lo: number;
  readonly hi: number;
  readonly t: readonly (readonly [number, number])[];
}

/** A mixed-integer linear model in no solver's own words. Ids are labels: no solver sees them. */
export interface PlainModel {
  readonly sense: "min" | "max";
  readonly vars: readonly PlainVariable[];
  readonly cons: readonly PlainRow[];
}

/** "unknown" is an answer: nothing that was found can be relied on. */
export type PlainStatus = "optimal" | "feasible" | "infeasible" | "unbounded" | "unknown";

/** Values and objective are recomputed and checked; there are none where the status is neither optimal nor feasible. */
export interface PlainAnswer {
  readonly status: PlainStatus;
  readonly values: readonly number[] | null;
  readonly objective: number | null;
  /** What no point beats, where the solver told one. */
  readonly bound: number | null;
  /** Why the status is no better. */
  readonly reason: string;
}

export interface PlainLimits {
  readonly timeLimitSeconds?: number;
}

export type PlainSolver = (model: PlainModel, limits: PlainLimits) => Promise<PlainAnswer>;

/** An integer variable this near a whole number is taken for it; the rows are then checked with the whole number. */
const INTEGRAL_WITHIN = 1e-6;
/** Rows with continuous variables may be missed by this much, relative to their largest term. */
const CONTINUOUS_SLACK = 1e-6;

export const noAnswer = (status: "infeasible" | "unbounded" | "unknown", reason: string): PlainAnswer => ({
  status,
  values: null,
  objective: null,
  bound: null,
  reason,
});

/** Least and largest value of a variable by its own declaration. */
export const boxOf = ({ type, lo, hi, free }: PlainVariable): readonly [number, number] => {
  const least = lo ?? (free === true ? Number.NEGATIVE_INFINITY : 0);
  const most = type === "B" ? Math.min(1, hi ?? 1) : (hi ?? Number.POSITIVE_INFINITY);
  return type === "C" ? [least, most] : [Math.ceil(least), Math.floor(most)];
};

export const objectiveAt = (model: PlainModel, values: ArrayLike<number>): number =>
  model.vars.reduce((sum, { obj }, j) => sum + obj * (values[j] ?? 0), 0);

const isWholeRow = (model: PlainModel, { t }: PlainRow): boolean =>
  t.every(([j, a]) => Number.isInteger(a) && model.vars[j]?.type !== "C");

const rowHolds = (model: PlainModel, row: PlainRow, values: ArrayLike<number>): boolean => {
  let y = 0;
  let size = 1;
  for (const [j, a] of row.t) {
    y += a * (values[j] ?? 0);
    size = Math.max(size, Math.abs(a * (values[j] ?? 0)));
  }
  const slack = size * (isWholeRow(model, row) ? NUMERIC_SLACK : CONTINUOUS_SLACK);
  return y >= row.lo - slack && y <= row.hi + slack;
};

/** The point with its integers made whole, or null where one is not whole, or a bound or a row does not hold. */
export const settledPoint = (model: PlainModel, raw: ArrayLike<number>): readonly number[] | null => {
  const values: number[] = [];
  for (const [j, variable] of model.vars.entries()) {
    const told = raw[j];
    if (told === undefined || !Number.isFinite(told)) return null;
    const value = variable.type === "C" ? told : Math.round(told) + 0;
    if (Math.abs(value - told) > INTEGRAL_WITHIN) return null;
    const [lo, hi] = boxOf(variable);
    const slack = variable.type === "C" ? CONTINUOUS_SLACK * Math.max(1, Math.abs(value)) : 0;
    if (value < lo - slack || value > hi + slack) return null;
    values.push(value);
  }
  return model.cons.every((row) => rowHolds(model, row, values)) ? values : null;
};

/** An answer with a checked point. */
export const answerAt = (
  model: PlainModel,
  values: readonly number[],
  told: { readonly status: "optimal" | "feasible"; readonly bound?: number; readonly reason?: string },
): PlainAnswer => {
  const objective = objectiveAt(model, values);
  const bound = told.status === "optimal" ? objective : (told.bound ?? null);
  return { status: told.status, values, objective, bound, reason: told.reason ?? "" };
};

const fault = (path: string, expected: string, received: unknown): Issue => ({
  code: "plain-model.not-a-number",
  path,
  subject: null,
  expected,
  received: String(received),
  message: `${path} is ${String(received)}; it must be ${expected}.`,
  hint: null,
});

const numberFault = (path: string, value: unknown, finite: boolean): readonly Issue[] =>
  typeof value === "number" && !Number.isNaN(value) && (!finite || Number.isFinite(value))
    ? []
    : [fault(path, finite ? "a finite number" : "a number, or an infinity", value)];

/** @throws ProblemError with every number that is none, and every term of an unknown or repeated variable. */
export const checkPlainModel = ({ vars, cons }: PlainModel): void => {
  const issues = [
    ...vars.flatMap(({ obj, lo = 0, hi = 0 }, j) => [
      ...numberFault(`vars[${j}].obj`, obj, true),
      ...numberFault(`vars[${j}].lo`, lo, false),
      ...numberFault(`vars[${j}].hi`, hi, false),
    ]),
    ...cons.flatMap(({ lo, hi, t }, i) => {
      const indices = t.map(([j]) => j);
      const known = indices.every((j) => Number.isInteger(j) && vars[j] !== undefined);
      return [
        ...numberFault(`cons[${i}].lo`, lo, false),
        ...numberFault(`cons[${i}].hi`, hi, false),
        ...t.flatMap(([, a], k) => numberFault(`cons[${i}].t[${k}]`, a, true)),
        ...(known && new Set(indices).size === indices.length
          ? []
          : [fault(`cons[${i}].t`, "one term per variable of the model", indices.join(","))]),
      ];
    }),
  ];
  if (issues.length > 0) throw new ProblemError(issues);
};
