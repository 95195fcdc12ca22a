// Typed arrays are read with `as number` here: every index comes from the core.
import type { Core } from "../core.js";
import type { Domain } from "../domain.js";

/** All arcs, block by block, place by place, share by share; with the block of each place (the number of blocks for none), and what each arc brings to its row. */
interface Order {
  readonly arcs: Int32Array;
  readonly blockOf: Int32Array;
  readonly shareOf: Float64Array;
}

const orders = new WeakMap<Core, Order>();

/** Made once per core: its blocks never change. */
export const orderOf = (core: Core, blockRows: readonly number[]): Order => {
  const known = orders.get(core);
  if (known !== undefined) return known;
  const blockOf = new Int32Array(core.places).fill(blockRows.length);
  const shareOf = new Float64Array(core.arcs);
  blockRows.forEach((row, block) => {
    for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++) {
      const arc = core.byRow.items[i] as number;
      blockOf[core.placeOf[arc] as number] = block;
      shareOf[arc] = core.rowCoefficients[i] as number;
    }
  });
  const places = Int32Array.from({ length: core.places }, (_, place) => place).sort(
    (a, b) => (blockOf[a] as number) - (blockOf[b] as number) || a - b,
  );
  const arcs = new Int32Array(core.arcs);
  let size = 0;
  for (const place of places) {
    const from = size;
    for (let i = core.byPlace.start[place] as number; i < (core.byPlace.start[place + 1] as number); i++)
      arcs[size++] = core.byPlace.items[i] as number;
    arcs.subarray(from, size).sort((a, b) => (shareOf[a] as number) - (shareOf[b] as number) || a - b);
  }
  const order = { arcs, blockOf, shareOf };
  orders.set(core, order);
  return order;
};

interface Groups {
  readonly blockRows: readonly number[];
  readonly blockStart: readonly number[];
  readonly group: {
    readonly from: readonly number[];
    readonly to: readonly number[];
    readonly full: readonly number[];
  };
  readonly share: readonly number[];
}

/**
 * What the groups of each block before a group can come to, so that the others can bring the row into its range: `low[layer]` to `high[layer]`,
 * a layer for each group and one behind the last, block by block.
 */
const windowsOf = (domain: Domain, { blockRows, blockStart, group, share }: Groups) => {
  const low: number[] = [];
  const high: number[] = [];
  const width = blockRows.map((row, block) => {
    const from = blockStart[block] as number;
    const to = blockStart[block + 1] as number;
    const least = (g: number): number => (group.full[g] === 1 ? (share[group.from[g] as number] as number) : 0);
    const most = (g: number): number => share[(group.to[g] as number) - 1] as number;
    let [leastLeft, mostLeft] = [0, 0];
    for (let g = from; g < to; g++) {
      leastLeft += least(g);
      mostLeft += most(g);
    }
    const bottom = Math.max(0, domain.low[row] as number);
    const top = Math.max(0, Math.min(mostLeft, domain.high[row] as number));
    let [leastYet, mostYet] = [0, 0];
    for (let g = from; g <= to; g++) {
      low.push(Math.max(leastYet, bottom - mostLeft));
      high.push(Math.min(mostYet, top - leastLeft));
      if (g === to) break;
      leastYet += least(g);
      mostYet += most(g);
      leastLeft -= least(g);
      mostLeft -= most(g);
    }
    return top + 1;
  });
  return { width: Int32Array.from(width), low: Int32Array.from(low), high: Int32Array.from(high) };
};

/**
 * The live arcs of a domain, block by block, place by place, share by share.
 * A group is a unit of a place, of which one arc may be chosen; of a place with room for everybody every arc is a group of its own.
 * A slot holds the arcs of a group that bring the same share to the block's row: only the cheapest of them matters.
 */
export const layoutOf = (core: Core, domain: Domain, blockRows: readonly number[]) => {
  const order = orderOf(core, blockRows);
  const blockStart: number[] = [0];
  const group = { from: [] as number[], to: [] as number[], full: [] as number[] };
  const slotStart: number[] = [];
  const share: number[] = [];
  const arcs = order.arcs.filter((arc) => domain.live[arc] === 1);
  for (let i = 0; i < arcs.length; ) {
    const place = core.placeOf[arcs[i] as number] as number;
    const block = order.blockOf[place] as number;
    while (blockStart.length <= block) blockStart.push(group.from.length);
    let end = i + 1;
    while (end < arcs.length && core.placeOf[arcs[end] as number] === place) end++;
    const units = core.units[place] as number;
    const full = domain.full[place] as number;
    const roomy = units >= end - i;
    const first = share.length;
    for (let last = Number.NaN; i < end; i++) {
      const own = order.shareOf[arcs[i] as number] as number;
      if (!roomy && own === last) continue;
      last = own;
      slotStart.push(i);
      share.push(own);
    }
    const copies = roomy ? share.length - first : units;
    for (let copy = 0; copy < copies; copy++) {
      group.from.push(roomy ? first + copy : first);
      group.to.push(roomy ? first + copy + 1 : share.length);
      group.full.push(full);
    }
  }
  while (blockStart.length < blockRows.length + 2) blockStart.push(group.from.length);
  slotStart.push(arcs.length);
  return {
    ...windowsOf(domain, { blockRows, blockStart, group, share }),
    blockStart: Int32Array.from(blockStart),
    groupFrom: Int32Array.from(group.from),
    groupTo: Int32Array.from(group.to),
    groupFull: Uint8Array.from(group.full),
    slotStart: Int32Array.from(slotStart),
    slotShare: Int32Array.from(share),
    arcs,
  };
};
