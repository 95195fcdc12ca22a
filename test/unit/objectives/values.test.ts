import { describe, expect, it } from "vitest";
import { OBJECTIVES } from "../../../src/objectives/kinds.js";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { factsOf } from "../../../src/view/facts.js";
import { district, dwelling, household, persons, problemOf } from "../../support/town.js";

/** What an objective measures where each household of a list has the dwelling that stands beside it. */
const measured = (tier: string, parts: Record<string, unknown>, homes: Readonly<Record<string, string>>): number => {
  const facts = factsOf(parseProblem(problemOf({ ...parts, policy: { tiers: [tier] } })));
  const objective = OBJECTIVES.find((one) => one.tier === tier);
  const { problem } = facts;
  const [variant] = objective?.variants(problem.policy.objectives[objective.id], problem.policy) ?? [];
  const placements = Object.entries(homes).map(([id, at]) => ({
    household: id,
    dwelling: at,
    status: "proposed" as const,
  }));
  return objective?.measure(variant?.parameters, facts, { placements }, 0).value ?? Number.NaN;
};

describe("what aims measure, by hand", () => {
  it("travel: 2 of school age and 1 adult at 0.1 degrees of latitude from a school travel 2 x 11.119 km", () => {
    const parts = {
      services: [{ id: "s1", kind: "school", location: [10.8, 55.3] }],
      dwellings: [dwelling("u1", "A", { location: [10.8, 55.4] })],
      households: [household("h1", 1, { members: [{ age: 40 }, { age: 9 }, { age: 12 }, { age: 4 }] })],
    };
    expect(measured("travel", parts, { h1: "u1" })).toBeCloseTo(2 * 11.119, 2);
  });

  it("travel: a kind that only the household names is travelled to by all 3 members", () => {
    const parts = {
      services: [{ id: "s1", kind: "allotment", location: [10.8, 55.3] }],
      dwellings: [dwelling("u1", "A", { location: [10.8, 55.4] })],
      households: [household("h1", 3, { needs: { near: [{ kind: "allotment", withinKm: 30, required: false }] } })],
    };
    expect(measured("travel", parts, { h1: "u1" })).toBeCloseTo(3 * 11.119, 2);
  });

  it("fit: 5 rooms for 3 persons are 3 too many, or 1 where 4 rooms are needed; a step-free home unneeded counts 1 more", () => {
    const parts = {
      dwellings: [
        dwelling("u1", "A", { rooms: 5 }),
        dwelling("u2", "A", { rooms: 5 }),
        dwelling("u3", "A", { rooms: 2, stepFree: true }),
        dwelling("u4", "A", { rooms: 2, stepFree: true }),
      ],
      households: [
        household("h1", 3),
        household("h2", 3, { needs: { minRooms: 4 } }),
        household("h3", 4),
        household("h4", 4, { needs: { stepFree: true } }),
      ],
    };
    expect(measured("fit", parts, { h1: "u1" })).toBe(3);
    expect(measured("fit", parts, { h2: "u2" })).toBe(1);
    expect(measured("fit", parts, { h3: "u3" })).toBe(1);
    expect(measured("fit", parts, { h4: "u4" })).toBe(0);
    expect(measured("fit", parts, { h1: "u1", h2: "u2", h3: "u3", h4: "u4" })).toBe(5);
  });

  it("lateness: a home that is free 5 days after the hand-over is 5 days late, one free 3 days before is not", () => {
    const parts = {
      dwellings: [
        dwelling("u1", "A", { availableFrom: "2026-12-05" }),
        dwelling("u2", "A", { availableFrom: "2026-11-27" }),
        dwelling("u3", "A"),
      ],
      households: [
        household("h1", 1, { handover: "2026-11-30" }),
        household("h2", 1, { handover: "2026-11-30" }),
        household("h3", 1),
      ],
    };
    expect(measured("lateness", parts, { h1: "u1" })).toBe(5);
    expect(measured("lateness", parts, { h2: "u2" })).toBe(0);
    expect(measured("lateness", parts, { h1: "u3", h3: "u1" })).toBe(0);
  });

  it("wishes: the wish for the district of the home counts, 4 in A and 1 in B, and none in C", () => {
    const wishes = [
      { district: "A", strength: 4 },
      { district: "B", strength: 1 },
    ];
    const parts = {
      districts: [district("A", 700), district("B", 300), district("C", 200)],
      dwellings: [dwelling("u1", "A"), dwelling("u2", "B"), dwelling("u3", "C")],
      households: [household("h1", 2, { wishes })],
    };
    expect(measured("wishes", parts, { h1: "u1" })).toBe(4);
    expect(measured("wishes", parts, { h1: "u2" })).toBe(1);
    expect(measured("wishes", parts, { h1: "u3" })).toBe(0);
  });

  it("placed, priority, cost and stability: 2 and 3 persons, priorities 3 and 1, 1,200.50 and 300 a month, one that stays", () => {
    const parts = {
      dwellings: [dwelling("u1", "A", { municipalCost: 1200.5 }), dwelling("u2", "A", { municipalCost: 300 })],
      households: [household("h1", 2, { priority: 3, current: "u1" }), household("h2", 3, { current: "u1" })],
    };
    const homes = { h1: "u1", h2: "u2" };
    expect(measured("placed", parts, homes)).toBe(5);
    expect(measured("priority", parts, homes)).toBe(9);
    expect(measured("cost", parts, homes)).toBe(1500.5);
    expect(measured("stability", parts, homes)).toBe(1);
  });

  it("exceptions: a household in a restricted district is one, whatever its size; one in a free district is none", () => {
    const listing = { category: "restricted", legalBasis: "list of 1 December", validFrom: "2025-12-01" };
    const parts = {
      districts: [district("A", 700, { listing }), district("B", 300)],
      dwellings: [dwelling("u1", "A"), dwelling("u2", "B")],
      households: [{ id: "h1", members: persons(3) }],
    };
    expect(measured("exceptions", parts, { h1: "u1" })).toBe(1);
    expect(measured("exceptions", parts, { h1: "u2" })).toBe(0);
  });
});
