import type { Dwelling } from "../domain/dwelling.js";
import type { Position } from "../domain/primitives.js";
import { metresBetween } from "../geo/distance.js";
import type { Facts } from "./facts.js";

/** Somewhere that neighbours are counted from or at. */
interface Spot {
  readonly district: string;
  readonly location: Position | null;
}

/** Kilometres a degree of latitude has at least; used only to skip pairs that are surely too far apart. */
const KM_PER_DEGREE = 110;

/** Within so many kilometres as the crow flies; where either has no location, in the same district. */
export const isNear = (a: Spot, b: Spot, withinKm: number): boolean => {
  if (a.location === null || b.location === null) return a.district === b.district;
  if (Math.abs(a.location[1] - b.location[1]) * KM_PER_DEGREE > withinKm) return false;
  return metresBetween(a.location, b.location) <= withinKm * 1000;
};

/** Households of the programme that live somewhere already: planners know where, problems only how many a district has. */
export interface Home {
  readonly location: Position;
  readonly households: number;
  readonly codes: readonly string[];
}

/**
 * Programme households that live near a dwelling already: those handed in, and, where asked, those that the districts have settled,
 * reckoned to live at their district's centre (the same district, where it has none).
 */
export const livingNear = (
  { problem }: Facts,
  dwelling: Dwelling,
  { withinKm, homes, settled }: { withinKm: number; homes: readonly Home[]; settled: boolean },
): number => {
  const here = homes
    .filter(({ location }) => isNear(dwelling, { district: "", location }, withinKm))
    .reduce((sum, { households }) => sum + households, 0);
  if (!settled) return here;
  return problem.districts
    .filter(({ id, location }) => isNear(dwelling, { district: id, location }, withinKm))
    .reduce((sum, district) => sum + (district.settled.households ?? 0), here);
};
