// Typed arrays are read with `as number` here: every index comes from the core.
import { assigner, type LiveArcs } from "./assignment.js";
import type { Core, Lists } from "./core.js";
import { type Domain, liveArcs } from "./domain.js";
import type { Limit, Stage } from "./stage.js";

/** One price per row and one per limit, whole, in the stage's unit. A limit's price is never negative. */
export interface Prices {
  readonly row: Float64Array;
  readonly limit: Float64Array;
}

export const noPrices = (core: Core, limits: number): Prices => ({
  row: new Float64Array(core.rows),
  limit: new Float64Array(limits),
});

/** What prices prove, and the assignment and row values that are cheapest at these prices. */
export interface Relaxed {
  /** No choice inside the domain that keeps the limits has a smaller whole value. */
  readonly bound: number;
  readonly prices: Prices;
  readonly agentPrice: Float64Array;
  readonly placePrice: Float64Array;
  /** Chosen arc per agent, -1 for none. */
  readonly arcOf: Int32Array;
  /** The cheapest value of each row at its price, and what the assignment brings. */
  readonly wanted: Float64Array;
  readonly brought: Float64Array;
  /** Per limit, by how much it is exceeded. */
  readonly excess: Float64Array;
}

/** What is minimised, under which limits. */
export interface Task {
  readonly core: Core;
  readonly stage: Stage;
  /** Limits that prices are put on. */
  readonly limits: readonly Limit[];
  /** Limits that a choice is held to: also those that follow from who must be served, which a search does not look at. */
  readonly held: readonly Limit[];
  /** Rows that only count, for branching. */
  readonly counts: readonly number[];
  /** Rows that stand for blocks of places. */
  readonly blocks: readonly number[];
}

/** Filling a full place is worth so much to an assignment; sums of it stay exact. */
const BONUS_RANGE = 2 ** 51;

/** Far above what any objective can come to (see stage.ts), and sums of it still tell one unit from none. */
const OUTWEIGHING = 2 ** 49;

export interface RowTable {
  /** -1 for the stage itself, else the number of a limit. */
  readonly limit: number;
  readonly table: Float64Array;
}

/** Per row the tables that the stage and the limits put on it. */
export const rowTables = ({ core, stage, limits }: Task): readonly (readonly RowTable[])[] => {
  const lists: RowTable[][] = Array.from({ length: core.rows }, () => []);
  stage.rows.forEach((row, i) => {
    lists[row]?.push({ limit: -1, table: stage.tables[i] as Float64Array });
  });
  limits.forEach(({ priced }, k) => {
    priced.rows.forEach((row, i) => {
      lists[row]?.push({ limit: k, table: priced.tables[i] as Float64Array });
    });
  });
  return lists;
};

/** The one-dimensional problems of the rows: their tables, weighted by the limits' prices, plus price times value. */
export const rowProblems = (task: Task) => {
  const { core, stage, limits } = task;
  const tables = rowTables(task);
  const convex = stage.convex && limits.every(({ priced }) => priced.convex);
  const costAt = (row: number, y: number, prices: Prices): number => {
    let sum = (prices.row[row] as number) * y;
    const at = y - (core.rowLow[row] as number);
    for (const { limit, table } of tables[row] as readonly RowTable[])
      sum += (limit < 0 ? 1 : (prices.limit[limit] as number)) * (table[at] as number);
    return sum;
  };
  /** Where a row is cheapest inside [low, high]; among equals the value nearest to `near`, where the row is convex. */
  const cheapest = (
    row: number,
    range: { low: number; high: number; near: number; reach: Int32Array | null },
    prices: Prices,
  ): number => {
    const { low, high, near, reach } = range;
    if (reach !== null) {
      let best = low;
      let least = Number.POSITIVE_INFINITY;
      for (const y of reach) {
        if (y < low || y > high) continue;
        const cost = costAt(row, y, prices);
        if (cost < least || (cost === least && Math.abs(y - near) < Math.abs(best - near))) {
          least = cost;
          best = y;
        }
      }
      return best;
    }
    if ((tables[row] as readonly RowTable[]).length === 0) {
      const price = prices.row[row] as number;
      return price > 0 ? low : price < 0 ? high : Math.min(high, Math.max(low, near));
    }
    if (!convex) {
      let best = low;
      let least = costAt(row, low, prices);
      for (let y = low + 1; y <= high; y++) {
        const cost = costAt(row, y, prices);
        if (cost < least || (cost === least && Math.abs(y - near) < Math.abs(best - near))) {
          least = cost;
          best = y;
        }
      }
      return best;
    }
    let [from, to] = [low, high];
    while (from < to) {
      const middle = from + Math.floor((to - from) / 2);
      if (costAt(row, middle + 1, prices) >= costAt(row, middle, prices)) to = middle;
      else from = middle + 1;
    }
    while (from < high && from < near && costAt(row, from + 1, prices) === costAt(row, from, prices)) from++;
    return from;
  };
  return { tables, costAt, cheapest };
};

