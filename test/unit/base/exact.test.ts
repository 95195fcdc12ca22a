import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  ceilOf,
  compare,
  divide,
  floorOf,
  multiply,
  numberOf,
  ratio,
  ratioOf,
  subtract,
  sumOf,
  wholeProportions,
} from "../../../src/base/exact.js";

const SEED = { seed: 20261105, numRuns: 1000, markInterruptAsFailure: true } as const;
const double = fc.double({ noNaN: true, noDefaultInfinity: true });

describe("exact ratios", () => {
  it("are the doubles they come from, to the last bit and back", () => {
    fc.assert(
      fc.property(double, (value) => {
        expect(numberOf(ratioOf(value))).toBe(value === 0 ? 0 : value);
      }),
      SEED,
    );
    for (const value of [Number.MIN_VALUE, -Number.MAX_VALUE, 0.1, 2 ** -1074 * 3]) {
      expect(numberOf(ratioOf(value))).toBe(value);
    }
  });
  it("round a quotient of whole numbers as the processor does", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1 }), fc.bigInt({ min: 1n, max: 1n << 200n }), (a, b, k) => {
        expect(numberOf({ numerator: BigInt(a) * k, denominator: BigInt(b) * k })).toBe(a === 0 ? 0 : a / b);
      }),
      SEED,
    );
  });
  it("add, subtract, multiply and divide 1/2 and -2/3, and order them", () => {
    const [a, b] = [ratio(1n, 2n), ratio(4n, -6n)];
    expect([add(a, b), subtract(a, b), multiply(a, b), divide(a, b)]).toEqual([
      ratio(-1n, 6n),
      ratio(7n, 6n),
      ratio(-1n, 3n),
      ratio(-3n, 4n),
    ]);
    expect([compare(a, b), compare(b, a), compare(a, ratio(2n, 4n))]).toEqual([1, -1, 0]);
    expect([floorOf(b), ceilOf(b), floorOf(a), ceilOf(a), floorOf(ratio(-4n, 2n))]).toEqual([-1n, 0n, 0n, 1n, -2n]);
    expect(sumOf([0.1, 0.2, 0.3].map(ratioOf))).not.toEqual(ratio(6n, 10n));
    expect(sumOf([])).toEqual(ratio(0n, 1n));
    expect(() => ratio(1n, 0n)).toThrow(RangeError);
    expect(() => ratioOf(Number.NaN)).toThrow(RangeError);
  });
  it("reduce 1/2, 3/4 and 0 to the proportions 2, 3 and 0", () => {
    expect(wholeProportions([ratio(1n, 2n), ratio(3n, 4n), ratio(0n, 1n)])).toEqual([2n, 3n, 0n]);
    expect(wholeProportions([6, 10].map(ratioOf))).toEqual([3n, 5n]);
    expect(wholeProportions([0, 0].map(ratioOf))).toEqual([0n, 0n]);
  });
});
