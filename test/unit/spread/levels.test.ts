import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/allocate.js";
import { EVENNESS_METHODS } from "../../../src/domain/policy.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";

/** A is far above its part; parishes, school districts and old municipalities each call for another home for one person. */
const town = (levels: readonly string[], method = "webster") =>
  problemOf({
    districts: [
      district("A", 50, { settled: { persons: 10 } }),
      district("B", 250),
      district("C", 160),
      district("D", 140),
    ],
    zones: [
      { id: "west", level: "old", districts: ["A", "B"] },
      { id: "east", level: "old", districts: ["C", "D"] },
      { id: "north", level: "school", districts: ["A", "C"] },
      { id: "south", level: "school", districts: ["B", "D"] },
    ],
    dwellings: ["A", "B", "C", "D"].map((id) => dwelling(`u${id}`, id)),
    households: [household("h1", 1)],
    policy: { evenness: { method, levels }, tiers: ["placed", "evenness"] },
  });

describe("evenness on several levels", () => {
  it.each([
    [["district"], "B"],
    [["old", "district"], "C"],
    [["old", "school", "district"], "D"],
    [["district", "school", "old"], "B"],
    [["school", "district"], "B"],
    [["school", "old", "district"], "D"],
  ] as const)("is served in the order %j: the person goes to %s", async (levels, home) => {
    const plan = await allocate(town(levels));
    expect(plan.placements.map(({ dwelling: at }) => at)).toEqual([`u${home}`]);
    expect(plan.tiers.map(({ name, optimal }) => [name, optimal])).toEqual([
      ["placed", true],
      ...(levels.length === 1 ? [["evenness", true]] : levels.map((level) => [`evenness/${level}`, true])),
    ]);
  });

  it("tells target, before and after of every area of every level", async () => {
    const { districts } = await allocate(town(["old", "school", "district"]));
    expect(districts.map(({ id, level, before, placed, after }) => [level, id, before, placed, after])).toEqual([
      ["district", "A", 10, 0, 10],
      ["district", "B", 0, 0, 0],
      ["district", "C", 0, 0, 0],
      ["district", "D", 0, 1, 1],
      ["old", "east", 0, 1, 1],
      ["old", "west", 10, 0, 10],
      ["school", "north", 10, 0, 10],
      ["school", "south", 0, 1, 1],
    ]);
  });

  it.each(EVENNESS_METHODS.filter((method) => method !== "minimax"))(
    "serves the coarsest level first by %s",
    async (method) => {
      const plan = await allocate(town(["old", "district"], method));
      expect(plan.districts.find(({ id }) => id === "east")?.placed).toBe(1);
    },
  );
});
