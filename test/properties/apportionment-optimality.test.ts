import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion, apportionWithTies, type MethodName } from "../../src/targets/apportion.js";
import { METHODS } from "../../src/targets/methods/kinds.js";
import { waterFill } from "../../src/targets/water-fill.js";

const SEED = { seed: 20261102, numRuns: 300, markInterruptAsFailure: true } as const;
const NAMES: readonly MethodName[] = METHODS.map(({ name }) => name);
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const at = (values: readonly number[], i: number): number => values[i] ?? Number.NaN;

/** Every way to divide a total, each part between its bounds. */
const everyDivision = (
  total: number,
  low: readonly number[],
  high: readonly number[],
): readonly (readonly number[])[] => {
  const [least = 0, ...lows] = low;
  const [most = 0, ...highs] = high;
  if (low.length === 0) return total === 0 ? [[]] : [];
  const choices = Array.from({ length: Math.max(0, Math.min(most, total) - least + 1) }, (_, i) => least + i);
  return choices.flatMap((a) => everyDivision(total - a, lows, highs).map((rest) => [a, ...rest]));
};

/** Exact fractions of whole numbers below 2^26 as [numerator, denominator] in BigInt. */
type Fraction = readonly [bigint, bigint];
const less = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d < c * b;
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];

/** The criterion each method minimises, term by term; q = total w / W. Written apart from the library. */
const TERMS: Partial<Record<MethodName, (a: bigint, w: bigint, total: bigint, all: bigint) => Fraction>> = {
  webster: (a, w, total, all) => [(a * all - total * w) ** 2n, w],
  "huntington-hill": (a, w, total, all) => (a === 0n ? [1n << 200n, 1n] : [(a * all - total * w) ** 2n, a]),
  hamilton: (a, w, total, all) => {
    const apart = a * all - total * w;
    return [apart < 0n ? -apart : apart, 1n];
  },
};

const small = fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 2, maxLength: 4 });
const house = fc.integer({ min: 1, max: 9 });

