// Typed arrays are read with `as number` here: every index comes from the town.
import type { Certificate, CertifiedPrices, CertifiedStage } from "../certificate.js";
import type { KernelModel, KernelResult } from "../model.js";
import type { Blocks } from "./blocks.js";
import { boundAndCut, type Limit, type Task } from "./bound.js";
import { copyOf, type Domain } from "./domain.js";
import { mostOf, type Objective, objectiveParts, objectiveValue, sameTerm, stepOf } from "./objective.js";
import { tighten, type Workshop } from "./tighten.js";
import { faultsOf, near, ROUNDING, sumOf } from "./town.js";
import { boundOfTree } from "./tree.js";

/** What is the same for all stages, and what the stages so far leave. */
export interface Run {
  readonly model: KernelModel;
  readonly result: KernelResult;
  readonly certificate: Certificate;
  readonly work: Workshop;
  readonly blocks: Blocks | null;
  readonly problems: string[];
  /** All that the rows leave by themselves, and whether that is anything. */
  readonly whole: Domain;
  readonly possible: boolean;
  /** Tightened. */
  domain: Domain;
  limits: readonly Limit[];
  next: number;
}

interface StageGiven {
  readonly objective: Objective;
  readonly tier: number;
  readonly tolerance: number;
  /** What values are whole multiples of, without rounding; 0 where they are not. */
  readonly unit: number;
  readonly threshold?: number;
  /** Only that there is no choice of value 0 has to be shown. */
  readonly nonzero?: boolean;
}

/** The problem of a cut or a hold that leaves nothing. */
const LOST = "a cut takes away the choice itself";

/** Let what was said of rows say what it may of arcs, and the other way round. Returns whether anything is left. */
export const settle = ({ work, domain, problems }: Run): boolean => {
  const isLeft = tighten(work, domain);
  if (!isLeft) problems.push(LOST);
  return isLeft;
};

/** Values of fractional tiers are taken for equal within this share of them. */
const EQUAL = 2 ** -25 * (1 + 1e-6);
/** A tolerance is spent to the last, whatever rounding does. */
const SPENT = 1 + 2 ** -39;
/** A count is 0 or more by whole ones: a bound of so much shows that it is not 0. */
const NEXT_TO_NOTHING = 2 ** -17;

/** The next stage of the certificate, where it is the one that is looked for. */
const nextStage = (
  { certificate, next }: Run,
  { tier, threshold }: Pick<StageGiven, "tier" | "threshold">,
): CertifiedStage | null => {
  const proof = certificate.stages[next];
  if (proof === undefined || proof.tier !== tier || (proof.threshold === undefined) !== (threshold === undefined))
    return null;
  return threshold === undefined || Math.abs((proof.threshold ?? 0) - threshold) <= sameTerm(threshold) ? proof : null;
};

/** The choice that the next stage's value is measured on: the certificate's where later objectives left it, else the result's own. */
export const choiceOf = ({ certificate, next, result }: Run): ArrayLike<number> =>
  certificate.stages[next]?.choice ?? result.arcOf;

/** Whether a choice keeps every limit so far. */
export const keepsLimits = ({ work, limits }: Run, arcOf: ArrayLike<number>): boolean =>
  limits.every(({ objective, room }) => objectiveValue(work.town, objective, arcOf) <= room);

/** What doubles can have made of a choice of a fractional tier: 44 bits for all its parts, each row and agent rounded a few times; and what is taken for equal. */
const explained = ({ work, model }: Run, objective: Objective, choice: ArrayLike<number>): number => {
  const size = sumOf(objectiveParts(work.town, objective, choice).map(Math.abs));
  const rounded = (64 * objective.tables.size + 16 * model.agents + 256) * 2 ** -41;
  return size * Math.max(EQUAL, rounded) + ROUNDING;
};

