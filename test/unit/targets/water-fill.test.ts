import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../src/base/errors.js";
import { sumOf } from "../../../src/base/exact.js";
import { waterFill } from "../../../src/targets/water-fill.js";

describe("waterFill", () => {
  it("fills 10 onto 6 and 0 with equal weights up to a level of 8", () => {
    expect(waterFill(10, [1, 1], [6, 0])).toMatchObject({ level: 8, amounts: [2, 8], binding: ["none", "none"] });
  });
  it("gives nothing to a part that stands above the level of 3 per weight", () => {
    expect(waterFill(12, [1, 1, 3], [30, 0, 0])).toMatchObject({
      level: 3,
      amounts: [0, 3, 9],
      binding: ["settled", "none", "none"],
    });
  });
  it("passes on what a maximum of 2 refuses", () => {
    expect(waterFill(12, [4, 1, 1], [0, 1, 3], [2, 99, 99])).toMatchObject({
      level: 7,
      amounts: [2, 6, 4],
      binding: ["maximum", "none", "none"],
    });
  });
  it("adds up exactly where doubles would not", () => {
    const { exact } = waterFill(0.1, [0.3, 0.3, 0.1], [0, 0, 0.7]);
    expect(sumOf(exact.amounts)).toEqual(sumOf([{ numerator: 3602879701896397n, denominator: 36028797018963968n }]));
  });
  it("has level 0 for a total of 0 and the lowest level where all are full", () => {
    expect(waterFill(0, [1, 2], [3, 0])).toMatchObject({ level: 0, amounts: [0, 0] });
    expect(waterFill(6, [1, 2], [0, 0], [2, 4])).toMatchObject({ level: 2, amounts: [2, 4] });
    expect(waterFill(5, [1, 2], [0, 0], [1, 4])).toMatchObject({
      level: 2,
      amounts: [1, 4],
      binding: ["maximum", "none"],
    });
  });
  it("refuses a total of 7 that maxima of 3 and 3 cannot take, and figures that are no sizes", () => {
    expect(() => waterFill(7, [1, 1], [0, 0], [3, 3])).toThrow(ProblemError);
    expect(() => waterFill(1, [0, 0], [0, 0])).toThrow(ProblemError);
    expect(() => waterFill(Number.NaN, [1], [0])).toThrow(ProblemError);
    expect(() => waterFill(1, [1], [-1])).toThrow(ProblemError);
  });
});
