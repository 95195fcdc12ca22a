import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberOf, ratioOf, sumOf } from "../../../src/base/exact.js";
import { sumOfDoubles } from "../../../src/base/sums.js";

const SEED = { seed: 20261127, numRuns: 1000, markInterruptAsFailure: true } as const;
const double = fc.double({ noNaN: true, min: -1e12, max: 1e12 });

describe("sums of doubles", () => {
  it("are what fractions come to, also where nearly everything cancels", () => {
    fc.assert(
      fc.property(fc.array(double, { maxLength: 20 }), fc.array(double, { maxLength: 5 }), (parts, rest) => {
        // Each of the parts and its opposite, in an order that leaves nothing beside the large ones.
        const all = [...parts, ...rest, ...parts.map((part) => -part)];
        const exact = numberOf(sumOf(all.map(ratioOf)));
        const lost = all.reduce((sum, part) => sum + Math.abs(part), 0) * 2 ** -95;
        expect(Math.abs(sumOfDoubles(all) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -51 + lost);
      }),
      SEED,
    );
  });

  it("of nothing are 0, and without end where one part is", () => {
    expect(sumOfDoubles([])).toBe(0);
    expect(sumOfDoubles([1, Number.POSITIVE_INFINITY, 2])).toBe(Number.POSITIVE_INFINITY);
  });
});