/** Costs of arcs at given prices, in their order. */
const priceArcs = (
  { core, stage, limits }: Task,
  arcs: Int32Array,
  { row, limit }: Prices,
  cost: Float64Array,
): void => {
  const { weights } = stage;
  const { start, items } = core.byArc;
  const { arcCoefficients } = core;
  for (let i = 0; i < arcs.length; i++) {
    const arc = arcs[i] as number;
    let sum = weights === null ? 0 : (weights[arc] as number);
    for (let j = start[arc] as number; j < (start[arc + 1] as number); j++)
      sum -= (row[items[j] as number] as number) * (arcCoefficients[j] as number);
    cost[i] = sum;
  }
  limits.forEach(({ priced: { weights: own } }, k) => {
    const price = limit[k] as number;
    if (price === 0 || own === null) return;
    for (let i = 0; i < arcs.length; i++) cost[i] = (cost[i] as number) + price * (own[arcs[i] as number] as number);
  });
};

/** The relaxation over a domain: rows and limits are priced out (Geoffrion 1974), the rest is an assignment. */
export const relaxation = (task: Task, domain: Domain) => {
  const { core, limits } = task;
  const rows = rowProblems(task);
  const arcs: LiveArcs = liveArcs(core, domain);
  const assign = assigner(core.agents, core.units, arcs.arc.length);
  const cost = new Float64Array(arcs.arc.length);
  let forced = 0;
  for (let place = 0; place < core.places; place++) if (domain.full[place] === 1) forced += core.units[place] as number;

  /** Too many for too few units (Hall 1935): a price on these units alone shows it. */
  const impossible = (crowded: readonly number[]): Relaxed => {
    const placePrice = new Float64Array(core.places);
    for (const place of crowded) placePrice[place] = -OUTWEIGHING;
    return {
      bound: Number.POSITIVE_INFINITY,
      prices: noPrices(core, limits.length),
      agentPrice: new Float64Array(core.agents),
      placePrice,
      arcOf: new Int32Array(core.agents).fill(-1),
      wanted: new Float64Array(core.rows),
      brought: new Float64Array(core.rows),
      excess: new Float64Array(limits.length),
    };
  };

  const evaluate = (prices: Prices): Relaxed => {
    let largest = 0;
    priceArcs(task, arcs.arc, prices, cost);
    for (let i = 0; i < cost.length; i++)
      if (Math.abs(cost[i] as number) > largest) largest = Math.abs(cost[i] as number);
    // A bonus for filling a full place stands in for its equation; it cancels out in the bound.
    const bonus =
      forced === 0 ? 0 : Math.floor(Math.min(BONUS_RANGE / (forced + 1), 4 * (largest + 1) * (core.agents + 1)));
    if (bonus > 0)
      for (let agent = 0; agent < core.agents; agent++)
        for (let i = arcs.start[agent] as number; i < (arcs.start[agent + 1] as number); i++)
          cost[i] = (cost[i] as number) - bonus * (domain.full[arcs.place[i] as number] as number);
    const { chosen, agentPrice, placePrice, crowded } = assign(arcs, cost, domain.must);
    if (crowded !== null) return impossible(crowded);
    let bound = 0;
    for (let agent = 0; agent < core.agents; agent++) bound += agentPrice[agent] as number;
    for (let place = 0; place < core.places; place++) {
      const own = (placePrice[place] as number) + bonus * (domain.full[place] as number);
      placePrice[place] = own;
      if (own !== 0) bound += own * (core.units[place] as number);
    }
    const arcOf = new Int32Array(core.agents).fill(-1);
    const brought = new Float64Array(core.rows);
    const excess = Float64Array.from(limits, ({ most }) => -most);
    for (let agent = 0; agent < core.agents; agent++) {
      if ((chosen[agent] as number) < 0) continue;
      const arc = arcs.arc[chosen[agent] as number] as number;
      arcOf[agent] = arc;
      for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
        const row = core.byArc.items[j] as number;
        brought[row] = (brought[row] as number) + (core.arcCoefficients[j] as number);
      }
      for (let k = 0; k < limits.length; k++)
        excess[k] = (excess[k] as number) + ((limits[k] as Limit).priced.weights?.[arc] ?? 0);
    }
    const wanted = new Float64Array(core.rows);
    for (let row = 0; row < core.rows; row++) {
      const range = {
        low: domain.low[row] as number,
        high: domain.high[row] as number,
        near: brought[row] as number,
        reach: domain.reach[row] as Int32Array | null,
      };
      const y = rows.cheapest(row, range, prices);
      wanted[row] = y;
      bound += rows.costAt(row, y, prices);
      for (const { limit, table } of rows.tables[row] as readonly RowTable[])
        if (limit >= 0) excess[limit] = (excess[limit] as number) + (table[y - (core.rowLow[row] as number)] as number);
    }
    for (let k = 0; k < limits.length; k++) bound -= (prices.limit[k] as number) * (limits[k] as Limit).most;
    return { bound, prices, agentPrice, placePrice, arcOf, wanted, brought, excess };
  };
  return { task, domain, arcs, evaluate };
};

