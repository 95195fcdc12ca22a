// Typed arrays and lists are read with `as number` here: every index comes from the town or from `choicesOf`.
import { type Choices, choicesOf, type PricedBlocks } from "./blocks.js";

/** One more group: the least cost per value of the row, from that without it. */
const addGroup = (
  { from, to, share, cost }: Choices,
  given: { readonly group: number; readonly isFull: boolean; readonly sums: Float64Array; readonly next: Float64Array },
): void => {
  const { group, isFull, sums, next } = given;
  if (isFull) next.fill(Number.POSITIVE_INFINITY);
  else next.set(sums);
  for (let slot = from[group] as number; slot < (to[group] as number); slot++) {
    const [brings, own] = [share[slot] as number, cost[slot] as number];
    for (let y = brings; y < next.length; y++) {
      const value = (sums[y - brings] as number) + own;
      if (value < (next[y] as number)) next[y] = value;
    }
  }
};

/** The least cost per value of the row, group after group: of none, of the first, of the first two, and at last of all. */
const sumsOf = (choices: Choices, full: Uint8Array): readonly Float64Array[] => {
  const { ends, place } = choices;
  const cells = new Float64Array((place.length + 1) * ends.length);
  const all = Array.from({ length: place.length + 1 }, (_, i) =>
    cells.subarray(i * ends.length, (i + 1) * ends.length),
  );
  all[0]?.fill(Number.POSITIVE_INFINITY, 1);
  place.forEach((own, group) => {
    const [sums, next] = [all[group] as Float64Array, all[group + 1] as Float64Array];
    addGroup(choices, { group, isFull: full[own] === 1, sums, next });
  });
  return all;
};

/** Least sum of two lists, the second read from its end; `gone` values fewer of each count. */
const meeting = (sums: Float64Array, rest: Float64Array, gone: number): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let y = 0, z = rest.length - 1 - gone; z >= 0; y++, z--) {
    const value = (sums[y] as number) + (rest[z] as number);
    if (value < least) least = value;
  }
  return least;
};

/** Take out what makes the choice of one block dearer than `most`: arcs, empty units, values at the ends of its row. */
const cutBlock = ({ blocks, domain, units, costs }: PricedBlocks, choices: Choices, most: number): void => {
  const { live, full, low, high } = domain;
  const { row, ends, place, from, to, share, first, last } = choices;
  const all = sumsOf(choices, full);
  if (row !== -1) {
    const sums = all.at(-1) as Float64Array;
    const isDear = (y: number): boolean => (sums[y] as number) + (ends[y] as number) > most;
    let [least, largest] = [Math.max(0, low[row] as number), Math.min(ends.length - 1, high[row] as number)];
    while (least < largest && isDear(least)) least++;
    while (largest > least && isDear(largest)) largest--;
    [low[row], high[row]] = [least, largest];
  }
  // The least cost of the row and of all later groups, per value that is still to come, from the largest down to 0.
  let [rest, next] = [ends.slice().reverse(), new Float64Array(ends.length)];
  // Groups of one place that cannot stay empty.
  let taken = 0;
  for (let group = place.length - 1; group >= 0; group--) {
    const own = place[group] as number;
    const sums = all[group] as Float64Array;
    for (let slot = from[group] as number; slot < (to[group] as number); slot++) {
      const left = most - meeting(sums, rest, share[slot] as number);
      for (let i = first[slot] as number; i <= (last[slot] as number); i++)
        if ((costs[blocks.arcs[i] as number] as number) > left) live[blocks.arcs[i] as number] = 0;
    }
    if (meeting(sums, rest, 0) > most) taken++;
    addGroup(choices, { group, isFull: full[own] === 1, sums: rest, next });
    [rest, next] = [next, rest];
    if (place[group - 1] === own) continue;
    // Only where there is a group for each unit is the place full.
    if (taken === units[own]) full[own] = 1;
    taken = 0;
  }
};

/** What no partial sum of a block's best choice exceeds, times how often sums are rounded, here and in the cut. */
const sizeOf = ({ ends, from, to, cost }: Choices, least: number): number => {
  let below = -ends.reduce((a, b) => Math.min(a, b), 0);
  for (let group = 0; group < from.length; group++) {
    let cheapest = 0;
    for (let slot = from[group] as number; slot < (to[group] as number); slot++)
      cheapest = Math.min(cheapest, cost[slot] as number);
    below -= cheapest;
  }
  return ((from.length + 8) / 4) * (Math.abs(least) + below);
};

/**
 * What each block's choice costs at the least, Infinity where it has none, and the magnitude of what was summed up for it; null where that proves nothing.
 * `cut` takes out of the domain what makes a block dearer than its least by more than the gap. Cost: slots of all groups times row values.
 */
export const leastOfBlocks = (given: PricedBlocks) => {
  const all: Choices[] = [];
  const least: number[] = [];
  let size = 0;
  for (let block = 0; block < given.blocks.rows.length; block++) {
    const choices = choicesOf(given, block);
    if (choices === null) return null;
    const sums = sumsOf(choices, given.domain.full).at(-1) as Float64Array;
    all.push(choices);
    least.push(meeting(sums, choices.ends.slice().reverse(), 0));
    size += sizeOf(choices, least[block] as number);
  }
  const cut = (gap: number): void => {
    all.forEach((choices, block) => {
      cutBlock(given, choices, (least[block] as number) + gap);
    });
  };
  return { least, size, cut };
};