describe("criteria", () => {
  it.each(["webster", "huntington-hill", "hamilton"] as const)(
    "the sum criterion is least among all divisions, ties included: %s",
    (method) => {
      const term = TERMS[method];
      if (term === undefined) throw new Error(method);
      let tied = 0;
      fc.assert(
        fc.property(house, small, (total, weights) => {
          const value = (seats: readonly number[]): Fraction =>
            seats.reduce<Fraction>(
              (all, a, i) => plus(all, term(BigInt(a), BigInt(at(weights, i)), BigInt(total), BigInt(sum(weights)))),
              [0n, 1n],
            );
          const { seats, ties } = apportionWithTies(total, weights, method);
          const own = value(seats);
          const zeros = weights.map(() => 0);
          const others = everyDivision(
            total,
            zeros,
            weights.map(() => total),
          );
          for (const other of others) expect(less(value(other), own)).toBe(false);
          const best = others.filter((other) => !less(own, value(other))).length;
          // Fewer seats than parties: all of Hill's sums are endless, and weights decide.
          if (method !== "huntington-hill" || total >= weights.length) expect(best > 1).toBe(ties.length > 0);
          tied += best > 1 ? 1 : 0;
        }),
        SEED,
      );
      expect(tied).toBeGreaterThan(5);
    },
  );
  it.each([
    ["jefferson", -1, "largest-weight"],
    ["adams", 1, "smallest-weight"],
  ] as const)(
    "%s is first in the lexicographic order of loads per weight, bounds and all",
    (method, sense, tieBreak) => {
      let bound = 0;
      const bounds = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 6 })), {
        minLength: 4,
        maxLength: 4,
      });
      fc.assert(
        fc.property(house, small, bounds, (total, weights, limits) => {
          const low = weights.map((_, i) => limits[i]?.[0] ?? 0);
          const high = weights.map((_, i) => at(low, i) + (limits[i]?.[1] ?? 0));
          fc.pre(sum(low) <= total && total <= sum(high));
          const sorted = (seats: readonly number[]): readonly number[] =>
            // 360360 is a multiple of 1 to 15, so that all loads are whole.
            seats.map((a, i) => (a * 360360 * sense) / at(weights, i)).sort((a, b) => a - b);
          const seats = apportion(total, weights, method, { minimum: low, maximum: high, tieBreak });
          // With seats for some only, Adams serves the largest weights: see the next test.
          fc.pre(method === "jefferson" || seats.every((a, i) => a > 0 || at(high, i) === 0));
          const own = sorted(seats);
          for (const other of everyDivision(total, low, high)) {
            const rival = sorted(other);
            const first = own.findIndex((value, i) => value !== at(rival, i));
            if (first >= 0) expect(at(own, first)).toBeGreaterThan(at(rival, first));
          }
          bound += high.some((most) => most < total) ? 1 : 0;
        }),
        { ...SEED, numRuns: 200 },
      );
      expect(bound).toBeGreaterThan(20);
    },
  );
  it("Adams is not leximin where seats are too few for all: 2 seats for 1, 2, 1 go to 2 first, so that 0, 1/2, 1 remains of 0, 1, 1", () => {
    expect(apportion(2, [1, 2, 1], "adams")).toEqual([1, 1, 0]);
  });
  // Huntington, The apportionment of representatives in Congress, 1928: each method's own measure of inequality between two.
  it.each([
    ["webster", (a: number, w: number, b: number, v: number) => Math.abs(a / w - b / v)],
    ["huntington-hill", (a: number, w: number, b: number, v: number) => Math.max((a * v) / (b * w), (b * w) / (a * v))],
    ["dean", (a: number, w: number, b: number, v: number) => Math.abs(w / a - v / b)],
  ] as const)("no transfer of one seat lowers the inequality between two parties: %s", (method, inequality) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 7 }),
        fc.integer({ min: 0, max: 60 }),
        (weights, more) => {
          const seats = apportion(weights.length + more, weights, method);
          weights.forEach((w, i) => {
            weights.forEach((v, j) => {
              const [a, b] = [at(seats, i), at(seats, j)];
              if (i === j || a < 2) return;
              // A double's error at most; equality is a tie.
              expect(inequality(a - 1, w, b + 1, v)).toBeGreaterThanOrEqual(inequality(a, w, b, v) * (1 - 1e-12));
            });
          });
        },
      ),
      SEED,
    );
  });
});

