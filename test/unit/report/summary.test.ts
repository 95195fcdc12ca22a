import { describe, expect, it } from "vitest";
import { nearMiss } from "../../../src/report/near-miss.js";
import { summaryOf } from "../../../src/report/summary.js";
import { factsOf } from "../../../src/view/facts.js";
import { PLAIN, townPlan } from "./town-plan.js";

const { problem, plan, verification } = townPlan();
const summary = summaryOf(problem, plan);

describe("the summary of a plan", () => {
  it("rests on a plan that the audit accepts", () => {
    expect(verification.violations).toEqual([]);
    expect(verification.contradictions).toEqual([]);
  });

  it("counts 3 of 4 households and 6 of 11 persons as housed", () => {
    expect(summary.headline).toMatchObject({ households: 4, housed: 3, persons: 11, personsHoused: 6, areas: 3 });
  });

  it("takes placed minus target as the deviation and after over residents as the load", () => {
    // 9 persons in all by residents 500, 300, 200 (Webster): 4 or 5, 3, 2; before 2, 0, 1.
    const rows = summary.levels[0]?.rows ?? [];
    expect(rows.map(({ id, before, placed, after }) => [id, before, placed, after])).toEqual([
      ["A", 2, 3, 5],
      ["B", 0, 1, 1],
      ["C", 1, 2, 3],
    ]);
    for (const row of rows) expect(row.deviation).toBe(row.placed - row.target);
    expect(rows.map(({ perThousand }) => perThousand)).toEqual([10, 1000 / 300, 15]);
    expect(summary.headline.farthest?.id).toBe("B");
    expect(summary.headline.farthest?.deviation).toBe(-2);
  });

  it("lists the districts first and then the zones of each level", () => {
    expect(summary.levels.map(({ level, rows }) => [level, rows.map(({ id }) => id)])).toEqual([
      ["district", ["A", "B", "C"]],
      ["side", ["west", "east"]],
    ]);
  });

  it("tells of a placement what was wished, what is near, and who pinned it", () => {
    const [first, second] = summary.placements;
    expect(first).toMatchObject({ wishMet: false, pinned: true, listed: false, districtName: "Alby" });
    // 0.01 degrees east and 0.01 north at latitude 55.3: 0.63 km and 1.11 km.
    expect(first?.near).toEqual([{ kind: "school", withinKm: 1, required: false, km: 1.3, met: false }]);
    expect(second).toMatchObject({ wishMet: null, pinned: false, near: [] });
  });
});

describe("the nearest dwelling of a household without a home", () => {
  // Named so that the first by id is not the nearest.
  const facts = factsOf(townPlan({ ...PLAIN, dwelling: "u9" }).problem);
  const of = (id: string) => {
    const household = facts.household(id);
    return household === undefined ? null : nearMiss(facts, household, "en");
  };

  it("is the one that the fewest rules rule out, and among those lacks the fewest persons", () => {
    // Five persons: u9 takes 4 in 2 rooms, u3 takes 3, u5 takes 2, u2 takes 1.
    const miss = of("h4");
    expect(miss?.dwelling).toBe("u9");
    expect(miss?.sentences.join(" ")).toContain("5");
    expect(miss?.sentences.join(" ")).toContain("4");
  });

  it("is none where a dwelling passes every rule", () => {
    expect(of("h2")).toBeNull();
  });
});
