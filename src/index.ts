/** Evenstead: proposals for housing refugee households evenly over a municipality, proven and explained. */

// The main job: facts in, an even and checked plan out.
export { type AllocateOptions, type AllocateProgress, allocate } from "./allocate.js";
export type { AreaFigures, FairnessAudit, GroupFigures, Inequality, LevelFigures } from "./audit/fairness.js";
export type { Contradiction, TierCheck, Verification } from "./audit/verify.js";
export { InternalError, type Issue, ProblemError } from "./base/errors.js";
export { audit, verify } from "./checks.js";
export type * from "./domain/demand.js";
export type * from "./domain/district.js";
export type * from "./domain/dwelling.js";
export type * from "./domain/household.js";
export type * from "./domain/instance.js";
export type { Measure } from "./domain/measure.js";
export type * from "./domain/plan.js";
export type * from "./domain/policy.js";
export type { Problem } from "./domain/problem.js";
export { problemJsonSchema } from "./problem/json-schema.js";
// Reading problems and plans.
export { parseProblem } from "./problem/parse-problem.js";
