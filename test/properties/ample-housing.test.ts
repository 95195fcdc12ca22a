import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "../../src/allocate.js";
import { apportion } from "../../src/targets/apportion.js";
import { district, dwelling, household, problemOf } from "../support/town.js";

const RUNS = Number(process.env.EVENSTEAD_PROPERTY_RUNS ?? 60);

const METHODS = [
  ["webster", "webster"],
  ["hamilton", "hamilton"],
  ["leximax", "jefferson"],
  ["leximin", "adams"],
  ["huntington-hill", "huntington-hill"],
] as const;

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

/** The criterion that each method minimises, as a sorted list that is compared from the front (AXIOMS B, "optimality of the sum criterion"). */
const criterion = (method: string, weights: readonly number[], seats: readonly number[]): readonly number[] => {
  const ideal = weights.map((weight) => (sum(seats) * weight) / sum(weights));
  const each = (cost: (seat: number, i: number) => number) => seats.map(cost);
  if (method === "webster") return [sum(each((seat, i) => (seat - (ideal[i] ?? 1)) ** 2 / (ideal[i] ?? 1)))];
  if (method === "hamilton") return [sum(each((seat, i) => Math.abs(seat - (ideal[i] ?? 1))))];
  if (method === "huntington-hill")
    return [
      sum(each((seat) => (seat === 0 ? 1 : 0))),
      sum(each((seat, i) => (seat === 0 ? 0 : ((ideal[i] ?? 1) - seat) ** 2 / seat))),
    ];
  const ratios = each((seat, i) => seat / (weights[i] ?? 1));
  return method === "leximax" ? ratios.sort((a, b) => b - a) : ratios.sort((a, b) => a - b);
};

describe("property 7: with ample housing the plan is the published apportionment, seat for seat", () => {
  it.each(METHODS)("%s gives the seats of %s, or a tie with them", async (method, apportionment) => {
    let exact = 0;
    const towns = fc.tuple(
      fc.array(fc.integer({ min: 50, max: 9_000 }), { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 1, max: 24 }),
    );
    await fc.assert(
      fc.asyncProperty(towns, async ([weights, total]) => {
        const ids = weights.map((_, i) => `d${i}`);
        const plan = await allocate(
          problemOf({
            districts: ids.map((id, i) => district(id, weights[i] ?? 0)),
            dwellings: ids.map((id) => dwelling(`u-${id}`, id, { rooms: 1, maxPersons: 1, count: total })),
            households: Array.from({ length: total }, (_, i) => household(`h${i}`, 1)),
            policy: { evenness: { method }, tiers: ["placed", "evenness"] },
          }),
        );
        const placed = ids.map((id) => plan.districts.find((row) => row.id === id)?.placed ?? -1);
        const seats = apportion(total, weights, apportionment);
        expect(sum(placed)).toBe(total);
        if (placed.every((count, i) => count === seats[i])) exact += 1;
        const [mine, theirs] = [criterion(method, weights, placed), criterion(method, weights, seats)];
        mine.forEach((value, i) => {
          expect(value).toBeCloseTo(theirs[i] ?? Number.NaN, 9);
        });
      }),
      { numRuns: RUNS, seed: 7, markInterruptAsFailure: true },
    );
    expect(exact).toBeGreaterThan(RUNS * 0.8);
  });
});
