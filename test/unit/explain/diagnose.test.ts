import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/allocate.js";
import { rulesThatLeaveNone } from "../../../src/explain/clash.js";
import { diagnose } from "../../../src/explain/diagnose.js";
import type { Diagnosis } from "../../../src/explain/diagnosis.js";
import { explain } from "../../../src/explain/explain.js";
import { LEGAL_DA } from "../../../src/explain/messages/legal-da.js";
import { OBJECTIVES } from "../../../src/objectives/kinds.js";
import { whatIf } from "../../../src/plans/what-if.js";
import { RULES } from "../../../src/rules/kinds.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";

const diagnosed = async (problem: unknown): Promise<Diagnosis> => diagnose(problem, await allocate(problem));

describe("rules that leave none", () => {
  it("finds every smallest set: the dear rule alone, or the small and the steps together", () => {
    expect(
      rulesThatLeaveNone([
        ["dear", "small"],
        ["dear", "steps"],
      ]),
    ).toEqual([["dear"], ["small", "steps"]]);
  });
});

describe("diagnose", () => {
  it("says that 7 persons do not fit into a dwelling for 6, and that one for 7 would house them", async () => {
    const problem = problemOf({
      dwellings: [dwelling("u1", "A", { rooms: 4, maxPersons: 6 })],
      households: [household("h1", 7)],
    });
    const { unplaced, text, bottlenecks } = await diagnosed(problem);
    expect(unplaced[0]?.clashes).toMatchObject([
      { minimal: true, members: [{ rule: "unit.capacity", absolute: true }], nearest: { dwelling: "u1" } },
    ]);
    expect(unplaced[0]?.relaxations.map(({ changes }) => changes[0]?.kind)).toEqual(["add-dwelling"]);
    expect(text.en).toContain("The household has 7 persons; the dwelling may take 6 at most.");
    expect(bottlenecks).toMatchObject([{ persons: 7, dwelling: { district: "A", rooms: 4, maxPersons: 7 } }]);
  });

  it("overrides the rent of the dwelling that is 200 too dear, not of the one that is 900 too dear", async () => {
    const problem = problemOf({
      dwellings: [dwelling("u1", "A", { rent: 5900 }), dwelling("u2", "A", { rent: 5200 })],
      households: [household("h1", 2, { needs: { maxRent: 5000 } })],
    });
    const { unplaced } = await diagnosed(problem);
    expect(unplaced[0]?.relaxations[0]).toMatchObject({
      changes: [{ kind: "pin", household: "h1", dwelling: "u2", overrides: ["affordability.max"] }],
      dwelling: "u2",
    });
  });

  it("raises a quota of 5 to 7 for two households of 3 and 4, and says what lifting it brings", async () => {
    const problem = problemOf({
      dwellings: [dwelling("u1", "A"), dwelling("u2", "A")],
      households: [household("h1", 3), household("h2", 4)],
      quotas: [{ id: "q1", scope: { district: "A" }, max: 5, legalBasis: "test" }],
    });
    const plan = await allocate(problem);
    const { unplaced, quotas } = diagnose(problem, plan);
    expect(unplaced.map(({ household: id }) => id)).toEqual(["h1"]);
    expect(unplaced[0]?.clashes[0]?.households).toEqual(["h2"]);
    expect(unplaced[0]?.relaxations.map(({ changes }) => changes)).toContainEqual([
      { kind: "change-quota", quota: "q1", max: 7 },
    ]);
    expect(quotas).toMatchObject([{ quota: "q1", persons: 3 }]);
  });

  it("names the household that would lose its home, and the pin that keeps another's", async () => {
    const problem = problemOf({
      dwellings: [dwelling("u1", "A", { rooms: 2, maxPersons: 4 }), dwelling("u2", "A", { rooms: 1, maxPersons: 2 })],
      households: [household("h1", 4), household("h2", 2)],
      decisions: [{ kind: "pin", household: "h2", dwelling: "u1", by: "officer-1", reason: "agreed" }],
    });
    const { unplaced } = await diagnosed(problem);
    expect(unplaced[0]?.clashes[0]?.members.map(({ rule, subject }) => [rule, subject])).toContainEqual(["pin", "h2"]);
    expect(unplaced[0]?.relaxations.map(({ changes }) => changes)).toContainEqual([{ kind: "unpin", household: "h2" }]);
  });

  it("names the pin and the quota that leave no plan, and lowers or lifts what clashes", async () => {
    const problem = problemOf({
      dwellings: [dwelling("u1", "A")],
      households: [household("h1", 3)],
      quotas: [{ id: "q1", scope: { district: "A" }, max: 2, legalBasis: "test" }],
      decisions: [{ kind: "pin", household: "h1", dwelling: "u1", by: "officer-1", reason: "agreed" }],
    });
    const { infeasible, unplaced, text } = await diagnosed(problem);
    expect(unplaced).toEqual([]);
    expect(infeasible?.clash.members.map(({ rule, subject }) => [rule, subject]).sort()).toEqual([
      ["pin", "h1"],
      ["quota", "q1"],
    ]);
    expect(infeasible?.relaxations).toEqual(
      expect.arrayContaining([[{ kind: "unpin", household: "h1" }], [{ kind: "change-quota", quota: "q1", max: 3 }]]),
    );
    expect(text.da).toContain("Kvote q1 hæves til højst 3.");
  });

  it("finds that one dwelling more in B makes the spread more even, and that a loose quota costs nothing", async () => {
    const problem = problemOf({
      districts: [district("A", 50), district("B", 50)],
      dwellings: [dwelling("u1", "A"), dwelling("u2", "A")],
      households: [household("h1", 2), household("h2", 2)],
      quotas: [{ id: "q1", scope: { district: "A" }, max: 50, legalBasis: "test" }],
    });
    const { bottlenecks, quotas, text } = await diagnosed(problem);
    expect(bottlenecks).toMatchObject([{ persons: 0, evenness: "better", dwelling: { district: "B", maxPersons: 2 } }]);
    expect(quotas).toMatchObject([{ persons: 0, evenness: "same" }]);
    expect(text.en).toContain("Every household has been proposed a home.");
  });

  it("tries one more of what the proof prices: the dwelling that two households compete for, rather than the one left empty", async () => {
    const problem = problemOf({
      dwellings: [
        dwelling("shared", "A", { rent: 4321, maxPersons: 2 }),
        dwelling("left", "A", { rent: 4000, maxPersons: 1 }),
      ],
      households: [household("h1", 2), household("h2", 2)],
    });
    const { bottlenecks } = await diagnosed(problem);
    expect(bottlenecks.map(({ persons, dwelling: { rent } }) => [persons, rent])).toContainEqual([2, 4321]);
    expect(bottlenecks.map(({ dwelling: { rent } }) => rent)).not.toContain(4000);
  });

  it("gives an unplaced household the same care in its explanation", async () => {
    const problem = problemOf({
      dwellings: [dwelling("u1", "A", { rent: 5200 })],
      households: [household("h1", 2, { needs: { maxRent: 5000 } })],
    });
    const plan = await allocate(problem);
    const { proposal, clashes, relaxations, text } = explain(problem, plan, "h1", { costs: true });
    expect(proposal).toBeNull();
    expect(clashes).toHaveLength(1);
    for (const { changes } of relaxations)
      expect(whatIf(problem, plan, changes).plan.placements.map(({ household: id }) => id)).toEqual(["h1"]);
    expect(text.da).toContain("Huslejen er 5.200 kr. pr. måned; husstanden kan højst betale 5.000 kr.");
    expect(text.da).toContain("Hvad der skal til");
  });

  it("tells the household of 2 that the one dwelling went to 3 persons, and that giving it to them houses 1 fewer", async () => {
    const problem = problemOf({
      dwellings: [dwelling("u1", "A", { maxPersons: 4 })],
      households: [household("h1", 3), household("h2", 2)],
    });
    const { considerations, clashes, text } = explain(problem, await allocate(problem), "h2");
    expect(considerations.tiers.find(({ tier }) => tier === "placed")?.settled).toMatchObject([{ dwelling: "u1" }]);
    expect(clashes).toMatchObject([{ households: ["h1"], personsLost: 1 }]);
    expect(text.en).toContain("The dwellings are divided among the households by these considerations");
    expect(text.en).toContain("If the household got dwelling u1, fewer persons would get a home");
    expect(text.en).toContain("h1 would be without a home, and in all 1 person fewer would be housed.");
    expect(text.da).toContain("ville h1 være uden bolig, og i alt ville 1 person færre få et hjem.");
  });

  it("writes 1 day and 2 days, and kinds of service in words", async () => {
    const near = [{ kind: "school", withinKm: 1, required: true }];
    const sentences = async (availableFrom: string) => {
      const problem = problemOf({
        services: [{ id: "s1", kind: "school", location: [10.5, 55.3] }],
        dwellings: [
          dwelling("u1", "A", { availableFrom, location: [10.5, 55.3] }),
          dwelling("u2", "A", { location: [10.6, 55.3] }),
        ],
        households: [household("h1", 2, { handover: "2026-11-30", needs: { near } })],
      });
      return explain(problem, await allocate(problem), "h1").text;
    };
    expect((await sentences("2026-12-01")).en).toContain("1 day after the household is handed over");
    const { da, en } = await sentences("2026-12-02");
    expect(en).toContain("2 days after the household is handed over");
    expect(da).toContain("2 dage efter, at husstanden overgår");
    expect(da).toMatch(/Der er \d(,\d)? km til skole; husstanden skal bo inden for 1 km\./);
  });
});

describe("legal bases", () => {
  it("exist in Danish wherever they are written in English", () => {
    const english = /\b(the|of|and|where|is|are|housing|by|own|persons)\b/;
    const texts = [...RULES, ...OBJECTIVES].flatMap(({ legalBasis }) =>
      legalBasis.filter(({ kind }) => kind !== "choice").map(({ text }) => text),
    );
    expect(texts.filter((text) => english.test(text) && LEGAL_DA[text] === undefined)).toEqual([]);
    expect(Object.values(LEGAL_DA).filter((text) => english.test(text))).toEqual([]);
  });
});
