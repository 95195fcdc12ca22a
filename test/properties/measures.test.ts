import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/base/errors.js";
import {
  type Burden,
  dissimilarity,
  gini,
  hoover,
  largestDeviation,
  lorenzPoints,
  theil,
  theilByZone,
} from "../../src/targets/measures.js";

const SEED = { seed: 20261104, numRuns: 500, markInterruptAsFailure: true } as const;
const MEASURES = { gini, hoover, theil } as const;
const CASES = Object.entries(MEASURES);
const burden = fc.record({ load: fc.integer({ min: 0, max: 300 }), weight: fc.integer({ min: 1, max: 900 }) });
const burdens = fc.array(burden, { minLength: 2, maxLength: 9 }).filter((areas) => areas.some(({ load }) => load > 0));
/** The measures are sums of some tens of doubles near 1. */
const DIGITS = 10;
const at = (areas: readonly Burden[], i: number): Burden => areas[i] ?? { load: Number.NaN, weight: Number.NaN };

describe("the measures", () => {
  // Loads 1, 2, 3 on equal weights: Gini 2/9, Hoover 1/6, Theil from its formula.
  it("have the values of the book for loads of 1, 2 and 3 on equal weights", () => {
    const areas = [3, 1, 2].map((load) => ({ load, weight: 5 }));
    expect(gini(areas)).toBeCloseTo(2 / 9, DIGITS);
    expect(hoover(areas)).toBeCloseTo(1 / 6, DIGITS);
    expect(theil(areas)).toBeCloseTo((Math.log(0.5) + 2 * Math.log(1) + 3 * Math.log(1.5)) / 6, DIGITS);
    expect(lorenzPoints(areas).map(({ load }) => load)).toEqual([0, 1 / 6, 0.5, 1]);
    expect(largestDeviation(areas)).toEqual({ index: 0, deviation: 1 });
    expect(
      dissimilarity([
        { first: 1, second: 0 },
        { first: 0, second: 4 },
      ]),
    ).toBe(1);
    expect(
      dissimilarity([
        { first: 1, second: 0 },
        { first: 3, second: 0 },
      ]),
    ).toBe(0);
  });
  it.each(CASES)("%s is 0 exactly where loads are proportional, and only there", (_, measure) => {
    let uneven = 0;
    fc.assert(
      fc.property(burdens, fc.integer({ min: 1, max: 50 }), (areas, k) => {
        expect(measure(areas.map(({ weight }) => ({ weight, load: weight * k })))).toBe(0);
        const first = at(areas, 0);
        const proportional = areas.every(({ load, weight }) => load * first.weight === first.load * weight);
        // Theil's terms cancel to second order, so a small unevenness may drown in the last digits.
        if (proportional) expect(measure(areas)).toBeCloseTo(0, DIGITS);
        else expect(measure(areas)).toBeGreaterThan(0);
        uneven += proportional ? 0 : 1;
      }),
      SEED,
    );
    expect(uneven).toBeGreaterThan(400);
  });
  it.each(CASES)("%s does not change with scale, order or copies", (_, measure) => {
    fc.assert(
      fc.property(burdens, fc.integer({ min: 2, max: 60 }), (areas, k) => {
        const value = measure(areas);
        expect(measure(areas.map(({ load, weight }) => ({ load: load * k, weight })))).toBeCloseTo(value, DIGITS);
        expect(measure(areas.map(({ load, weight }) => ({ load, weight: weight * k })))).toBeCloseTo(value, DIGITS);
        expect(measure([...areas].reverse())).toBeCloseTo(value, DIGITS);
        expect(measure([...areas, ...areas])).toBeCloseTo(value, DIGITS);
      }),
      SEED,
    );
  });
  it.each(CASES)(
    "%s never rises when one person moves from a heavier to a lighter area without overtaking",
    (name, measure) => {
      let [moves, stricter] = [0, 0];
      fc.assert(
        fc.property(burdens, (areas) => {
          const value = measure(areas);
          areas.forEach((from, i) => {
            areas.forEach((to, j) => {
              if (i === j || (from.load - 1) * to.weight < (to.load + 1) * from.weight) return;
              const moved = areas.map((area, k) => ({ ...area, load: area.load + (k === i ? -1 : k === j ? 1 : 0) }));
              expect(measure(moved)).toBeLessThanOrEqual(value + 1e-12);
              moves += 1;
              stricter += measure(moved) < value - 1e-12 ? 1 : 0;
            });
          });
        }),
        SEED,
      );
      expect(moves).toBeGreaterThan(1000);
      if (name === "hoover") expect(stricter).toBeLessThan(moves);
      else expect(stricter).toBe(moves);
    },
  );
  it("have a convex Lorenz curve from 0 to 1, twice whose distance from the diagonal is Gini", () => {
    fc.assert(
      fc.property(burdens, (areas) => {
        const points = lorenzPoints(areas);
        expect(points[0]).toEqual({ load: 0, weight: 0 });
        expect(at(points, areas.length).load).toBeCloseTo(1, DIGITS);
        const steps = points.slice(1).map((point, i) => ({
          load: point.load - at(points, i).load,
          weight: point.weight - at(points, i).weight,
          middle: (point.load + at(points, i).load) / 2,
        }));
        steps.slice(1).forEach((step, i) => {
          expect(step.load / step.weight).toBeGreaterThanOrEqual(at(steps, i).load / at(steps, i).weight - 1e-9);
        });
        const under = steps.reduce((area, { weight, middle }) => area + weight * middle, 0);
        expect(gini(areas)).toBeCloseTo(1 - 2 * under, DIGITS);
      }),
      SEED,
    );
  });
  it("agree wherever one plan's Lorenz curve lies above another's", () => {
    let dominated = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(burden, fc.nat(300)), { minLength: 2, maxLength: 4 }), (areas) => {
        const one = areas.map(([area]) => area);
        const total = one.reduce((sum, { load }) => sum + load, 0);
        const two = areas.map(([{ weight }, load], i) => ({ weight, load: i === 0 ? 0 : load }));
        const rest = total - two.reduce((sum, { load }) => sum + load, 0);
        fc.pre(total > 0 && rest >= 0);
        const other = two.map((area, i) => (i === 0 ? { ...area, load: rest } : area));
        if (!above(one, other)) return;
        dominated += 1;
        for (const [, measure] of CASES) expect(measure(one)).toBeLessThanOrEqual(measure(other) + 1e-9);
      }),
      { ...SEED, numRuns: 1500 },
    );
    expect(dominated).toBeGreaterThan(100);
  });
  it("split Theil into between and within zones exactly", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(burden, fc.constantFrom("n", "u", "o")), { minLength: 1, maxLength: 9 }),
        (areas) => {
          const zoned = areas.map(([area, zone]) => ({ ...area, zone }));
          const { total, between, within } = theilByZone(zoned);
          const inside = within.reduce((sum, zone) => sum + zone.loadShare * zone.theil, 0);
          expect(between + inside).toBeCloseTo(total, DIGITS);
          expect(total).toBeCloseTo(theil(zoned), DIGITS);
        },
      ),
      SEED,
    );
  });
  it("stay within 0 and 1 for Gini, Hoover and dissimilarity, and are 0 without load", () => {
    fc.assert(
      fc.property(burdens, (areas) => {
        for (const value of [gini(areas), hoover(areas)]) expect(value >= 0 && value < 1).toBe(true);
        const value = dissimilarity(areas.map(({ load, weight }) => ({ first: load, second: weight })));
        expect(value >= 0 && value <= 1).toBe(true);
      }),
      SEED,
    );
    for (const [, measure] of CASES)
      expect(
        measure([
          { load: 0, weight: 3 },
          { load: 0, weight: 0 },
        ]),
      ).toBe(0);
    expect(
      theil([
        { load: 1, weight: 0 },
        { load: 1, weight: 1 },
      ]),
    ).toBe(Infinity);
    expect(largestDeviation([])).toEqual({ index: -1, deviation: 0 });
  });
  it("refuse load without weight and what is no size", () => {
    expect(() => gini([{ load: 1, weight: 0 }])).toThrow(ProblemError);
    expect(() => hoover([{ load: -1, weight: 2 }])).toThrow(ProblemError);
    expect(() => theil([{ load: Number.NaN, weight: 2 }])).toThrow(ProblemError);
  });
});

/** The Lorenz curve of a plan at a share of the weight, between its points. */
const curveAt = (points: readonly Burden[], weight: number): number => {
  const next = points.findIndex((point) => point.weight >= weight - 1e-12);
  const [a, b] = [at(points, Math.max(0, next - 1)), at(points, next)];
  return b.weight === a.weight ? b.load : a.load + ((b.load - a.load) * (weight - a.weight)) / (b.weight - a.weight);
};

const above = (one: readonly Burden[], other: readonly Burden[]): boolean => {
  const [p, q] = [lorenzPoints(one), lorenzPoints(other)];
  return [...p, ...q].every(({ weight }) => curveAt(p, weight) >= curveAt(q, weight) - 1e-12);
};
