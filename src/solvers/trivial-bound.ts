import type { KernelModel, KernelTier } from "../kernel/model.js";
import type { RowForm } from "./row-form.js";

const bestSumOfWeights = ({ agents, arcs }: KernelModel, weights: ArrayLike<number>, sign: number): number => {
  const best = new Float64Array(agents);
  for (let arc = 0; arc < weights.length; arc++) {
    const agent = arcs.agent[arc] ?? 0;
    best[agent] = Math.min(best[agent] ?? 0, sign * (weights[arc] ?? 0));
  }
  return sign * best.reduce((sum, value) => sum + value, 0);
};

/** What no choice beats in a tier, from each agent's best arc and each row's reach alone: weak, and certain. */
export const trivialBound = (model: KernelModel, forms: readonly RowForm[], tier: KernelTier): number => {
  const { weights = [], convex = [], leximax } = tier;
  const rangeOf = (row: number): readonly [number, number] => {
    const { least, most, min, max, scale } = forms[row] ?? { least: 0, most: 0, min: 0, max: 0, scale: 1 };
    return [Math.max(least, min) / scale, Math.min(most, max) / scale];
  };
  if (leximax !== undefined)
    return leximax.reduce(
      (most, { row, offset, divisor }) => Math.max(most, (rangeOf(row)[0] + offset) / divisor),
      leximax.length === 0 ? 0 : Number.NEGATIVE_INFINITY,
    );
  let bound = bestSumOfWeights(model, weights, tier.sense === "min" ? 1 : -1);
  for (const { row, form, target, scale } of convex) {
    const [low, high] = rangeOf(row);
    const apart = Math.max(0, low - target, target - high);
    bound += scale * (form === "absolute" ? apart : apart * apart);
  }
  return bound;
};
