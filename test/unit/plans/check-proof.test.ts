import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/allocate.js";
import { verify } from "../../../src/checks.js";
import type { Plan, TierValue } from "../../../src/domain/plan.js";
import { checkProof } from "../../../src/plans/check-proof.js";
import { exhaustive } from "../../../src/solvers/exhaustive.js";
import { district, dwelling, household, METHODS, problemOf } from "../../support/town.js";

const townWith = (method: string) =>
  problemOf({
    districts: [district("A", 60), district("B", 40)],
    dwellings: [dwelling("u1", "A"), dwelling("u2", "A"), dwelling("u3", "B", { rooms: 3 }), dwelling("u4", "B")],
    households: [household("h1", 4), household("h2", 2), household("h3", 1)],
    policy: { evenness: { method }, tiers: ["placed", "evenness", "fit"] },
  });
const TOWN = townWith("webster");

/** The plan with one tier told otherwise, as a hand might edit it. */
const retold = (plan: Plan, name: string, change: Partial<TierValue>): Plan => ({
  ...plan,
  tiers: plan.tiers.map((tier) => (tier.name.startsWith(name) ? { ...tier, ...change } : tier)),
});

describe("the proof of a plan", () => {
  it.each(METHODS)("shows every value to be best, also when read from JSON: evenness by %s", async (method) => {
    const town = townWith(method);
    const plan: unknown = JSON.parse(JSON.stringify(await allocate(town)));
    const { ok, problems, tiers } = checkProof(town, plan);
    expect({ ok, problems }).toEqual({ ok: true, problems: [] });
    expect(tiers).toHaveLength(3);
    for (const { value, bound } of tiers) expect(bound).toBeCloseTo(value, 9);
  });

  it("does not show a bound that was made better by hand, though nothing else contradicts it", async () => {
    const plan = await allocate(TOWN);
    const fit = plan.tiers.find(({ name }) => name === "fit");
    // One household fewer than could be housed, told as the best there is.
    const worse = plan.placements.filter(({ household: who }) => who !== "h3");
    expect(fit).toBeDefined();
    expect(checkProof(TOWN, retold(plan, "fit", { bound: (fit?.value ?? 0) + 1, optimal: false })).ok).toBe(false);
    expect(checkProof(TOWN, { ...plan, placements: worse }).ok).toBe(false);
    const weaker = retold(plan, "fit", { bound: (fit?.bound ?? 0) - 1, optimal: false });
    expect(verify(TOWN, weaker).ok).toBe(true);
  });

  it("is not there in a plan that another solver made", async () => {
    const { ok, problems } = checkProof(TOWN, await allocate(TOWN, { solver: exhaustive() }));
    expect([ok, problems]).toEqual([false, ["the plan carries no proof: it was made by exhaustive"]]);
  });
});
