import type { Dwelling } from "../domain/dwelling.js";
import type { Household } from "../domain/household.js";
import type { Question } from "../plans/question.js";
import { type Facts, factsOf } from "../view/facts.js";
import { barriersOf } from "./funnel.js";

/** An id that no dwelling has. */
export const freshId = ({ problem }: Facts): string => {
  const taken = new Set(problem.dwellings.map(({ id }) => id));
  let number = 1;
  while (taken.has(`extra-${number}`)) number += 1;
  return `extra-${number}`;
};

const MOST_ROOMS = 30;

/** A dwelling just as a household needs it, with the fewest rooms that do, in one district; null where none there would do. */
export const dwellingFor = (question: Question, household: Household, district: string): Dwelling | null => {
  const { facts } = question;
  const { problem } = facts;
  const here = problem.dwellings.filter((one) => one.district === district);
  const locations = [facts.district(district)?.location ?? null, ...here.map(({ location }) => location)];
  const id = freshId(facts);
  for (const location of locations)
    for (let rooms = 1; rooms <= MOST_ROOMS; rooms++) {
      const dwelling: Dwelling = {
        id,
        district,
        location,
        rooms,
        areaM2: null,
        maxPersons: household.members.length,
        rent: household.needs.maxRent,
        municipalCost: 0,
        stepFree: household.needs.stepFree,
        availableFrom: null,
        availableTo: null,
        tenure: "permanent",
        count: 1,
        provider: null,
        estate: null,
        building: null,
        stairwell: null,
        street: null,
        features: household.needs.features,
        listing: null,
      };
      const with1 = factsOf({ ...problem, dwellings: [...problem.dwellings, dwelling] });
      const barriers = barriersOf(with1, { household, dwelling });
      if (barriers.length === 0) return dwelling;
      // More rooms help against that one rule alone.
      if (barriers.some(({ rule }) => rule !== "unit.roomStandard")) break;
    }
  return null;
};

/** Districts in the order in which so many more would weigh least: (placed + size - target) / what the district is due in all. */
export const districtsFor = ({ plan }: Question, size: number): readonly string[] =>
  plan.districts
    .filter(({ level }) => level === "district")
    .map(({ id, target, placed, before }) => ({ id, over: (placed + size - target) / Math.max(1, before + target) }))
    .sort((a, b) => a.over - b.over)
    .map(({ id }) => id);

/** As above, in the district that the household would burden least, or the next where none would do there. */
export const dwellingLike = (question: Question, household: Household): Dwelling | null => {
  for (const id of districtsFor(question, household.members.length)) {
    const found = dwellingFor(question, household, id);
    if (found !== null) return found;
  }
  return null;
};
