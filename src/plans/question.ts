import { readPlan } from "../audit/read-plan.js";
import { type Compiled, compile, type Ground, groundOf } from "../compile/compile.js";
import { drawOrder } from "../compile/draw.js";
import { policyTiersOf } from "../compile/tiers.js";
import type { Household } from "../domain/household.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { canonicalProblem, inputHashOf } from "../problem/canonical.js";
import { parseProblem } from "../problem/parse-problem.js";
import { type Facts, factsOf } from "../view/facts.js";
import { refuse } from "./refuse.js";

/** What every question about a problem starts from. */
interface Known {
  readonly facts: Facts;
  readonly inputHash: string;
  readonly grounds: Map<string, Ground>;
  readonly models: Map<string, Compiled>;
}

/**
 * Per parsed problem, which is frozen in depth: a planner asks many questions about one problem, and none should wait for the same
 * reading again. Weak, and nothing anyone can tell but by the time it takes.
 */
const KNOWN = new WeakMap<Problem, Known>();

const knownOf = (problem: Problem): Known => {
  const known = KNOWN.get(problem);
  if (known !== undefined) return known;
  const canonical = canonicalProblem(problem);
  const made: Known = {
    facts: factsOf(canonical),
    inputHash: inputHashOf(canonical),
    grounds: new Map(),
    models: new Map(),
  };
  KNOWN.set(problem, made);
  return made;
};

/** A problem and a plan of it that something is asked about. */
export interface Question {
  readonly facts: Facts;
  readonly plan: Plan;
  /** Candidates and rows of the problem, agents in the order of the plan's draw. */
  readonly ground: () => Ground;
  /** The model whose targets are those of the plan. */
  readonly model: () => Compiled;
}

const remembered = <T>(map: Map<string, T>, key: string, make: () => T): T => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

/** The policy's tolerances, or those the plan was asked for with. */
export const tolerancesOf = ({ run }: Plan): Readonly<Record<string, number>> => {
  const { tolerance } = run.options;
  if (typeof tolerance !== "object" || tolerance === null) return {};
  return Object.fromEntries(
    Object.entries(tolerance).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
};

/**
 * Read a problem and a plan that belong together.
 *
 * @throws ProblemError where either has faults, or `plan.other-problem` where the plan was made from another problem.
 */
export const questionOf = (problem: unknown, plan: unknown): Question => {
  const { facts, inputHash, grounds, models } = knownOf(parseProblem(problem));
  const read = readPlan(plan);
  if (read.run.inputHash !== inputHash)
    refuse({
      code: "plan.other-problem",
      path: "plan.run.inputHash",
      subject: read.run.inputHash,
      expected: inputHash,
      message: "The plan was made from another problem than this one.",
      hint: "Maybe the problem was changed after the plan was made: allocate it again.",
    });
  const { draw, certificate } = read;
  const ground = () =>
    remembered(grounds, JSON.stringify(draw), () => groundOf(facts, drawOrder(facts.problem.households, draw)));
  return {
    facts,
    plan: read,
    ground,
    model: () =>
      remembered(models, JSON.stringify([draw, certificate.totals, tolerancesOf(read)]), () =>
        compile(ground(), policyTiersOf(facts.problem.policy, tolerancesOf(read)), certificate.totals),
      ),
  };
};

/** @throws ProblemError `household.unknown`. */
export const householdNamed = ({ facts }: Question, id: string): Household =>
  facts.household(id) ??
  refuse({
    code: "household.unknown",
    path: "householdId",
    subject: id,
    expected: "the id of a household of the problem",
    message: `Household ${id} is not in the problem.`,
  });

/** Where the plan puts each household. */
export const homesIn = ({ placements }: Pick<Plan, "placements">): ReadonlyMap<string, string> =>
  new Map(placements.map(({ household, dwelling }) => [household, dwelling]));