/** Where one choice is left: no prices, or, where it exceeds a limit, a price on that limit that rules it out. */
export const decisivePrices = ({ core, stage, limits }: Task, { arcOf, excess }: Relaxed, value: number): Prices => {
  const prices = noPrices(core, limits.length);
  const over = excess.findIndex((by) => by > 0);
  if (over < 0) return prices;
  let own = 0;
  for (const arc of arcOf) if (arc >= 0) own += stage.weights?.[arc] ?? 0;
  const gap = Number.isFinite(value) ? Math.max(1, value - own) : 1;
  prices.limit[over] = Math.min(2 ** 44, Math.ceil(gap / (excess[over] as number)) + 1);
  return prices;
};

/** What prices prove of a domain, and what agents and places cost at them. */
export type Proven = Pick<Relaxed, "bound" | "prices" | "agentPrice" | "placePrice">;

/** What no prices at all prove: every agent takes its cheapest arc, every row its cheapest value. */
export const withoutPlaces = (task: Task, domain: Domain): Proven => {
  const { core, stage, limits } = task;
  const rows = rowProblems(task);
  const prices = noPrices(core, limits.length);
  const agentPrice = Float64Array.from(domain.must, (must) => (must === 1 ? Number.POSITIVE_INFINITY : 0));
  for (let arc = 0; arc < core.arcs; arc++) {
    const agent = core.agentOf[arc] as number;
    const own = stage.weights === null ? 0 : (stage.weights[arc] as number);
    if (domain.live[arc] === 1 && own < (agentPrice[agent] as number)) agentPrice[agent] = own;
  }
  let bound = 0;
  for (const price of agentPrice) bound += price;
  for (let row = 0; row < core.rows; row++) {
    const low = domain.low[row] as number;
    const reach = domain.reach[row] as Int32Array | null;
    const y = rows.cheapest(row, { low, high: domain.high[row] as number, near: low, reach }, prices);
    bound += rows.costAt(row, y, prices);
  }
  return { bound, prices, agentPrice, placePrice: new Float64Array(core.places) };
};

