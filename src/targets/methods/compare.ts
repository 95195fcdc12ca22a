import type { Division } from "./method.js";

/**
 * Two doubles further apart than this, relatively, are in the same order as the exact numbers they stand for:
 * their own error is some units of 1e-16.
 */
const TRUSTED_GAP = 1e-12;

/** Below this, squares and quotients lose digits (2^-1022 is about 2e-308). */
const TRUSTED_SIZE = 1e-280;

/** -1, 0 or 1 where the doubles decide; `exactly` is asked only where they are too close or too small. */
export const compareWith = (a: number, b: number, exactly: () => number): number => {
  if (a > TRUSTED_SIZE && a > b * (1 + TRUSTED_GAP)) return 1;
  if (b > TRUSTED_SIZE && b > a * (1 + TRUSTED_GAP)) return -1;
  return exactly();
};

export const sign = (value: bigint): number => (value > 0n ? 1 : value < 0n ? -1 : 0);

// Inside the arrays by construction: every index is a party's.
export const weightAt = (division: Division, party: number): bigint => division.weights[party] as bigint;
export const approximateAt = (division: Division, party: number): number => division.approximate[party] as number;
export const minimumAt = (division: Division, party: number): number => division.minimum[party] as number;
export const maximumAt = (division: Division, party: number): number => division.maximum[party] as number;
export const rankAt = (division: Division, party: number): number => division.rank[party] as number;

/** Indices of the parties that can get more than their minimum. */
export const openParties = (division: Division): readonly number[] =>
  division.weights.flatMap((weight, party) =>
    weight > 0n && minimumAt(division, party) < maximumAt(division, party) ? [party] : [],
  );