/** Check the next stage of the certificate and keep its objective at what was reached. Returns the bound; null where there is no such stage. */
export const checkStage = (run: Run, given: StageGiven): number | null => {
  const { work, blocks, problems, result } = run;
  const { objective, tolerance, unit } = given;
  const { town } = work;
  const proof = nextStage(run, given);
  if (proof === null) return null;
  const choice = choiceOf(run);
  run.next++;
  const task: Task = { work, objective, limits: run.limits, blocks, problems };
  const value = objectiveValue(town, objective, choice);
  if (choice !== result.arcOf && !(faultsOf(town, choice).length === 0 && keepsLimits(run, choice)))
    problems.push("a choice of the certificate is not feasible");
  const { precision, equal } = proof;
  if (![precision, equal].every((one) => one >= 0 && Number.isFinite(one))) {
    problems.push("a rounding is not a number of 0 or more");
    return Number.NEGATIVE_INFINITY;
  }

  // Values on a grid: what is better is so by a whole step. Else rounding has to be left room.
  const step = stepOf(objective, run.domain);
  const slack = unit > 0 ? precision : Math.max(precision, near(value, 0) / 100);
  // A whole objective takes whole steps: halfway to the first that is too far.
  const steps = Math.floor(tolerance / step + ROUNDING) * step;
  const isWhole = precision === 0 && step > slack && Number.isFinite(steps);
  // What later objectives may choose from and what results may come to is the same: else one could be better than what it is compared with.
  const spent = isWhole ? Number.POSITIVE_INFINITY : value + tolerance * SPENT + (slack * 3) / 8;
  // Never as far as the first step that is too far, whatever is told of rounding.
  // Of the finer steps, where cuts may have made them coarser here than they were where they were made.
  const half = (isWhole && unit > 0 ? Math.min(step, unit) : step) / 2;
  const limit = step > slack && Number.isFinite(steps) ? Math.min(spent, value + steps + half) : spent;
  const most = step > slack ? value + steps : limit;
  const rounding = Math.max(slack, equal);
  const goal =
    given.nonzero === true ? step * NEXT_TO_NOTHING : value - (step > rounding ? step * (127 / 128) : rounding);
  const cutBy = (prices: CertifiedPrices): void => {
    if (boundAndCut(task, run.domain, { prices, keep: limit }) > limit) problems.push(LOST);
  };
  let possible = true;
  for (const prices of proof.cutsBefore) {
    cutBy(prices);
    // What one cut leaves out may be what the next one builds on.
    possible = possible && settle(run);
  }
  // Whole values differ by whole units, whatever is told of rounding; others only by more than rounding explains.
  const isSharp = step > rounding || (unit > 0 ? rounding < unit : rounding <= explained(run, objective, choice));
  if (proof.keep !== undefined && !Number.isFinite(proof.keep)) problems.push("a value kept to is not a number");
  // What is cut off costs more than the tree keeps to, and so does what it closes: all the rest is bounded.
  const keep = proof.keep !== undefined && proof.keep < goal ? proof.keep : goal;
  const reached = possible ? boundOfTree(task, copyOf(run.domain), { nodes: proof.tree, keep }) : value;
  const bound = keep < goal ? Math.min(reached, keep) : reached;
  proof.cutsAfter.forEach(cutBy);
  if (possible && settle(run) && proof.shrink !== undefined) {
    const union: { domain: Domain | null } = { domain: null };
    boundOfTree(task, copyOf(run.domain), { nodes: proof.shrink, keep: limit, union });
    if (union.domain === null) problems.push(LOST);
    else run.domain = union.domain;
    settle(run);
  }
  run.limits = [...run.limits, { objective, most, room: limit }];
  if (bound <= goal) return bound;
  return isSharp ? value : goal;
};

/** Whether a stage shows that nothing is possible: rows alone leave nothing, or even the dearest choice is cheaper than its bound. */
export const isShownEmpty = (run: Run, proof: CertifiedStage, objective: Objective): boolean => {
  const { work, blocks, problems, domain } = run;
  if (!run.possible) return true;
  const most = mostOf(work.town, objective, domain);
  const task: Task = { work, objective, limits: [], blocks, problems };
  return boundOfTree(task, copyOf(domain), { nodes: proof.tree, keep: most }) > most;
};