export type Relaxation = ReturnType<typeof relaxation>;

/**
 * Take out of a domain whatever, by these prices, costs more than `limit`: arcs, staying out, empty units, row values.
 * Differences up to `margin` stay, so that another's rounding can follow. Returns how much was taken out.
 */
export const fix = (
  task: Task,
  domain: Domain,
  given: { readonly relaxed: Proven; readonly limit: number; readonly margin: number },
): number => {
  const { core } = task;
  const { bound, prices, agentPrice, placePrice } = given.relaxed;
  const rows = rowProblems(task);
  const gap = given.limit - bound + given.margin;
  let taken = 0;
  const live = liveArcs(core, domain).arc;
  const cost = new Float64Array(live.length);
  priceArcs(task, live, prices, cost);
  for (let i = 0; i < live.length; i++) {
    const arc = live[i] as number;
    const reduced =
      (cost[i] as number) -
      (agentPrice[core.agentOf[arc] as number] as number) -
      (placePrice[core.placeOf[arc] as number] as number);
    if (reduced <= gap) continue;
    domain.live[arc] = 0;
    taken++;
  }
  for (let agent = 0; agent < core.agents; agent++)
    if (domain.must[agent] === 0 && -(agentPrice[agent] as number) > gap) {
      domain.must[agent] = 1;
      taken++;
    }
  for (let place = 0; place < core.places; place++)
    if (
      domain.full[place] === 0 &&
      core.units[place] !== Number.POSITIVE_INFINITY &&
      -(placePrice[place] as number) > gap
    ) {
      domain.full[place] = 1;
      taken++;
    }
  for (let row = 0; row < core.rows; row++) {
    let low = domain.low[row] as number;
    let high = domain.high[row] as number;
    if (low === high) continue;
    const reach = domain.reach[row] as Int32Array | null;
    if (reach === null && (rows.tables[row] as readonly RowTable[]).length === 0) {
      const price = prices.row[row] as number;
      if (price === 0) continue;
      const reach = Math.floor(gap / Math.abs(price));
      if (price > 0) high = Math.min(high, low + reach);
      else low = Math.max(low, high - reach);
    } else {
      const least = rows.costAt(row, rows.cheapest(row, { low, high, near: low, reach }, prices), prices);
      while (low < high && rows.costAt(row, low, prices) - least > gap) low++;
      while (high > low && rows.costAt(row, high, prices) - least > gap) high--;
    }
    if (low !== domain.low[row] || high !== domain.high[row]) taken++;
    domain.low[row] = low;
    domain.high[row] = high;
  }
  return taken;
};

/** Per agent the live arcs that cost least at these prices, at most `width` each, cheapest first. */
export const nearestArcs = ({ task, arcs }: Relaxation, { prices, placePrice }: Relaxed, width: number): Lists => {
  const { core } = task;
  const start = new Int32Array(core.agents + 1);
  const items = new Int32Array(core.agents * width);
  const costs = new Float64Array(arcs.arc.length);
  priceArcs(task, arcs.arc, prices, costs);
  const cost = new Float64Array(width);
  let size = 0;
  for (let agent = 0; agent < core.agents; agent++) {
    let count = 0;
    for (let i = arcs.start[agent] as number; i < (arcs.start[agent + 1] as number); i++) {
      const arc = arcs.arc[i] as number;
      const own = (costs[i] as number) - (placePrice[arcs.place[i] as number] as number);
      if (count === width && own >= (cost[width - 1] as number)) continue;
      let at = count < width ? count++ : width - 1;
      while (at > 0 && (cost[at - 1] as number) > own) {
        cost[at] = cost[at - 1] as number;
        items[size + at] = items[size + at - 1] as number;
        at--;
      }
      cost[at] = own;
      items[size + at] = arc;
    }
    size += count;
    start[agent + 1] = size;
  }
  return { start, items: items.slice(0, size) };
};
