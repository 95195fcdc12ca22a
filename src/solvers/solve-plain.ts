import { secondsNow } from "../base/clock.js";
import { type Boxes, boxesOf } from "./boxes.js";
import { confirmInfeasible } from "./elastic.js";
import { type EngineTask, engineTask } from "./engine-model.js";
import { EngineStopped, type LpEngine, lpEngine } from "./lp-engine.js";
import { answerAt, checkPlainModel, noAnswer, type PlainAnswer, type PlainModel, settledPoint } from "./plain.js";
import { tooLarge } from "./too-large.js";

export interface PlainOptions {
  /** Default 600: the engine never runs without a limit. */
  readonly timeLimitSeconds?: number;
  /** What the engine's two dense tableaus may take. Default 512 MiB. */
  readonly memoryLimitBytes?: number;
  /** Default javascript-lp-solver. */
  readonly engine?: LpEngine;
}

const LONGEST_SECONDS = 600;
const LARGEST_TABLEAU_BYTES = 512 * 2 ** 20;
/** A continuous model without a box gets this one; an optimum that does not lie near it is one without it too. */
const MADE_UP_BOUND = 1e4;

/** What the engine will allocate: rows x columns of doubles, and a copy for branching. *Unit*: bytes. */
export const tableauBytes = ({ rows, columns }: Pick<EngineTask, "rows" | "columns">): number =>
  (rows + 1) * (columns + 1) * 8 * 2;

/** A fact of the engine's answer, from its own keys alone. */
const told = (answer: unknown, key: string): unknown =>
  typeof answer === "object" && answer !== null && Object.hasOwn(answer, key)
    ? (answer as Readonly<Record<string, unknown>>)[key]
    : undefined;

const pointOf = (answer: unknown, { shift, asked }: EngineTask): readonly number[] =>
  shift.map((base, j) => {
    if (asked[j] !== true) return base;
    const value = told(answer, `v${j}`) ?? 0;
    return typeof value === "number" ? base + value : Number.NaN;
  });

/** What speaks against taking a checked point for the optimum, or "" where nothing does. */
const doubtOf = (answer: unknown, task: EngineTask, objective: number, late: boolean): string => {
  if (late) return "the time limit was reached";
  if (told(answer, "bounded") === false) return "said to be unbounded, though every variable has a box";
  if (task.integers > 0 && told(answer, "isIntegral") !== true) return "the search for whole numbers was not finished";
  if (!task.tame) return "numbers above 1,000,000 are beyond the engine's arithmetic";
  const result = told(answer, "result");
  if (
    typeof result !== "number" ||
    Math.abs(result + task.constant - objective) > 1e-6 * Math.max(1, Math.abs(objective))
  )
    return "the objective that it told is not the point's";
  return "";
};

interface Call {
  readonly boxes: Boxes;
  readonly engine: LpEngine;
  readonly until: number;
  readonly memoryLimitBytes: number;
}

/** One call of the engine. An infeasible claim comes back as "infeasible" and is not yet believed. */
const ask = (model: PlainModel, { boxes, engine, until, memoryLimitBytes }: Call): PlainAnswer => {
  const left = until - secondsNow();
  if (left <= 0) return noAnswer("unknown", "no time was left");
  const task = engineTask(model, boxes, left * 1000);
  const bytes = tableauBytes(task);
  if (bytes > memoryLimitBytes)
    throw tooLarge("rows", `at most ${memoryLimitBytes} bytes of tableau`, `${bytes} bytes of tableau`);
  if (task.columns === 0) {
    const only = settledPoint(model, task.shift);
    return only === null
      ? noAnswer("infeasible", "the only point left breaks a row")
      : answerAt(model, only, { status: "optimal" });
  }
  let answer: unknown;
  try {
    answer = engine(task.model);
  } catch (error) {
    const told = error instanceof EngineStopped ? error.message : "it threw";
    return noAnswer("unknown", `the engine gave no answer: ${told}`);
  }
  const late = secondsNow() >= until;
  if (told(answer, "feasible") === false)
    return late ? noAnswer("unknown", "the time limit was reached") : noAnswer("infeasible", "claimed");
  if (told(answer, "feasible") !== true) return noAnswer("unknown", "the engine's answer is none");
  const values = settledPoint(model, pointOf(answer, task));
  if (values === null)
    return noAnswer("unknown", late ? "the time limit was reached" : "the engine's point breaks the model");
  const checked = answerAt(model, values, { status: "feasible" });
  const doubt = doubtOf(answer, task, checked.objective ?? 0, late);
  return doubt === "" ? answerAt(model, values, { status: "optimal" }) : { ...checked, reason: doubt };
};

