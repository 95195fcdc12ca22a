// Typed arrays are read with `as number` here: every index comes from the town.
import type { Domain } from "./domain.js";
import { sortedBy, startsOf, type Town } from "./town.js";

/** Places by block, arcs by place and share. Each row given has a block; so has, by itself and without a row, each place that no such row reaches. */
export interface Blocks {
  /** Per block; -1 for none. */
  readonly rows: Int32Array;
  readonly ofRows: ReadonlySet<number>;
  readonly start: Int32Array;
  readonly places: Int32Array;
  readonly placeStart: Int32Array;
  readonly arcs: Int32Array;
  /** Per arc: what it brings to the row of its block. */
  readonly shares: Float64Array;
}

/** Null where the rows make no blocks: where one is not the model's, is named twice, takes shares below 0, or reaches a place of another. */
export const blocksOf = (town: Town, rows: readonly number[]): Blocks | null => {
  const { model, placeOf, rowStart, rowArcs, rowShares } = town;
  const blockOf = new Int32Array(model.places.length).fill(-1);
  const shares = new Float64Array(placeOf.length);
  const ofRows = new Set(rows);
  if (ofRows.size < rows.length) return null;
  for (const [block, row] of rows.entries()) {
    if (!(Number.isInteger(row) && row >= 0 && row < model.rows.length)) return null;
    for (let i = rowStart[row] as number; i < (rowStart[row + 1] as number); i++) {
      const [arc, share] = [rowArcs[i] as number, rowShares[i] as number];
      const place = placeOf[arc] as number;
      if (share < 0 || (blockOf[place] !== -1 && blockOf[place] !== block)) return null;
      blockOf[place] = block;
      shares[arc] = share;
    }
  }
  let blocks = rows.length;
  for (let place = 0; place < blockOf.length; place++) if (blockOf[place] === -1) blockOf[place] = blocks++;
  const placeStart = startsOf(placeOf, blockOf.length);
  const arcs = sortedBy(placeOf, placeStart);
  for (let place = 0; place < blockOf.length; place++)
    if ((blockOf[place] as number) < rows.length)
      arcs
        .subarray(placeStart[place], placeStart[place + 1])
        .sort((a, b) => (shares[a] as number) - (shares[b] as number));
  const start = startsOf(blockOf, blocks);
  return {
    rows: Int32Array.from({ length: blocks }, (_, block) => rows[block] ?? -1),
    ofRows,
    start,
    places: sortedBy(blockOf, start),
    placeStart,
    arcs,
    shares,
  };
};

/** Blocks in a domain, at prices. */
export interface PricedBlocks {
  readonly blocks: Blocks;
  readonly domain: Domain;
  readonly units: ArrayLike<number>;
  /** Per live arc. */
  readonly costs: Float64Array;
  /** Cost of a value of a block's row that is within the domain. */
  readonly valueCost: (row: number, y: number) => number;
}

/** What one block may choose: an arc or none per group. A slot holds those arcs of a group that bring the same share. */
export interface Choices {
  readonly row: number;
  /** Per value of the row from 0 on what it costs; Infinity where it is not possible. */
  readonly ends: Float64Array;
  /** Per group its place and its slots. */
  readonly place: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Per slot its share, its least cost, and where its arcs stand in the blocks' list. */
  readonly share: readonly number[];
  readonly cost: readonly number[];
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Blocks with more groups times values prove nothing, nor do costs whose sums may leave the range of doubles. */
const MOST_CELLS = 2 ** 27;
const LARGEST = 2 ** 1000;

/** Each unit of a place is a group of all its live arcs; where there is a unit for each of these, each is a group of its own. */
const groupsOf = ({ blocks, domain, units, costs }: PricedBlocks, block: number) => {
  const { places, placeStart, arcs, shares } = blocks;
  const [place, from, to]: [number[], number[], number[]] = [[], [], []];
  const [share, cost, first, last]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const own of places.subarray(blocks.start[block], blocks.start[block + 1])) {
    let alive = 0;
    for (let i = placeStart[own] as number; i < (placeStart[own + 1] as number); i++)
      alive += domain.live[arcs[i] as number] as number;
    const isRoomy = (units[own] as number) >= alive;
    const start = share.length;
    for (let i = placeStart[own] as number; i < (placeStart[own + 1] as number); i++) {
      const arc = arcs[i] as number;
      if (domain.live[arc] === 0) continue;
      const slot = share.length - 1;
      if (!isRoomy && slot >= start && share[slot] === shares[arc]) {
        cost[slot] = Math.min(cost[slot] as number, costs[arc] as number);
        last[slot] = i;
      } else {
        share.push(shares[arc] as number);
        cost.push(costs[arc] as number);
        first.push(i);
        last.push(i);
      }
    }
    for (let unit = 0; unit < (isRoomy ? alive : (units[own] as number)); unit++) {
      place.push(own);
      from.push(isRoomy ? start + unit : start);
      to.push(isRoomy ? start + unit + 1 : share.length);
    }
  }
  return { place, from, to, share, cost, first, last };
};

/** Null where the block is too large to be gone through, or a cost is. */
export const choicesOf = (given: PricedBlocks, block: number): Choices | null => {
  const { low, high, reach } = given.domain;
  const row = given.blocks.rows[block] as number;
  const groups = groupsOf(given, block);
  const most = groups.to.reduce((sum, to) => sum + (groups.share[to - 1] as number), 0);
  const [from, to] = row === -1 ? [0, 0] : [Math.max(0, low[row] as number), Math.min(most, high[row] as number)];
  const width = Math.max(0, to) + 1;
  if (!((groups.to.length + 1) * width <= MOST_CELLS)) return null;
  const ends = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  let largest = groups.cost.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const end = (y: number): void => {
    if (y < from || y > to) return;
    ends[y] = row === -1 ? 0 : given.valueCost(row, y);
    largest = Math.max(largest, Math.abs(ends[y] as number));
  };
  const values = reach[row] ?? null;
  if (values === null) for (let y = from; y <= to; y++) end(y);
  else for (const y of values) end(y);
  return largest * (groups.to.length + 1) < LARGEST ? { row, ends, ...groups } : null;
};
