import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/allocate.js";
import { ProblemError } from "../../../src/base/errors.js";
import { verify } from "../../../src/checks.js";
import type { ChangeRequest } from "../../../src/plans/changes.js";
import { type WhatIf, whatIf } from "../../../src/plans/what-if.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";

/** Two districts of 60 and 40; a household of 4 fits only the large dwellings, u1 in A and u3 in B. */
const TOWN = problemOf({
  districts: [district("A", 60), district("B", 40)],
  dwellings: [
    dwelling("u1", "A", { rooms: 3, maxPersons: 5 }),
    dwelling("u2", "A", { rooms: 1, maxPersons: 2 }),
    dwelling("u3", "B", { rooms: 2, maxPersons: 4 }),
  ],
  households: [household("h1", 4), household("h2", 2), household("h3", 1)],
  quotas: [{ id: "q1", scope: { district: "A" }, max: 6, legalBasis: "test" }],
  policy: { tiers: ["placed", "evenness", "fit"] },
});

const homes = ({ plan }: Pick<WhatIf, "plan">) =>
  Object.fromEntries(plan.placements.map(({ household: who, dwelling: where }) => [who, where]));

const ask = async (changes: ChangeRequest | readonly ChangeRequest[]): Promise<WhatIf> => {
  const plan = await allocate(TOWN);
  const found = whatIf(TOWN, plan, changes);
  if (found.plan.outcome.found) expect(verify(found.problem, found.plan).ok).toBe(true);
  return found;
};

const codesOf = async (changes: ChangeRequest | readonly ChangeRequest[]): Promise<readonly string[]> => {
  const plan = await allocate(TOWN);
  try {
    whatIf(TOWN, plan, changes);
  } catch (error) {
    if (error instanceof ProblemError) return error.issues.map(({ code }) => code);
    throw error;
  }
  return [];
};

