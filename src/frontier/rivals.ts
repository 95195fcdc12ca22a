import { type AllocateOptions, allocate } from "../allocate.js";
import { NUMERIC_SLACK } from "../base/tolerances.js";
import type { Localised } from "../base/words.js";
import { compile, groundOf, type PolicyTier } from "../compile/compile.js";
import { drawOrder } from "../compile/draw.js";
import { policyTiersOf, totalsOf } from "../compile/tiers.js";
import type { Plan } from "../domain/plan.js";
import type { EvennessMethod } from "../domain/policy.js";
import type { Problem } from "../domain/problem.js";
import type { Measured } from "../objectives/objective.js";
import { canonicalProblem } from "../problem/canonical.js";
import { parseProblem } from "../problem/parse-problem.js";
import { kernel } from "../solvers/kernel.js";
import { type Facts, factsOf } from "../view/facts.js";
import { MEANINGS } from "../view/meanings.js";
import { rivalWords } from "./rival-words.js";

/** An area that the two meanings treat differently. Unit: the policy's measure, arrivals of this plan. */
export interface RivalDifference {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly placed: number;
  readonly rivalPlaced: number;
}

/** A meaning of "even" that no plan can satisfy together with the policy's own. */
export interface RivalMeaning {
  readonly method: EvennessMethod;
  readonly plan: Plan;
  readonly differences: readonly RivalDifference[];
  /** Whether it is proven that the two cannot be had together; else no plan was found that has both. */
  readonly proven: boolean;
  readonly words: Localised;
}

export interface RivalMeanings {
  /** The policy's own meaning, and its plan. */
  readonly method: EvennessMethod;
  readonly plan: Plan;
  /** Empty where every meaning asked for agrees with the policy's: then there is nothing to say. */
  readonly rivals: readonly RivalMeaning[];
}

export interface RivalOptions extends Pick<AllocateOptions, "solver" | "signal" | "seed" | "timeLimitSeconds"> {
  /** Meanings to hold against the policy's. Default: one of each kind. */
  readonly methods?: readonly EvennessMethod[];
}

const KINDS: readonly EvennessMethod[] = ["webster", "absolute", "leximax", "leximin", "huntington-hill"];

const withMethod = (problem: Problem, method: EvennessMethod): Problem => ({
  ...problem,
  policy: { ...problem.policy, evenness: { ...problem.policy.evenness, method } },
});

const isEvenness = ({ name }: { readonly name: string }): boolean =>
  name === "evenness" || name.startsWith("evenness/");

/** Up to and with evenness by the policy's meaning, then evenness again by the rival's. */
const bothTiers = (problem: Problem, method: EvennessMethod) => {
  const own = policyTiersOf(problem.policy, {});
  const last = own.findLastIndex(isEvenness);
  const rival = policyTiersOf(withMethod(problem, method).policy, {})
    .filter(isEvenness)
    .map((tier): PolicyTier => ({ ...tier, name: `rival/${tier.name}` }));
  return { tiers: [...own.slice(0, last + 1), ...rival], rival };
};

/** How good the rival's aims can be among the plans that are best by the policy's meaning. */
const rivalWithin = async (
  facts: Facts,
  { own, method, options }: { own: Plan; method: EvennessMethod; options: RivalOptions },
): Promise<{ readonly measured: readonly Measured[]; readonly proven: boolean }> => {
  const { problem } = facts;
  const { tiers, rival } = bothTiers(problem, method);
  const ground = groundOf(facts, drawOrder(problem.households, own.draw));
  const totals = totalsOf(tiers, facts, own);
  const compiled = compile(ground, tiers, totals);
  const { timeLimitSeconds, signal } = options;
  const result = await (options.solver ?? kernel()).solve(compiled.model, {
    ...(timeLimitSeconds === undefined ? {} : { timeLimitSeconds }),
    ...(signal === undefined ? {} : { signal }),
  });
  const placements = compiled.households.flatMap(({ id }, agent) => {
    const candidate = compiled.view.candidates[result.arcOf[agent] ?? -1];
    return candidate === undefined
      ? []
      : [{ household: id, dwelling: candidate.dwelling.id, status: "proposed" as const }];
  });
  return {
    measured: rival.map(({ name, objective, parameters }) =>
      objective.measure(parameters, facts, { placements }, totals[name] ?? 0),
    ),
    proven: result.tiers.every(({ optimal }) => optimal),
  };
};

/** Less than 0 where the first is better; doubles that differ by rounding alone are equal. */
const compareMeasured = (method: EvennessMethod, a: readonly Measured[], b: readonly Measured[]): number => {
  const { sense } = MEANINGS[method];
  const flat = (list: readonly Measured[]) => list.flatMap(({ value, vector }) => vector ?? [value]);
  const other = flat(b);
  for (const [i, value] of flat(a).entries()) {
    const difference = value - (other[i] ?? Number.NaN);
    if (Math.abs(difference) > NUMERIC_SLACK * Math.max(1, Math.abs(value)))
      return sense === "min" ? difference : -difference;
  }
  return 0;
};

const differencesOf = (facts: Facts, own: Plan, rival: Plan): readonly RivalDifference[] => {
  const { levels } = facts.problem.policy.evenness;
  return own.districts.flatMap((row) => {
    const other = rival.districts.find(({ id, level }) => id === row.id && level === row.level);
    if (!levels.includes(row.level) || other === undefined || other.placed === row.placed) return [];
    const name = facts.areas(row.level).find(({ id }) => id === row.id)?.name ?? row.id;
    return [{ id: row.id, name, level: row.level, placed: row.placed, rivalPlaced: other.placed }];
  });
};

/**
 * Rival meanings of "even": for each, whether some plan is best by the policy's meaning and by the rival's at once. Where one is, nothing
 * is said; where none is, the rival's own plan and the districts in which the two part.
 *
 * Edge: with households of one size the meanings agree (AXIOMS A); with families they may part from four households on.
 * Cost: one solve for the policy's plan, and one or two for each meaning.
 * @throws ProblemError where the problem has faults.
 */
export const rivalMeanings = async (problem: unknown, options: RivalOptions = {}): Promise<RivalMeanings> => {
  const facts = factsOf(canonicalProblem(parseProblem(problem)));
  const { methods = KINDS, ...limits } = options;
  const own = await allocate(facts.problem, limits);
  const { method } = facts.problem.policy.evenness;
  const rivals: RivalMeaning[] = [];
  const asked = methods.filter((one) => MEANINGS[one] !== MEANINGS[method]);
  if (!own.outcome.found || !own.tiers.some(isEvenness)) return { method, plan: own, rivals };
  for (const rival of asked) {
    const within = await rivalWithin(facts, { own, method: rival, options });
    const plan = await allocate(withMethod(facts.problem, rival), limits);
    const reached = plan.tiers.filter(isEvenness);
    if (!plan.outcome.found || compareMeasured(rival, reached, within.measured) >= 0) continue;
    const differences = differencesOf(facts, own, plan);
    // What parts the two may lie in the vector alone, with the same loads in other areas of the same weight.
    if (differences.length === 0) continue;
    // The rival's plan may be at its best and an earlier aim not: then nothing is proven of the two together.
    const best = plan.tiers.slice(0, plan.tiers.findLastIndex(isEvenness) + 1).every(({ optimal }) => optimal);
    const proven = within.proven && best;
    const { measure } = facts.problem.policy.evenness;
    const words = rivalWords({ measure, method, rival, proven, best, differences });
    rivals.push({ method: rival, plan, differences, proven, words });
  }
  return { method, plan: own, rivals };
};
