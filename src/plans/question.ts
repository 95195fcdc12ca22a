import { readPlan } from "../audit/read-plan.js";
import type { Compiled, Ground } from "../compile/compile.js";
import { knownOf } from "../compile/known.js";
import type { Household } from "../domain/household.js";
import type { Plan } from "../domain/plan.js";
import { parseProblem } from "../problem/parse-problem.js";
import type { Facts } from "../view/facts.js";
import { refuse } from "./refuse.js";

/** A problem and a plan of it that something is asked about. */
export interface Question {
  readonly facts: Facts;
  readonly plan: Plan;
  /** Candidates and rows of the problem, agents in the order of the plan's draw. */
  readonly ground: () => Ground;
  /** The model whose targets are those of the plan. */
  readonly model: () => Compiled;
}

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
  const { facts, inputHash, ground, model } = knownOf(parseProblem(problem));
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
  return {
    facts,
    plan: read,
    ground: () => ground(draw),
    model: () => model({ draw, totals: certificate.totals, tolerance: tolerancesOf(read) }),
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