describe("what if", () => {
  it("refuses what is no change, one of another kind, one with a field missing or too many, and names each", async () => {
    const pin = { kind: "pin", household: "h1", dwelling: "u1" };
    for (const odd of [
      null,
      7,
      "pin",
      {},
      { kind: "teleport" },
      { kind: "swap" },
      { ...pin, dwelling: 3 },
      { ...pin, force: true },
    ])
      expect(await codesOf(odd as never)).toEqual(["change.malformed"]);
    expect(await codesOf([pin, { kind: "unpin" }, { kind: "constructor" }] as never)).toEqual([
      "change.malformed",
      "change.malformed",
    ]);
    expect(await codesOf([])).toEqual([]);
  });

  it("starts from a plan with h1 in u1, h2 in u3 and h3 in u2", async () => {
    expect(homes({ plan: await allocate(TOWN) })).toEqual({ h1: "u1", h2: "u3", h3: "u2" });
  });

  it("pins h2 to u2, which moves all three and makes the spread worse: 3 and 4 persons where 4.2 and 2.8 are due", async () => {
    const found = await ask({ kind: "pin", household: "h2", dwelling: "u2" });
    expect(found.comparison.moves).toEqual([
      { household: "h1", from: "u1", to: "u3" },
      { household: "h2", from: "u3", to: "u2" },
      { household: "h3", from: "u2", to: "u1" },
    ]);
    expect(found.comparison).toMatchObject({ verdict: "worse", decidedBy: "evenness" });
    expect(found.comparison.tiers.find(({ name }) => name === "placed")).toMatchObject({ change: 0, effect: "same" });
    expect(found.comparison.districts).toEqual([
      expect.objectContaining({ id: "A", placed: { before: 5, after: 3 } }),
      expect.objectContaining({ id: "B", placed: { before: 2, after: 4 }, deviation: { before: -1, after: 1 } }),
    ]);
  });

  it("forbids h1 the dwelling u1, after which h1 takes u3", async () => {
    expect(homes(await ask({ kind: "forbid", household: "h1", dwelling: "u1" }))).toMatchObject({ h1: "u3" });
  });

  it("lets h1 refuse what the plan offers, with the same outcome as forbidding it", async () => {
    const refused = await ask({ kind: "refuse", household: "h1", reason: "too far from work" });
    expect(homes(refused)).toEqual(homes(await ask({ kind: "forbid", household: "h1", dwelling: "u1" })));
    expect(refused.problem.decisions).toMatchObject([{ kind: "forbid", dwelling: "u1", reason: "too far from work" }]);
  });

  it("locks h3 in u2 while h1 has to leave u1", async () => {
    const found = await ask([
      { kind: "lock", household: "h3" },
      { kind: "refuse", household: "h1" },
    ]);
    expect(homes(found)).toEqual({ h1: "u3", h2: "u1", h3: "u2" });
  });

  it("swaps h2 and h3", async () => {
    expect(homes(await ask({ kind: "swap", households: ["h2", "h3"] }))).toEqual({ h1: "u1", h2: "u2", h3: "u3" });
  });

  it("cannot swap h1 with h3: u2 takes 2 persons, and the clash names the pin", async () => {
    const found = await ask({ kind: "swap", households: ["h1", "h3"] });
    expect(found.plan.outcome).toMatchObject({ found: false, status: "infeasible", clash: ["pin/h1"] });
    expect(found.plan.placements).toEqual([]);
    // What is not there is not held against what is: nobody is told to lose a home by it.
    expect(found.comparison).toMatchObject({ moves: [], districts: [], tiers: [] });
  });

  it("withdraws h2, which is then neither placed nor unplaced", async () => {
    const { plan, comparison } = await ask({ kind: "withdraw", household: "h2" });
    expect([...plan.placements, ...plan.unplaced].map(({ household: who }) => who)).not.toContain("h2");
    expect(comparison.moves).toContainEqual({ household: "h2", from: "u3", to: null });
  });

  it("loses u3: one household of the three is without a home", async () => {
    const { plan, comparison } = await ask({ kind: "lose-dwelling", dwelling: "u3" });
    expect(plan.unplaced.map(({ household: who }) => who)).toEqual(["h3"]);
    expect(comparison).toMatchObject({ verdict: "worse", decidedBy: "placed" });
  });

  it("adds a dwelling in B, which makes the spread better: 4 and 3 persons", async () => {
    const added = await ask({ kind: "add-dwelling", dwelling: dwelling("u4", "B", { rooms: 1, maxPersons: 2 }) });
    expect(added.comparison).toMatchObject({ verdict: "better", decidedBy: "evenness" });
    expect(added.comparison.districts.map(({ placed }) => placed.after)).toEqual([4, 3]);
  });

  it("lowers a quota to 3 persons in A, after which h1 lives in B", async () => {
    const found = await ask({ kind: "change-quota", quota: "q1", max: 3 });
    expect(homes(found)).toEqual({ h1: "u3", h2: "u1", h3: "u2" });
  });

  it("shows the price of an override before it is made: one spare room more", async () => {
    const overrides = ["unit.capacity", "unit.roomStandard"];
    const pin = { kind: "pin", household: "h1", dwelling: "u2", overrides, legalBasis: "test" } as const;
    const found = await ask(pin);
    expect(homes(found)).toEqual({ h1: "u2", h2: "u3", h3: "u1" });
    expect(found.comparison.tiers.map(({ name, change, effect }) => [name, change, effect])).toEqual([
      ["placed", 0, "same"],
      ["evenness", 0, "same"],
      ["fit", 1, "worse"],
    ]);
    expect(verify(found.problem, found.plan).overridden.map(({ rule }) => rule)).toEqual(overrides);
  });

  it("takes each change by its own words: an unknown quota, dwelling or household is told as such", async () => {
    expect(await codesOf({ kind: "change-quota", quota: "q9", max: 1 })).toEqual(["change.unknown-quota"]);
    expect(await codesOf({ kind: "lose-dwelling", dwelling: "u9" })).toEqual(["change.unknown-dwelling"]);
    expect(await codesOf({ kind: "withdraw", household: "h9" })).toEqual(["household.unknown"]);
    expect(await codesOf({ kind: "pin", household: "h1", dwelling: "u2", overrides: ["unit.capacity"] })).toEqual([
      "decision.absolute-without-legal-basis",
    ]);
  });

  it("refuses a plan of another problem", async () => {
    const plan = await allocate(TOWN);
    const other = { ...TOWN, asOf: "2026-11-02" };
    expect(() => whatIf(other, plan, { kind: "lock", household: "h1" })).toThrow(/another problem/);
  });

  it("finds nothing to tell where a pin says what the plan says", async () => {
    const { comparison } = await ask({ kind: "pin", household: "h1", dwelling: "u1" });
    expect(comparison).toMatchObject({ verdict: "same", decidedBy: null, moves: [], districts: [] });
  });
});
