/** Evenstead: proposals for housing refugee households evenly over a municipality, proven and explained. */

// The main job: facts in, an even and checked plan out.
export { type AllocateOptions, type AllocateProgress, allocate } from "./allocate.js";
export { audit, verify } from "./checks.js";
export type { AreaFigures, FairnessAudit, GroupFigures, Inequality, LevelFigures } from "./audit/fairness.js";
export type { Contradiction, TierCheck, Verification } from "./audit/verify.js";

// Reading problems and plans.
export { parseProblem } from "./problem/parse-problem.js";
export { parseFolderFiles } from "./problem/parse-folder.js";
export { problemJsonSchema } from "./problem/json-schema.js";
export { InternalError, type Issue, ProblemError } from "./base/errors.js";
export type * from "./domain/demand.js";
export type * from "./domain/district.js";
export type * from "./domain/dwelling.js";
export type * from "./domain/household.js";
export type * from "./domain/instance.js";
export type { Measure } from "./domain/measure.js";
export type * from "./domain/plan.js";
export type * from "./domain/policy.js";
export type { Problem } from "./domain/problem.js";

// Why, why not, and what else.
export { type ExplainOptions, explain } from "./explain/explain.js";
export type * from "./explain/explanation.js";
export { diagnose } from "./explain/diagnose.js";
export type * from "./explain/diagnosis.js";
export { type Recommendation, type RecommendOptions, recommend } from "./plans/recommend.js";
export { type WhatIf, whatIf } from "./plans/what-if.js";
export { checkProof, type ProofCheck } from "./plans/check-proof.js";
export type { ChangeRequest } from "./plans/changes.js";
export { type Comparison, compare } from "./plans/compare.js";

// What "evenly spread" means: targets, apportionment, keys, and the price of evenness.
export { type DistrictTarget, type TargetOptions, targets } from "./frontier/targets.js";
export {
  type Apportionment,
  type ApportionOptions,
  apportion,
  apportionExactly,
  apportionWithTies,
  type MethodName,
  type Tie,
  type TieBreak,
} from "./targets/apportion.js";
export { apportionLevels, type LevelNode, type LevelOptions, type LevelSeats } from "./targets/levels.js";
export { type WaterFill, waterFill } from "./targets/water-fill.js";
export { type Key, type KeyArea, type KeyInput, keyOf } from "./targets/keys/key.js";
export { type KeyTarget, type KeyTargets, keyTargets } from "./targets/keys/key-targets.js";
export { KEY_PRESETS, type KeyPresetName } from "./targets/keys/kinds.js";
export { presetTargets, type TierArea, type TierTargets } from "./targets/keys/preset.js";
export { dissimilarity, gini, hoover, largestDeviation, lorenzPoints, theil, theilByZone } from "./targets/measures.js";
export { type Frontier, type FrontierOptions, type FrontierPoint, frontier } from "./frontier/frontier.js";
export { type RivalMeanings, type RivalOptions, rivalMeanings } from "./frontier/rivals.js";
export { type NextInLine, nextInLine } from "./frontier/next-in-line.js";

// Decisions, on the record.
export { type Proposing, propose } from "./decisions/propose.js";
export { type Step, type Transition, transition } from "./decisions/transition.js";
export { type Override, override } from "./decisions/override.js";
export { record } from "./decisions/record.js";
export type { LogEvent } from "./decisions/events.js";
export { type DecisionLog, headOf, type LogEntry, type LogHead, openLog } from "./decisions/log.js";
export { type LogFault, type LogVerification, parseLog, verifyLog } from "./decisions/verify-log.js";
export { type Replay, type ReplayOptions, replay } from "./decisions/replay.js";
export { redact } from "./decisions/redact.js";
export { drawOf } from "./decisions/draw.js";

// To be shown.
export { REPORTS } from "./report/kinds.js";
export type { Report, ReportInput, ReportOptions } from "./report/report.js";

// Other solvers behind the same seam; the kernel is the default.
export type { Solver } from "./solvers/solver.js";
export { exhaustive } from "./solvers/exhaustive.js";
export { highs } from "./solvers/highs.js";
export { javascriptLp } from "./solvers/javascript-lp.js";
export { kernel } from "./solvers/kernel.js";

export { VERSION } from "./version.js";
