import { describe, expect, it } from "vitest";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { RULES } from "../../../src/rules/kinds.js";
import type { Violation } from "../../../src/rules/rule.js";
import { factsOf } from "../../../src/view/facts.js";
import { district, dwelling, household, persons, problemOf } from "../../support/town.js";

/** What one rule says of placements `household:dwelling`. */
const violations = (
  rule: string,
  parts: Record<string, unknown>,
  ...placed: readonly string[]
): readonly Violation[] => {
  const problem = parseProblem(problemOf(parts));
  const placements = placed.map((pair) => {
    const [who = "", where = ""] = pair.split(":");
    return { household: who, dwelling: where, status: "proposed" as const };
  });
  const kind = RULES.find(({ id }) => id === rule);
  return kind?.check(problem.policy.rules[rule], factsOf(problem), { placements }) ?? [];
};

const brief = (found: readonly Violation[]) => found.map(({ code, subject, by }) => `${code} ${subject} by ${by}`);

describe("household.indivisible", () => {
  const parts = {
    households: [household("h1", 3)],
    dwellings: [dwelling("u1", "A"), dwelling("u2", "A"), dwelling("u3", "A")],
  };
  it("is silent on a household in one dwelling", () => {
    expect(violations("household.indivisible", parts, "h1:u2")).toEqual([]);
  });
  it("counts a household in 3 dwellings as 2 too many", () => {
    expect(brief(violations("household.indivisible", parts, "h1:u1", "h1:u2", "h1:u3"))).toEqual(["divided h1 by 2"]);
  });
  it("names a household and a dwelling that are not in the problem", () => {
    expect(brief(violations("household.indivisible", parts, "h9:u1", "h1:u9"))).toEqual([
      "unknown-household h9 by 1",
      "unknown-dwelling h1 by 1",
    ]);
  });
});

describe("unit.capacity", () => {
  const parts = {
    households: [household("h1", 5), household("h2", 4)],
    dwellings: [dwelling("u1", "A", { maxPersons: 4 })],
  };
  it("is silent on 4 persons in a dwelling for 4", () => {
    expect(violations("unit.capacity", parts, "h2:u1")).toEqual([]);
  });
  it("counts 5 persons in a dwelling for 4 as one violation of 1 person", () => {
    expect(brief(violations("unit.capacity", parts, "h1:u1"))).toEqual(["too-many-persons h1 by 1"]);
  });
  it("counts 2 households in a dwelling of count 1 as one violation of 1 household", () => {
    const small = { ...parts, households: [household("h2", 4), household("h3", 1)] };
    expect(brief(violations("unit.capacity", small, "h2:u1", "h3:u1"))).toEqual(["too-many-households u1 by 1"]);
  });
});

describe("unit.roomStandard", () => {
  const parts = {
    households: [household("h1", 7)],
    dwellings: [dwelling("u3", "A", { rooms: 3, maxPersons: 9 }), dwelling("u4", "A", { rooms: 4, maxPersons: 9 })],
  };
  it("lets 7 persons into 4 rooms by the Danish standard of 2 a room", () => {
    expect(violations("unit.roomStandard", parts, "h1:u4")).toEqual([]);
  });
  it("counts 7 persons in 3 rooms as 1 room too few", () => {
    expect(brief(violations("unit.roomStandard", parts, "h1:u3"))).toEqual(["too-few-rooms h1 by 1"]);
  });
  it("counts the household's own need of 5 rooms against 4", () => {
    const needy = { ...parts, households: [household("h1", 2, { needs: { minRooms: 5 } })] };
    expect(brief(violations("unit.roomStandard", needy, "h1:u4"))).toEqual(["fewer-rooms-than-needed h1 by 1"]);
  });
  it("takes a custom standard of 1 person a room and 12 m2 a person", () => {
    const custom = {
      households: [household("h1", 2), household("h2", 3)],
      dwellings: [dwelling("u1", "A", { rooms: 2, areaM2: 23 }), dwelling("u2", "A", { rooms: 2 })],
      policy: { rules: { roomStandard: { standard: "custom", personsPerRoom: 1, minAreaPerPersonM2: 12 } } },
    };
    expect(brief(violations("unit.roomStandard", custom, "h1:u1"))).toEqual(["too-small h1 by 1"]);
    expect(brief(violations("unit.roomStandard", custom, "h2:u1"))).toEqual(["too-few-rooms h2 by 1"]);
    expect(brief(violations("unit.roomStandard", custom, "h1:u2"))).toEqual(["area-unknown h1 by 1"]);
  });
});

