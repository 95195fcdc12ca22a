// Typed arrays are read with `as number` here: every index comes from the town.
import type { Domain } from "./domain.js";
import type { Town } from "./town.js";

/** Rows over more places, or with larger values, can take nearly every value. */
const FEW_PLACES = 24;
const WIDEST = 2048;

/** Whether not all shares of a row are alike: sums of such leave gaps. */
export const isVaried = ({ rowStart, rowShares }: Town, row: number): boolean => {
  const shares = rowShares.subarray(rowStart[row] as number, rowStart[row + 1] as number);
  return shares.some((share) => share !== shares[0]);
};

/** A row over few places: its entries by place and by share. Shares are numbered from 1; number 0 is the share 0, of who is not in the row. */
export interface FewPlaces {
  readonly row: number;
  readonly places: readonly number[];
  readonly shares: readonly number[];
  readonly placeAt: Uint8Array;
  readonly shareAt: Int32Array;
}

export const fewPlacesOf = ({ model, placeOf, rowStart, rowArcs, rowShares }: Town, row: number): FewPlaces | null => {
  const [from, to] = [rowStart[row] as number, rowStart[row + 1] as number];
  const placeNumber = new Map<number, number>();
  const shareNumber = new Map([[0, 0]]);
  const placeAt = new Uint8Array(to - from);
  const shareAt = new Int32Array(to - from);
  for (let i = from; i < to; i++) {
    const [place, share] = [placeOf[rowArcs[i] as number] as number, rowShares[i] as number];
    if (!placeNumber.has(place)) placeNumber.set(place, placeNumber.size);
    if (!shareNumber.has(share)) shareNumber.set(share, shareNumber.size);
    if (share < 0 || placeNumber.size > FEW_PLACES || model.places[place] === Number.POSITIVE_INFINITY) return null;
    placeAt[i - from] = placeNumber.get(place) as number;
    shareAt[i - from] = shareNumber.get(share) as number;
  }
  return { row, places: [...placeNumber.keys()], shares: [...shareNumber.keys()], placeAt, shareAt };
};

/** Sums of one more share, as bits up to `mask`; shares that are too large for any sum are left out. */
const oneMore = (sums: bigint, given: { shares: readonly number[]; has: (k: number) => boolean; mask: bigint }) => {
  const { shares, has, mask } = given;
  let next = 0n;
  for (let k = 0; k < shares.length; k++)
    if (has(k) && (shares[k] as number) <= WIDEST) next |= sums << BigInt(shares[k] as number);
  return next & mask;
};

interface Given {
  readonly town: Town;
  readonly domain: Domain;
  readonly liveOf: Int32Array;
  readonly liveAt: Int32Array;
  readonly drop: (arc: number) => void;
}

/** Which shares each place can bring (place * shares + share), and the sums of one share of each agent. */
const broughtOf = ({ row, places, shares, placeAt, shareAt }: FewPlaces, given: Given, mask: bigint) => {
  const { town, domain, liveOf, liveAt } = given;
  const [from, to] = [town.rowStart[row] as number, town.rowStart[row + 1] as number];
  const brings = new Uint8Array(places.length * shares.length);
  const liveIn = new Int32Array(places.length);
  const last = new Int32Array(shares.length);
  let sums = 1n;
  for (let i = from; i < to; ) {
    const agent = town.agentOf[town.rowArcs[i] as number] as number;
    let count = 0;
    for (; i < to && town.agentOf[town.rowArcs[i] as number] === agent; i++) {
      if (domain.live[town.rowArcs[i] as number] === 0) continue;
      const [p, k] = [placeAt[i - from] as number, shareAt[i - from] as number];
      count++;
      brings[p * shares.length + k] = 1;
      liveIn[p] = (liveIn[p] as number) + 1;
      last[k] = agent + 1;
    }
    if (count === 0) continue;
    if (!(domain.must[agent] === 1 && count === liveOf[agent])) last[0] = agent + 1;
    sums = oneMore(sums, { shares, mask, has: (k) => last[k] === agent + 1 });
  }
  // A full place whose arcs are all in the row brings something with every unit; others may bring nothing.
  places.forEach((place, p) => {
    if (!(domain.full[place] === 1 && liveIn[p] === liveAt[place])) brings[p * shares.length] = 1;
  });
  return { brings, liveIn, sums };
};

/**
 * Rows over few places: the values that sums of one share per unit, and of one share per agent, can come to (the knapsack filter of Trick 2003).
 * Drops arcs that fit no such sum; places that must bring something become full.
 */
export const filterSums = (few: FewPlaces, given: Given): "none" | "moved" | "same" => {
  const { row: r, places, shares, placeAt, shareAt } = few;
  const { town, domain } = given;
  const [bottom, top] = [domain.low[r] as number, domain.high[r] as number];
  if (top > WIDEST) return "same";
  const mask = (1n << BigInt(top + 1)) - 1n;
  const { brings, liveIn, sums } = broughtOf(few, given, mask);
  const units = places.flatMap((place, p) =>
    liveIn[p] === 0 ? [] : new Array<number>(Math.min(town.model.places[place] as number, town.model.agents)).fill(p),
  );
  const before = [1n];
  for (const [i, p] of units.entries())
    before.push(oneMore(before[i] as bigint, { shares, mask, has: (k) => brings[p * shares.length + k] === 1 }));
  let after = (before[units.length] as bigint) & sums & (mask ^ ((1n << BigInt(Math.max(0, bottom))) - 1n));
  const values: number[] = [];
  for (let y = bottom; y <= top; y++) if (((after >> BigInt(y)) & 1n) === 1n) values.push(y);
  if (values.length === 0) return "none";
  domain.reach[r] = values.length === top - bottom + 1 ? null : Int32Array.from(values);
  domain.low[r] = values[0] as number;
  domain.high[r] = values[values.length - 1] as number;
  let moved = domain.low[r] !== bottom || domain.high[r] !== top;
  // Backwards: the sums from which an end is reached. A share fits where a sum before it meets a sum after it.
  const fits = new Uint8Array(brings.length);
  for (let i = units.length - 1; i >= 0; i--) {
    const p = units[i] as number;
    let next = 0n;
    for (let k = 0; k < shares.length; k++) {
      const share = shares[k] as number;
      if (brings[p * shares.length + k] === 0 || share > top) continue;
      const earlier = after >> BigInt(share);
      if (((before[i] as bigint) & earlier) !== 0n) fits[p * shares.length + k] = 1;
      next |= earlier;
    }
    after = next;
  }
  const from = town.rowStart[r] as number;
  for (let i = 0; i < placeAt.length; i++) {
    const arc = town.rowArcs[from + i] as number;
    if (domain.live[arc] === 0 || fits[(placeAt[i] as number) * shares.length + (shareAt[i] as number)] === 1) continue;
    given.drop(arc);
    moved = true;
  }
  places.forEach((place, p) => {
    if (liveIn[p] === 0 || fits[p * shares.length] === 1 || domain.full[place] === 1) return;
    if ((town.model.places[place] as number) > town.model.agents) return;
    domain.full[place] = 1;
    moved = true;
  });
  return moved ? "moved" : "same";
};
