import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verify } from "../../src/checks.js";
import { compile, groundOf } from "../../src/compile/compile.js";
import { policyTiersOf, totalsOf } from "../../src/compile/tiers.js";
import type { Placement } from "../../src/domain/plan.js";
import type { EvennessMethod } from "../../src/domain/policy.js";
import { frontier } from "../../src/frontier/frontier.js";
import { rivalMeanings } from "../../src/frontier/rivals.js";
import { canonicalProblem } from "../../src/problem/canonical.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import { exhaustive } from "../../src/solvers/exhaustive.js";
import { isFeasible } from "../../src/solvers/measure.js";
import { factsOf } from "../../src/view/facts.js";
import { district, dwelling, household, problemOf } from "../support/town.js";

const RUNS = Number(process.env.EVENSTEAD_PROPERTY_RUNS ?? 40);
const solver = exhaustive();

const KINDS = ["webster", "absolute", "leximax", "leximin"] as const;

/** Three districts on a line away from the only doctor; families; more homes than households. */
const anyTown = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }),
    homes: fc.array(
      fc.record({
        district: fc.constantFrom("A", "B", "C"),
        km: fc.nat({ max: 40 }),
        maxPersons: fc.integer({ min: 1, max: 6 }),
      }),
      { minLength: 3, maxLength: 6 },
    ),
    populations: fc.tuple(fc.integer({ min: 10, max: 90 }), fc.integer({ min: 10, max: 90 }), fc.constant(40)),
    settled: fc.tuple(fc.nat({ max: 4 }), fc.constant(0), fc.constant(1)),
    method: fc.constantFrom(...KINDS),
  })
  .map(({ sizes, homes, populations, settled, method }) =>
    problemOf({
      districts: ["A", "B", "C"].map((id, i) =>
        district(id, populations[i] ?? 1, { settled: { persons: settled[i] ?? 0 } }),
      ),
      services: [{ id: "s1", kind: "health", location: [10, 55.3] }],
      households: sizes.map((size, i) => household(`h${i}`, size)),
      dwellings: homes.map(({ km, ...home }, i) =>
        dwelling(`u${i}`, home.district, { ...home, location: [10 + km / 60, 55.3] }),
      ),
      policy: { evenness: { method }, tiers: ["placed", "evenness", "travel"] },
    }),
  );

/** Every plan there is, with the values of placed, evenness and travel (evenness of leximax and leximin: the vector). */
const everyPlan = (town: Record<string, unknown>, method?: EvennessMethod) => {
  const read = canonicalProblem(parseProblem(town));
  const problem =
    method === undefined
      ? read
      : { ...read, policy: { ...read.policy, evenness: { ...read.policy.evenness, method } } };
  const facts = factsOf(problem);
  const ground = groundOf(facts, problem.households);
  const plain = compile(ground, [], {});
  const arcs = problem.households.map(({ id }) => [-1, ...ground.view.candidatesOf(id).map(({ index }) => index)]);
  const choices = arcs.reduce<readonly (readonly number[])[]>(
    (all, own) => all.flatMap((choice) => own.map((arc) => [...choice, arc])),
    [[]],
  );
  const plans = choices
    .filter((choice) => isFeasible(plain.model, choice))
    .map((choice): readonly Placement[] =>
      choice.flatMap((arc, agent) => {
        const candidate = ground.view.candidates[arc];
        const id = problem.households[agent]?.id;
        return candidate === undefined || id === undefined
          ? []
          : [{ household: id, dwelling: candidate.dwelling.id, status: "proposed" as const }];
      }),
    );
  const tiers = policyTiersOf(problem.policy, {});
  const persons = (placements: readonly Placement[]) =>
    placements.reduce((sum, one) => sum + (facts.household(one.household)?.members.length ?? 0), 0);
  const most = plans.reduce((best, placements) => Math.max(best, persons(placements)), 0);
  return plans
    .filter((placements) => persons(placements) === most)
    .map((placements) => {
      const totals = totalsOf(tiers, facts, { placements });
      const measured = tiers.map(({ name, objective, parameters }) =>
        objective.measure(parameters, facts, { placements }, totals[name] ?? 0),
      );
      return { even: measured[1] ?? { value: Number.NaN }, travel: measured[2]?.value ?? Number.NaN };
    });
};

