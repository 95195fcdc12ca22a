import { allocateSync } from "../allocate.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { optimizeSync } from "../kernel/index.js";
import { tolerancesOf } from "./question.js";

export interface ResolveOptions {
  /** Wall-clock seconds for one solve. Without it the answer is reproducible to the byte. */
  readonly timeLimitSeconds?: number;
}

interface Ask extends ResolveOptions {
  /** The earlier plan: its draw and tolerances are kept. */
  readonly plan: Plan;
  readonly mustHouse?: readonly string[];
}

/**
 * Solve a changed problem as the earlier plan was solved, at one go: same draw, same tolerances; among plans that are equally good by
 * every tier, the one that moves fewest households. The one place where questions about a plan reach a solver.
 *
 * @throws {ProblemError} where the changed problem has faults.
 */
export const resolve = (problem: Problem, { plan, timeLimitSeconds, mustHouse }: Ask): Plan =>
  allocateSync(problem, {
    solverName: "kernel",
    solve: optimizeSync,
    tolerance: tolerancesOf(plan),
    seed: plan.draw.seed,
    keep: plan,
    ...(timeLimitSeconds === undefined ? {} : { timeLimitSeconds }),
    ...(mustHouse === undefined ? {} : { mustHouse }),
  });
