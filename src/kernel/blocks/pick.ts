// Typed arrays are read with `as number` here: every index comes from the core.
import type { Core } from "../core.js";
import type { Domain } from "../domain.js";
import type { ProofPrices } from "../proof.js";
import { type Prices, type RowTable, rowProblems, type Task } from "../relax.js";
import { layoutOf } from "./layout.js";

/** Prices on agents, and on whatever no block holds: rows of their own and limits; whole, in the stage's unit. */
export interface AgentPrices extends Prices {
  /** 0 or less, except for those who have to be served. */
  readonly agent: Float64Array;
}

/** What prices on agents prove, and what the blocks choose at these prices: an agent may be chosen by several, or by none. */
export interface Picked {
  readonly bound: number;
  readonly prices: AgentPrices;
  /** The arcs chosen, block by block. */
  readonly arcs: Int32Array;
  /** How often each agent is chosen. */
  readonly taken: Int32Array;
  /** Per row: what is wanted at its price, and what the arcs bring. Rows of blocks want what they bring. */
  readonly wanted: Float64Array;
  readonly brought: Float64Array;
  /** Per limit, by how much it is exceeded. */
  readonly excess: Float64Array;
}

/** So many sums of blocks take as long as what else is to be done about one arc, as measured. */
const SUMS = 20;

/** Prices on agents as a proof has them: places have none. */
export const pricedAgents = ({ places }: Core, prices: AgentPrices): ProofPrices => ({
  ...prices,
  place: new Float64Array(places),
});

/**
 * The relaxation in which agents are priced instead of rows: every block chooses for itself, exactly, who lives where and what its row comes to.
 * Its bound is never below that of `relaxation` at its best, since a block's choice is whole. Cost: arcs, plus groups times row values.
 */
