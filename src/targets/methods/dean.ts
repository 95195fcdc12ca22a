import { divideBy } from "./divisor.js";
import type { Method } from "./method.js";

/**
 * Dean: the next seat goes to the largest w / d, with d = 2 a (a + 1) / (2 a + 1), the harmonic mean of a and a + 1.
 *
 * No transfer of one seat brings the weights per seat of two parties closer.
 * Edge: every party of positive weight gets one seat before any gets a second; fewer seats than parties go to the largest weights.
 * Source: Dean 1832; Huntington 1928.
 */
export const dean = {
  name: "dean",
  title: { en: "Dean (harmonic mean)", da: "Dean (harmonisk middel)" },
  criterion: "no transfer of one seat lowers abs(w_i / a_i - w_j / a_j)",
  properties: { houseMonotone: true, populationMonotone: true, lowerQuota: false, upperQuota: false },
  source: "Dean 1832; Huntington 1928; Balinski and Young, Fair Representation, 1982",
  divide: (division) =>
    divideBy(
      {
        power: 1,
        signpost: (seats) => [2n * seats * (seats + 1n), 2n * seats + 1n],
        approximate: (seats) => (2 * seats * (seats + 1)) / (2 * seats + 1),
      },
      division,
    ),
} as const satisfies Method;
