import type { Draw } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { canonicalProblem, inputHashOf } from "../problem/canonical.js";
import { type Facts, factsOf } from "../view/facts.js";
import { type Compiled, compile, type Ground, groundOf } from "./compile.js";
import { drawOrder } from "./draw.js";
import { policyTiersOf } from "./tiers.js";

/** What every question about a problem starts from. */
export interface Known {
  readonly facts: Facts;
  readonly inputHash: string;
  /** Candidates and rows of the problem, agents in the order of a draw. */
  readonly ground: (draw: Draw) => Ground;
  /** The whole model, its targets made from the totals that earlier tiers reach. */
  readonly model: (given: ModelWanted) => Compiled;
}

export interface ModelWanted {
  readonly draw: Draw;
  readonly totals: Readonly<Record<string, number>>;
  /** Per tier name: replaces the policy's. */
  readonly tolerance: Readonly<Record<string, number>>;
}

const remembered = <T>(map: Map<string, T>, key: string, make: () => T): T => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

/**
 * Per parsed problem, which is frozen in depth: after its plan a planner asks many questions about it, and none should wait for the
 * same reading again. Weak, and nothing anyone can tell but by the time it takes.
 */
const KNOWN = new WeakMap<Problem, Known>();

export const knownOf = (problem: Problem): Known => {
  const known = KNOWN.get(problem);
  if (known !== undefined) return known;
  const canonical = canonicalProblem(problem);
  const facts = factsOf(canonical);
  const grounds = new Map<string, Ground>();
  const models = new Map<string, Compiled>();
  const ground = (draw: Draw): Ground =>
    remembered(grounds, JSON.stringify(draw), () => groundOf(facts, drawOrder(facts.problem.households, draw)));
  const made: Known = {
    facts,
    inputHash: inputHashOf(canonical),
    ground,
    model: ({ draw, totals, tolerance }) =>
      remembered(models, JSON.stringify([draw, totals, tolerance]), () =>
        compile(ground(draw), policyTiersOf(facts.problem.policy, tolerance), totals),
      ),
  };
  KNOWN.set(problem, made);
  return made;
};
