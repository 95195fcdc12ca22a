import { type Boxes, boxesOf } from "./boxes.js";
import { noAnswer, type PlainAnswer, type PlainModel, type PlainSolver, settledPoint } from "./plain.js";

/** A shortfall above this is one; below, the solver's rounding may have made it. */
const REAL_SHORTFALL = 1e-4;

const shortfalls = (model: PlainModel, boxes: Boxes) =>
  model.cons.map(({ lo, hi, t }) => {
    const ends = t.map(([j, a]) => [a * (boxes.lo[j] ?? 0), a * (boxes.hi[j] ?? 0)] as const);
    const least = ends.reduce((sum, [x, y]) => sum + Math.min(x, y), 0);
    const most = ends.reduce((sum, [x, y]) => sum + Math.max(x, y), 0);
    return { below: Math.max(0, lo - least), above: Math.max(0, most - hi) };
  });

/** The model with a shortfall of its own for each side of each row, their sum to be minimised: never without a point. */
export const elasticModel = (model: PlainModel, boxes: Boxes): PlainModel => {
  const vars = model.vars.map((variable) => ({ ...variable, obj: 0 }));
  const room = shortfalls(model, boxes);
  const cons = model.cons.map((row, i) => {
    const { below = 0, above = 0 } = room[i] ?? {};
    const t = [...row.t];
    for (const [sign, most] of [
      [1, below],
      [-1, above],
    ] as const) {
      if (most === 0) continue;
      t.push([vars.length, sign]);
      vars.push({ id: `s${vars.length}`, obj: 1, type: "C", lo: 0, hi: most });
    }
    return { ...row, t };
  });
  return { sense: "min", vars, cons };
};

/**
 * What stands of a solver's claim that a model has no point: "infeasible" only if the same solver then finds, in the model with
 * shortfalls, that some are needed. A point without shortfalls proves the claim false and is handed back as "feasible".
 *
 * Edge: without finite boxes nothing is proven, and the answer is "unknown".
 */
export const confirmInfeasible = async (
  model: PlainModel,
  solve: PlainSolver,
  limits: { readonly timeLimitSeconds?: number },
): Promise<PlainAnswer> => {
  const boxes = boxesOf(model);
  if (boxes === null) return noAnswer("infeasible", "bounds and rows leave some variable no value");
  if (![...boxes.lo, ...boxes.hi].every(Number.isFinite))
    return noAnswer("unknown", "claimed infeasible; not confirmed, since some variable has no bound");
  const elastic = await solve(elasticModel(model, boxes), limits);
  if (elastic.values === null || elastic.objective === null)
    return noAnswer("unknown", `claimed infeasible; not confirmed: ${elastic.reason}`);
  const values = settledPoint(model, elastic.values.slice(0, model.vars.length));
  if (values !== null) {
    const objective = model.vars.reduce((sum, { obj }, j) => sum + obj * (values[j] ?? 0), 0);
    return {
      status: "feasible",
      values,
      objective,
      bound: null,
      reason: "claimed infeasible, though this point is not",
    };
  }
  return elastic.status === "optimal" && elastic.objective > REAL_SHORTFALL
    ? noAnswer("infeasible", "every point falls short of some row")
    : noAnswer("unknown", "claimed infeasible; the shortfall was not settled");
};
