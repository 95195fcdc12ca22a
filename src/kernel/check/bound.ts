// Typed arrays are read with `as number` here: every index comes from the town, or is held to its range first.
import type { CertifiedNode, CertifiedPrices, SparsePrices } from "../certificate.js";
import { copyOf, type Domain, join } from "./domain.js";
import type { Objective, Table } from "./objective.js";
import { tighten, type Workshop } from "./tighten.js";
import { near } from "./town.js";

/** An objective that may come to `most` at the highest. */
export interface Limit {
  readonly objective: Objective;
  readonly most: number;
}

export interface Task {
  readonly work: Workshop;
  readonly objective: Objective;
  readonly limits: readonly Limit[];
  /** Told where a price is none. */
  readonly problems: string[];
}

/** What is summed up may be wrong by so much of its magnitude, through the rounding of doubles. */
const DOUBLES = 2 ** -50;

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
}

const pricedOf = ({ work, limits }: Task, { full }: Domain, prices: CertifiedPrices): Priced | null => {
  const { model, rows: size } = work.town;
  const rows = dense(prices.rows, size);
  const places = dense(prices.places, full.length);
  const ofLimits = dense(prices.limits, limits.length);
  if (rows === null || places === null || ofLimits === null || ofLimits.some((price) => price < 0)) return null;
  // An empty unit costs nothing, unless the place must be full; an endless place has no price.
  for (let place = 0; place < full.length; place++)
    if (model.places[place] === Number.POSITIVE_INFINITY) places[place] = 0;
    else if (full[place] === 0 && (places[place] as number) > 0) places[place] = 0;
  return { rows, places, limits: ofLimits };
};

