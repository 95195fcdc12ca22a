// Typed arrays are read with `as number` here: every index comes from the town.
import type { KernelTier } from "../model.js";
import type { Domain } from "./domain.js";
import { DECIMALS, DOUBLES, gridOf, ROUNDING, sumOf, type Town, valuesOf } from "./town.js";

/** Costs of the values of a row: `cost[y - base]`. */
export interface Table {
  readonly base: number;
  readonly cost: Float64Array;
}

/** An objective, to be minimised: weights of arcs and costs of row values; `tables` holds these over the domain that it was made for. */
export interface Objective {
  readonly weights: Float64Array | null;
  readonly costs: ReadonlyMap<number, (y: number) => number>;
  readonly tables: ReadonlyMap<number, Table>;
}

const tabulated = (
  weights: Float64Array | null,
  pieces: readonly (readonly [row: number, cost: (y: number) => number])[],
  { low, high }: Domain,
): Objective => {
  const byRow = new Map<number, ((y: number) => number)[]>();
  for (const [row, cost] of pieces) byRow.set(row, [...(byRow.get(row) ?? []), cost]);
  const costs = new Map(
    [...byRow].map(([row, own]) => [row, (y: number) => own.reduce((sum, cost) => sum + cost(y), 0)]),
  );
  const tables = new Map(
    [...costs].map(([row, cost]) => {
      const base = low[row] as number;
      const length = (high[row] as number) - base + 1;
      return [
        row,
        {
          base,
          cost: Float64Array.from({ length: length > 0 && length < 2 ** 32 ? length : 0 }, (_, i) => cost(base + i)),
        },
      ];
    }),
  );
  return { weights, costs, tables };
};

export const nothingToMinimise: Objective = { weights: null, costs: new Map(), tables: new Map() };

/** A product and a difference of doubles are off by less than this part of what they are made of. */
const HAIR = 2 ** -51;

/** The tier's weights and convex terms; a tier that is maximised has its sign turned. */
export const sumObjective = ({ grid }: Town, domain: Domain, tier: KernelTier): Objective => {
  const sign = tier.sense === "min" ? 1 : -1;
  const pieces = (tier.convex ?? []).map(({ row, form, target, scale }) => {
    const unit = grid[row] as number;
    const isExact = [unit, target].every(Number.isSafeInteger);
    const cost = (y: number): number => {
      const [value, away] = [y * unit, y * unit - target];
      // What doubles lose of the two is nothing by itself; of whole numbers they lose nothing.
      const apart = !isExact && Math.abs(away) <= HAIR * (Math.abs(value) + Math.abs(target)) ? 0 : away;
      return sign * scale * (form === "absolute" ? Math.abs(apart) : apart * apart);
    };
    return [row, cost] as const;
  });
  const weights = tier.weights === undefined ? null : new Float64Array(tier.weights).map((weight) => sign * weight);
  return tabulated(weights, pieces, domain);
};

/** Terms of leximax tiers that differ by no more are equal. */
export const sameTerm = (term: number): number => 2 ** -40 * Math.max(1, Math.abs(term));

/** How many terms of a leximax tier are at least `threshold`, or above it. */
export const countObjective = (
  { grid }: Town,
  domain: Domain,
  given: { readonly tier: KernelTier; readonly threshold: number; readonly above: boolean },
): Objective => {
  const { tier, threshold, above } = given;
  const slack = sameTerm(threshold);
  const pieces = (tier.leximax ?? []).map(({ row, offset, divisor }) => {
    const cost = (y: number): number => {
      const term = (y * (grid[row] as number) + offset) / divisor;
      return (above ? term > threshold + slack : term >= threshold - slack) ? 1 : 0;
    };
    return [row, cost] as const;
  });
  return tabulated(null, pieces, domain);
};

