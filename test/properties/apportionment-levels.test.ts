import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/base/errors.js";
import type { MethodName } from "../../src/targets/apportion.js";
import { apportionLevels, type LevelNode, type LevelSeats } from "../../src/targets/levels.js";
import { METHODS } from "../../src/targets/methods/kinds.js";

const SEED = { seed: 20261103, numRuns: 400, markInterruptAsFailure: true } as const;
const NAMES: readonly MethodName[] = METHODS.map(({ name }) => name);
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Three levels: zones of zones of leaves, each leaf with a weight, a minimum and room. */
const leaf = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.nat(3), fc.nat(40));
const nested = fc.array(fc.array(fc.array(leaf, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
});
type Nested = readonly (readonly (readonly (readonly [number, number, number])[])[])[];
const treeOf = (zones: Nested, bounded: boolean): LevelNode => ({
  id: "all",
  children: zones.map((zone, z) => ({
    id: `z${z}`,
    children: zone.map((school, s) => ({
      id: `z${z}s${s}`,
      children: school.map(([weight, minimum, room], p) => ({
        id: `z${z}s${s}p${p}`,
        weight,
        ...(bounded ? { minimum, maximum: minimum + room } : {}),
      })),
    })),
  })),
});
const everyNode = (node: LevelSeats): readonly LevelSeats[] => [node, ...node.children.flatMap(everyNode)];
/** Quotas are doubles here: a hair below a whole number is that number. */
const HAIR = 1e-9;
const below = ({ seats, quota }: LevelSeats): boolean => seats < Math.floor(quota + HAIR);
const above = ({ seats, quota }: LevelSeats): boolean => seats > Math.ceil(quota - HAIR);

describe("apportionLevels", () => {
  it.each(NAMES)("adds up on every level: %s", (method) => {
    fc.assert(
      fc.property(nested, fc.nat(200), (zones, total) => {
        const nodes = everyNode(apportionLevels(total, treeOf(zones, false), method));
        expect(nodes[0]?.seats).toBe(total);
        for (const { seats, children } of nodes) {
          if (children.length > 0) expect(sum(children.map((child) => child.seats))).toBe(seats);
        }
      }),
      { ...SEED, numRuns: 150 },
    );
  });
  // "Quota on every level at once", arXiv 2511.10000 (2025).
  it("keeps the upper quota on every level by Adams and the lower by Jefferson", () => {
    fc.assert(
      fc.property(nested, fc.nat(200), (zones, total) => {
        const tree = treeOf(zones, false);
        expect(everyNode(apportionLevels(total, tree, "adams")).filter(above)).toEqual([]);
        expect(everyNode(apportionLevels(total, tree, "jefferson")).filter(below)).toEqual([]);
      }),
      SEED,
    );
  });
  it("can leave the quota below the first level by Hamilton, which keeps it on each level for itself", () => {
    let outside = 0;
    fc.assert(
      fc.property(nested, fc.nat(200), (zones, total) => {
        outside += everyNode(apportionLevels(total, treeOf(zones, false), "hamilton")).some((n) => below(n) || above(n))
          ? 1
          : 0;
      }),
      SEED,
    );
    expect(outside).toBeGreaterThan(0);
  });
  it.each(NAMES)("keeps both quotas on every level with withinQuota, bounds and all: %s", (method) => {
    let bounded = 0;
    fc.assert(
      fc.property(nested, fc.nat(100), fc.boolean(), (zones, share, bounds) => {
        const leaves = zones.flat(2);
        const least = sum(leaves.map(([, minimum]) => minimum));
        const room = sum(leaves.map(([, , more]) => more));
        const total = least + Math.floor((room * share) / 100);
        const nodes = everyNode(apportionLevels(total, treeOf(zones, bounds), method, { withinQuota: true }));
        expect(nodes.filter((node) => below(node) || above(node))).toEqual([]);
        bounded += bounds ? 1 : 0;
      }),
      { ...SEED, numRuns: 200 },
    );
    expect(bounded).toBeGreaterThan(50);
  });
  it("refuses two leaves of one name and totals that bounds do not admit", () => {
    const leaves = (a: string, b: string): LevelNode => ({
      id: "all",
      children: [
        { id: a, weight: 1, minimum: 2, maximum: 3 },
        { id: b, weight: 1, maximum: 3 },
      ],
    });
    expect(() => apportionLevels(4, leaves("a", "a"), "webster")).toThrow(ProblemError);
    expect(() => apportionLevels(7, leaves("a", "b"), "webster")).toThrow(ProblemError);
    expect(() => apportionLevels(1, leaves("a", "b"), "webster")).toThrow(ProblemError);
    expect(apportionLevels(5, leaves("a", "b"), "webster").children.map(({ seats }) => seats)).toEqual([3, 2]);
  });
});
