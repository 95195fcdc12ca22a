import type { KernelModel, KernelResult, KernelTier } from "../../../src/kernel/model.js";
import { compareMeasures, isFeasible, measureTiers, type TierMeasure } from "../../../src/solvers/measure.js";

/** Doubles of two solvers are one value where they differ by this much of their size. */
const SAME = 1e-6;

const near = (a: number, b: number): boolean => Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a));

const tierDifference = (tier: KernelTier, best: number, own: TierMeasure, told: KernelResult["tiers"][number]) => {
  const sign = tier.sense === "min" ? 1 : -1;
  const { tolerance = 0 } = tier;
  if (!near(told.value, own.value)) return `${tier.name}: told ${told.value}, its choice gives ${own.value}`;
  if (told.optimal && sign * (own.value - best) > tolerance + SAME * Math.max(1, Math.abs(best)))
    return `${tier.name}: ${own.value} is more than ${tolerance} worse than ${best}`;
  if (sign * (told.bound - best) > SAME * Math.max(1, Math.abs(best)))
    return `${tier.name}: the bound ${told.bound} is beaten by ${best}`;
  if (sign * (own.value - best) < -SAME * Math.max(1, Math.abs(best)))
    return `${tier.name}: ${own.value} beats the best of enumeration, ${best}`;
  return "";
};

/**
 * In what a solver's result contradicts the enumeration's, or "" where it does not: status, feasibility, every tier's value and
 * bound, and vectors. A tier's value may lie anywhere within its tolerance; the tiers after it then tell whether it was kept. A
 * result that says itself that it is not proven is held to its choice and its bounds, up to the first tier that it did not prove.
 */
export const disagreement = (model: KernelModel, truth: KernelResult, found: KernelResult): string => {
  if (found.status !== truth.status && found.status !== "feasible" && found.status !== "time-limit")
    return `status ${found.status}, not ${truth.status}`;
  if (found.status === "time-limit" && found.tiers.length === 0) return "";
  if (truth.status !== "optimal" && found.status !== truth.status) return "a choice, though there is none";
  if (truth.status !== "optimal") return found.arcOf.every((arc) => arc === -1) ? "" : "infeasible, and yet a choice";
  if (!isFeasible(model, found.arcOf)) return "its choice is not feasible";
  const measures = measureTiers(model, found.arcOf);
  const bests = measureTiers(model, truth.arcOf);
  for (const [k, tier] of model.tiers.entries()) {
    const [own, told, best, reached] = [measures[k], found.tiers[k], truth.tiers[k]?.bound, bests[k]];
    if (own === undefined || told === undefined || best === undefined || reached === undefined)
      return `tier ${k} is absent`;
    const difference = tierDifference(tier, best, own, told);
    if (difference !== "") return difference;
    if (!told.optimal) return found.status === "optimal" ? `optimal, though ${tier.name} is not proven` : "";
    if (tier.leximax !== undefined && (tier.tolerance ?? 0) === 0 && compareMeasures(own, reached, "min") !== 0)
      return `${tier.name}: vector ${own.vector?.join(" ")}, not ${reached.vector?.join(" ")}`;
  }
  return "";
};
