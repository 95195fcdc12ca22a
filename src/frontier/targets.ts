import type { Localised } from "../base/words.js";
import { amountOf, measureName } from "../domain/measure.js";
import type { EvennessMethod } from "../domain/policy.js";
import { canonicalProblem } from "../problem/canonical.js";
import { parseProblem } from "../problem/parse-problem.js";
import { factsOf } from "../view/facts.js";
import { areaTargets, maximaOf } from "../view/targets.js";
import { type Rounding, roundingOf, targetWords } from "../view/targets-words.js";

/** What one area of a level is due, how that number came about, and the same in words. Unit: the policy's measure. */
export interface DistrictTarget {
  readonly id: string;
  readonly name: string;
  /** `district`, or the level of the zone. */
  readonly level: string;
  readonly measure: string;
  readonly method: EvennessMethod;
  /** What is spread over the level. */
  readonly total: number;
  /** Its part of the weight, in [0, 1]. */
  readonly share: number;
  /** Settled before, as it counts: 0 where the policy counts each batch alone. */
  readonly before: number;
  /** Load per 1,000 of the weight at which every area ends that nothing binds. */
  readonly waterLevel: number;
  /** The area's load at that level. */
  readonly idealLoad: number;
  /** Arrivals aimed at, before rounding. */
  readonly fraction: number;
  /** Arrivals aimed at, whole; they add up to the total, or to the room that maxima leave. */
  readonly target: number;
  /** Arrivals that quotas on this very area allow; null where there is none. */
  readonly maximum: number | null;
  readonly binding: "none" | "settled" | "maximum";
  readonly rounding: Rounding;
  readonly words: Localised;
}

export interface TargetOptions {
  /** What to spread, in the policy's measure. Default: all households, as if every one were placed. */
  readonly total?: number;
}

/**
 * The even spread aimed at, per district and per level that evenness is asked on, each number with its reasons.
 *
 * Edge: a plan that cannot place everybody spreads less; `allocate` makes its targets from what it places.
 * @throws ProblemError where the problem has faults.
 */
export const targets = (problem: unknown, options: TargetOptions = {}): readonly DistrictTarget[] => {
  const facts = factsOf(canonicalProblem(parseProblem(problem)));
  const { evenness } = facts.problem.policy;
  const total =
    options.total ??
    facts.problem.households.reduce((sum, household) => sum + amountOf(evenness.measure, household), 0);
  const levels = ["district", ...evenness.levels.filter((level) => level !== "district")];
  return levels.flatMap((level) =>
    areaTargets(facts, { level, evenness }, total).map((target): DistrictTarget => {
      const { area, share, before, idealLoad, fraction, maximum, binding } = target;
      const quotas = maximaOf(facts, area, evenness)
        .filter(({ max }) => max === maximum)
        .map(({ id }) => id);
      return {
        id: area.id,
        name: area.name,
        level,
        measure: measureName(evenness.measure),
        method: evenness.method,
        total,
        share,
        before,
        waterLevel: target.level * 1000,
        idealLoad,
        fraction,
        target: target.target,
        maximum,
        binding,
        rounding: roundingOf(target),
        words: targetWords({ target, evenness, total, quotas }),
      };
    }),
  );
};
