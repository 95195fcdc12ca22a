// Typed arrays are read with `as number` here: every index comes from the town, or is held to its range first.
import type { CertifiedPrices, SparsePrices } from "../certificate.js";
import { leastOfBlocks } from "./block-sums.js";
import type { Blocks } from "./blocks.js";
import type { Domain } from "./domain.js";
import type { Objective, Table } from "./objective.js";
import type { Workshop } from "./tighten.js";
import { DOUBLES, sumOf } from "./town.js";

/** An objective that comes to `most` at the highest; for a choice to keep it, to no more than `room`, by which rounding is allowed for. */
export interface Limit {
  readonly objective: Objective;
  readonly most: number;
  readonly room: number;
}

export interface Task {
  readonly work: Workshop;
  readonly objective: Objective;
  readonly limits: readonly Limit[];
  /** Null where the certificate's are none: then prices of agents prove nothing. */
  readonly blocks: Blocks | null;
  /** Told where a price is none. */
  readonly problems: string[];
}

/** Prices by index; null where one is no number or has no place. */
const dense = (prices: SparsePrices, size: number): Float64Array | null => {
  const all = new Float64Array(size);
  for (const [index, price] of prices) {
    if (!(index >= 0 && index < size) || !Number.isFinite(price)) return null;
    all[index] = price;
  }
  return all;
};

interface Priced {
  readonly rows: Float64Array;
  readonly places: Float64Array;
  /** Per limit, at least 0. */
  readonly limits: Float64Array;
  /** Where agents are priced, places are not. */
  readonly agents: Float64Array | null;
}

const pricedOf = ({ work, limits }: Task, { must, full }: Domain, prices: CertifiedPrices): Priced | null => {
  const { model, rows: size } = work.town;
  const rows = dense(prices.rows, size);
  const places = dense(prices.places, full.length);
  const ofLimits = dense(prices.limits, limits.length);
  if (rows === null || places === null || ofLimits === null || ofLimits.some((price) => price < 0)) return null;
  if (prices.agents !== undefined) {
    const agents = dense(prices.agents, must.length);
    // Who may stay out would be paid for it at a price above 0.
    return (
      agents && {
        rows,
        places: places.fill(0),
        limits: ofLimits,
        agents: agents.map((price, agent) => (must[agent] === 1 ? price : Math.min(0, price))),
      }
    );
  }
  // An empty unit costs nothing, unless the place must be full; an endless place has no price.
  for (let place = 0; place < full.length; place++)
    if (model.places[place] === Number.POSITIVE_INFINITY) places[place] = 0;
    else if (full[place] === 0 && (places[place] as number) > 0) places[place] = 0;
  return { rows, places, limits: ofLimits, agents: null };
};

/** A sum of so many terms of this size in all, lowered by what rounding can have made of them (Higham 2002, section 4.2): terms may cancel, what they lost does not. */
const lowered = (sum: number, size: number, terms: number): number =>
  Number.isFinite(size) ? sum - DOUBLES * (1 + terms / 8) * size : Number.NEGATIVE_INFINITY;

/** Cost of every live arc, at the least: its weights, less the prices of its rows and of its place or agent. */
const arcCosts = ({ work, objective, limits }: Task, { live }: Domain, priced: Priced): Float64Array => {
  const { arcStart, arcRows, arcShares, agentOf, placeOf, grid } = work.town;
  const unit = priced.rows.map((price, r) => price * (grid[r] as number));
  const costs = new Float64Array(live.length);
  if (objective.weights !== null) costs.set(objective.weights);
  const sizes = costs.map(Math.abs);
  limits.forEach(({ objective: { weights } }, k) => {
    const price = priced.limits[k] as number;
    if (price === 0 || weights === null) return;
    for (let arc = 0; arc < costs.length; arc++) {
      const term = price * (weights[arc] as number);
      costs[arc] = (costs[arc] as number) + term;
      sizes[arc] = (sizes[arc] as number) + Math.abs(term);
    }
  });
  for (let arc = 0; arc < costs.length; arc++) {
    if (live[arc] === 0) continue;
    const [from, to] = [arcStart[arc] as number, arcStart[arc + 1] as number];
    const own =
      priced.agents === null
        ? (priced.places[placeOf[arc] as number] as number)
        : (priced.agents[agentOf[arc] as number] as number);
    let cost = (costs[arc] as number) - own;
    let size = (sizes[arc] as number) + Math.abs(own);
    for (let j = from; j < to; j++) {
      const term = (unit[arcRows[j] as number] as number) * (arcShares[j] as number);
      cost -= term;
      size += Math.abs(term);
    }
    costs[arc] = lowered(cost, size, limits.length + to - from);
  }
  return costs;
};

