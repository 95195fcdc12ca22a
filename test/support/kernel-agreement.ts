import type { KernelModel, KernelResult } from "../../src/kernel/model.js";
import { compareMeasures, isFeasible, measureTiers } from "../../src/solvers/measure.js";

/** Doubles of two solvers are one value where they differ by this much of their size. */
const SAME = 1e-6;
const near = (a: number, b: number): boolean => Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a), Math.abs(b));

const agreed = (compared: number): Agreement => ({ problem: "", compared, infeasible: false });

export interface Agreement {
  /** "" where there is none. */
  readonly problem: string;
  /** Tiers that both prove. */
  readonly compared: number;
  /** Both say that nothing is feasible. */
  readonly infeasible: boolean;
}

/**
 * In what two results contradict each other, neither of which is the truth: of a tier that both prove, with all before it, the best value
 * is the same; where one proves less, its bound is not beaten by the other's choice.
 */
export const contradiction = (model: KernelModel, found: KernelResult, other: KernelResult): Agreement => {
  const none = ({ tiers, status }: KernelResult) => status === "infeasible" || tiers.length === 0;
  if (found.status === "infeasible" || other.status === "infeasible") {
    const holder = [found, other].find((one) => !none(one) && isFeasible(model, one.arcOf));
    const problem = holder === undefined ? "" : "infeasible, though there is a choice";
    return { problem, compared: 0, infeasible: found.status === other.status };
  }
  if (none(found) || none(other)) return agreed(0);
  if (!isFeasible(model, found.arcOf)) return { ...agreed(0), problem: "its choice is not feasible" };
  const [own, others] = [measureTiers(model, found.arcOf), measureTiers(model, other.arcOf)];
  let compared = 0;
  for (const [k, { name, sense, leximax, tolerance = 0 }] of model.tiers.entries()) {
    const [ours, theirs, mine, rival] = [found.tiers[k], other.tiers[k], own[k], others[k]];
    if (ours === undefined || theirs === undefined || mine === undefined || rival === undefined) break;
    const sign = sense === "min" ? 1 : -1;
    if (!near(ours.value, mine.value))
      return { ...agreed(compared), problem: `${name}: told ${ours.value}, not ${mine.value}` };
    if (sign * (ours.bound - rival.value) > SAME * Math.max(1, Math.abs(rival.value)))
      return { ...agreed(compared), problem: `${name}: its bound ${ours.bound} is beaten by ${rival.value}` };
    if (sign * (theirs.bound - mine.value) > SAME * Math.max(1, Math.abs(mine.value)))
      return { ...agreed(compared), problem: `${name}: it beats the other's bound ${theirs.bound} with ${mine.value}` };
    if (!ours.optimal || !theirs.optimal) break;
    compared++;
    if (!near(ours.bound, theirs.bound))
      return { ...agreed(compared), problem: `${name}: ${ours.bound}, not ${theirs.bound}` };
    if (leximax !== undefined && tolerance === 0 && compareMeasures(mine, rival, "min") !== 0)
      return { ...agreed(compared), problem: `${name}: ${mine.vector?.join(" ")}, not ${rival.vector?.join(" ")}` };
  }
  return agreed(compared);
};
