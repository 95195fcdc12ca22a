import { canonicalJson, sha256Hex } from "../base/hash.js";
import { byText, sortedBy } from "../base/order.js";
import type { Problem } from "../domain/problem.js";

/**
 * The problem with every list in a canonical order, so that the order in which the input came changes nothing at all.
 * Lists of a policy keep their order: there it means something.
 */
export const canonicalProblem = (problem: Problem): Problem => ({
  ...problem,
  districts: sortedBy(problem.districts, ({ id }) => id),
  zones: sortedBy(
    problem.zones.map((zone) => ({ ...zone, districts: [...zone.districts].sort(byText) })),
    ({ level, id }) => JSON.stringify([level, id]),
  ),
  services: sortedBy(problem.services, ({ id }) => id),
  dwellings: sortedBy(
    problem.dwellings.map((dwelling) => ({ ...dwelling, features: [...dwelling.features].sort(byText) })),
    ({ id }) => id,
  ),
  households: sortedBy(
    problem.households.map((household) => ({
      ...household,
      members: [...household.members].sort((a, b) => b.age - a.age),
      supportCodes: [...household.supportCodes].sort(byText),
      wishes: sortedBy(household.wishes, ({ district, strength }) => JSON.stringify([district, strength])),
      needs: {
        ...household.needs,
        features: [...household.needs.features].sort(byText),
        near: sortedBy(household.needs.near, (near) => canonicalJson(near)),
      },
    })),
    ({ id }) => id,
  ),
  links: sortedBy(
    problem.links.map((link) => ({ ...link, households: [...link.households].sort(byText) })),
    (link) => canonicalJson(link),
  ),
  quotas: sortedBy(problem.quotas, ({ id }) => id),
  decisions: sortedBy(problem.decisions, (decision) => canonicalJson(decision)),
});

/** SHA-256 of the canonical JSON (RFC 8785) of a problem in canonical order: one hash per problem, however it was written. */
export const inputHashOf = (problem: Problem): string => sha256Hex(canonicalJson(canonicalProblem(problem)));
