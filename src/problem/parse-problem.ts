import { ProblemError } from "../base/errors.js";
import type { Problem } from "../domain/problem.js";
import { ALL_KINDS } from "./all-kinds.js";
import { readProblem } from "./read-problem.js";

/**
 * Results of ours, which are frozen in depth and need no second reading: every entry point reads its problem, and a planner's click
 * should not wait for that. Weak, and nothing anyone can tell but by the time it takes.
 */
const READ = new WeakSet<object>();

/**
 * Read a problem: form, references, plausibility, what may not be an input, and policy, all in one go.
 *
 * The result is deeply frozen plain data with every default filled in; the order of lists is kept, the input is never changed, and
 * reading a result again gives the very same.
 *
 * @throws ProblemError with every fault, each with its code (`ISSUE_CODES`) and path.
 */
export const parseProblem = (json: unknown): Problem => {
  if (typeof json === "object" && json !== null && READ.has(json)) return json as Problem;
  const { problem, issues } = readProblem(json, ALL_KINDS);
  if (problem === null) throw new ProblemError(issues);
  READ.add(problem);
  return problem;
};