/** A row whose values cost something: `slope` per grid and, where there are tables, `cost[y - low]` in all. */
interface CostedRow {
  readonly row: number;
  readonly slope: number;
  readonly cost: Float64Array | null;
  readonly least: number;
}

const costedRow = (
  domain: Domain,
  given: { row: number; slope: number; tables: readonly (readonly [by: number, table: Table])[] },
): CostedRow => {
  const { row, slope, tables } = given;
  const [low, high] = [domain.low[row] as number, domain.high[row] as number];
  const reach = domain.reach[row] ?? null;
  if (tables.length === 0 && reach === null)
    return { row, slope, cost: null, least: Math.min(slope * low, slope * high) };
  // Where cuts have left nothing there is no least cost, and the sum proves nothing.
  const cost = new Float64Array(Math.max(0, high - low + 1));
  for (let i = 0; i < cost.length; i++) {
    let sum = slope * (low + i);
    let size = Math.abs(sum);
    for (const [by, table] of tables) {
      const term = by * (table.cost[low + i - table.base] as number);
      sum += term;
      size += Math.abs(term);
    }
    cost[i] = lowered(sum, size, tables.length);
  }
  let least = Number.POSITIVE_INFINITY;
  if (reach === null) for (const one of cost) least = Math.min(least, one);
  else for (const y of reach) if (y >= low && y <= high) least = Math.min(least, cost[y - low] as number);
  return { row, slope, cost, least };
};

const costedRows = ({ work, objective, limits }: Task, domain: Domain, priced: Priced): readonly CostedRow[] => {
  const tables = new Map<number, (readonly [number, Table])[]>();
  const add = (by: number, one: Objective): void => {
    if (by === 0) return;
    for (const [row, table] of one.tables) tables.set(row, [...(tables.get(row) ?? []), [by, table]]);
  };
  add(1, objective);
  limits.forEach((limit, k) => {
    add(priced.limits[k] as number, limit.objective);
  });
  const rows: CostedRow[] = [];
  for (let row = 0; row < work.town.rows; row++) {
    const slope = (priced.rows[row] as number) * (work.town.grid[row] as number);
    const own = tables.get(row);
    if (slope !== 0 || own !== undefined) rows.push(costedRow(domain, { row, slope, tables: own ?? [] }));
  }
  return rows;
};

/** Cut off values that cost more than the least by more than `gap`. */
const cutRow = ({ low, high }: Domain, { row, slope, cost, least }: CostedRow, gap: number): void => {
  const base = low[row] as number;
  if (cost === null) {
    const reach = Math.floor((gap / Math.abs(slope)) * (1 + DOUBLES));
    if (slope > 0) high[row] = Math.min(high[row] as number, base + reach);
    else low[row] = Math.max(base, (high[row] as number) - reach);
    return;
  }
  let [from, to] = [0, cost.length - 1];
  while (from < to && (cost[from] as number) - least > gap) from++;
  while (to > from && (cost[to] as number) - least > gap) to--;
  low[row] = base + from;
  high[row] = base + to;
};

/** What choices cost at the least, part by part; `cut` takes out of the domain what costs more than that by more than the gap. */
interface Parts {
  readonly parts: readonly number[];
  /** What was rounded on the way to the parts, in units of `DOUBLES`. */
  readonly size: number;
  readonly cut: (gap: number) => void;
}