/** What a choice costs, arc by arc and row by row. */
export const objectiveParts = (
  town: Town,
  { weights, costs }: Objective,
  arcOf: ArrayLike<number>,
): readonly number[] => {
  const y = valuesOf(town, arcOf);
  const ofArcs = Array.from(arcOf, (arc) => weights?.[arc] ?? 0);
  return [...ofArcs, ...Array.from(costs, ([row, cost]) => cost(y[row] as number))];
};

export const objectiveValue = (town: Town, objective: Objective, arcOf: ArrayLike<number>): number =>
  sumOf(objectiveParts(town, objective, arcOf));

/** What is next to nothing by itself is no whole multiple of anything, nor is what a whole one is missing from a large value. */
const ofCosts = (size: number): number => Math.max(ROUNDING * Math.min(1, size), DOUBLES * size);

/** Far below what doubles hold, also with prices on it. */
const LARGEST_EXACT = 2 ** 40;

/**
 * What every value of a tier is a whole multiple of, where none of it is rounded: its weights have up to six decimals, its terms and their rows
 * are whole, and it cannot come to more than 2^40 of the unit; else 0. It is the model's, so that what is cut off does not change it.
 */
export const unitOf = (
  { grid }: Town,
  tier: KernelTier,
  { weights, size }: { weights: Float64Array | null; size: number },
): number => {
  const isWhole = (tier.convex ?? []).every(({ row, target, scale }) =>
    [target, scale, grid[row]].every(Number.isSafeInteger),
  );
  const scale = weights === null ? 1 : (gridOf(weights, ofCosts)?.scale ?? 0);
  return isWhole && DECIMALS.includes(scale) && size * scale <= LARGEST_EXACT ? 1 / scale : 0;
};

/** Every difference of two values inside the domain is a multiple of this; 0 where that is not known. */
export const stepOf = ({ weights, tables }: Objective, { live, low, high }: Domain): number => {
  const lists = [...tables].map(([row, { base, cost }]) =>
    cost.subarray(Math.max(0, (low[row] as number) - base), Math.max(0, (high[row] as number) - base + 1)),
  );
  if (weights !== null) lists.push(weights.filter((_, arc) => live[arc] === 1));
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  const grid = gridOf(all, ofCosts);
  return grid === null ? 0 : grid.divisor / grid.scale;
};

/** What no choice inside the domain can exceed. */
export const mostOf = (town: Town, { weights, tables }: Objective, { live, must, low, high }: Domain): number => {
  const parts: number[] = [];
  for (let agent = 0; agent < must.length; agent++) {
    let dearest = must[agent] === 1 ? Number.NEGATIVE_INFINITY : 0;
    for (let i = town.agentStart[agent] as number; i < (town.agentStart[agent + 1] as number); i++) {
      const arc = town.agentArcs[i] as number;
      if (live[arc] === 1) dearest = Math.max(dearest, weights === null ? 0 : (weights[arc] as number));
    }
    parts.push(dearest);
  }
  for (const [row, { base, cost }] of tables) {
    let dearest = Number.NEGATIVE_INFINITY;
    for (let y = low[row] as number; y <= (high[row] as number); y++)
      dearest = Math.max(dearest, cost[y - base] as number);
    parts.push(dearest);
  }
  const most = sumOf(parts);
  return most + DOUBLES * Math.abs(most);
};

/** What the parts of an objective can add up to regardless of sign; its costs are largest at the ends of rows. */
export const sizeOf = (town: Town, { weights, costs }: Objective, { live, low, high }: Domain): number => {
  let size = 0;
  if (weights !== null)
    for (let agent = 0; agent + 1 < town.agentStart.length; agent++) {
      let largest = 0;
      for (let i = town.agentStart[agent] as number; i < (town.agentStart[agent + 1] as number); i++) {
        const arc = town.agentArcs[i] as number;
        if (live[arc] === 1) largest = Math.max(largest, Math.abs(weights[arc] as number));
      }
      size += largest;
    }
  for (const [row, cost] of costs)
    size += Math.max(Math.abs(cost(low[row] as number)), Math.abs(cost(high[row] as number)));
  return size;
};
