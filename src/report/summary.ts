import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import type { DistrictLoad, Placement, Plan, Unplaced } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { type Facts, factsOf } from "../view/facts.js";

/** One area of a level: what was aimed at and what the plan does. Unit: the load's measure. */
export interface AreaRow extends DistrictLoad {
  readonly name: string;
  readonly population: number;
  /** placed - target: + is over. */
  readonly deviation: number;
  /** after per 1,000 residents; null where nobody lives there. */
  readonly perThousand: number | null;
}

/** A wished or needed nearness, and what the proposed dwelling gives. */
export interface NearFact {
  readonly kind: string;
  readonly withinKm: number;
  readonly required: boolean;
  /** Kilometres to the nearest as the crow flies, to 0.1; null where it is not known. */
  readonly km: number | null;
  readonly met: boolean;
}

/** A household with the dwelling proposed for it. */
export interface PlacementRow {
  readonly placement: Placement;
  readonly household: Household;
  readonly dwelling: Dwelling;
  readonly districtName: string;
  readonly near: readonly NearFact[];
  /** Whether a wished district was met; null where none was wished. */
  readonly wishMet: boolean | null;
  readonly pinned: boolean;
  /** Whether the dwelling or its district is a listed area on the day of the plan. */
  readonly listed: boolean;
}

export interface UnplacedRow {
  readonly unplaced: Unplaced;
  readonly household: Household | null;
}

export interface Headline {
  readonly households: number;
  readonly housed: number;
  readonly persons: number;
  readonly personsHoused: number;
  /** The area of the level `district` farthest from its target; the first such in the plan's order. */
  readonly farthest: AreaRow | null;
  readonly onTarget: number;
  readonly areas: number;
  readonly tiers: number;
  readonly proven: number;
}

/** Everything the reports tell, worked out once. Lists are in the plan's order. */
export interface Summary {
  readonly facts: Facts;
  readonly headline: Headline;
  /** One list per level, `district` first. */
  readonly levels: readonly { readonly level: string; readonly rows: readonly AreaRow[] }[];
  readonly placements: readonly PlacementRow[];
  readonly unplaced: readonly UnplacedRow[];
  /** Units of each dwelling that the plan uses. */
  readonly used: ReadonlyMap<string, number>;
}

const areaRow = (facts: Facts, load: DistrictLoad): AreaRow => {
  const area = facts.areas(load.level).find(({ id }) => id === load.id);
  const population = (area?.districts ?? []).reduce((sum, district) => sum + district.population, 0);
  return {
    ...load,
    name: area?.name || load.id,
    population,
    deviation: load.placed - load.target,
    perThousand: population === 0 ? null : (load.after * 1000) / population,
  };
};

const nearFacts = (facts: Facts, household: Household, dwelling: Dwelling): readonly NearFact[] =>
  household.needs.near.map(({ kind, withinKm, required }) => {
    const metres = facts.metresToNearest(dwelling, kind);
    return {
      kind,
      withinKm,
      required,
      km: metres === null ? null : Math.round(metres / 100) / 10,
      met: metres !== null && metres <= withinKm * 1000,
    };
  });

const placementRow = (facts: Facts, placement: Placement): readonly PlacementRow[] => {
  const household = facts.household(placement.household);
  const dwelling = facts.dwelling(placement.dwelling);
  if (household === undefined || dwelling === undefined) return [];
  const { problem } = facts;
  const district = facts.district(dwelling.district);
  const inForce = [dwelling.listing, district?.listing ?? null].some(
    (one) => one !== null && one.validFrom <= problem.asOf && (one.validTo ?? problem.asOf) >= problem.asOf,
  );
  return [
    {
      placement,
      household,
      dwelling,
      districtName: district?.name || dwelling.district,
      near: nearFacts(facts, household, dwelling),
      wishMet:
        household.wishes.length === 0 ? null : household.wishes.some((wish) => wish.district === dwelling.district),
      pinned: problem.decisions.some(
        (one) => one.kind === "pin" && one.household === household.id && one.dwelling === dwelling.id,
      ),
      listed: inForce,
    },
  ];
};

const headlineOf = (problem: Problem, plan: Plan, districts: readonly AreaRow[]): Headline => {
  const housed = new Set(plan.placements.map(({ household }) => household));
  const personsIn = (households: readonly Household[]) => households.reduce((sum, one) => sum + one.members.length, 0);
  const farthest = districts.reduce<AreaRow | null>(
    (worst, row) => (worst === null || Math.abs(row.deviation) > Math.abs(worst.deviation) ? row : worst),
    null,
  );
  return {
    households: problem.households.length,
    housed: problem.households.filter(({ id }) => housed.has(id)).length,
    persons: personsIn(problem.households),
    personsHoused: personsIn(problem.households.filter(({ id }) => housed.has(id))),
    farthest,
    onTarget: districts.filter(({ deviation }) => deviation === 0).length,
    areas: districts.length,
    tiers: plan.tiers.length,
    proven: plan.tiers.filter(({ optimal }) => optimal).length,
  };
};

/** Work out what every report tells. Edge: placements with unknown ids are left out, since the check reports them. */
export const summaryOf = (problem: Problem, plan: Plan): Summary => {
  const facts = factsOf(problem);
  const rows = plan.districts.map((load) => areaRow(facts, load));
  const names = [...new Set(["district", ...rows.map(({ level }) => level)])];
  const levels = names.map((level) => ({ level, rows: rows.filter((row) => row.level === level) }));
  const used = new Map<string, number>();
  for (const { dwelling } of plan.placements) used.set(dwelling, (used.get(dwelling) ?? 0) + 1);
  return {
    facts,
    headline: headlineOf(problem, plan, levels[0]?.rows ?? []),
    levels,
    placements: plan.placements.flatMap((placement) => placementRow(facts, placement)),
    unplaced: plan.unplaced.map((unplaced) => ({ unplaced, household: facts.household(unplaced.household) ?? null })),
    used,
  };
};
