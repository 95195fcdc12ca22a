// Typed arrays are read with `as number` here: every index comes from the core or was made in this file.
import type { Task } from "../relax.js";
import { age, type Column, hold, type Pool, poolOf, price, settle, type Way } from "./columns.js";
import { columnsFrom, leftOf, type Mixture, mixtureOf, shareOf } from "./mixture.js";
import type { AgentPrices, Picked, Picking } from "./pick.js";
import { rangeOf, type Sizes, spaceOf } from "./space.js";

/** A step is taken where it brings this part of what the columns promise; after one that brings half of it, or after a few that were taken, the next is longer. */
const SERIOUS = 0.1;
const GOOD = 0.5;
const FEW_TAKEN = 2;
const GROWTH = 4;
/** Rounds without one after which steps shrink. */
const MOST_POOR = 4;
/** Passes over all blocks for the next prices; this part of what blocks are apart by on average is let be. */
const PASSES = 5;
const LET_BE = 0.05;
/** Where nothing is promised other steps are tried so often: longer ones, or, where passes were not enough, shorter ones. */
const MOST_IDLE = 4;
const LONGER = 8;
const SHORTER = 4;
const LARGEST_STEP = 2 ** 60;

export interface AscentOptions {
  readonly rounds: number;
  /** Length of the first step; null for one that would reach the aim. */
  readonly step: number | null;
  readonly start: AgentPrices;
  /** What was chosen where the domain was larger. */
  readonly mixture: Mixture | null;
  /** Stop once the bound is above this. */
  readonly goal: number;
  /** The value that the first step is measured by, given the best bound: the best known, or what is hoped for. */
  readonly aim: (bound: number) => number;
  /** What is not worth a round, given the best bound. */
  readonly precision: (bound: number) => number;
  /** Called with every relaxation; returns whether to go on. */
  readonly onRound?: (picked: Picked, round: number) => boolean;
}

export interface Ascent {
  readonly best: Picked;
  /** How much of each arc the mixture uses: 0 to 1, but for what it is still short of an optimum. */
  readonly share: Float64Array;
  readonly mixture: Mixture;
  /** What the step had come to. */
  readonly step: number;
  /** Whether nothing more was promised. */
  readonly isAtEnd: boolean;
}

/**
 * Raises bounds of a task by a proximal bundle method in which each block's choices so far bound its own part from above (Kiwiel 1990; block by block:
 * Swoboda and Kolmogorov 2019): the next prices maximise that model less a penalty on the distance from the best prices.
 */
export const ascender = (task: Task, sizes: Sizes) => {
  const { core, blocks } = task;
  const space = spaceOf(task, sizes);
  const { size, all } = space;
  const columnsOf = columnsFrom(task, space);
  const pools: Pool[] = Array.from({ length: blocks.length + 2 }, poolOf);
  const dense = new Float64Array(size);

  /** Begin with what is left of a mixture, and with what was chosen last. Returns how much of each coordinate is still to be shared out. */
  const load = (picking: Picking, picked: Picked, mixture: Mixture | null): Float64Array => {
    const known = mixture === null ? [] : leftOf(mixture, picking.domain, blocks);
    for (const [block, column] of columnsOf(picking, picked).entries()) {
      const pool = pools[block] as Pool;
      pool.count = 0;
      const list = known[block] ?? [];
      for (const one of list) hold(pool, one.column, { weight: one.weight, dense });
      hold(pool, column, { weight: list.some(({ weight }) => weight > 0) ? 0 : 1, dense });
    }
    const left = all.slice();
    for (const { count, columns, weight } of pools)
      for (let i = 0; i < count; i++) {
        const { at, by } = columns[i] as Column;
        const own = weight[i] as number;
        if (own === 0) continue;
        for (let j = 0; j < at.length; j++)
          left[at[j] as number] = (left[at[j] as number] as number) - own * (by[j] as number);
      }
    return left;
  };
  const allAt = (point: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += (all[i] as number) * (point[i] as number);
    return sum;
  };
  /** Move the point to where the columns promise most, less the penalty. Returns whether it got there. */
  const approach = (way: Way, given: { readonly centreBound: number; readonly precision: number }): boolean => {
    const { centreBound, precision } = given;
    way.nothing = 0;
    for (let pass = 0; pass < PASSES; pass++) {
      way.least = 0;
      way.apart = 0;
      for (const pool of pools) settle(pool, way);
      way.nothing = (way.apart / pools.length) * LET_BE;
      if (way.apart <= Math.max(way.least + allAt(way.point) - centreBound, precision / 4)) return true;
    }
    return false;
  };

  return (picking: Picking, options: AscentOptions): Ascent => {
    const { low, high, within, pointOf, pricesAt } = rangeOf(picking, space);
    let best = picking.evaluate(pricesAt(pointOf(options.start)));
    let centreBound = best.bound;
    const left = load(picking, best, options.mixture);
    const point = new Float64Array(size);
    const centre = pointOf(best.prices);
    const way: Way = { point, centre, left, low, high, step: options.step ?? 0, nothing: 0, least: 0, apart: 0 };
    /** A step to the aim, were bounds to rise as they do here. */
    const firstStep = (): number => {
      let steep = 0;
      for (let i = 0; i < size; i++)
        steep += (within((centre[i] as number) + (left[i] as number), i) - (centre[i] as number)) ** 2;
      return steep === 0 ? 0 : Math.max(1, options.aim(best.bound) - centreBound) / steep;
    };
    let poor = 0;
    let taken = 0;
    let idle = 0;
    let isOn = options.onRound?.(best, 0) !== false;
    for (let round = 1; isOn && round < options.rounds && best.bound <= options.goal; round++) {
      if (way.step === 0) way.step = firstStep();
      if (way.step === 0) break;
      for (let i = 0; i < size; i++) point[i] = within((way.centre[i] as number) + way.step * (left[i] as number), i);
      const precision = options.precision(centreBound);
      const isSettled = approach(way, { centreBound, precision });
      let promised = allAt(point) - centreBound;
      for (const pool of pools) promised += price(pool, point);
      if (promised <= precision) {
        if (++idle > MOST_IDLE) break;
        // Steps that are too long for a few passes promise nothing; too short ones may hide what there is.
        way.step = isSettled ? Math.min(LARGEST_STEP, way.step * LONGER) : way.step / SHORTER;
        continue;
      }
      idle = 0;
      const now = picking.evaluate(pricesAt(point));
      for (const pool of pools) age(pool);
      for (const [block, column] of columnsOf(picking, now).entries())
        hold(pools[block] as Pool, column, { weight: 0, dense });
      if (now.bound > best.bound) best = now;
      const gain = now.bound - centreBound;
      if (gain >= SERIOUS * promised) {
        if (gain >= GOOD * promised || ++taken === FEW_TAKEN) {
          way.step = Math.min(LARGEST_STEP, way.step * GROWTH);
          taken = 0;
        }
        way.centre = pointOf(now.prices);
        centreBound = now.bound;
        poor = 0;
      } else if (++poor >= MOST_POOR || gain < -promised) {
        way.step /= 2;
        poor = 0;
        taken = 0;
      }
      isOn = options.onRound?.(now, round) !== false;
    }
    const mixture = mixtureOf(pools);
    return {
      best,
      share: shareOf(mixture, core.arcs),
      mixture,
      step: way.step,
      isAtEnd: idle > MOST_IDLE || way.step === 0,
    };
  };
};
