// Typed arrays are read with `as number` here: every index comes from the core.
import { isNarrow } from "../branch.js";
import type { Core } from "../core.js";

/** A block is solved unit by unit and value by value: so many of both, multiplied, are the most. */
const MOST_CELLS = 2 ** 23;

/** Rows with more than this part of all arcs come last. */
const TOO_LARGE = 0.6;

/** Rows that a tier puts a cost on come first, then those with bounds of their own; rows that neither hold nor cost anything are of no use. */
const rankOf = (core: Core): Uint8Array => {
  const rank = new Uint8Array(core.rows);
  for (let row = 0; row < core.rows; row++)
    if (
      (core.rowMin[row] as number) > (core.rowLow[row] as number) ||
      (core.rowMax[row] as number) < (core.rowHigh[row] as number)
    )
      rank[row] = 1;
  for (const { convex = [], leximax = [] } of core.model.tiers)
    for (const { row } of [...convex, ...leximax]) rank[row] = 2;
  return rank;
};

const isEligible = (core: Core, row: number): boolean => {
  /** Per place, how many arcs it has in the row and the most that one brings. */
  const places = new Map<number, { count: number; most: number }>();
  for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++) {
    const by = core.rowCoefficients[i] as number;
    if (by < 0) return false;
    const place = core.placeOf[core.byRow.items[i] as number] as number;
    const own = places.get(place) ?? { count: 0, most: 0 };
    places.set(place, { count: own.count + 1, most: Math.max(own.most, by) });
  }
  let [groups, sum] = [0, 0];
  for (const [place, { count, most }] of places) {
    const units = Math.min(count, core.units[place] as number);
    groups += units;
    sum += units * most;
  }
  const top = Math.min(sum, core.rowHigh[row] as number, core.rowMax[row] as number);
  return isNarrow(core, top) && groups * (top + 1) <= MOST_CELLS;
};

/**
 * Rows that share no place, the largest first: each stands for a block of places whose part of the
 * model, places and row together, can be solved exactly once agents are priced (as the knapsacks of generalised assignment: Fisher, Jaikumar and Van Wassenhove 1986).
 */
export const blockRowsOf = (core: Core): readonly number[] => {
  const rank = rankOf(core);
  const sizeOf = (row: number): number => (core.byRow.start[row + 1] as number) - (core.byRow.start[row] as number);
  /** One block of nearly everything divides nothing. */
  const isTooLarge = (row: number): boolean => sizeOf(row) > TOO_LARGE * core.arcs;
  const rows = Array.from({ length: core.rows }, (_, row) => row)
    .filter((row) => (rank[row] as number) > 0 && sizeOf(row) > 0 && isEligible(core, row))
    .sort(
      (a, b) =>
        (rank[b] as number) - (rank[a] as number) ||
        Number(isTooLarge(a)) - Number(isTooLarge(b)) ||
        sizeOf(b) - sizeOf(a) ||
        a - b,
    );
  const taken = new Uint8Array(core.places);
  const chosen: number[] = [];
  for (const row of rows) {
    const places = new Set<number>();
    for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++)
      places.add(core.placeOf[core.byRow.items[i] as number] as number);
    if ([...places].some((place) => taken[place] === 1)) continue;
    for (const place of places) taken[place] = 1;
    chosen.push(row);
  }
  return chosen.sort((a, b) => a - b);
};

/** Per place the row of its block, -1 for none. */
export const blockOfPlaces = (core: Core, blocks: readonly number[]): Int32Array => {
  const blockOf = new Int32Array(core.places).fill(-1);
  for (const row of blocks)
    for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++)
      blockOf[core.placeOf[core.byRow.items[i] as number] as number] = row;
  return blockOf;
};
