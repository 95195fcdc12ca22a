import { describe, expect, it } from "vitest";
import { nextInLine } from "../../../src/frontier/next-in-line.js";
import { settle } from "../../../src/frontier/settle.js";
import { targets } from "../../../src/frontier/targets.js";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";

const town = problemOf({
  districts: [
    district("North", 600, { settled: { persons: 3 } }),
    district("South", 300, { settled: { persons: 9 } }),
    district("East", 100),
  ],
  households: [household("h1", 3), household("h2", 5), household("h3", 2)],
  dwellings: [dwelling("u1", "North", { count: 2 }), dwelling("u2", "East")],
  links: [{ kind: "together", households: ["h1", "h3"] }],
  quotas: [
    { id: "q1", scope: { district: "East" }, measure: "persons", counting: "arrivals", max: 1, legalBasis: "test" },
  ],
});
const placed = (pairs: Readonly<Record<string, string>>) => ({
  placements: Object.entries(pairs).map(([who, where]) => ({
    household: who,
    dwelling: where,
    status: "proposed" as const,
  })),
});

describe("targets", () => {
  it("say share, settled, level, the quota that binds and the rounding: 9 to North, 0 to South, 1 to East", () => {
    const rows = targets(town);
    const of = (id: string) => rows.find((row) => row.id === id);
    expect(of("North")).toMatchObject({
      total: 10,
      share: 0.6,
      before: 3,
      target: 9,
      binding: "none",
      rounding: "exact",
    });
    expect(of("South")).toMatchObject({ before: 9, target: 0, binding: "settled" });
    expect(of("East")).toMatchObject({ before: 0, target: 1, maximum: 1, binding: "maximum" });
    expect(of("East")?.words.en).toContain("at most 1 may come (quota q1)");
    expect(of("East")?.words.da).toContain("højst komme 1 (kvote q1)");
    expect(of("South")?.words.en).toContain("stands higher already");
    expect(of("North")?.words.da).toMatch(/60 % af indbyggerne.*3 personer.*9 til/);
  });

  it("leave 2 to a district with 10 settled where a cumulative quota allows 12 in all, and 12 where it counts arrivals", () => {
    const limited = (counting: string) =>
      targets(
        problemOf({
          districts: [district("North", 900, { settled: { persons: 10 } }), district("South", 100)],
          quotas: [
            { id: "q1", scope: { district: "North" }, measure: "persons", counting, max: 12, legalBasis: "council" },
          ],
        }),
        { total: 20 },
      ).map(({ maximum, target, binding }) => [maximum, target, binding]);
    expect(limited("cumulative")).toEqual([
      [2, 2, "maximum"],
      [null, 18, "none"],
    ]);
    expect(limited("arrivals")).toEqual([
      [12, 12, "maximum"],
      [null, 8, "none"],
    ]);
  });

  it("take another total, and add up to it", () => {
    expect(targets(town, { total: 4 }).map(({ id, target }) => [id, target])).toEqual([
      ["East", 1],
      ["North", 3],
      ["South", 0],
    ]);
  });
});

describe("whose turn is next", () => {
  it("names a district that lacks exactly 1 person, and none that lacks less", () => {
    const told = (there: number) =>
      nextInLine(
        problemOf({ districts: [district("North", 500, { settled: { persons: there } }), district("South", 500)] }),
        { placements: [] },
      ).words;
    expect(told(2).en).toContain("Furthest below their part: South (1 person).");
    expect(told(2).da).toContain("Længst under deres andel: South (1 person).");
    expect(told(1).en).toContain("No district lacks a whole one or more.");
  });

  it("is told of a plan that cannot be even on its own: 1 household, 3 districts", () => {
    const { outOfReach, next, standings, words } = nextInLine(town, placed({ h1: "u1" }));
    expect(outOfReach).toBe(2);
    // Webster: (0 + 1/2) / 100 is less than (6 + 1/2) / 600, though North lacks more persons.
    expect(next?.id).toBe("East");
    expect(standings.map(({ id, after }) => [id, after])).toEqual([
      ["North", 6],
      ["East", 0],
      ["South", 9],
    ]);
    expect(words.en).toBe(
      "This batch cannot be even on its own: 1 household can reach 1 of 3 districts at most. Furthest below their part: North (3 persons), East (1.5 persons). After this plan East is next.",
    );
    expect(words.da).toContain("kan ikke være jævn i sig selv");
  });

  it("leaves the batch alone where every district could be reached", () => {
    expect(nextInLine(town, placed({ h1: "u1", h2: "u1", h3: "u2" })).words.en).not.toContain("on its own");
  });
});

describe("settling a plan", () => {
  it("adds what was placed, takes the homes, and lets the others wait", () => {
    const next = settle(town, placed({ h1: "u1" }));
    expect(next.districts.find(({ id }) => id === "North")?.settled).toMatchObject({ persons: 6, households: 1 });
    expect(next.dwellings.map(({ id, count }) => [id, count])).toEqual([
      ["u1", 1],
      ["u2", 1],
    ]);
    expect(next.households.map(({ id }) => id)).toEqual(["h2", "h3"]);
    expect(next.links).toEqual([]);
    expect(parseProblem(JSON.parse(JSON.stringify(next)))).toEqual(next);
  });
});
