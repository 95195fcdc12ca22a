import { solveByTiers } from "./by-tiers.js";
import { type PlainOptions, solvePlain } from "./solve-plain.js";
import type { Solver } from "./solver.js";

/**
 * The plain model on javascript-lp-solver 1.0.3: a reference for small models, in Node and browsers alike.
 *
 * Unit: bytes for `memoryLimitBytes` (default 512 MiB). Edge: synchronous, without a worker: the limit is looked at between
 * pivots, a signal between solves. What was not finished is never "optimal".
 * @throws ProblemError `model.too-large` before anything is allocated.
 */
export const javascriptLp = (options: Pick<PlainOptions, "engine" | "memoryLimitBytes"> = {}): Solver => ({
  name: "javascript-lp-solver",
  solve: (model, limits) =>
    solveByTiers((plain, plainLimits) => solvePlain(plain, { ...options, ...plainLimits }), model, limits),
});
