import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVENNESS_METHODS, type EvennessMethod } from "../../src/domain/policy.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import { factsOf } from "../../src/view/facts.js";
import { MEANINGS, type Spread } from "../../src/view/meanings.js";
import { areaTargets } from "../../src/view/targets.js";
import { district, problemOf } from "../support/town.js";

const RUNS = Number(process.env.EVENSTEAD_PROPERTY_RUNS ?? 1_000);

interface Town {
  readonly weights: readonly number[];
  readonly settled: readonly number[];
  readonly maxima: readonly (number | null)[];
  readonly total: number;
}

const anyTown: fc.Arbitrary<Town> = fc.integer({ min: 2, max: 7 }).chain((areas) =>
  fc.record({
    weights: fc
      .array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9_000 }) }, fc.constant(0)), {
        minLength: areas,
        maxLength: areas,
      })
      .map(([first = 0, ...others]) => [Math.max(1, first), ...others]),
    settled: fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 30 })), { minLength: areas, maxLength: areas }),
    maxima: fc.array(fc.option(fc.nat({ max: 12 }), { nil: null, freq: 3 }), { minLength: areas, maxLength: areas }),
    total: fc.nat({ max: 60 }),
  }),
);

const spreadOf = (method: EvennessMethod, { weights, settled, maxima, total }: Town): Spread => {
  const facts = factsOf(
    parseProblem(
      problemOf({
        districts: weights.map((weight, i) => district(`d${i}`, weight, { settled: { persons: settled[i] ?? 0 } })),
        quotas: maxima.flatMap((max, i) =>
          max === null
            ? []
            : [
                {
                  id: `q${i}`,
                  scope: { district: `d${i}` },
                  measure: "persons",
                  counting: "arrivals",
                  max,
                  legalBasis: "test",
                },
              ],
        ),
        policy: { evenness: { method } },
      }),
    ),
  );
  const { evenness } = facts.problem.policy;
  return { targets: areaTargets(facts, { level: "district", evenness }, total), most: total };
};

/** Less than 0 where the first is the better. */
const compare = (method: EvennessMethod, spread: Spread, a: readonly number[], b: readonly number[]): number => {
  const meaning = MEANINGS[method];
  const [first, second] = [a, b].map((arrivals) => {
    const { value, vector } = meaning.measure(spread, arrivals);
    return vector ?? [value];
  });
  for (const [i, value] of (first ?? []).entries()) {
    const difference = value - (second?.[i] ?? Number.NaN);
    if (Math.abs(difference) > 1e-12 * Math.max(1, Math.abs(value)))
      return meaning.sense === "min" ? difference : -difference;
  }
  return 0;
};

describe("every meaning of even", () => {
  // Over whole numbers that add up to a total, a separable convex criterion that no single transfer improves is at its best
  // (Federgruen and Groenevelt 1986); the same holds for leximax and leximin.
  it.each(EVENNESS_METHODS)(
    "%s is at its best where its method of apportionment puts the seats, with settled, maxima and weights of 0",
    (method) => {
      let transfers = 0;
      let strict = 0;
      fc.assert(
        fc.property(anyTown, (town) => {
          const spread = spreadOf(method, town);
          const seats = spread.targets.map(({ target }) => target);
          for (const [from, count] of seats.entries()) {
            if (count === 0) continue;
            for (const [to, { maximum }] of spread.targets.entries()) {
              if (to === from || (seats[to] ?? 0) >= (maximum ?? Number.POSITIVE_INFINITY)) continue;
              const other = seats.map((seat, i) => seat + (i === to ? 1 : 0) - (i === from ? 1 : 0));
              const order = compare(method, spread, seats, other);
              expect(order).toBeLessThanOrEqual(0);
              transfers += 1;
              if (order < 0) strict += 1;
            }
          }
        }),
        { numRuns: RUNS, seed: 31, markInterruptAsFailure: true },
      );
      expect(transfers).toBeGreaterThan(RUNS * 3);
      // Minimax looks at one area alone, so that most transfers leave it as it is.
      expect(strict / transfers).toBeGreaterThan(method === "minimax" ? 0.2 : 0.9);
    },
  );

  it("adds targets up to the total, or to the room that maxima leave", () => {
    fc.assert(
      fc.property(anyTown, fc.constantFrom(...EVENNESS_METHODS), (town, method) => {
        const { targets } = spreadOf(method, town);
        const room = targets
          .map(({ maximum, weight }) => (weight > 0 ? (maximum ?? town.total) : 0))
          .reduce((a, b) => a + b, 0);
        expect(targets.reduce((all, { target }) => all + target, 0)).toBe(Math.min(town.total, room));
        for (const { target, maximum } of targets) {
          expect(target).toBeGreaterThanOrEqual(0);
          expect(target).toBeLessThanOrEqual(maximum ?? Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: RUNS, seed: 32, markInterruptAsFailure: true },
    );
  });
});
