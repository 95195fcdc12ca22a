import { districtLoads } from "../../../src/audit/loads.js";
import { type Verification, verifyPlan } from "../../../src/audit/verify.js";
import type { Plan, TierValue } from "../../../src/domain/plan.js";
import type { Problem } from "../../../src/domain/problem.js";
import { OBJECTIVES } from "../../../src/objectives/kinds.js";
import { inputHashOf } from "../../../src/problem/canonical.js";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { factsOf } from "../../../src/view/facts.js";

/** Names that a test may replace by hostile ones. */
export interface TownNames {
  readonly district: string;
  readonly districtName: string;
  readonly dwelling: string;
  readonly household: string;
  readonly unplaced: string;
  readonly kind: string;
  readonly provider: string;
  readonly quota: string;
  readonly legalBasis: string;
  readonly reason: string;
  readonly by: string;
  readonly level: string;
  readonly zone: string;
  readonly municipality: string;
  readonly seed: string;
}

export const PLAIN: TownNames = {
  district: "A",
  districtName: "Alby",
  dwelling: "u1",
  household: "h1",
  unplaced: "h4",
  kind: "school",
  provider: "assoc-a",
  quota: "q1",
  legalBasis: "council",
  reason: "found work nearby",
  by: "planner-1",
  level: "side",
  zone: "west",
  municipality: "Testby",
  seed: "seed",
};

/** Three districts, two zones, four dwellings, four households of 3, 1, 2 and 5 persons; the last fits nowhere. */
export const townJson = (names: TownNames): Record<string, unknown> => ({
  format: "evenstead/problem@1",
  municipality: { name: names.municipality },
  asOf: "2026-11-01",
  districts: [
    { id: names.district, name: names.districtName, population: 500, settled: { persons: 2 }, location: [10.6, 55.3] },
    { id: "B", name: "Bolev", population: 300, location: [10.7, 55.35] },
    { id: "C", name: "Corup", population: 200, settled: { persons: 1 }, location: [10.65, 55.25] },
  ],
  zones: [
    { id: names.zone, name: names.zone, level: names.level, districts: [names.district, "B"] },
    { id: "east", name: "east", level: names.level, districts: ["C"] },
  ],
  services: [{ id: "s1", kind: names.kind, location: [10.61, 55.3] }],
  dwellings: [
    {
      id: names.dwelling,
      district: names.district,
      location: [10.6, 55.31],
      rooms: 2,
      areaM2: 60,
      maxPersons: 4,
      rent: 5000,
      provider: names.provider,
      availableFrom: "2026-11-15",
    },
    { id: "u2", district: "B", location: [10.71, 55.35], rooms: 1, maxPersons: 1, rent: 3500.5, count: 2 },
    { id: "u3", district: "C", location: [10.65, 55.25], rooms: 2, maxPersons: 3, stepFree: true },
    { id: "u5", district: "B", rooms: 2, maxPersons: 2, rent: 9000 },
  ],
  households: [
    {
      id: names.household,
      members: [{ age: 35 }, { age: 33 }, { age: 8 }],
      handover: "2026-11-30",
      needs: { maxRent: 6000, near: [{ kind: names.kind, withinKm: 1 }] },
      wishes: [{ district: "B", strength: 2 }],
    },
    { id: "h2", members: [{ age: 25 }] },
    { id: "h3", members: [{ age: 70 }, { age: 68 }], needs: { stepFree: true } },
    { id: names.unplaced, members: [{ age: 40 }, { age: 38 }, { age: 12 }, { age: 9 }, { age: 4 }] },
  ],
  quotas: [{ id: names.quota, scope: { district: names.district }, max: 4, legalBasis: names.legalBasis }],
  decisions: [
    { kind: "pin", household: names.household, dwelling: names.dwelling, by: names.by, reason: names.reason },
    { kind: "forbid", household: "h2", dwelling: "u3", by: names.by, reason: names.reason },
  ],
  policy: {
    evenness: { levels: [names.level, "district"] },
    tiers: ["placed", "evenness"],
    draw: { rule: "hash", seed: names.seed },
  },
});

const tiersOf = (problem: Problem, placements: Plan["placements"], total: number): readonly TierValue[] =>
  problem.policy.tiers.flatMap(({ tier }) =>
    OBJECTIVES.filter((one) => one.tier === tier).flatMap((objective) =>
      objective.variants(problem.policy.objectives[objective.id], problem.policy).map((variant) => {
        const { value } = objective.measure(variant.parameters, factsOf(problem), { placements }, total);
        const bound = variant.sense === "min" ? value - 0.25 : value + 1;
        const { name, unit, sense } = variant;
        return { name, value, bound, optimal: false, tolerance: 0, unit, sense };
      }),
    ),
  );

/** The town with a plan made by hand: 3 persons in the first district, 1 in B, 2 in C, 5 without a home. */
export const townPlan = (
  names: TownNames = PLAIN,
): { readonly problem: Problem; readonly plan: Plan; readonly verification: Verification } => {
  const problem = parseProblem(townJson(names));
  const placements: Plan["placements"] = [
    { household: names.household, dwelling: names.dwelling, status: "proposed" },
    { household: "h2", dwelling: "u2", status: "proposed" },
    { household: "h3", dwelling: "u3", status: "proposed" },
  ];
  const tiers = tiersOf(problem, placements, 6);
  const reason = { rule: "unit.capacity", code: "over-capacity", ruledOut: 4, dwellings: 4, message: "too small" };
  const plan: Plan = {
    format: "evenstead/plan@1",
    status: "proposed",
    outcome: { status: "feasible", found: true, clash: [] },
    placements,
    unplaced: [{ household: names.unplaced, reasons: [reason] }],
    tiers,
    districts: districtLoads(factsOf(problem), { placements }),
    draw: problem.policy.draw,
    certificate: { solver: "hand", totals: Object.fromEntries(tiers.map(({ name }) => [name, 6])), kernel: null },
    run: { inputHash: inputHashOf(problem), version: "0.0.0", options: {}, seconds: 1 },
  };
  return { problem, plan, verification: verifyPlan(problem, plan) };
};