describe("need.accessibility", () => {
  const parts = {
    households: [household("h1", 1, { needs: { stepFree: true, features: ["lift", "adapted-bath"] } })],
    dwellings: [
      dwelling("u1", "A", { stepFree: true, features: ["adapted-bath", "lift", "balcony"] }),
      dwelling("u2", "A", { features: ["lift"] }),
    ],
  };
  it("is silent where everything needed is offered", () => {
    expect(violations("need.accessibility", parts, "h1:u1")).toEqual([]);
  });
  it("names the missing step-free access and the 1 missing feature", () => {
    expect(brief(violations("need.accessibility", parts, "h1:u2"))).toEqual([
      "not-step-free h1 by 1",
      "feature-missing h1 by 1",
    ]);
  });
});

describe("need.near", () => {
  const parts = {
    households: [household("h1", 1, { needs: { near: [{ kind: "health", withinKm: 2, required: true }] } })],
    services: [{ id: "s1", kind: "health", location: [10.79, 55.31] }],
    // 0.05 degrees of latitude are 5.56 km.
    dwellings: [
      dwelling("u1", "A", { location: [10.79, 55.32] }),
      dwelling("u2", "A", { location: [10.79, 55.36] }),
      dwelling("u3", "A"),
    ],
  };
  it("is silent at 1.1 km of 2 km", () => {
    expect(violations("need.near", parts, "h1:u1")).toEqual([]);
  });
  it("counts 5.56 km of 2 km as 3.56 km too far", () => {
    const [found] = violations("need.near", parts, "h1:u2");
    expect(found?.code).toBe("too-far");
    expect(found?.by).toBeCloseTo(3.56, 2);
  });
  it("does not let a dwelling without a location pass", () => {
    expect(brief(violations("need.near", parts, "h1:u3"))).toEqual(["distance-unknown h1 by 1"]);
  });
});

describe("affordability.max", () => {
  const parts = {
    households: [household("h1", 1, { needs: { maxRent: 5000 } }), household("h2", 1)],
    dwellings: [dwelling("u1", "A", { rent: 5000 }), dwelling("u2", "A", { rent: 6250 }), dwelling("u3", "A")],
  };
  it("is silent on a rent of exactly the maximum, and on households without one", () => {
    expect(violations("affordability.max", parts, "h1:u1", "h2:u2")).toEqual([]);
  });
  it("counts a rent of 6250 against 5000 as 1250 too high", () => {
    expect(brief(violations("affordability.max", parts, "h1:u2"))).toEqual(["rent-too-high h1 by 1250"]);
  });
  it("lets an unknown rent pass only where the policy says so", () => {
    expect(brief(violations("affordability.max", parts, "h1:u3"))).toEqual(["rent-unknown h1 by 1"]);
    const lenient = { ...parts, policy: { rules: { affordability: { unknownRent: "allow" } } } };
    expect(violations("affordability.max", lenient, "h1:u3")).toEqual([]);
  });
});

describe("unit.window", () => {
  const parts = {
    households: [household("h1", 1, { handover: "2026-11-30" })],
    dwellings: [
      dwelling("u1", "A", { availableFrom: "2026-11-30", availableTo: "2026-12-30" }),
      dwelling("u2", "A", { availableFrom: "2026-12-07" }),
      dwelling("u3", "A", { availableTo: "2026-12-20" }),
    ],
  };
  it("is silent on a home that is free on the day and for exactly 30 days", () => {
    expect(violations("unit.window", parts, "h1:u1")).toEqual([]);
  });
  it("counts a home that is free 7 days after the hand-over as 7 days late", () => {
    expect(brief(violations("unit.window", parts, "h1:u2"))).toEqual(["free-too-late h1 by 7"]);
  });
  it("counts a stay of 20 days of 30 as 10 days short", () => {
    expect(brief(violations("unit.window", parts, "h1:u3"))).toEqual(["free-too-briefly h1 by 10"]);
  });
  it("takes grace days from the policy", () => {
    const lenient = { ...parts, policy: { rules: { window: { graceDays: 5 } } } };
    expect(brief(violations("unit.window", lenient, "h1:u2"))).toEqual(["free-too-late h1 by 2"]);
  });
});

describe("area.forbidden and area.restricted", () => {
  const listing = (category: string, validTo: string | null = null) => ({
    category,
    legalBasis: "list of 1 December",
    validFrom: "2025-12-01",
    validTo,
  });
  const parts = {
    districts: [district("A", 100), district("B", 90, { listing: listing("restricted") })],
    households: [household("h1", 1), household("h2", 1, { regime: "ukraine" })],
    dwellings: [
      dwelling("u1", "A", { listing: listing("forbidden") }),
      dwelling("u2", "A", { listing: listing("forbidden", "2026-10-31") }),
      dwelling("u3", "B"),
    ],
  };
  it("bars the ordinary regime from a forbidden area, and not the Ukraine regime", () => {
    expect(brief(violations("area.forbidden", parts, "h1:u1", "h2:u1"))).toEqual(["listed-forbidden h1 by 1"]);
  });
  it("does not apply a listing that ended the day before", () => {
    expect(violations("area.forbidden", parts, "h1:u2")).toEqual([]);
  });
  it("bars a restricted area only where the policy has no tier of exceptions", () => {
    expect(violations("area.restricted", { ...parts, policy: { tiers: ["placed", "exceptions"] } }, "h1:u3")).toEqual(
      [],
    );
    const strict = { ...parts, policy: { tiers: ["placed"] } };
    expect(brief(violations("area.restricted", strict, "h1:u3", "h2:u1"))).toEqual([
      "listed-restricted h1 by 1",
      "listed-restricted h2 by 1",
    ]);
  });
});

