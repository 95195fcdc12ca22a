import { rankAt } from "./compare.js";
import type { Divided, Division, Method } from "./method.js";
import { levelFor, quotaOf } from "./quotas.js";

const divide = (division: Division): Divided => {
  const level = levelFor(division, division.total);
  const quotas = division.weights.map((_, party) => quotaOf(division, level, party));
  const seats = quotas.map(([whole]) => whole);
  const remainder = (party: number): bigint => quotas[party]?.[1] ?? 0n;
  const queue = quotas
    .flatMap(([, rest], party) => (rest > 0n ? [party] : []))
    .sort((i, j) =>
      remainder(i) === remainder(j) ? rankAt(division, i) - rankAt(division, j) : remainder(i) > remainder(j) ? -1 : 1,
    );
  const left = division.total - seats.reduce((sum, value) => sum + value, 0);
  for (const party of queue.slice(0, left)) seats[party] = (seats[party] as number) + 1;
  const last = queue[left - 1];
  const next = queue[left];
  if (last === undefined || next === undefined || remainder(last) !== remainder(next)) return { seats, ties: [] };
  const tied = queue.filter((party) => remainder(party) === remainder(last));
  const seatsLeft = queue.slice(0, left).filter((party) => remainder(party) === remainder(last)).length;
  return { seats, ties: [{ parties: tied.sort((a, b) => a - b), seatsLeft }] };
};

/**
 * Hamilton, largest remainders: every party gets its quota rounded down, the rest goes to the largest remainders.
 *
 * Minimises sum abs(a - q), and sum (a - q)^2. With bounds, the quotas are the bounded ones, clamp(level * w, minimum, maximum).
 * Edge: not house-monotone (Alabama 1880), nor population-monotone. Source: Hamilton 1792; Hare 1859.
 */
export const hamilton = {
  name: "hamilton",
  title: { en: "Hamilton (largest remainders)", da: "Hamilton (største brøks metode)" },
  criterion: "min sum abs(a - q)",
  properties: { houseMonotone: false, populationMonotone: false, lowerQuota: true, upperQuota: true },
  source: "Hamilton 1792; Balinski and Young, Fair Representation, 1982",
  divide,
} as const satisfies Method;