/** Cost of every live arc: its weights, less the prices of its rows and its place. */
const arcCosts = ({ work, objective, limits }: Task, { live }: Domain, priced: Priced): Float64Array => {
  const { arcStart, arcRows, arcShares, placeOf, grid } = work.town;
  const unit = priced.rows.map((price, r) => price * (grid[r] as number));
  const costs = new Float64Array(live.length);
  if (objective.weights !== null) costs.set(objective.weights);
  limits.forEach(({ objective: { weights } }, k) => {
    const price = priced.limits[k] as number;
    if (price === 0 || weights === null) return;
    for (let arc = 0; arc < costs.length; arc++) costs[arc] = (costs[arc] as number) + price * (weights[arc] as number);
  });
  for (let arc = 0; arc < costs.length; arc++) {
    if (live[arc] === 0) continue;
    let cost = (costs[arc] as number) - (priced.places[placeOf[arc] as number] as number);
    for (let j = arcStart[arc] as number; j < (arcStart[arc + 1] as number); j++)
      cost -= (unit[arcRows[j] as number] as number) * (arcShares[j] as number);
    costs[arc] = cost;
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
  const cost = new Float64Array(high - low + 1);
  for (let i = 0; i < cost.length; i++) cost[i] = slope * (low + i);
  for (const [by, table] of tables)
    for (let i = 0; i < cost.length; i++)
      cost[i] = (cost[i] as number) + by * (table.cost[low + i - table.base] as number);
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

/** The bound that prices prove over a domain. Where it is no more than `keep`, whatever costs more than `keep` is taken out of the domain. */
export const boundAndCut = (
  task: Task,
  domain: Domain,
  given: { readonly prices: CertifiedPrices; readonly keep: number },
): number => {
  const { model, agentStart, agentArcs } = task.work.town;
  const { live, must, full } = domain;
  const priced = pricedOf(task, domain, given.prices);
  if (priced === null) {
    task.problems.push("a price is no number, or for nothing in the model");
    return Number.NEGATIVE_INFINITY;
  }
  const costs = arcCosts(task, domain, priced);
  const rows = costedRows(task, domain, priced);
  let [sum, size] = [0, 0];
  const add = (part: number): void => {
    sum += part;
    size += Math.abs(part);
  };
  const agentPrice = new Float64Array(must.length);
  for (let agent = 0; agent < must.length; agent++) {
    let cheapest = must[agent] === 1 ? Number.POSITIVE_INFINITY : 0;
    for (let i = agentStart[agent] as number; i < (agentStart[agent + 1] as number); i++) {
      const arc = agentArcs[i] as number;
      if (live[arc] === 1 && (costs[arc] as number) < cheapest) cheapest = costs[arc] as number;
    }
    agentPrice[agent] = cheapest;
    add(cheapest);
  }
  priced.places.forEach((price, place) => {
    if (price !== 0) add(price * (model.places[place] as number));
  });
  for (const { least } of rows) add(least);
  task.limits.forEach(({ most }, k) => {
    const price = priced.limits[k] as number;
    if (price !== 0) add(-price * most);
  });
  // Sums beyond the range of doubles prove nothing.
  const bound = Number.isFinite(size) ? sum - DOUBLES * size : Number.NEGATIVE_INFINITY;
  if (bound > given.keep) return bound;
  const gap = given.keep - bound + near(given.keep, bound) / 10;
  for (let agent = 0; agent < must.length; agent++) {
    const most = (agentPrice[agent] as number) + gap;
    for (let i = agentStart[agent] as number; i < (agentStart[agent + 1] as number); i++)
      if ((costs[agentArcs[i] as number] as number) > most) live[agentArcs[i] as number] = 0;
    if (most < 0) must[agent] = 1;
  }
  for (let place = 0; place < full.length; place++) if (-(priced.places[place] as number) > gap) full[place] = 1;
  for (const row of rows) cutRow(domain, row, gap);
  return bound;
};

/**
 * The least bound over the parts of a tree of nodes. Each node's prices cut its domain down one after the other; parts without a choice of
 * value `keep` or less are closed. With `union`, what is possible in any part that is left is gathered there.
 */
export const boundOfTree = (
  task: Task,
  domain: Domain,
  given: {
    readonly nodes: readonly CertifiedNode[];
    readonly keep: number;
    readonly union?: { domain: Domain | null };
  },
): number => {
  const { nodes, keep, union } = given;
  const { town } = task.work;
  const leaf = (now: Domain, bound: number): number => {
    if (union !== undefined && union.domain === null) union.domain = copyOf(now);
    else if (union?.domain) join(union.domain, now);
    return bound;
  };
  const seen = new Set<number>();
  const visit = (now: Domain, index: number): number => {
    // Each node has one way to it: a walk ends, and soon.
    if (seen.has(index)) return leaf(now, Number.NEGATIVE_INFINITY);
    seen.add(index);
    if (!tighten(task.work, now)) return Number.POSITIVE_INFINITY;
    let best = Number.NEGATIVE_INFINITY;
    for (const prices of nodes[index]?.prices ?? []) {
      best = Math.max(best, boundAndCut(task, now, { prices, keep }));
      if (best > keep) return best;
      if (!tighten(task.work, now)) return Number.POSITIVE_INFINITY;
    }
    const { branch, parts } = nodes[index] ?? {};
    if (branch === undefined || parts?.some((next) => nodes[next] === undefined) !== false) return leaf(now, best);
    const other = copyOf(now);
    if ("row" in branch) {
      const at = branch.at / (town.grid[branch.row] ?? 0);
      if (!Number.isFinite(at)) return leaf(now, best);
      const last = Math.floor(at + near(at, 0));
      now.high[branch.row] = Math.min(now.high[branch.row] as number, last);
      other.low[branch.row] = Math.max(other.low[branch.row] as number, last + 1);
    } else {
      const within = new Set(branch.arcs);
      now.must[branch.agent] = 1;
      for (let i = town.agentStart[branch.agent] ?? 0; i < (town.agentStart[branch.agent + 1] ?? 0); i++) {
        const arc = town.agentArcs[i] as number;
        (within.has(arc) ? other : now).live[arc] = 0;
      }
    }
    return Math.max(best, Math.min(visit(now, parts[0]), visit(other, parts[1])));
  };
  return visit(domain, 0);
};
