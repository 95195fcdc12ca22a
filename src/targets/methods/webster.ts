import { divideBy } from "./divisor.js";
import type { Method } from "./method.js";

/**
 * Webster, Sainte-Lague: the next seat goes to the largest w / (a + 1/2).
 *
 * Minimises sum (a - q)^2 / q. Edge: leaves the quota now and then (Balinski and Young, Fair Representation, 1982).
 * Source: Webster 1832; Sainte-Lague 1910.
 */
export const webster = {
  name: "webster",
  title: { en: "Webster (Sainte-Laguë)", da: "Webster (Sainte-Laguë)" },
  criterion: "min sum (a - q)^2 / q",
  properties: { houseMonotone: true, populationMonotone: true, lowerQuota: false, upperQuota: false },
  source: "Webster 1832; Sainte-Lague 1910; Balinski and Young, Fair Representation, 1982",
  divide: (division) =>
    divideBy({ power: 1, signpost: (seats) => [2n * seats + 1n, 2n], approximate: (seats) => seats + 0.5 }, division),
} as const satisfies Method;
