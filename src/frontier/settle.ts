import { amountOf, type Measure, measureName } from "../domain/measure.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { canonicalProblem } from "../problem/canonical.js";
import { parseProblem } from "../problem/parse-problem.js";
import { factsOf, placedIn } from "../view/facts.js";

/** The measures that a problem counts by: those that go on counting in the next batch. */
const measuresOf = ({ policy, quotas }: Problem): readonly Measure[] => {
  const all: readonly Measure[] = [
    "persons",
    "households",
    "children",
    "schoolChildren",
    policy.evenness.measure,
    ...quotas.map(({ measure }) => measure),
  ];
  return [...new Map(all.map((measure) => [measureName(measure), measure])).values()];
};

/**
 * The problem as the next batch finds it: what the plan placed is settled, its dwellings are taken, its households are no longer waiting,
 * and links, decisions and current homes that speak of them are gone. Households that had no home wait on.
 *
 * Unit: `settled` grows in persons, households, children, school children, and in what policy and quotas count.
 * Edge: limits on arrivals stay as they are; a new period may need new ones.
 * @throws ProblemError where the problem has faults.
 */
export const settle = (problem: unknown, plan: Pick<Plan, "placements">): Problem => {
  const facts = factsOf(canonicalProblem(parseProblem(problem)));
  const before = facts.problem;
  const placed = placedIn(facts, plan);
  const housed = new Set(placed.map(({ household }) => household.id));
  const taken = new Map<string, number>();
  for (const { dwelling } of placed) taken.set(dwelling.id, (taken.get(dwelling.id) ?? 0) + 1);
  const measures = measuresOf(before);
  const settledAt = (district: string, settled: Readonly<Record<string, number>>) => ({
    ...settled,
    ...Object.fromEntries(
      measures.flatMap((measure) => {
        const name = measureName(measure);
        const added = placed
          .filter(({ dwelling }) => dwelling.district === district)
          .reduce((sum, { household }) => sum + amountOf(measure, household), 0);
        return added === 0 ? [] : [[name, (settled[name] ?? 0) + added]];
      }),
    ),
  });
  return {
    ...before,
    districts: before.districts.map((district) => ({ ...district, settled: settledAt(district.id, district.settled) })),
    dwellings: before.dwellings.map((dwelling) => ({
      ...dwelling,
      count: Math.max(0, dwelling.count - (taken.get(dwelling.id) ?? 0)),
    })),
    households: before.households.filter(({ id }) => !housed.has(id)),
    links: before.links
      .map((link) => ({ ...link, households: link.households.filter((id) => !housed.has(id)) }))
      .filter(({ households }) => households.length > 1),
    decisions: before.decisions.filter(({ household }) => !housed.has(household)),
  };
};
