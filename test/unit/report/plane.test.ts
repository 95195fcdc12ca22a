import { Delaunay } from "d3-delaunay";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shadeOf } from "../../../src/report/map.js";
import { clipped, convexHull, type Point, roundedHull } from "../../../src/report/plane.js";

const area = (ring: readonly Point[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

describe("the plane", () => {
  it("takes the four corners of a square and nothing inside or on its sides", () => {
    const points: Point[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [2, 2],
      [2, 0],
      [4, 1],
    ];
    expect(convexHull(points)).toEqual([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]);
  });

  it("cuts a triangle by a square to the part inside", () => {
    const square = convexHull([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]);
    // The triangle (2, 2), (6, 2), (2, 6) loses its two far corners: what is left is the square from 2 to 4.
    expect(
      Math.abs(
        area(
          clipped(
            [
              [2, 2],
              [6, 2],
              [2, 6],
            ],
            square,
          ),
        ),
      ),
    ).toBeCloseTo(4, 9);
    expect(
      clipped(
        [
          [5, 5],
          [6, 5],
          [5, 6],
        ],
        square,
      ),
    ).toEqual([]);
  });

  it("has an area round one point alone", () => {
    expect(Math.abs(area(roundedHull([[3, 5]], 2)))).toBeGreaterThan(11);
  });

  it("parts the hull among the cells without gap or overlap", () => {
    const points = fc.uniqueArray(fc.tuple(fc.integer({ min: 20, max: 180 }), fc.integer({ min: 20, max: 180 })), {
      minLength: 3,
      maxLength: 12,
      selector: ([x, y]) => `${x} ${y}`,
    });
    fc.assert(
      fc.property(points, (centres) => {
        const hull = roundedHull(centres, 15);
        const voronoi = Delaunay.from(centres).voronoi([0, 0, 200, 200]);
        const cells = centres.map((_, i) => {
          const polygon = voronoi.cellPolygon(i);
          return polygon === null ? 0 : Math.abs(area(clipped(polygon.slice(0, -1), hull)));
        });
        expect(cells.reduce((a, b) => a + b, 0)).toBeCloseTo(Math.abs(area(hull)), 3);
      }),
      { seed: 20261104, numRuns: 150, markInterruptAsFailure: true },
    );
  });
});

describe("the shade of an area", () => {
  it.each([
    [0, 9, "on"],
    [3, 3, "over"],
    [4, 4, "farOver"],
    [4, 9, "over"],
    [-5, 9, "farUnder"],
    [-3, 4, "under"],
  ] as const)("of %i where the largest deviation is %i is %s", (deviation, largest, shade) => {
    expect(shadeOf(deviation, largest)).toBe(shade);
  });
});
