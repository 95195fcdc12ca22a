import { sumOfDoubles } from "../base/sums.js";
import { NUMERIC_SLACK } from "../base/tolerances.js";
import type { KernelModel, KernelOptions, KernelRow, KernelTier } from "../kernel/model.js";

/** The value of a tier for a choice; leximax: of its largest term, with all terms sorted, largest first. */
export interface TierMeasure {
  readonly name: string;
  readonly value: number;
  readonly vector?: number[];
}

const chosenArcs = (model: KernelModel, arcOf: ArrayLike<number>): Uint8Array => {
  const chosen = new Uint8Array(model.arcs.agent.length);
  for (let agent = 0; agent < model.agents; agent++) {
    const arc = arcOf[agent] ?? -1;
    if (arc >= 0) chosen[arc] = 1;
  }
  return chosen;
};

const rowValue = (row: KernelRow, chosen: Uint8Array): number => {
  let y = 0;
  for (let i = 0; i < row.arcs.length; i++) if (chosen[row.arcs[i] ?? -1] === 1) y += row.coefficients[i] ?? 0;
  return y;
};

const tierMeasure = (tier: KernelTier, chosen: Uint8Array, y: readonly number[]): TierMeasure => {
  const { name, weights, convex = [], leximax } = tier;
  if (leximax !== undefined) {
    const vector = leximax.map(({ row, offset, divisor }) => ((y[row] ?? 0) + offset) / divisor).sort((a, b) => b - a);
    return { name, value: vector[0] ?? 0, vector };
  }
  const parts: number[] = [];
  if (weights !== undefined)
    for (let arc = 0; arc < chosen.length; arc++) if (chosen[arc] === 1) parts.push(weights[arc] ?? 0);
  for (const { row, form, target, scale } of convex) {
    const deviation = (y[row] ?? 0) - target;
    parts.push(scale * (form === "absolute" ? Math.abs(deviation) : deviation * deviation));
  }
  return { name, value: sumOfDoubles(parts) };
};

/** Every tier's value for a choice of one arc per agent (-1 for none), from the model alone. */
export const measureTiers = (model: KernelModel, arcOf: ArrayLike<number>): readonly TierMeasure[] => {
  const chosen = chosenArcs(model, arcOf);
  const y = model.rows.map((row) => rowValue(row, chosen));
  return model.tiers.map((tier) => tierMeasure(tier, chosen, y));
};

/** Whether two doubles differ by more than the rounding of sums. */
const differ = (a: number, b: number): boolean => Math.abs(a - b) > NUMERIC_SLACK * Math.max(1, Math.abs(a));

/** Less than 0 where a is better, 0 where they differ by rounding alone. Leximax: the first term, largest first, that differs decides. */
export const compareMeasures = (a: TierMeasure, b: TierMeasure, sense: KernelTier["sense"]): number => {
  const [left, right] = [a.vector ?? [a.value], b.vector ?? [b.value]];
  for (let i = 0; i < left.length; i++) {
    const [x, y] = [left[i] ?? 0, right[i] ?? 0];
    if (differ(x, y)) return sense === "min" ? x - y : y - x;
  }
  return 0;
};

/**
 * Whether what was found costs a tier no more than its tolerance, counted from the best.
 *
 * Edge: a leximax tier without tolerance keeps its whole vector; with one, its largest term alone.
 */
export const withinTolerance = (found: TierMeasure, best: TierMeasure, tier: KernelTier): boolean => {
  const tolerance = tier.tolerance ?? 0;
  if (tolerance === 0) return compareMeasures(found, best, tier.sense) <= 0;
  const worse = tier.sense === "min" ? found.value - best.value : best.value - found.value;
  return worse <= tolerance + NUMERIC_SLACK * Math.max(1, Math.abs(best.value));
};

/** The model's tiers with the tolerances that the caller gave by name. */
export const tiersWith = (model: KernelModel, limits: KernelOptions): readonly KernelTier[] =>
  model.tiers.map((tier) => ({ ...tier, tolerance: limits.tolerance?.[tier.name] ?? tier.tolerance ?? 0 }));

/** Whether a choice is one: arcs of their own agents, no place over its units, every row within its bounds. */
export const isFeasible = (model: KernelModel, arcOf: ArrayLike<number>): boolean => {
  const taken = new Float64Array(model.places.length);
  for (let agent = 0; agent < model.agents; agent++) {
    const arc = arcOf[agent] ?? -1;
    if (arc === -1) continue;
    if (!Number.isInteger(arc) || model.arcs.agent[arc] !== agent) return false;
    const place = model.arcs.place[arc] ?? -1;
    taken[place] = (taken[place] ?? 0) + 1;
    if ((taken[place] ?? 0) > (model.places[place] ?? 0)) return false;
  }
  const chosen = chosenArcs(model, arcOf);
  return model.rows.every((row) => {
    const y = rowValue(row, chosen);
    const slack = NUMERIC_SLACK * Math.max(1, Math.abs(y));
    return y >= (row.min ?? Number.NEGATIVE_INFINITY) - slack && y <= (row.max ?? Number.POSITIVE_INFINITY) + slack;
  });
};
