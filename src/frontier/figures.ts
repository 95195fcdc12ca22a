import type { Plan } from "../domain/plan.js";
import type { Facts } from "../view/facts.js";

/** How even a plan is on one level, in the policy's measure, whatever the method. */
export interface LevelSpread {
  readonly level: string;
  /** How many would have to live elsewhere for every area to have what it is due: sum of max(0, placed - target). */
  readonly misplaced: number;
  /** The area furthest from its target; null where the level has none. */
  readonly furthest: { readonly id: string; readonly name: string; readonly deviation: number } | null;
}

/** Misplaced persons and the furthest area, per level. Targets are the plan's own, by the policy's method. */
export const levelSpreads = (facts: Facts, { districts }: Pick<Plan, "districts">): readonly LevelSpread[] => {
  const { levels } = facts.problem.policy.evenness;
  return levels.map((level) => {
    const rows = districts.filter((row) => row.level === level);
    const furthest = rows.reduce<LevelSpread["furthest"]>((worst, { id, placed, target }) => {
      const deviation = placed - target;
      if (worst !== null && Math.abs(worst.deviation) >= Math.abs(deviation)) return worst;
      return { id, name: facts.areas(level).find((area) => area.id === id)?.name ?? id, deviation };
    }, null);
    return {
      level,
      misplaced: rows.reduce((sum, { placed, target }) => sum + Math.max(0, placed - target), 0),
      furthest,
    };
  });
};
