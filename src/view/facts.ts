import { groupedBy } from "../base/order.js";
import type { Decision } from "../domain/demand.js";
import type { District, Zone } from "../domain/district.js";
import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import { type Measure, measureName } from "../domain/measure.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";
import { metresBetween } from "../geo/distance.js";

/** A district, or a zone of one level: what evenness and quotas are counted over. */
export interface Area {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly districts: readonly District[];
}

/** A problem's facts, indexed. Everything a rule or an objective may know without knowing the solver. */
export interface Facts {
  readonly problem: Problem;
  readonly household: (id: string) => Household | undefined;
  readonly dwelling: (id: string) => Dwelling | undefined;
  readonly district: (id: string) => District | undefined;
  readonly zone: (id: string) => Zone | undefined;
  /** What persons have decided about a household. */
  readonly decisionsOf: (household: string) => readonly Decision[];
  /** The areas of `district` or of a zone level, in the problem's order. */
  readonly areas: (level: string) => readonly Area[];
  /** The area of a level that a district lies in; undefined where the level leaves it out. */
  readonly areaOf: (level: string, district: string) => Area | undefined;
  /** Whole metres to the nearest service of a kind; null where there is none or the dwelling has no location. */
  readonly metresToNearest: (dwelling: Dwelling, kind: string) => number | null;
}

const areasAt = (problem: Problem, level: string, districts: ReadonlyMap<string, District>): readonly Area[] =>
  level === "district"
    ? problem.districts.map((district) => ({ id: district.id, name: district.name, level, districts: [district] }))
    : problem.zones
        .filter((zone) => zone.level === level)
        .map((zone) => ({
          id: zone.id,
          name: zone.name,
          level,
          districts: zone.districts.flatMap((id) => districts.get(id) ?? []),
        }));

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** Index a problem. Cost: linear, distances on demand and once each. */
export const factsOf = (problem: Problem): Facts => {
  const households = byId(problem.households);
  const dwellings = byId(problem.dwellings);
  const districts = byId(problem.districts);
  const zones = byId(problem.zones);
  const services = groupedBy(problem.services, (service) => service.kind);
  const decisions = groupedBy(problem.decisions, ({ household }) => household);
  const levels = new Map<string, { areas: readonly Area[]; of: ReadonlyMap<string, Area> }>();
  const levelNamed = (level: string) => {
    const known = levels.get(level);
    if (known !== undefined) return known;
    const areas = areasAt(problem, level, districts);
    const of = new Map(areas.flatMap((area) => area.districts.map((district) => [district.id, area] as const)));
    levels.set(level, { areas, of });
    return { areas, of };
  };
  const distances = new Map<string, number | null>();
  return {
    problem,
    household: (id) => households.get(id),
    dwelling: (id) => dwellings.get(id),
    district: (id) => districts.get(id),
    zone: (id) => zones.get(id),
    decisionsOf: (id) => decisions.get(id) ?? [],
    areas: (level) => levelNamed(level).areas,
    areaOf: (level, district) => levelNamed(level).of.get(district),
    metresToNearest: (dwelling, kind) => {
      const { location } = dwelling;
      if (location === null) return null;
      const key = `${dwelling.id}\n${kind}`;
      const known = distances.get(key);
      if (known !== undefined) return known;
      const metres = (services.get(kind) ?? []).map((service) => metresBetween(location, service.location));
      const nearest = metres.length === 0 ? null : metres.reduce((a, b) => Math.min(a, b));
      distances.set(key, nearest);
      return nearest;
    },
  };
};

/** What the programme had settled in an area before, in a measure. */
export const settledIn = (area: Area, measure: Measure): number =>
  area.districts.reduce((sum, district) => sum + (district.settled[measureName(measure)] ?? 0), 0);

/** An area's weight for evenness: its population, or another size its districts carry. */
export const weightOf = (area: Area, weight: string): number =>
  area.districts.reduce((sum, district) => sum + weightOfDistrict(district, weight), 0);

const weightOfDistrict = (district: District, weight: string): number =>
  weight === "population" ? district.population : (district.weights[weight] ?? 0);

/** A household and a dwelling that are weighed against each other, or were put together. */
export interface Pair {
  readonly household: Household;
  readonly dwelling: Dwelling;
}

/** The plan's placements with their facts; unknown ids are left out (`plan.wellFormed` reports them). */
export const placedIn = (facts: Facts, plan: Pick<Plan, "placements">): readonly Pair[] =>
  plan.placements.flatMap(({ household, dwelling }) => {
    const who = facts.household(household);
    const where = facts.dwelling(dwelling);
    return who === undefined || where === undefined ? [] : [{ household: who, dwelling: where }];
  });

/** The rules that a person's pin of this very pair overrides, with a reason that the decision carries. */
export const overriddenRules = (facts: Facts, { household, dwelling }: Pair): readonly string[] =>
  facts
    .decisionsOf(household.id)
    .filter((decision) => decision.kind === "pin" && decision.dwelling === dwelling.id)
    .flatMap((decision) => decision.overrides);