const areFinite = ({ lo, hi }: Boxes): boolean => [...lo, ...hi].every(Number.isFinite);

/** A continuous model with some variables unbounded, in a made-up box: its optimum counts only where the box does not matter. */
const askInMadeUpBox = (model: PlainModel, call: Call): PlainAnswer => {
  if (model.vars.some(({ type }) => type !== "C"))
    return noAnswer("unknown", "a whole variable has no bound, and no row gives it one");
  const made: Boxes = {
    lo: call.boxes.lo.map((bound) => (Number.isFinite(bound) ? bound : -MADE_UP_BOUND)),
    hi: call.boxes.hi.map((bound) => (Number.isFinite(bound) ? bound : MADE_UP_BOUND)),
  };
  const answer = ask(model, { ...call, boxes: made });
  if (answer.values === null) return noAnswer("unknown", "nothing was found within made-up bounds");
  const touches = answer.values.some(
    (value, j) =>
      (call.boxes.lo[j] === Number.NEGATIVE_INFINITY && value < 1 - MADE_UP_BOUND) ||
      (call.boxes.hi[j] === Number.POSITIVE_INFINITY && value > MADE_UP_BOUND - 1),
  );
  // A linear optimum inside the box is one without it, since it is one nearby and all is convex.
  return touches && answer.status === "optimal"
    ? { ...answer, status: "feasible", bound: null, reason: "at a made-up bound" }
    : answer;
};

/**
 * Solve a plain model with javascript-lp-solver and believe nothing: the point is made whole and checked against every bound and
 * row, the objective is recomputed, and "optimal" is said only when the engine finished in time, on a boxed model of tame numbers,
 * and said so in every field. "infeasible" is said only when bounds and whole numbers prove it, or the model with shortfalls agrees.
 *
 * Unit: seconds, bytes. Edge: an engine that returns a worse point with its true objective and says "optimal" is believed here; the
 * solver above compares with what it already has. The time limit is looked at between pivots; one pivot of the largest tableau
 * admitted takes about a tenth of a second.
 * @throws ProblemError for numbers that are none (`plain-model.not-a-number`) and models too large (`model.too-large`).
 */
export const solvePlain = async (model: PlainModel, options: PlainOptions = {}): Promise<PlainAnswer> => {
  checkPlainModel(model);
  const until = secondsNow() + (options.timeLimitSeconds ?? LONGEST_SECONDS);
  const boxes = boxesOf(model);
  if (boxes === null) return noAnswer("infeasible", "bounds and rows leave some variable no value");
  const { engine = lpEngine, memoryLimitBytes = LARGEST_TABLEAU_BYTES } = options;
  const call = { boxes, engine, until, memoryLimitBytes };
  if (!areFinite(boxes)) return askInMadeUpBox(model, call);
  const answer = ask(model, call);
  if (answer.status !== "infeasible") return answer;
  const again = async (elastic: PlainModel): Promise<PlainAnswer> => {
    const elasticBoxes = boxesOf(elastic);
    return elasticBoxes === null ? noAnswer("unknown", "no boxes") : ask(elastic, { ...call, boxes: elasticBoxes });
  };
  return confirmInfeasible(model, again, {});
};
