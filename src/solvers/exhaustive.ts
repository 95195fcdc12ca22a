import { secondsNow } from "../base/clock.js";
import type { KernelModel, KernelOptions, KernelResult } from "../kernel/model.js";
import { validateModel } from "../kernel/validate.js";
import { compareMeasures, isFeasible, measureTiers, type TierMeasure, tiersWith, withinTolerance } from "./measure.js";
import type { Solver } from "./solver.js";
import { tooLarge } from "./too-large.js";

/** More leaves than this are refused: the exhaustive solver is for tests. */
const MOST_CHOICES = 5_000_000;

const arcsByAgent = (model: KernelModel): readonly (readonly number[])[] => {
  const arcs: number[][] = Array.from({ length: model.agents }, () => [-1]);
  for (let arc = 0; arc < model.arcs.agent.length; arc++) arcs[model.arcs.agent[arc] ?? -1]?.push(arc);
  return arcs;
};

/** Every choice of one arc or none per agent that keeps the places' units; each is handed over in one array that is used again. */
function* choices(model: KernelModel): Generator<Int32Array> {
  const arcs = arcsByAgent(model);
  const arcOf = new Int32Array(model.agents).fill(-1);
  const left = Float64Array.from({ length: model.places.length }, (_, place) => model.places[place] ?? 0);
  function* from(agent: number): Generator<Int32Array> {
    if (agent === model.agents) {
      yield arcOf;
      return;
    }
    for (const arc of arcs[agent] ?? []) {
      const place = arc < 0 ? -1 : (model.arcs.place[arc] ?? -1);
      if (place >= 0 && (left[place] ?? 0) < 1) continue;
      if (place >= 0) left[place] = (left[place] ?? 0) - 1;
      arcOf[agent] = arc;
      yield* from(agent + 1);
      if (place >= 0) left[place] = (left[place] ?? 0) + 1;
    }
    arcOf[agent] = -1;
  }
  yield* from(0);
}

/** Choices of one arc or none per agent, units of places left aside. */
export const choiceCount = (model: KernelModel): number =>
  arcsByAgent(model).reduce((product, arcs) => product * arcs.length, 1);

/** What cannot hold together, as the kernel tells it; here no less than all rows with bounds, which may be more than need be. */
export const infeasibleRows = ({ rows }: KernelModel) => ({
  infeasible: { rows: rows.filter(({ min, max }) => min !== undefined || max !== undefined).map(({ name }) => name) },
});

const solveByEnumeration = (model: KernelModel, limits: KernelOptions): KernelResult => {
  const started = secondsNow();
  validateModel(model);
  const tiers = tiersWith(model, limits);
  if (choiceCount(model) > MOST_CHOICES)
    throw tooLarge("agents", `at most ${MOST_CHOICES} choices to enumerate`, `${choiceCount(model)}`);
  const bests: TierMeasure[] = [];
  let arcOf: Int32Array | null = null;
  for (let k = 0; k < Math.max(1, tiers.length); k++) {
    let best: TierMeasure | null = null;
    for (const choice of choices(model)) {
      if (!isFeasible(model, choice)) continue;
      if (tiers.length === 0) {
        arcOf = Int32Array.from(choice);
        break;
      }
      const measures = measureTiers(model, choice);
      const keeps = bests.every((earlier, j) => {
        const [tier, found] = [tiers[j], measures[j]];
        return tier !== undefined && found !== undefined && withinTolerance(found, earlier, tier);
      });
      const [tier, found] = [tiers[k], measures[k]];
      if (!keeps || tier === undefined || found === undefined) continue;
      if (best === null || compareMeasures(found, best, tier.sense) < 0) {
        best = found;
        arcOf = Int32Array.from(choice);
      }
    }
    if (best !== null) bests.push(best);
  }
  const seconds = secondsNow() - started;
  if (arcOf === null)
    return {
      status: "infeasible",
      arcOf: new Int32Array(model.agents).fill(-1),
      tiers: [],
      certificate: infeasibleRows(model),
      seconds,
    };
  const final = measureTiers(model, arcOf);
  return {
    status: "optimal",
    arcOf,
    tiers: final.map((tier, k) => ({ ...tier, bound: bests[k]?.value ?? tier.value, optimal: true })),
    certificate: null,
    seconds,
  };
};

/**
 * Complete enumeration, tier by tier: the oracle of the tests. v_k is the best of tier k over all choices with
 * value_j within tolerance_j of v_j for every j < k.
 *
 * Edge: `bound` of a tier is v_k; `value` is the final choice's, which may have spent the tolerance. Ties: the first choice by
 * agent, then by arc, none before any. Time limits are not looked at.
 * @throws ProblemError `model.too-large` above 5,000,000 choices.
 */
export const exhaustive = (): Solver => ({
  name: "exhaustive",
  solve: async (model, limits = {}) => solveByEnumeration(model, limits),
});
