import { measureName } from "../domain/measure.js";
import type { EvennessMethod, EvennessPolicy } from "../domain/policy.js";
import { apportion, type MethodName } from "../targets/apportion.js";
import { type Bound, waterFill } from "../targets/water-fill.js";
import { type Area, type Facts, settledIn } from "./facts.js";
import { areaWeights } from "./targets-weights.js";

/** What one area should receive, and how that number came about. Persons, or the policy's measure. */
export interface AreaTarget {
  readonly area: Area;
  readonly weight: number;
  /** weight / sum of weights. */
  readonly share: number;
  /** Settled before, as it counts: 0 where the policy counts each batch alone. */
  readonly before: number;
  /** before + arrivals if water were poured in until `level` of measure per weight stood everywhere it can. */
  readonly idealLoad: number;
  /** Arrivals aimed at, a fraction: clamp(level * weight - before, 0, maximum). */
  readonly fraction: number;
  /** Arrivals aimed at, whole, by the policy's method; they sum to the total exactly. */
  readonly target: number;
  /** Arrivals that a hard quota allows at most; null where none binds this very area. */
  readonly maximum: number | null;
  /** The water's level: load per unit of weight. */
  readonly level: number;
  /** What keeps the area from standing at the level: what is settled there, or its maximum. */
  readonly binding: Bound;
}

/** Which apportionment each meaning of "even" becomes where housing is ample (DESIGN 1.2; Balinski and Young). */
const APPORTIONMENT: Readonly<Record<EvennessMethod, MethodName>> = {
  webster: "webster",
  absolute: "hamilton",
  hamilton: "hamilton",
  jefferson: "jefferson",
  quota: "quota",
  leximax: "jefferson",
  minimax: "jefferson",
  adams: "adams",
  leximin: "adams",
  "huntington-hill": "huntington-hill",
};

/** The maxima that quotas set on this very area in this measure, each less what is settled where it is cumulative. */
export const maximaOf = (
  facts: Facts,
  area: Area,
  policy: EvennessPolicy,
): readonly { readonly id: string; readonly max: number }[] =>
  facts.problem.quotas
    .filter(({ scope, measure, max }) => {
      if (max === null || measureName(measure) !== measureName(policy.measure)) return false;
      return area.level === "district"
        ? "district" in scope && scope.district === area.id
        : "zone" in scope && scope.zone === area.id;
    })
    .map(({ id, max, counting }) => ({
      id,
      max: Math.max(0, (max ?? 0) - (counting === "cumulative" ? settledIn(area, policy.measure) : 0)),
    }));

const maximumOf = (facts: Facts, area: Area, policy: EvennessPolicy): number | null => {
  const limits = maximaOf(facts, area, policy).map(({ max }) => max);
  return limits.length === 0 ? null : limits.reduce((a, b) => Math.min(a, b));
};

/**
 * The even spread aimed at over the areas of a level: shares, water-filling over what was settled before, and whole numbers by the
 * policy's method (apportion(before + total) with `before` as minimum, less `before`).
 *
 * Edge: where maxima leave too little room for the total, the targets add up to that room. All weights zero: every weight counts 1.
 */
export const areaTargets = (
  facts: Facts,
  { level, evenness }: { readonly level: string; readonly evenness: EvennessPolicy },
  total: number,
): readonly AreaTarget[] => {
  const areas = facts.areas(level);
  const given = areaWeights(areas, evenness);
  const weights = given.some((weight) => weight > 0) ? given : given.map(() => 1);
  const sum = weights.reduce((a, b) => a + b, 0);
  const before = areas.map((area) => (evenness.counting === "cumulative" ? settledIn(area, evenness.measure) : 0));
  const maxima = areas.map((area) => maximumOf(facts, area, evenness));
  const room = maxima.map((maximum, i) => ((weights[i] ?? 0) > 0 ? (maximum ?? total) : 0));
  const spread = Math.min(
    total,
    room.reduce((a, b) => a + b, 0),
  );
  const filled = waterFill(spread, weights, before, room);
  const settledTotal = before.reduce((a, b) => a + b, 0);
  const whole = apportion(settledTotal + spread, weights, APPORTIONMENT[evenness.method], {
    minimum: before,
    maximum: before.map((settled, i) => settled + (room[i] ?? 0)),
  });
  return areas.map((area, i) => ({
    area,
    weight: weights[i] ?? 0,
    share: (weights[i] ?? 0) / sum,
    before: before[i] ?? 0,
    idealLoad: filled.level * (weights[i] ?? 0),
    fraction: filled.amounts[i] ?? 0,
    target: (whole[i] ?? 0) - (before[i] ?? 0),
    maximum: maxima[i] ?? null,
    level: filled.level,
    binding: filled.binding[i] ?? "none",
  }));
};
