// Typed arrays are read with `as number` here: every index was made in this file.
import { describe, expect, it } from "vitest";
import { age, type Column, hold, type Pool, poolOf, settle, type Way } from "../../../src/kernel/blocks/columns.js";
import { type Dice, diceOf } from "../../support/random-model.js";
import { upTo } from "./block-cases.js";

const SIZE = 40;

const columnOf = ({ whole, chance }: Dice, cost: number): Column => {
  const at = Int32Array.from(upTo(SIZE).filter(() => chance(0.5)));
  return { cost, at, by: Float64Array.from(at, () => whole([-3, 3])), arcs: [], value: 0 };
};

const dense = new Float64Array(SIZE);
const poolWith = (columns: readonly Column[]): Pool => {
  const pool = poolOf();
  columns.forEach((column, i) => {
    hold(pool, column, { weight: i === 0 ? 1 : 0, dense });
  });
  return pool;
};
const product = (one: Column, other: Column): number => {
  const by = new Float64Array(SIZE);
  one.at.forEach((at, j) => {
    by[at] = one.by[j] as number;
  });
  return other.at.reduce((sum, at, j) => sum + (by[at] as number) * (other.by[j] as number), 0);
};

describe("a pool of columns", () => {
  it("knows the products of all pairs, however many and however long they have become", () => {
    const dice = diceOf(1);
    const columns = upTo(25).map((cost) => columnOf(dice, cost));
    const pool = poolWith(columns);
    expect(pool.count).toBe(25);
    for (const [i, one] of columns.entries())
      for (const [j, other] of columns.entries()) expect(pool.products[i * pool.room + j]).toBe(product(one, other));
    expect(dense.every((by) => by === 0)).toBe(true);
  });

  it("gives up what is idle for longest, and nothing that has weight or came up again", () => {
    const dice = diceOf(2);
    const columns = upTo(30).map((cost) => columnOf(dice, cost));
    const pool = poolWith(columns);
    for (let round = 0; round < 3; round++) {
      age(pool);
      // The second comes up again each time; the first has weight.
      hold(pool, columns[1] as Column, { weight: 0, dense });
    }
    const [more, most] = [columnOf(dice, 100), columnOf(dice, 101)];
    hold(pool, more, { weight: 0, dense });
    age(pool);
    hold(pool, most, { weight: 0, dense });
    const costs = upTo(pool.count).map((i) => pool.cost[i] as number);
    expect(costs).toHaveLength(30);
    expect(costs).toEqual(expect.arrayContaining([0, 1, 100, 101]));
    expect(costs).not.toContain(2);
    expect(costs).not.toContain(3);
  });

  it("gives its weight to what is cheapest, and says what is then left of each coordinate", () => {
    const dice = diceOf(3);
    for (let trial = 0; trial < 50; trial++) {
      const columns = upTo(6).map(() => columnOf(dice, dice.whole([0, 30])));
      const pool = poolWith(columns);
      const left = Float64Array.from({ length: SIZE }, () => 1);
      const [first] = columns as [Column];
      first.at.forEach((at, j) => {
        left[at] = (left[at] as number) - (first.by[j] as number);
      });
      const way: Way = {
        point: left.map((by) => by / 10),
        centre: new Float64Array(SIZE),
        left,
        low: new Float64Array(SIZE).fill(Number.NEGATIVE_INFINITY),
        high: new Float64Array(SIZE).fill(Number.POSITIVE_INFINITY),
        step: 1 / 10,
        nothing: 0,
        least: 0,
        apart: 0,
      };
      for (let pass = 0; pass < 400; pass++) {
        way.least = 0;
        way.apart = 0;
        settle(pool, way);
      }
      // No column is cheaper than those that have weight.
      expect(way.apart).toBeLessThan(1e-6);
      const weights = upTo(pool.count).map((i) => pool.weight[i] as number);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      for (let at = 0; at < SIZE; at++) {
        const taken = pool.columns.reduce((sum, column, i) => {
          const j = column.at.indexOf(at);
          return j < 0 ? sum : sum + (weights[i] as number) * (column.by[j] as number);
        }, 0);
        expect(left[at]).toBeCloseTo(1 - taken, 9);
        expect(way.point[at]).toBeCloseTo((left[at] as number) / 10, 9);
      }
    }
  });
});
