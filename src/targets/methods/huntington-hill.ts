import { divideBy } from "./divisor.js";
import type { Method } from "./method.js";

/**
 * Huntington-Hill, equal proportions: the next seat goes to the largest w / sqrt(a (a + 1)).
 *
 * Minimises sum (q - a)^2 / a; no transfer of one seat lowers the relative difference between two parties.
 * Edge: every party of positive weight gets one seat before any gets a second; fewer seats than parties go to the largest weights.
 * Source: Hill 1911; Huntington 1928; 2 U.S.C. 2a.
 */
export const huntingtonHill = {
  name: "huntington-hill",
  title: { en: "Huntington-Hill (equal proportions)", da: "Huntington-Hill (lige forhold)" },
  criterion: "min sum (q - a)^2 / a",
  properties: { houseMonotone: true, populationMonotone: true, lowerQuota: false, upperQuota: false },
  source: "Hill 1911; Huntington 1928; 2 U.S.C. 2a",
  divide: (division) =>
    divideBy(
      { power: 2, signpost: (seats) => [seats * (seats + 1n), 1n], approximate: (seats) => seats * (seats + 1) },
      division,
    ),
} as const satisfies Method;