export const picking = (task: Task, domain: Domain) => {
  const { core, stage, limits, blocks: blockRows } = task;
  const layout = layoutOf(core, domain, blockRows);
  const { blockStart, groupFrom, groupTo, groupFull, slotStart, slotShare, arcs, width, low, high } = layout;
  const blocks = blockRows.length;
  const { tables, costAt: sideCost, cheapest } = rowProblems(task);
  const tablesOf = (row: number): readonly RowTable[] => tables[row] as readonly RowTable[];
  const isBlockRow = new Uint8Array(core.rows);
  for (const row of blockRows) isBlockRow[row] = 1;
  const isTouched = new Uint8Array(core.rows);
  for (const arc of arcs)
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++)
      isTouched[core.byArc.items[j] as number] = 1;
  /** Rows outside of blocks that something depends on. */
  const sideRows = Array.from({ length: core.rows }, (_, row) => row).filter(
    (row) =>
      isBlockRow[row] === 0 &&
      (tablesOf(row).length > 0 ||
        (isTouched[row] === 1 &&
          ((domain.low[row] as number) > (core.rowLow[row] as number) ||
            (domain.high[row] as number) < (core.rowHigh[row] as number)))),
  );
  const sideStart = new Int32Array(arcs.length + 1);
  const sideRow = new Int32Array(core.byArc.items.length);
  const sideBy = new Float64Array(core.byArc.items.length);
  let sides = 0;
  const isSide = new Uint8Array(core.rows);
  for (const row of sideRows) isSide[row] = 1;
  arcs.forEach((arc, i) => {
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
      const row = core.byArc.items[j] as number;
      if (isSide[row] === 0) continue;
      sideRow[sides] = row;
      sideBy[sides++] = core.arcCoefficients[j] as number;
    }
    sideStart[i + 1] = sides;
  });
  const agents = arcs.map((arc) => core.agentOf[arc] as number);
  const cost = new Float64Array(arcs.length);
  const slotCost = new Float64Array(slotShare.length);
  const slotArc = new Int32Array(slotShare.length);
  let widest = 1;
  let cells = 1;
  let sums = 0;
  for (let block = 0; block < blocks; block++) {
    widest = Math.max(widest, width[block] as number);
    const groups = (blockStart[block + 1] as number) - (blockStart[block] as number);
    cells = Math.max(cells, (width[block] as number) * (groups + 1));
    for (let group = blockStart[block] as number; group < (blockStart[block + 1] as number); group++)
      sums += ((groupTo[group] as number) - (groupFrom[group] as number)) * (width[block] as number);
  }
  const layers = new Float64Array(cells);
  const ends = new Float64Array(widest);
  // What blocks chose last: where nothing is priced otherwise they choose the same again.
  const isStale = new Uint8Array(blocks + 1).fill(1);
  const blockOfSlot = new Int32Array(slotShare.length).fill(blocks);
  for (let block = 0; block <= blocks; block++)
    for (let group = blockStart[block] as number; group < (blockStart[block + 1] as number); group++)
      blockOfSlot.fill(block, groupFrom[group] as number, groupTo[group] as number);
  const pickOf = new Int32Array(blockStart[blocks + 1] as number).fill(-1);
  const least = new Float64Array(blocks);
  const rowValue = new Int32Array(blocks).fill(-1);

  // Arcs at the prices of side rows and limits alone: these change seldom.
  const base = new Float64Array(arcs.length);
  let lastPrices: Prices | null = null;
  const isSame = (one: Float64Array, other: Float64Array): boolean => one.every((price, i) => price === other[i]);
  const priceOthers = ({ row, limit }: Prices): void => {
    if (
      lastPrices !== null &&
      isSame(limit, lastPrices.limit) &&
      sideRows.every((one) => row[one] === lastPrices?.row[one])
    )
      return;
    if (lastPrices === null || !isSame(limit, lastPrices.limit)) isStale.fill(1);
    lastPrices = { row, limit };
    const { weights } = stage;
    for (let i = 0; i < arcs.length; i++) {
      let sum = weights === null ? 0 : (weights[arcs[i] as number] as number);
      for (let j = sideStart[i] as number; j < (sideStart[i + 1] as number); j++)
        sum -= (row[sideRow[j] as number] as number) * (sideBy[j] as number);
      base[i] = sum;
    }
    limits.forEach(({ priced: { weights: own } }, k) => {
      const price = limit[k] as number;
      if (price === 0 || own === null) return;
      for (let i = 0; i < arcs.length; i++) base[i] = (base[i] as number) + price * (own[arcs[i] as number] as number);
    });
  };
  const priceArcs = (prices: AgentPrices): void => {
    priceOthers(prices);
    const { agent } = prices;
    for (let slot = 0, i = 0; slot < slotShare.length; slot++) {
      const end = slotStart[slot + 1] as number;
      let best = Number.POSITIVE_INFINITY;
      let at = -1;
      for (; i < end; i++) {
        const own = (base[i] as number) - (agent[agents[i] as number] as number);
        cost[i] = own;
        if (own < best) {
          best = own;
          at = i;
        }
      }
      if (slotCost[slot] === best && slotArc[slot] === at) continue;
      slotCost[slot] = best;
      slotArc[slot] = at;
      isStale[blockOfSlot[slot] as number] = 1;
    }
  };

  /** What a value of a block's row costs: it has no price. */
  const costAt = (row: number, y: number, { limit }: AgentPrices): number => {
    let sum = 0;
    for (const { limit: k, table } of tablesOf(row))
      sum += (k < 0 ? 1 : (limit[k] as number)) * (table[y - (core.rowLow[row] as number)] as number);
    return sum;
  };
  /** What the values of a block's row cost, Infinity outside of its range. */
  const endsOf = (row: number, top: number, prices: AgentPrices): void => {
    ends.fill(Number.POSITIVE_INFINITY, 0, top + 1);
    const low = Math.max(0, domain.low[row] as number);
    const reach = domain.reach[row] as Int32Array | null;
    if (reach === null) for (let y = low; y <= top; y++) ends[y] = costAt(row, y, prices);
    else for (const y of reach) if (y >= low && y <= top) ends[y] = costAt(row, y, prices);
  };

  /** The least cost of every sum before each group of a block: layer by layer, `layers[layer * width + y]`. */
  const sumUp = (block: number): void => {
    const from = blockStart[block] as number;
    const to = blockStart[block + 1] as number;
    const wide = width[block] as number;
    const window = from + block;
    layers.fill(Number.POSITIVE_INFINITY, 0, (to - from + 1) * wide);
    layers[0] = 0;
    for (let group = from; group < to; group++) {
      const at = (group - from) * wide;
      const next = at + wide;
      const layer = group - from + window;
      const first = low[layer] as number;
      const last = high[layer] as number;
      const bottom = low[layer + 1] as number;
      const top = high[layer + 1] as number;
      if (groupFull[group] === 0) {
        const end = Math.min(last, top);
        for (let y = Math.max(first, bottom); y <= end; y++) layers[next + y] = layers[at + y] as number;
      }
      for (let slot = groupFrom[group] as number; slot < (groupTo[group] as number); slot++) {
        const share = slotShare[slot] as number;
        const own = slotCost[slot] as number;
        const end = Math.min(last + share, top);
        const back = at - share;
        for (let y = Math.max(first + share, bottom); y <= end; y++) {
          const value = (layers[back + y] as number) + own;
          if (value < (layers[next + y] as number)) layers[next + y] = value;
        }
      }
    }
  };

  /** What a block chooses: `pickOf` its groups, `rowValue` its row, at the `least` cost. */
  const choose = (block: number, prices: AgentPrices): void => {
    const row = blockRows[block] as number;
    const from = blockStart[block] as number;
    const to = blockStart[block + 1] as number;
    const wide = width[block] as number;
    sumUp(block);
    endsOf(row, wide - 1, prices);
    let best = Number.POSITIVE_INFINITY;
    let y = -1;
    const last = (to - from) * wide;
    for (let value = 0; value < wide; value++) {
      const total = (layers[last + value] as number) + (ends[value] as number);
      if (total < best) {
        best = total;
        y = value;
      }
    }
    least[block] = best;
    rowValue[block] = y;
    pickOf.fill(-1, from, to);
    if (y < 0) return;
    for (let group = to - 1; group >= from; group--) {
      const at = (group - from) * wide;
      const now = layers[at + wide + y] as number;
      if (groupFull[group] === 0 && layers[at + y] === now) continue;
      for (let slot = groupFrom[group] as number; slot < (groupTo[group] as number); slot++) {
        const share = slotShare[slot] as number;
        if (share > y || (layers[at + y - share] as number) + (slotCost[slot] as number) !== now) continue;
        pickOf[group] = slotArc[slot] as number;
        y -= share;
        break;
      }
    }
  };

  const evaluate = (prices: AgentPrices): Picked => {
    priceArcs(prices);
    let bound = 0;
    for (let agent = 0; agent < core.agents; agent++) bound += prices.agent[agent] as number;
    const chosenArcs: number[] = [];
    const wanted = new Float64Array(core.rows);
    const brought = new Float64Array(core.rows);
    const excess = Float64Array.from(limits, ({ most }) => -most);
    for (let block = 0; block < blocks; block++) {
      const row = blockRows[block] as number;
      if (isStale[block] === 1) choose(block, prices);
      isStale[block] = 0;
      bound += least[block] as number;
      const y = rowValue[block] as number;
      if (y < 0) continue;
      wanted[row] = y;
      for (const { limit, table } of tablesOf(row))
        if (limit >= 0) excess[limit] = (excess[limit] as number) + (table[y - (core.rowLow[row] as number)] as number);
      for (let group = blockStart[block] as number; group < (blockStart[block + 1] as number); group++)
        if ((pickOf[group] as number) >= 0) chosenArcs.push(pickOf[group] as number);
    }
    for (let group = blockStart[blocks] as number; group < (blockStart[blocks + 1] as number); group++) {
      let best = groupFull[group] === 1 ? Number.POSITIVE_INFINITY : 0;
      let at = -1;
      for (let slot = groupFrom[group] as number; slot < (groupTo[group] as number); slot++)
        if ((slotCost[slot] as number) < best) {
          best = slotCost[slot] as number;
          at = slotArc[slot] as number;
        }
      bound += best;
      if (at >= 0) chosenArcs.push(at);
    }
    const taken = new Int32Array(core.agents);
    const result = new Int32Array(chosenArcs.length);
    chosenArcs.forEach((i, n) => {
      const arc = arcs[i] as number;
      result[n] = arc;
      const agent = agents[i] as number;
      taken[agent] = (taken[agent] as number) + 1;
      for (let j = sideStart[i] as number; j < (sideStart[i + 1] as number); j++) {
        const row = sideRow[j] as number;
        brought[row] = (brought[row] as number) + (sideBy[j] as number);
      }
      for (let k = 0; k < limits.length; k++)
        excess[k] = (excess[k] as number) + (limits[k]?.priced.weights?.[arc] ?? 0);
    });
    for (const row of blockRows) brought[row] = wanted[row] as number;
    for (const row of sideRows) {
      const range = {
        low: domain.low[row] as number,
        high: domain.high[row] as number,
        near: brought[row] as number,
        reach: domain.reach[row] as Int32Array | null,
      };
      const y = cheapest(row, range, prices);
      wanted[row] = y;
      bound += sideCost(row, y, prices);
      for (const { limit, table } of tablesOf(row))
        if (limit >= 0) excess[limit] = (excess[limit] as number) + (table[y - (core.rowLow[row] as number)] as number);
    }
    for (let k = 0; k < limits.length; k++) bound -= (prices.limit[k] as number) * (limits[k]?.most ?? 0);
    return { bound, prices, arcs: result, taken, wanted, brought, excess };
  };

  /**
   * Take out of a domain (this one, or one inside it) whatever makes its block dearer than `limit` allows at these prices: arcs, staying out, empty units, row values.
   * Sums from both ends of a block meet at each group (Posta, Ferland and Michelon 2012). Returns how much was taken out.
   */
  const cut = (
    { prices, bound }: Picked,
    inside: Domain,
    given: { readonly limit: number; readonly margin: number },
  ): number => {
    const gap = given.limit - bound + given.margin;
    priceArcs(prices);
    let gone = 0;
    const drop = (slot: number, room: number): void => {
      for (let i = slotStart[slot] as number; i < (slotStart[slot + 1] as number); i++)
        if ((cost[i] as number) > room && inside.live[arcs[i] as number] === 1) {
          inside.live[arcs[i] as number] = 0;
          gone++;
        }
    };
    const fill = (group: number): void => {
      const place = core.placeOf[arcs[slotStart[groupFrom[group] as number] as number] as number] as number;
      if (inside.full[place] === 1 || (core.units[place] as number) === Number.POSITIVE_INFINITY) return;
      inside.full[place] = 1;
      gone++;
    };
    for (let block = 0; block < blocks; block++) {
      const row = blockRows[block] as number;
      const from = blockStart[block] as number;
      const to = blockStart[block + 1] as number;
      const wide = width[block] as number;
      const top = wide - 1;
      sumUp(block);
      endsOf(row, top, prices);
      let back = ends.slice(0, wide);
      let best = Number.POSITIVE_INFINITY;
      const last = (to - from) * wide;
      for (let y = 0; y <= top; y++) best = Math.min(best, (layers[last + y] as number) + (back[y] as number));
      const most = best + gap;
      let bottom = Math.max(0, inside.low[row] as number);
      let ceiling = Math.min(top, inside.high[row] as number);
      while (bottom < ceiling && !((layers[last + bottom] as number) + (back[bottom] as number) <= most)) bottom++;
      while (ceiling > bottom && !((layers[last + ceiling] as number) + (back[ceiling] as number) <= most)) ceiling--;
      if (bottom > (inside.low[row] as number)) gone++;
      if (ceiling < (inside.high[row] as number)) gone++;
      inside.low[row] = Math.max(bottom, inside.low[row] as number);
      inside.high[row] = Math.min(ceiling, inside.high[row] as number);
      for (let group = to - 1; group >= from; group--) {
        const at = (group - from) * wide;
        const layer = group + block;
        const first = low[layer] as number;
        const sum = high[layer] as number;
        const full = groupFull[group] === 1;
        const before = new Float64Array(wide).fill(Number.POSITIVE_INFINITY);
        let without = Number.POSITIVE_INFINITY;
        for (let y = first; y <= sum; y++) {
          const own = (layers[at + y] as number) + (back[y] as number);
          if (own < without) without = own;
        }
        if (!full) for (let y = 0; y <= top; y++) before[y] = back[y] as number;
        for (let slot = groupFrom[group] as number; slot < (groupTo[group] as number); slot++) {
          const share = slotShare[slot] as number;
          let least = Number.POSITIVE_INFINITY;
          for (let y = Math.min(sum, top - share); y >= first; y--) {
            const own = (layers[at + y] as number) + (back[y + share] as number);
            if (own < least) least = own;
          }
          drop(slot, most - least);
          const own = slotCost[slot] as number;
          for (let y = top - share; y >= 0; y--) {
            const value = own + (back[y + share] as number);
            if (value < (before[y] as number)) before[y] = value;
          }
        }
        // Of a place with room for everybody nothing is known to be full.
        if (!full && !isRoomy(group) && without > most) fill(group);
        back = before;
      }
    }
    for (let group = blockStart[blocks] as number; group < (blockStart[blocks + 1] as number); group++) {
      let best = groupFull[group] === 1 ? Number.POSITIVE_INFINITY : 0;
      for (let slot = groupFrom[group] as number; slot < (groupTo[group] as number); slot++)
        best = Math.min(best, slotCost[slot] as number);
      for (let slot = groupFrom[group] as number; slot < (groupTo[group] as number); slot++) drop(slot, best + gap);
      if (groupFull[group] === 0 && !isRoomy(group) && -best > gap) fill(group);
    }
    for (let agent = 0; agent < core.agents; agent++)
      if (inside.must[agent] === 0 && -(prices.agent[agent] as number) > gap) {
        inside.must[agent] = 1;
        gone++;
      }
    return gone;
  };
  /** Whether a group is a single arc of a place with room for all of its arcs, and more than one: such a place may be partly full. */
  const isRoomy = (group: number): boolean => {
    const slot = groupFrom[group] as number;
    const first = slotStart[slot] as number;
    const place = core.placeOf[arcs[first] as number] as number;
    const units = core.units[place] as number;
    return units > 1 && (liveAt[place] as number) <= units;
  };
  const liveAt = new Int32Array(core.places);
  for (const arc of arcs) liveAt[core.placeOf[arc] as number] = (liveAt[core.placeOf[arc] as number] as number) + 1;
  /** How long it takes to go through all of it, in arcs. */
  const size = Math.max(arcs.length, Math.ceil(sums / SUMS));
  return { task, domain, arcs, size, sideRows, evaluate, cut };
};

export type Picking = ReturnType<typeof picking>;

/** Prices from elsewhere where they may be: those who need not be served have none above 0, and rows that blocks stand for, or nothing depends on, have none. */
export const allowedPrices = ({ domain, sideRows }: Picking, prices: AgentPrices): AgentPrices => {
  const row = new Float64Array(prices.row.length);
  for (const one of sideRows) row[one] = prices.row[one] as number;
  const agent = prices.agent.map((price, i) => (domain.must[i] === 1 ? price : Math.min(0, price)));
  return { ...prices, row, agent };
};