/** Agents choose, each for itself; places are priced. */
const agentsWhole = (
  { work }: Task,
  { live, must, full }: Domain,
  at: { priced: Priced; costs: Float64Array },
): Parts => {
  const { model, agentStart, agentArcs } = work.town;
  const { costs, priced } = at;
  const parts: number[] = [];
  for (let agent = 0; agent < must.length; agent++) {
    let cheapest = must[agent] === 1 ? Number.POSITIVE_INFINITY : 0;
    for (let i = agentStart[agent] as number; i < (agentStart[agent + 1] as number); i++) {
      const arc = agentArcs[i] as number;
      if (live[arc] === 1 && (costs[arc] as number) < cheapest) cheapest = costs[arc] as number;
    }
    parts.push(cheapest);
  }
  priced.places.forEach((price, place) => {
    if (price !== 0) parts.push(price * (model.places[place] as number));
  });
  const cut = (gap: number): void => {
    for (let agent = 0; agent < must.length; agent++) {
      const most = (parts[agent] as number) + gap;
      for (let i = agentStart[agent] as number; i < (agentStart[agent + 1] as number); i++)
        if ((costs[agentArcs[i] as number] as number) > most) live[agentArcs[i] as number] = 0;
      if (most < 0) must[agent] = 1;
    }
    for (let place = 0; place < full.length; place++) if (-(priced.places[place] as number) > gap) full[place] = 1;
  };
  return { parts, size: 0, cut };
};

/** Blocks choose, each for itself; agents are priced. */
const blocksWhole = (
  { work, blocks }: Task,
  domain: Domain,
  at: { agents: Float64Array; costs: Float64Array; rows: readonly CostedRow[] },
): Parts | null => {
  const byRow = new Map(at.rows.map((one) => [one.row, one]));
  const valueCost = (row: number, y: number): number => {
    const { slope = 0, cost = null } = byRow.get(row) ?? {};
    return cost === null ? slope * y : (cost[y - (domain.low[row] as number)] as number);
  };
  const chosen = blocks && leastOfBlocks({ blocks, domain, units: work.town.model.places, costs: at.costs, valueCost });
  if (chosen === null) return null;
  const cut = (gap: number): void => {
    chosen.cut(gap);
    at.agents.forEach((price, agent) => {
      if (-price > gap) domain.must[agent] = 1;
    });
  };
  return { parts: [...at.agents, ...chosen.least], size: chosen.size, cut };
};

/** What rounding can make of a gap; all that is compared with it is lowered by what was rounded before. A larger part of large values would hide whole steps. */
const FOLLOWED = 2 ** -46;

/** The bound that prices prove over a domain. Where it is no more than `keep`, whatever costs more than `keep` is taken out of the domain. */
export const boundAndCut = (
  task: Task,
  domain: Domain,
  given: { readonly prices: CertifiedPrices; readonly keep: number },
): number => {
  const priced = pricedOf(task, domain, given.prices);
  if (priced === null) {
    task.problems.push("a price is no number, or for nothing in the model");
    return Number.NEGATIVE_INFINITY;
  }
  const costs = arcCosts(task, domain, priced);
  const { agents } = priced;
  const all = costedRows(task, domain, priced);
  const rows = agents === null ? all : all.filter(({ row }) => task.blocks?.ofRows.has(row) !== true);
  const whole =
    agents === null
      ? agentsWhole(task, domain, { priced, costs })
      : blocksWhole(task, domain, { agents, costs, rows: all });
  if (whole === null) return Number.NEGATIVE_INFINITY;
  // A block that can choose nothing leaves nothing to choose at all.
  if (agents !== null && whole.parts.includes(Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  const parts = [...whole.parts, ...rows.map(({ least }) => least)];
  task.limits.forEach(({ most }, k) => {
    const price = priced.limits[k] as number;
    if (price !== 0) parts.push(-price * most);
  });
  const size = whole.size + sumOf(parts.map(Math.abs));
  // Sums beyond the range of doubles prove nothing, and cut nothing.
  if (!Number.isFinite(size)) return Number.NEGATIVE_INFINITY;
  const bound = sumOf(parts) - DOUBLES * size;
  if (bound > given.keep) return bound;
  const gap = given.keep - bound + FOLLOWED * Math.max(Math.abs(given.keep), Math.abs(bound));
  whole.cut(gap);
  for (const row of rows) cutRow(domain, row, gap);
  return bound;
};
