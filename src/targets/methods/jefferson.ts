import { divideBy } from "./divisor.js";
import type { Method } from "./method.js";

/**
 * Jefferson, D'Hondt: the next seat goes to the largest w / (a + 1).
 *
 * Minimises the largest a / w, then the next. Keeps the lower quota, favours large parties.
 * Source: Jefferson 1792; D'Hondt 1878.
 */
export const jefferson = {
  name: "jefferson",
  title: { en: "Jefferson (D'Hondt)", da: "Jefferson (d'Hondt)" },
  criterion: "min max a / w, then the next largest",
  properties: { houseMonotone: true, populationMonotone: true, lowerQuota: true, upperQuota: false },
  source: "Jefferson 1792; D'Hondt 1878; Balinski and Young, Fair Representation, 1982",
  divide: (division) =>
    divideBy({ power: 1, signpost: (seats) => [seats + 1n, 1n], approximate: (seats) => seats + 1 }, division),
} as const satisfies Method;