interface Even {
  readonly value: number;
  readonly vector?: readonly number[];
}

const worse = (method: string, a: number, b: number): number => (method === "leximin" ? b - a : a - b);

/** Less than 0 where the first is the more even; leximax and leximin by their whole vectors. */
const compareEven = (method: string, a: Even, b: Even): number => {
  const other = b.vector ?? [b.value];
  for (const [i, value] of (a.vector ?? [a.value]).entries()) {
    const difference = worse(method, value, other[i] ?? Number.NaN);
    if (Math.abs(difference) > 1e-9) return difference;
  }
  return 0;
};

describe("the frontier", () => {
  it("holds verified plans alone that no plan of all beats in both aims, from the most even to the nearest", async () => {
    const seen = { alone: 0, several: 0 };
    await fc.assert(
      fc.asyncProperty(anyTown, async (town) => {
        const { evenness } = parseProblem(town).policy;
        const found = await frontier(town, { solver, points: 4 });
        const all = everyPlan(town);
        expect(found.points.length).toBeGreaterThan(0);
        for (const { plan, tiers, other, values, proven } of found.points) {
          expect(verify({ ...town, policy: { evenness, tiers } }, plan).ok).toBe(true);
          expect(proven).toBe(true);
          const tier = plan.tiers.find(({ name }) => name === "evenness") ?? { value: Number.NaN };
          expect(values.evenness).toBe(tier.value);
          const beating = all.filter((one) => {
            const even = compareEven(evenness.method, one.even, tier);
            return even <= 0 && one.travel <= other + 1e-9 && (even < 0 || one.travel < other - 1e-9);
          });
          expect(beating).toEqual([]);
        }
        const travels = found.points.map(({ other }) => other);
        expect(travels).toEqual([...travels].sort((a, b) => b - a));
        expect(travels.at(-1)).toBeCloseTo(Math.min(...all.map(({ travel }) => travel)), 9);
        seen[found.points.length === 1 ? "alone" : "several"] += 1;
      }),
      { numRuns: RUNS, seed: 51, markInterruptAsFailure: true },
    );
    expect(seen.alone).toBeGreaterThan(0);
    expect(seen.several).toBeGreaterThan(RUNS / 4);
  });
});

describe("rival meanings of even", () => {
  it("are named exactly where no plan is best by both meanings", async () => {
    const seen = { agree: 0, part: 0 };
    await fc.assert(
      fc.asyncProperty(anyTown, fc.constantFrom(...KINDS), async (town, rival) => {
        const { method } = parseProblem(town).policy.evenness;
        fc.pre(method !== rival);
        const { rivals } = await rivalMeanings(town, { solver, methods: [rival] });
        const bests = [method, rival].map((one) => {
          const plans = everyPlan(town, one).map(({ even }): Even => even);
          const best = plans.reduce((a, b) => (compareEven(one, b, a) < 0 ? b : a));
          return plans.map((plan) => compareEven(one, plan, best) === 0);
        });
        const both = bests[0]?.some((isBest, i) => isBest && bests[1]?.[i] === true) ?? false;
        expect(rivals.length === 0).toBe(both);
        for (const { proven, differences, words } of rivals) {
          expect(proven).toBe(true);
          expect(differences.length).toBeGreaterThan(0);
          expect(words.da).toContain(differences[0]?.name);
        }
        seen[both ? "agree" : "part"] += 1;
      }),
      { numRuns: RUNS, seed: 52, markInterruptAsFailure: true },
    );
    expect(seen.agree).toBeGreaterThan(0);
    expect(seen.part).toBeGreaterThan(0);
  });
});