describe("quota", () => {
  const parts = {
    districts: [district("A", 100, { settled: { persons: 7 } }), district("B", 50)],
    zones: [{ id: "z", level: "school", districts: ["A", "B"] }],
    households: [household("h1", 4), { id: "h2", members: [...persons(1), { age: 6 }, { age: 16 }, { age: 17 }] }],
    dwellings: [dwelling("u1", "A"), dwelling("u2", "B")],
  };
  const quota = (more: Record<string, unknown>) => ({
    ...parts,
    quotas: [{ id: "q", legalBasis: "council", ...more }],
  });
  it("counts 7 settled and 4 placed against a cumulative maximum of 9 as 2 over", () => {
    const given = quota({ scope: { district: "A" }, counting: "cumulative", max: 9 });
    expect(brief(violations("quota", given, "h1:u1"))).toEqual(["above-maximum q by 2"]);
  });
  it("counts the same 4 against a maximum of 9 arrivals as none", () => {
    expect(violations("quota", quota({ scope: { district: "A" }, max: 9 }), "h1:u1")).toEqual([]);
  });
  it("counts the 2 members aged 6 and 16, and not the one aged 17, as school children of the zone", () => {
    const given = quota({ scope: { zone: "z" }, measure: "schoolChildren", max: 1 });
    expect(brief(violations("quota", given, "h1:u1", "h2:u2"))).toEqual(["above-maximum q by 1"]);
  });
  it("counts 4 placed of a minimum of 6 in the whole municipality as 2 short", () => {
    const given = quota({ scope: { municipality: true }, min: 6 });
    expect(brief(violations("quota", given, "h1:u2"))).toEqual(["below-minimum q by 2"]);
  });
  it("does not hold against a plan that a district was over its cumulative maximum before", () => {
    expect(violations("quota", quota({ scope: { district: "A" }, counting: "cumulative", max: 5 }), "h1:u2")).toEqual(
      [],
    );
  });
});

describe("pin and forbid", () => {
  const decided = (kind: string) => ({
    households: [household("h1", 1)],
    dwellings: [dwelling("u1", "A"), dwelling("u2", "A")],
    decisions: [{ kind, household: "h1", dwelling: "u1", by: "planner-2", reason: "family nearby" }],
  });
  it("misses a pinned household that is elsewhere, or nowhere", () => {
    expect(violations("pin", decided("pin"), "h1:u1")).toEqual([]);
    expect(brief(violations("pin", decided("pin"), "h1:u2"))).toEqual(["pin-not-kept h1 by 1"]);
    expect(brief(violations("pin", decided("pin")))).toEqual(["pin-not-kept h1 by 1"]);
  });
  it("names a household that is where it is forbidden", () => {
    expect(brief(violations("forbid", decided("forbid"), "h1:u1"))).toEqual(["forbidden-by-decision h1 by 1"]);
    expect(violations("forbid", decided("forbid"), "h1:u2")).toEqual([]);
  });
});

describe("links", () => {
  const linked = (kind: string) => ({
    districts: [district("A", 10), district("B", 10)],
    households: [household("h1", 1), household("h2", 1), household("h3", 1)],
    dwellings: [dwelling("u1", "A", { count: 3 }), dwelling("u2", "B", { count: 3 })],
    links: [{ kind, households: ["h1", "h2", "h3"], within: { level: "district" } }],
  });
  it("counts 3 households that belong together over 2 districts as 1 apart, and one left out as well", () => {
    expect(violations("links.together", linked("together"), "h1:u1", "h2:u1", "h3:u1")).toEqual([]);
    expect(violations("links.together", linked("together"))).toEqual([]);
    expect(brief(violations("links.together", linked("together"), "h1:u1", "h2:u2", "h3:u1"))).toEqual([
      "separated h1 by 1",
    ]);
    expect(brief(violations("links.together", linked("together"), "h1:u1", "h2:u1"))).toEqual(["separated h1 by 1"]);
  });
  it("counts 3 households to be kept apart in one district as 2 too many", () => {
    expect(violations("links.apart", linked("apart"), "h1:u1", "h2:u2")).toEqual([]);
    expect(brief(violations("links.apart", linked("apart"), "h1:u1", "h2:u1", "h3:u1"))).toEqual(["not-apart h1 by 2"]);
  });
});
