import { describe, expect, it } from "vitest";
import { draftOf, type Expression, factorOf, keepExpression } from "../../../src/solvers/plain-model.js";
import { complete } from "../kernel/tiny.js";

/** The row that keeps an expression at a value, as it is handed to a solver. */
const keptRow = (terms: Expression["terms"], wholeBy: number, value: number) => {
  const draft = draftOf(complete(1, [1]));
  keepExpression(draft, { terms, wholeBy }, { sense: "min", value, tolerance: 0 });
  return draft.cons.at(-1);
};

describe("a tier that is kept at its value", () => {
  it("is multiplied up to whole numbers where these are not too large", () => {
    expect(keptRow([[0, 0.25]], 4, 7.5)).toMatchObject({ t: [[0, 1]], hi: 30 });
  });

  it("is else multiplied by a power of two, which rounds nothing", () => {
    const weight = 0.1;
    for (const value of [799.5548, 12_345.678, 3.1e6, 4e9]) {
      const [[, coefficient]] = (keptRow([[0, weight]], 1e6, value)?.t ?? []) as [[number, number]];
      const doublings = Math.log2(coefficient / weight);
      expect([Number.isInteger(doublings), doublings >= 0, weight * 2 ** doublings]).toEqual([true, true, coefficient]);
    }
  });

  it("has objectives multiplied so as well", () => {
    expect(factorOf({ terms: [[0, 3]], wholeBy: 100 })).toBe(100);
    expect(factorOf({ terms: [[0, 3e5]], wholeBy: 100 })).toBe(2);
    expect(factorOf({ terms: [[0, 3e9]], wholeBy: 100 })).toBe(1);
  });
});
