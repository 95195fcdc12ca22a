import { byText } from "../base/order.js";
import { NUMERIC_SLACK } from "../base/tolerances.js";
import type { DistrictLoad, Plan, TierValue } from "../domain/plan.js";
import { homesIn } from "./question.js";

/** A household that lives elsewhere in the second plan; null: no home. */
export interface Move {
  readonly household: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** An area whose load or target differs. Unit: the measure. */
export interface DistrictChange {
  readonly id: string;
  readonly level: string;
  readonly measure: string;
  readonly placed: Change;
  /** placed - target; + = over. */
  readonly deviation: Change;
}

export interface Change {
  readonly before: number;
  readonly after: number;
}

export type Effect = "better" | "worse" | "same";

/** What a tier gains or pays, in its unit. */
export interface TierChange {
  readonly name: string;
  readonly unit: string;
  readonly sense: "min" | "max";
  readonly before: number;
  readonly after: number;
  /** after - before. */
  readonly change: number;
  readonly effect: Effect;
  /** Both values are proven to be what they can be. */
  readonly proven: boolean;
}

/** The part of a plan that is compared. */
export type Comparable = Pick<Plan, "placements" | "districts" | "tiers">;

/** The second plan held against the first. */
export interface Comparison {
  /** By the first tier that differs: tiers are compared in order, and never added up. */
  readonly verdict: Effect;
  readonly decidedBy: string | null;
  readonly moves: readonly Move[];
  readonly districts: readonly DistrictChange[];
  /** Every tier that both plans have, in order. */
  readonly tiers: readonly TierChange[];
}

const movesBetween = (before: Comparable, after: Comparable): readonly Move[] => {
  const [from, to] = [homesIn(before), homesIn(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((household) => from.get(household) !== to.get(household))
    .sort(byText)
    .map((household) => ({ household, from: from.get(household) ?? null, to: to.get(household) ?? null }));
};

const districtsBetween = (before: Comparable, after: Comparable): readonly DistrictChange[] => {
  const keyOf = ({ level, id }: DistrictLoad): string => JSON.stringify([level, id]);
  const earlier = new Map(before.districts.map((row) => [keyOf(row), row]));
  return after.districts.flatMap((row): readonly DistrictChange[] => {
    const was = earlier.get(keyOf(row));
    if (was === undefined || (was.placed === row.placed && was.target === row.target)) return [];
    return [
      {
        id: row.id,
        level: row.level,
        measure: row.measure,
        placed: { before: was.placed, after: row.placed },
        deviation: { before: was.placed - was.target, after: row.placed - row.target },
      },
    ];
  });
};

/** Below 0 where the first is the smaller. Sums that differ by rounding alone are equal. */
export const signOf = (first: number, second: number): number =>
  Math.abs(first - second) <= NUMERIC_SLACK * Math.max(1, Math.abs(first), Math.abs(second)) ? 0 : first - second;

/** Loads of leximax and leximin are compared one by one, worst first. */
const difference = (before: TierValue, after: TierValue): number => {
  if (before.vector === undefined || after.vector === undefined) return signOf(after.value, before.value);
  for (const [i, value] of after.vector.entries()) {
    const sign = signOf(value, before.vector[i] ?? value);
    if (sign !== 0) return sign;
  }
  return 0;
};

const effectOf = (before: TierValue, after: TierValue): Effect => {
  const sign = difference(before, after);
  if (sign === 0) return "same";
  return sign < 0 === (after.sense === "min") ? "better" : "worse";
};

/**
 * Hold a second plan against a first: who moves, which districts change, which tier gains and which pays. Reads the two plans alone.
 *
 * Edge: a plan that was not found has no tiers, so that no tier is compared and the verdict is `same`: look at `outcome` first.
 */
export const compare = (before: Comparable, after: Comparable): Comparison => {
  const tiers = after.tiers.flatMap((tier): readonly TierChange[] => {
    const was = before.tiers.find(({ name }) => name === tier.name);
    if (was === undefined) return [];
    const effect = effectOf(was, tier);
    return [
      {
        name: tier.name,
        unit: tier.unit,
        sense: tier.sense,
        before: was.value,
        after: tier.value,
        change: effect === "same" ? 0 : tier.value - was.value,
        effect,
        proven: was.optimal && tier.optimal,
      },
    ];
  });
  const deciding = tiers.find(({ effect }) => effect !== "same");
  return {
    verdict: deciding?.effect ?? "same",
    decidedBy: deciding?.name ?? null,
    moves: movesBetween(before, after),
    districts: districtsBetween(before, after),
    tiers,
  };
};
