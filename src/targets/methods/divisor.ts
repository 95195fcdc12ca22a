import { approximateAt, compareWith, maximumAt, openParties, rankAt, sign, weightAt } from "./compare.js";
import { queueBy } from "./heap.js";
import type { Divided, Division } from "./method.js";
import { levelFor, quotaOf } from "./quotas.js";

/**
 * A divisor method: the next seat goes to the largest w / d(a), where a is what a party has and a <= d(a) <= a + 1.
 * `signpost(a)` is d(a) to the `power`, as numerator and denominator, so that roots stay exact.
 */
export interface DivisorRule {
  readonly power: 1 | 2;
  readonly signpost: (seats: bigint) => readonly [bigint, bigint];
  /** The same as a double, right to some units in the last place. */
  readonly approximate: (seats: number) => number;
}

/** Claim of a party to its next seat against another's; d(a) = 0 is an endless claim, larger weight first among such. */
const claims = (rule: DivisorRule, division: Division) => {
  const raised = rule.power === 1 ? division.weights : division.weights.map((weight) => weight * weight);
  const raisedAt = (party: number): bigint => raised[party] as bigint;
  const approximateClaim = (party: number, seats: number): number =>
    approximateAt(division, party) ** rule.power / rule.approximate(seats);
  const exactly = (i: number, seatsOfI: number, j: number, seatsOfJ: number): number => {
    const [numeratorI, denominatorI] = rule.signpost(BigInt(seatsOfI));
    const [numeratorJ, denominatorJ] = rule.signpost(BigInt(seatsOfJ));
    if (numeratorI === 0n && numeratorJ === 0n) return sign(weightAt(division, i) - weightAt(division, j));
    return sign(raisedAt(i) * denominatorI * numeratorJ - raisedAt(j) * denominatorJ * numeratorI);
  };
  return (i: number, seatsOfI: number, j: number, seatsOfJ: number): number =>
    compareWith(approximateClaim(i, seatsOfI), approximateClaim(j, seatsOfJ), () => exactly(i, seatsOfI, j, seatsOfJ));
};

/**
 * Divide by a divisor method, with every party held between its bounds.
 *
 * Jumps first: if parties are filled to a level at which total - n is held, each gets that rounded down, and no party
 * gets fewer in the end, for rounding by d adds at most one seat each. At most 2 n seats then remain for the queue.
 * Cost: O(n log n), whatever the total.
 */
export const divideBy = (rule: DivisorRule, division: Division): Divided => {
  const open = openParties(division);
  const least = division.minimum.reduce((sum, value) => sum + value, 0);
  const level = levelFor(division, Math.max(least, division.total - open.length));
  const seats = division.weights.map((_, party) => quotaOf(division, level, party)[0]);
  const seatsAt = (party: number): number => seats[party] as number;
  const compareClaims = claims(rule, division);
  const queue = queueBy((i, j) => {
    const order = compareClaims(i, seatsAt(i), j, seatsAt(j));
    return order === 0 ? rankAt(division, i) < rankAt(division, j) : order > 0;
  });
  for (const party of open) if (seatsAt(party) < maximumAt(division, party)) queue.push(party);
  const given: Seat[] = [];
  for (let left = division.total - seats.reduce((sum, value) => sum + value, 0); left > 0; left -= 1) {
    const party = queue.pop();
    if (party === undefined) break;
    given.push({ party, before: seatsAt(party) });
    seats[party] = seatsAt(party) + 1;
    if (seatsAt(party) < maximumAt(division, party)) queue.push(party);
  }
  return { seats, ties: tiesAt(given, queue.peek(), queue.pop, seats, compareClaims) };
};

/** A seat given to a party that had `before` seats. */
interface Seat {
  readonly party: number;
  readonly before: number;
}

/** Claims fall from seat to seat, so only parties with the last claim of all can be tied. */
const tiesAt = (
  given: readonly Seat[],
  next: number | undefined,
  pop: () => number | undefined,
  seats: readonly number[],
  compareClaims: ReturnType<typeof claims>,
): Divided["ties"] => {
  const last = given.at(-1);
  if (last === undefined || next === undefined) return [];
  const tiedWithLast = (party: number, before: number): boolean =>
    compareClaims(party, before, last.party, last.before) === 0;
  const losers: number[] = [];
  for (let party = pop(); party !== undefined; party = pop()) {
    if (!tiedWithLast(party, seats[party] as number)) break;
    losers.push(party);
  }
  if (losers.length === 0) return [];
  const others = given.findLastIndex(({ party, before }) => !tiedWithLast(party, before));
  const winners = given.slice(others + 1).map(({ party }) => party);
  return [{ parties: [...winners, ...losers].sort((a, b) => a - b), seatsLeft: winners.length }];
};