describe("bounds", () => {
  const signposts: Readonly<Partial<Record<MethodName, (a: bigint) => Fraction>>> = {
    webster: (a) => [(2n * a + 1n) ** 2n, 4n],
    jefferson: (a) => [(a + 1n) ** 2n, 1n],
    adams: (a) => [a ** 2n, 1n],
    "huntington-hill": (a) => [a * (a + 1n), 1n],
    dean: (a) => [(2n * a * (a + 1n)) ** 2n, (2n * a + 1n) ** 2n],
  };
  /** One seat after the other to the largest w^2 / d(a)^2, the first of equals: no jump, no doubles. */
  const slowly = (
    total: number,
    w: readonly number[],
    low: readonly number[],
    high: readonly number[],
    d: (a: bigint) => Fraction,
  ) => {
    const seats = [...low];
    const claim = (i: number): Fraction => {
      const [top, bottom] = d(BigInt(at(seats, i)));
      return [BigInt(at(w, i)) ** 2n * bottom, top];
    };
    const ahead = (i: number, j: number): boolean => {
      const [a, b] = [claim(i), claim(j)];
      if (a[1] === 0n && b[1] === 0n) return at(w, i) > at(w, j);
      return less(b, a);
    };
    while (sum(seats) < total) {
      const open = [...w.keys()].filter((i) => at(w, i) > 0 && at(seats, i) < at(high, i));
      const winner = open.reduce((best, i) => (ahead(i, best) ? i : best));
      seats[winner] = at(seats, winner) + 1;
    }
    return seats;
  };
  const party = fc.tuple(
    fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9000 })),
    fc.nat(8),
    fc.nat(30),
  );
  it.each(Object.entries(signposts))("the jump gives what seat after seat gives: %s", (method, d) => {
    fc.assert(
      fc.property(fc.array(party, { minLength: 1, maxLength: 9 }), fc.nat(100), (parties, share) => {
        const [w, low] = [parties.map(([x]) => x), parties.map(([, x]) => x)];
        const high = parties.map(([, least, more]) => least + more);
        const room = sum(parties.map(([x, , more]) => (x > 0 ? more : 0)));
        const total = sum(low) + Math.floor((room * share) / 100);
        const options = { minimum: low, maximum: high, tieBreak: "first" } as const;
        expect(apportion(total, w, method as MethodName, options)).toEqual(slowly(total, w, low, high, d));
      }),
      { ...SEED, numRuns: 600 },
    );
  });
  const programme = fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.nat(40), fc.nat(25)), {
    minLength: 2,
    maxLength: 12,
  });
  const compareWithWater = (method: MethodName) => {
    let [cases, outside, worst] = [0, 0, 0];
    fc.assert(
      fc.property(programme, fc.nat(100), (districts, share) => {
        const w = districts.map(([x]) => x);
        const settled = districts.map(([, x]) => x);
        const room = districts.map(([, , x]) => x);
        const total = Math.floor((sum(room) * share) / 100);
        const maximum = settled.map((x, i) => x + at(room, i));
        const whole = apportion(total + sum(settled), w, method, { minimum: settled, maximum }).map(
          (x, i) => x - at(settled, i),
        );
        const ideal = waterFill(total, w, settled, room).amounts;
        const apart = Math.max(...whole.map((x, i) => Math.abs(x - at(ideal, i))));
        expect(sum(whole)).toBe(total);
        cases += 1;
        worst = Math.max(worst, apart);
        outside += apart >= 1 ? 1 : 0;
      }),
      { ...SEED, numRuns: 1500 },
    );
    return { cases, outside, worst };
  };
  it("whole targets are within one person of water-filling by Hamilton, always", () => {
    expect(compareWithWater("hamilton")).toMatchObject({ cases: 1500, outside: 0 });
  });
  it("whole targets are within one person of water-filling by Webster, nearly always", () => {
    const { outside, worst } = compareWithWater("webster");
    expect(outside).toBeLessThan(30);
    expect(worst).toBeLessThan(3);
  });
});

describe("bias", () => {
  it("Jefferson favours the larger half, Adams the smaller, Webster neither", () => {
    const favoured = new Map<MethodName, number>();
    const shares = fc.array(fc.integer({ min: 200, max: 4000 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(shares, fc.integer({ min: 30, max: 90 }), (weights, total) => {
        const order = [...weights.keys()].sort((i, j) => at(weights, j) - at(weights, i));
        for (const method of NAMES) {
          const seats = apportion(total, weights, method);
          const surplus = (i: number): number => at(seats, i) - (total * at(weights, i)) / sum(weights);
          favoured.set(method, (favoured.get(method) ?? 0) + sum(order.slice(0, 4).map(surplus)));
        }
      }),
      { ...SEED, numRuns: 2000 },
    );
    const mean = (method: MethodName): number => (favoured.get(method) ?? Number.NaN) / 2000;
    expect(mean("jefferson")).toBeGreaterThan(0.5);
    expect(mean("adams")).toBeLessThan(-0.5);
    expect(Math.abs(mean("webster"))).toBeLessThan(0.05);
    expect(Math.abs(mean("hamilton"))).toBeLessThan(0.05);
    expect(mean("huntington-hill")).toBeLessThan(mean("webster"));
    expect(mean("dean")).toBeLessThan(mean("huntington-hill"));
  });
});
