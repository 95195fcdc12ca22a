import { groupedBy } from "../base/order.js";
import { type Compiled, compile, groundOf } from "../compile/compile.js";
import { drawOrder } from "../compile/draw.js";
import { policyTiersOf } from "../compile/tiers.js";
import type { Household } from "../domain/household.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { canonicalProblem } from "../problem/canonical.js";
import { factsOf } from "../view/facts.js";
import type { DrawnClass } from "./actions.js";
import { refuseAll } from "./codes.js";
import { type EventOf, type Saying, sayingFaults } from "./events.js";

/** One text per agent: what the model knows of it (its places, and each one's weights and rows). Equal texts, equal agents. */
const knownOf = ({ model }: Compiled): readonly string[] => {
  const { agents, arcs, rows, tiers } = model;
  const inRows: string[][] = Array.from({ length: arcs.agent.length }, () => []);
  rows.forEach((row, index) => {
    for (let term = 0; term < row.arcs.length; term++)
      inRows[row.arcs[term] ?? -1]?.push(`${index}:${row.coefficients[term]}`);
  });
  const known: string[][] = Array.from({ length: agents }, () => []);
  for (let arc = 0; arc < arcs.agent.length; arc++) {
    const weights = tiers.map(({ weights: all }) => all?.[arc] ?? 0);
    known[arcs.agent[arc] ?? -1]?.push(`${arcs.place[arc]}|${weights.join(",")}|${inRows[arc]?.join(",")}`);
  }
  return known.map((parts) => parts.join(";"));
};

/** What the rule of the draw looks at before the lot: priority, and waiting time where the rule counts it. */
const beforeLot = (plan: Plan, { priority, waitingSince }: Household): string =>
  `${priority}/${plan.draw.rule === "hash" ? "" : waitingSince}`;

/** The classes of equals to which the lot gave different homes. */
const drawnIn = (plan: Plan, compiled: Compiled): readonly DrawnClass[] => {
  const home = new Map(plan.placements.map(({ household, dwelling }) => [household, dwelling]));
  const known = knownOf(compiled);
  const agents = compiled.households.map((household, agent) => ({ household, known: known[agent] ?? "" }));
  const classes = groupedBy(
    agents.filter((agent) => agent.known !== ""),
    (agent) => `${beforeLot(plan, agent.household)}\n${agent.known}`,
  );
  return [...classes.values()]
    .map((members) => ({
      households: members.map(({ household }) => household.id),
      dwellings: members.map(({ household }) => home.get(household.id) ?? null),
    }))
    .filter(({ dwellings }) => new Set(dwellings).size > 1);
};

/**
 * The event of the draw behind a plan: rule, seed, the order in which all households were drawn (`drawOrder`: by priority, then waiting
 * time where the rule counts it, then SHA-256 of seed and id), and every class of equals to which the lot gave different homes. Whoever
 * does it again from the same problem and plan gets the same.
 *
 * Equal are households that the plan's model cannot tell apart: the same dwellings open to them, on the same terms for every aim and limit,
 * and the same priority and waiting. Edge: a plan that found nothing drew nothing.
 *
 * To draw again by hand: write the seed, a line break (U+000A) and the household's id as UTF-8, take SHA-256 as hexadecimal digits, and
 * sort; `printf 's-17\nh1' | sha256sum` is the number of household h1 under the seed s-17. What no draw can show is that nobody tried
 * several seeds: settle the seed before the households are known, and make it known (a note in the log, a notice).
 *
 * @throws {ProblemError} where who, when or why is missing.
 */
export const drawOf = (problem: Problem, plan: Plan, { by, at, reason }: Saying): EventOf<"draw"> => {
  refuseAll(sayingFaults({ by, at, reason }));
  const facts = factsOf(canonicalProblem(problem));
  const order = drawOrder(facts.problem.households, plan.draw);
  // The tolerances of a run change no weight and no row.
  const tiers = policyTiersOf(facts.problem.policy, {});
  const drawn = plan.outcome.found
    ? drawnIn(plan, compile(groundOf(facts, order), tiers, plan.certificate.totals))
    : [];
  const { rule, seed } = plan.draw;
  return {
    action: "draw",
    at,
    by,
    data: { reason, inputHash: plan.run.inputHash, rule, seed, order: order.map(({ id }) => id), drawn },
  };
};
