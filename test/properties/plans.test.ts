import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "../../src/allocate.js";
import { verifyPlan } from "../../src/audit/verify.js";
import { ProblemError } from "../../src/base/errors.js";
import type { Plan } from "../../src/domain/plan.js";
import { canonicalProblem } from "../../src/problem/canonical.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import { anyTown, shuffled } from "../support/town.js";

const RUNS = Number(process.env.EVENSTEAD_PROPERTY_RUNS ?? 60);
const SIZE = 4;
const settings = { numRuns: RUNS, seed: 20261101, markInterruptAsFailure: true } as const;

/** All of a plan but what is not reproducible. */
const lasting = ({ run, ...plan }: Plan) => JSON.stringify({ ...plan, run: { ...run, seconds: 0 } });

const verified = (json: unknown, plan: Plan) => verifyPlan(canonicalProblem(parseProblem(json)), plan);

describe("property 1: every hard rule holds in every plan", () => {
  it("verifies every plan of random towns, and both full and partial plans occur", async () => {
    const seen = { all: 0, some: 0 };
    await fc.assert(
      fc.asyncProperty(anyTown(SIZE), async (town) => {
        const plan = await allocate(town);
        const verification = verified(town, plan);
        expect(verification.violations).toEqual([]);
        expect(verification.ok).toBe(true);
        seen[plan.unplaced.length === 0 ? "all" : "some"] += 1;
      }),
      settings,
    );
    expect(seen.all).toBeGreaterThan(0);
    expect(seen.some).toBeGreaterThan(0);
  });
});

describe("property 2: the order of the input changes nothing", () => {
  it("gives the same bytes for shuffled lists", async () => {
    const pair = anyTown(SIZE).chain((town) => fc.tuple(fc.constant(town), shuffled(town)));
    await fc.assert(
      fc.asyncProperty(pair, async ([town, mixed]) => {
        expect(lasting(await allocate(mixed))).toBe(lasting(await allocate(town)));
      }),
      settings,
    );
  });

  it("gives the same tier values when households are renamed", async () => {
    const renamed = (town: Record<string, unknown>): unknown =>
      JSON.parse(JSON.stringify(town).replaceAll(/"h(\d)"/g, (_, digit: string) => `"x${9 - Number(digit)}-renamed"`));
    await fc.assert(
      fc.asyncProperty(anyTown(SIZE), async (town) => {
        const [before, after] = [await allocate(town), await allocate(renamed(town))];
        const values = (plan: Plan) => plan.tiers.map(({ name, value }) => [name, value.toPrecision(12)]);
        expect(values(after)).toEqual(values(before));
      }),
      settings,
    );
  });
});

describe("property 3: same input, same bytes", () => {
  it("gives the same bytes twice, and leaves the input as it was", async () => {
    await fc.assert(
      fc.asyncProperty(anyTown(SIZE), async (town) => {
        const before = JSON.stringify(town);
        const first = lasting(await allocate(town));
        expect(lasting(await allocate(town))).toBe(first);
        expect(JSON.stringify(town)).toBe(before);
      }),
      settings,
    );
  });
});

describe("property 12: pinning what the plan chose changes nothing", () => {
  it("keeps every placement and tier value", async () => {
    let pinned = 0;
    await fc.assert(
      fc.asyncProperty(anyTown(SIZE), fc.nat(), async (town, pick) => {
        const plan = await allocate(town);
        const chosen = plan.placements[plan.placements.length === 0 ? 0 : pick % plan.placements.length];
        if (chosen === undefined) return;
        pinned += 1;
        const decision = {
          kind: "pin",
          ...{ household: chosen.household, dwelling: chosen.dwelling },
          by: "p",
          reason: "r",
        };
        const again = await allocate({ ...town, decisions: [decision] });
        expect(again.tiers.map(({ value }) => value.toPrecision(12))).toEqual(
          plan.tiers.map(({ value }) => value.toPrecision(12)),
        );
      }),
      settings,
    );
    expect(pinned).toBeGreaterThan(RUNS / 3);
  });
});

describe("property 14: no input gives anything but a plan or a ProblemError", () => {
  it("holds for arbitrary values and for towns with arbitrary parts", async () => {
    const seen = { plans: 0, errors: 0 };
    const outcome = async (input: unknown) => {
      try {
        const plan = await allocate(input);
        expect(plan.status).toBe("proposed");
        seen.plans += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
        seen.errors += 1;
      }
    };
    const parts = fc.constantFrom(
      "districts",
      "dwellings",
      "households",
      "quotas",
      "policy",
      "links",
      "asOf",
      "nonsense",
    );
    const broken = fc
      .tuple(anyTown(4), parts, fc.anything())
      .map(([town, part, value]) => ({ ...town, [part]: value }));
    const values = fc.oneof(fc.anything(), broken, anyTown(4));
    await fc.assert(fc.asyncProperty(values, outcome), { ...settings, numRuns: RUNS * 3 });
    expect(seen.plans).toBeGreaterThan(0);
    expect(seen.errors).toBeGreaterThan(0);
  });
});
