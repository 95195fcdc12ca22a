import type { KernelModel, KernelRow, KernelTier } from "../../src/kernel/model.js";
import { type Dice, diceOf, randomModel } from "./random-model.js";

/** Whole, decimal, no decimal at all, tiny and huge: what makes an objective exact, and what makes it one that is rounded. */
const WEIGHTS = [1, 1, 1e4, 1e-3, 97, 1 / 3, 1e6] as const;
const COEFFICIENTS = [60, 7, 0.01, -1] as const;

const pick = ({ whole }: Dice, list: readonly number[]): number => list[whole([0, list.length - 1])] as number;

const scaledTier = ({ chance }: Dice, tier: KernelTier, by: number): KernelTier => ({
  ...tier,
  ...(tier.weights !== undefined && chance(0.5) ? { weights: Array.from(tier.weights, (weight) => weight * by) } : {}),
  ...(tier.convex !== undefined && chance(0.4)
    ? {
        convex: tier.convex.map((term) => ({
          ...term,
          scale: term.scale * by,
          target: chance(0.2) ? term.target * 30 - 50 : term.target,
        })),
      }
    : {}),
  ...(tier.leximax !== undefined && chance(0.3)
    ? { leximax: tier.leximax.map((term) => ({ ...term, divisor: term.divisor * by })) }
    : {}),
});

const scaledRow = (dice: Dice, row: KernelRow): KernelRow => {
  const coefficients = Array.from(row.coefficients);
  if (dice.chance(0.1)) return { ...row, coefficients: coefficients.map((one) => one * pick(dice, COEFFICIENTS)) };
  if (!dice.chance(0.15)) return row;
  const isKept = (_: number, i: number): boolean => i % 3 === 0;
  return { ...row, arcs: Array.from(row.arcs).filter(isKept), coefficients: coefficients.filter(isKept) };
};

/** A random model of every feature, of up to 22 agents, with sizes that differ by many powers of ten. Same seed, same model. */
export const scaledModel = (seed: number): KernelModel => {
  const dice = diceOf(7 * seed + 3);
  const { whole } = dice;
  const size = { agents: whole([4, 22]), places: whole([2, 12]), rows: whole([1, 14]), tiers: whole([1, 4]) };
  const model = randomModel(seed, size);
  return {
    ...model,
    tiers: model.tiers.map((tier) => scaledTier(dice, tier, pick(dice, WEIGHTS))),
    rows: model.rows.map((row) => scaledRow(dice, row)),
  };
};
