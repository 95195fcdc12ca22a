import { InternalError } from "../../base/errors.js";
import { gcd, type Ratio } from "../../base/exact.js";
import { risingLevel } from "../level.js";
import { approximateAt, compareWith, maximumAt, openParties, rankAt, sign, weightAt } from "./compare.js";
import { queueBy } from "./heap.js";
import type { Divided, Division, Method, Tie } from "./method.js";
import { partsOf } from "./quotas.js";

/** A seat that was given while another party had the same claim. */
interface Drawn {
  readonly party: number;
  readonly at: number;
}

const claimKey = (division: Division, party: number, seats: number): string => {
  const weight = weightAt(division, party);
  const next = BigInt(seats + 1);
  const divisor = gcd(weight, next);
  return `${weight / divisor}/${next / divisor}`;
};

// Longer than most: one loop over the seats, its two queues and the notes on ties belong together.
const divide = (division: Division): Divided => {
  const seats = [...division.minimum];
  const seatsAt = (party: number): number => seats[party] as number;
  const least = seats.reduce((sum, value) => sum + value, 0);
  // What is there already does not bind the quota: so a series that goes on from its own past is the series itself.
  const parts = partsOf(division);
  const levelAt = risingLevel({
    ...parts,
    lower: parts.lower.map((value, party) => (weightAt(division, party) === 0n ? value : 0n)),
  });
  const eligibleSince = new Map<number, number>();
  const compareClaims = (i: number, j: number): number =>
    compareWith(approximateAt(division, i) / (seatsAt(i) + 1), approximateAt(division, j) / (seatsAt(j) + 1), () =>
      sign(weightAt(division, i) * BigInt(seatsAt(j) + 1) - weightAt(division, j) * BigInt(seatsAt(i) + 1)),
    );
  const eligible = queueBy((i, j) => {
    const order = compareClaims(i, j);
    return order === 0 ? rankAt(division, i) < rankAt(division, j) : order > 0;
  });
  // Whoever has least for its weight falls below its quota first.
  const waiting = queueBy((i, j) => {
    const order = compareWith(seatsAt(i) / approximateAt(division, i), seatsAt(j) / approximateAt(division, j), () =>
      sign(BigInt(seatsAt(i)) * weightAt(division, j) - BigInt(seatsAt(j)) * weightAt(division, i)),
    );
    return order === 0 ? rankAt(division, i) < rankAt(division, j) : order < 0;
  });
  const belowQuota = (party: number, level: Ratio): boolean =>
    BigInt(seatsAt(party)) * level.denominator < level.numerator * weightAt(division, party);
  const drawn = new Map<string, Drawn[]>();
  for (const party of openParties(division)) waiting.push(party);
  for (let house = least + 1; house <= division.total; house += 1) {
    const level = levelAt(BigInt(house));
    if (level === null) throw new InternalError("apportion.no-level", `no level holds ${house}`);
    for (let party = waiting.peek(); party !== undefined && belowQuota(party, level); party = waiting.peek()) {
      waiting.pop();
      eligible.push(party);
      eligibleSince.set(party, house);
    }
    const winner = eligible.pop();
    if (winner === undefined) throw new InternalError("apportion.nobody-eligible", `nobody is below quota at ${house}`);
    const rival = eligible.peek();
    if (rival !== undefined && compareClaims(winner, rival) === 0) {
      const key = claimKey(division, winner, seatsAt(winner));
      const known = drawn.get(key);
      if (known === undefined) drawn.set(key, [{ party: winner, at: house }]);
      else known.push({ party: winner, at: house });
    }
    seats[winner] = seatsAt(winner) + 1;
    if (seatsAt(winner) < maximumAt(division, winner)) waiting.push(winner);
  }
  return { seats, ties: tiesAmong(division, seats, eligible, eligibleSince, drawn) };
};

/** Ties that the seats to come have not settled: somebody who had the same claim is still waiting for that seat. */
const tiesAmong = (
  division: Division,
  seats: readonly number[],
  eligible: { readonly pop: () => number | undefined },
  eligibleSince: ReadonlyMap<number, number>,
  drawn: ReadonlyMap<string, readonly Drawn[]>,
): readonly Tie[] => {
  const losers = new Map<string, number[]>();
  for (let party = eligible.pop(); party !== undefined && drawn.size > 0; party = eligible.pop()) {
    const key = claimKey(division, party, seats[party] as number);
    const since = eligibleSince.get(party) ?? 0;
    const latest = drawn.get(key)?.at(-1);
    if (latest !== undefined && latest.at >= since) losers.set(key, [...(losers.get(key) ?? []), party]);
  }
  return [...losers].map(([key, parties]) => {
    const since = Math.min(...parties.map((party) => eligibleSince.get(party) ?? 0));
    const winners = (drawn.get(key) ?? []).filter(({ at }) => at >= since).map(({ party }) => party);
    return { parties: [...winners, ...parties].sort((a, b) => a - b), seatsLeft: winners.length };
  });
};

/**
 * The quota method: the next seat, the h-th, goes to the largest w / (a + 1) among those that are below their quota h w / W,
 * so that nobody rises above the quota rounded up, and nobody falls below it rounded down.
 *
 * House-monotone and within the quota, the two together. With bounds, h w / W becomes clamp(level * w, 0, maximum), a minimum is where
 * the count begins, and the lower quota is no longer promised. If the minimum is what the method itself gave for fewer seats, nothing
 * changes: the promise "within one" then holds over the years. Cost: O(total log n): the way there decides, so nothing can be skipped.
 * Source: Balinski and Young, The quota method of apportionment, American Mathematical Monthly 82, 1975.
 */
export const quota = {
  name: "quota",
  title: { en: "Quota method (Balinski-Young)", da: "Kvotemetoden (Balinski-Young)" },
  criterion: "within one of q at every total, never falling",
  properties: { houseMonotone: true, populationMonotone: false, lowerQuota: true, upperQuota: true },
  source: "Balinski and Young, American Mathematical Monthly 82, 1975",
  divide,
} as const satisfies Method;
