import { amountOf, measureName } from "../domain/measure.js";
import type { DistrictLoad, Plan } from "../domain/plan.js";
import { type Facts, placedIn, settledIn } from "../view/facts.js";
import { areaTargets } from "../view/targets.js";

/** Target, before, placed and after of every district and of every zone of the levels that evenness is asked on. */
export const districtLoads = (facts: Facts, plan: Pick<Plan, "placements">): readonly DistrictLoad[] => {
  const { evenness } = facts.problem.policy;
  const placed = placedIn(facts, plan);
  const total = placed.reduce((sum, { household }) => sum + amountOf(evenness.measure, household), 0);
  const levels = ["district", ...evenness.levels.filter((level) => level !== "district")];
  return levels.flatMap((level) =>
    areaTargets(facts, { level, evenness }, total).map(({ area, target }) => {
      const inside = new Set(area.districts.map(({ id }) => id));
      const arrivals = placed
        .filter(({ dwelling }) => inside.has(dwelling.district))
        .reduce((sum, { household }) => sum + amountOf(evenness.measure, household), 0);
      const before = settledIn(area, evenness.measure);
      return {
        id: area.id,
        level,
        measure: measureName(evenness.measure),
        target,
        before,
        placed: arrivals,
        after: before + arrivals,
      };
    }),
  );
};
