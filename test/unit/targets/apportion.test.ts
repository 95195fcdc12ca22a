import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../src/base/errors.js";
import {
  type ApportionOptions,
  apportion,
  apportionWithTies,
  type MethodName,
} from "../../../src/targets/apportion.js";
import { METHODS } from "../../../src/targets/methods/kinds.js";

const codes = (run: () => unknown): readonly string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.issues.map(({ code }) => code);
    throw error;
  }
  return [];
};

const NAMES: readonly MethodName[] = METHODS.map(({ name }) => name);

describe("apportion", () => {
  it("divides 8 seats by the book: 4, 3, 1, 0 by D'Hondt and 3, 3, 1, 1 by Sainte-Lague", () => {
    const votes = [100000, 80000, 30000, 20000];
    expect(apportion(8, votes, "jefferson")).toEqual([4, 3, 1, 0]);
    expect(apportion(8, votes, "webster")).toEqual([3, 3, 1, 1]);
  });
  it.each(NAMES)("returns whole quotas as they are: %s", (method) => {
    expect(apportion(12, [3, 6, 2, 1], method)).toEqual([3, 6, 2, 1]);
  });
  it.each(["adams", "huntington-hill", "dean"] as const)(
    "gives each of 3 parties one seat before the second, the largest first when there are 2: %s",
    (method) => {
      expect(apportion(3, [1000, 2, 1], method)).toEqual([1, 1, 1]);
      expect(apportion(2, [1, 1000, 2], method)).toEqual([0, 1, 1]);
      expect(apportionWithTies(1, [5, 7, 7], method)).toMatchObject({
        seats: [0, 1, 0],
        ties: [{ parties: [1, 2], seatsLeft: 1 }],
      });
    },
  );
  it.each(NAMES)("gives weight 0 its minimum and no more: %s", (method) => {
    expect(apportion(9, [0, 1, 2], method)).toEqual([0, 3, 6]);
    expect(apportion(9, [0, 1, 2], method, { minimum: [3, 0, 0] })).toEqual([3, 2, 4]);
    expect(apportion(0, [0, 0], method)).toEqual([0, 0]);
    expect(apportion(0, [], method)).toEqual([]);
    expect(apportion(7, [4], method)).toEqual([7]);
  });
  it.each(NAMES)("keeps every party between its bounds: %s", (method) => {
    expect(apportion(20, [100, 10, 10], method, { maximum: [8, 100, 100] })).toEqual([8, 6, 6]);
    expect(apportion(20, [100, 10, 10], method, { minimum: 4 })).toEqual([12, 4, 4]);
    expect(apportion(12, [100, 10, 10], method, { minimum: 4 })).toEqual([4, 4, 4]);
  });
  it.each(NAMES)("names the two parties it cannot tell apart and who breaks the tie: %s", (method) => {
    const seats = (tieBreak: ApportionOptions["tieBreak"] & {}) => apportion(3, [1, 1], method, { tieBreak });
    expect(seats("first")).toEqual([2, 1]);
    expect(seats("last")).toEqual([1, 2]);
    expect(seats([9, 4])).toEqual([1, 2]);
    expect(apportionWithTies(3, [1, 1], method)).toEqual({
      method,
      seats: [2, 1],
      ties: [{ parties: [0, 1], seatsLeft: 1 }],
      tieBreak: "largest-weight",
    });
    expect(apportionWithTies(4, [1, 1], method).ties).toEqual([]);
  });
  it("breaks Webster's tie between 3 and 1 for 2 seats by weight", () => {
    expect(apportionWithTies(2, [1, 3], "webster")).toMatchObject({
      seats: [0, 2],
      ties: [{ parties: [0, 1], seatsLeft: 1 }],
    });
    expect(apportion(2, [1, 3], "webster", { tieBreak: "smallest-weight" })).toEqual([1, 1]);
  });
  it("finds the exact ties of Hill (36 / 72 = 1 / 2) and Dean (9 * 5 / 12 = 5 * 3 / 4)", () => {
    const tie = [{ parties: [0, 1], seatsLeft: 1 }];
    expect(apportionWithTies(10, [6, 1], "huntington-hill")).toMatchObject({ seats: [9, 1], ties: tie });
    expect(apportionWithTies(4, [9, 5], "dean")).toMatchObject({ seats: [3, 1], ties: tie });
    expect(apportionWithTies(10, [6 + 2 ** -50, 1], "huntington-hill")).toMatchObject({ seats: [9, 1], ties: [] });
    expect(apportionWithTies(4, [9, 5 + 2 ** -50], "dean")).toMatchObject({ seats: [2, 2], ties: [] });
  });
  it("tells apart weights that differ by the last bit of a double", () => {
    expect(apportionWithTies(3, [1 + Number.EPSILON, 1], "webster")).toMatchObject({ seats: [2, 1], ties: [] });
    expect(apportionWithTies(3, [1, 1 + Number.EPSILON], "hamilton")).toMatchObject({ seats: [1, 2], ties: [] });
  });
  it.each(NAMES)("takes weights from 1e-300 to 1e300 together: %s", (method) => {
    const seats = apportion(3, [1e300, 1e-300, 1e-300], method);
    expect(seats).toEqual(["adams", "huntington-hill", "dean"].includes(method) ? [1, 1, 1] : [3, 0, 0]);
  });
  it("reports every fault with its path", () => {
    expect(codes(() => apportion(2.5, [1, Number.NaN, -1, Infinity], "webster"))).toEqual(
      Array.from({ length: 3 }, () => "apportion.weight-not-a-size"),
    );
    expect(codes(() => apportion(2.5, [1], "webster"))).toEqual(["apportion.total-not-whole"]);
    expect(codes(() => apportion(-1, [1], "webster"))).toEqual(["apportion.total-not-whole"]);
    expect(codes(() => apportion(1, [1], "websterr" as MethodName))).toEqual(["apportion.unknown-method"]);
    expect(codes(() => apportion(1, [], "webster"))).toEqual(["apportion.no-parties"]);
    expect(codes(() => apportion(1, [0, 0], "webster"))).toEqual(["apportion.weights-all-zero"]);
    expect(codes(() => apportion(1, [1, 1], "webster", { minimum: 1 }))).toEqual(["apportion.minimum-above-total"]);
    expect(codes(() => apportion(7, [1, 1], "webster", { maximum: 3 }))).toEqual(["apportion.maximum-below-total"]);
    expect(codes(() => apportion(7, [1, 0], "webster", { maximum: 4 }))).toEqual(["apportion.maximum-below-total"]);
    expect(codes(() => apportion(7, [1, 1], "webster", { maximum: [3] }))).toEqual(["apportion.length-mismatch"]);
    expect(codes(() => apportion(7, [1, 1], "webster", { minimum: 0.5 }))).toHaveLength(2);
    expect(codes(() => apportion(7, [1, 1], "webster", { minimum: 3, maximum: [2, 9] }))).toEqual([
      "apportion.minimum-above-maximum",
    ]);
    expect(codes(() => apportion(7, [1, 1], "webster", { tieBreak: [1] }))).toEqual(["apportion.unknown-tie-break"]);
  });
});
