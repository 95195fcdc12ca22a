import { divideBy } from "./divisor.js";
import type { Method } from "./method.js";

/**
 * Adams: the next seat goes to the largest w / a.
 *
 * Maximises the smallest a / w, then the next. Keeps the upper quota, favours small parties.
 * Leximin where every party has a seat and ties go to the smallest weight (for Jefferson's leximax: to the largest, the default).
 * Edge: every party of positive weight gets one seat before any gets a second; fewer seats than parties go to the largest weights.
 * Source: Adams 1832.
 */
export const adams = {
  name: "adams",
  title: { en: "Adams", da: "Adams" },
  criterion: "max min a / w, then the next smallest",
  properties: { houseMonotone: true, populationMonotone: true, lowerQuota: false, upperQuota: true },
  source: "Adams 1832; Balinski and Young, Fair Representation, 1982",
  divide: (division) =>
    divideBy({ power: 1, signpost: (seats) => [seats, 1n], approximate: (seats) => seats }, division),
} as const satisfies Method;
