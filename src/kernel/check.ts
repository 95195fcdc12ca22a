/*
 * Checks a result of the kernel from the model and the certificate alone; it shares nothing with the code that made them.
 *
 * What is proven, objective by objective: no choice that keeps the earlier objectives at their limits is better than the bound.
 * The argument is weak duality (Geoffrion 1974). For any prices p on rows, q >= 0 on limits, and v <= 0 on places, every choice costs at least
 *     sum over agents of min(0, cheapest arc at these prices) + sum of v * units
 *   + sum over rows of min over y of (cost of y + p * y) - sum of q * limit,
 * so a wrong price can only weaken the bound. Whatever costs more than the gap between this sum and the claimed value is cut off;
 * where that is not enough the certificate divides the domain in two and both parts are checked.
 */
import type { Certificate, CertifiedNode, CertifiedPrices } from "./certificate.js";
import type { KernelModel, KernelResult, KernelTier } from "./model.js";

export interface CertificateCheck {
  readonly ok: boolean;
  /** What does not hold, in words. */
  readonly problems: readonly string[];
  /** Per tier the value and the bound as recomputed here. */
  readonly tiers: readonly { readonly name: string; readonly value: number; readonly bound: number }[];
}

/** Relative differences up to this are rounding. */
const ROUNDING = 1e-9;
const near = (a: number, b: number): number =>
  ROUNDING * Math.max(1, Math.abs(a), Number.isFinite(b) ? Math.abs(b) : 0);

interface Row {
  /** Every value of the row is a whole multiple of this; values below are such multiples. */
  readonly grid: number;
  readonly arcs: readonly number[];
  readonly shares: readonly number[];
  readonly min: number;
  readonly max: number;
}

interface Town {
  readonly model: KernelModel;
  readonly rows: readonly Row[];
  readonly arcsOf: readonly (readonly number[])[];
  /** Per arc the rows it touches and its shares. */
  readonly touches: readonly (readonly (readonly [row: number, share: number])[])[];
}

/** What is still possible. Row values are multiples of the grid. */
interface Domain {
  readonly live: Uint8Array;
  readonly must: Uint8Array;
  readonly full: Uint8Array;
  readonly low: number[];
  readonly high: number[];
  readonly reach: (readonly number[] | null)[];
}

/** An objective, to be minimised: weights of arcs and costs of row values. */
interface Objective {
  readonly weight: (arc: number) => number;
  readonly costs: ReadonlyMap<number, (y: number) => number>;
}

interface Limit {
  readonly objective: Objective;
  readonly most: number;
}

const range = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => i);

/** The largest grid, a power of ten or a small fraction over a whole number, on which all coefficients lie. */
const gridOf = (coefficients: readonly number[]): number => {
  const scales = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, ...range(1001).slice(2)];
  const whole = (value: number): boolean =>
    Math.abs(value - Math.round(value)) <= ROUNDING * Math.max(1, Math.abs(value));
  const scale = scales.find((one) => coefficients.every((value) => whole(value * one)));
  if (scale === undefined) return 0;
  const divisor = coefficients.reduce((gcd, value) => {
    let [a, b] = [gcd, Math.abs(Math.round(value * scale))];
    while (b > 0) [a, b] = [b, a % b];
    return a;
  }, 0);
  return Math.max(1, divisor) / scale;
};

const townOf = (model: KernelModel, { counts }: Certificate): Town => {
  const sources = [
    ...model.rows.map(({ arcs, coefficients, min, max }) => ({
      arcs: Array.from(arcs),
      coefficients: Array.from(coefficients),
      min,
      max,
    })),
    ...counts.map(({ row, coefficient }) => {
      const of = model.rows[row];
      const arcs = Array.from(of?.arcs ?? []).filter((_, i) => of?.coefficients[i] === coefficient);
      return { arcs, coefficients: arcs.map(() => 1), min: undefined, max: undefined };
    }),
  ];
  const touches: [number, number][][] = range(model.arcs.agent.length).map(() => []);
  const rows = sources.map(({ arcs, coefficients, min, max }, r): Row => {
    const grid = gridOf(coefficients);
    const shares = new Map<number, number>();
    arcs.forEach((arc, i) => {
      shares.set(arc, (shares.get(arc) ?? 0) + Math.round((coefficients[i] ?? 0) / grid));
    });
    const used = [...shares].filter(([, share]) => share !== 0);
    for (const [arc, share] of used) touches[arc]?.push([r, share]);
    return {
      grid,
      arcs: used.map(([arc]) => arc),
      shares: used.map(([, share]) => share),
      min: min === undefined ? Number.NEGATIVE_INFINITY : Math.ceil(min / grid - near(min / grid, 0)),
      max: max === undefined ? Number.POSITIVE_INFINITY : Math.floor(max / grid + near(max / grid, 0)),
    };
  });
  const arcsOf: number[][] = range(model.agents).map(() => []);
  for (let arc = 0; arc < model.arcs.agent.length; arc++) arcsOf[model.arcs.agent[arc] ?? 0]?.push(arc);
  return { model, rows, arcsOf, touches };
};

/** Row values of a choice, in multiples of the grid. */
const valuesOf = ({ rows, touches }: Town, arcOf: ArrayLike<number>): number[] => {
  const y = rows.map(() => 0);
  for (let agent = 0; agent < arcOf.length; agent++)
    for (const [row, share] of touches[arcOf[agent] ?? -1] ?? []) y[row] = (y[row] ?? 0) + share;
  return y;
};

const sumObjective = (town: Town, tier: KernelTier): Objective => {
  const sign = tier.sense === "min" ? 1 : -1;
  const { weights, convex = [] } = tier;
  const costs = new Map<number, (y: number) => number>();
  for (const { row, form, target, scale } of convex) {
    const before = costs.get(row);
    const { grid } = town.rows[row] as Row;
    costs.set(row, (y) => {
      const apart = y * grid - target;
      return (before?.(y) ?? 0) + sign * scale * (form === "absolute" ? Math.abs(apart) : apart * apart);
    });
  }
  return { weight: (arc) => sign * (weights?.[arc] ?? 0), costs };
};

/** How many terms of a leximax tier are at least `threshold`, or above it. */
const countObjective = (town: Town, tier: KernelTier, given: { threshold: number; above: boolean }): Objective => {
  const { threshold, above } = given;
  const costs = new Map<number, (y: number) => number>();
  for (const { row, offset, divisor } of tier.leximax ?? []) {
    const before = costs.get(row);
    const { grid } = town.rows[row] as Row;
    costs.set(row, (y) => {
      const term = (y * grid + offset) / divisor;
      const slack = near(threshold, threshold);
      return (before?.(y) ?? 0) + ((above ? term > threshold + slack : term >= threshold - slack) ? 1 : 0);
    });
  }
  return { weight: () => 0, costs };
};

const objectiveValue = (town: Town, { weight, costs }: Objective, arcOf: ArrayLike<number>): number => {
  const y = valuesOf(town, arcOf);
  let sum = 0;
  for (const arc of Array.from(arcOf)
    .filter((one) => one >= 0)
    .sort((a, b) => a - b))
    sum += weight(arc);
  for (const [row, cost] of costs) sum += cost(y[row] ?? 0);
  return sum;
};

/** Every difference of two values is a multiple of this, or 0 where that is not known. */
const stepOf = (town: Town, { weight, costs }: Objective, domain: Domain): number => {
  const numbers = [
    ...range(town.touches.length)
      .filter((arc) => domain.live[arc] === 1)
      .map(weight),
    ...[...costs].flatMap(([row, cost]) => {
      const [low, high] = [domain.low[row] ?? 0, domain.high[row] ?? 0];
      return range(high - low + 1).map((i) => cost(low + i));
    }),
  ].filter((value, i, all) => value !== 0 && value !== all[i - 1]);
  const grid = gridOf([...new Set(numbers)]);
  return grid;
};

const copyOf = ({ live, must, full, low, high, reach }: Domain): Domain => ({
  live: live.slice(),
  must: must.slice(),
  full: full.slice(),
  low: [...low],
  high: [...high],
  reach: [...reach],
});

const wholeDomain = ({ model, rows, touches }: Town): Domain => ({
  live: Uint8Array.from(touches, (_, arc) => (model.places[model.arcs.place[arc] ?? 0] === 0 ? 0 : 1)),
  must: new Uint8Array(model.agents),
  full: new Uint8Array(model.places.length),
  low: rows.map(({ min }) => min),
  high: rows.map(({ max }) => max),
  reach: rows.map(() => null),
});

/** Least and most that each agent can bring to the rows it touches. */
const bringsOf = (
  { arcsOf, touches }: Town,
  { live, must }: Domain,
  agent: number,
): ReadonlyMap<number, readonly [number, number]> => {
  const own = (arcsOf[agent] ?? []).filter((arc) => live[arc] === 1);
  const seen = new Map<number, [number, number, number]>();
  for (const arc of own)
    for (const [row, share] of touches[arc] ?? []) {
      const [least, most, count] = seen.get(row) ?? [share, share, 0];
      seen.set(row, [Math.min(least, share), Math.max(most, share), count + 1]);
    }
  return new Map(
    [...seen].map(([row, [least, most, count]]) => {
      const always = must[agent] === 1 && count === own.length;
      return [row, always ? [least, most] : [Math.min(0, least), Math.max(0, most)]];
    }),
  );
};

const FEW_PLACES = 24;
const WIDEST = 2048;

/** Sums with one number of each group, as bits up to `mask`. */
const spread = (sums: bigint, shares: ReadonlySet<number>, mask: bigint): bigint =>
  [...shares].reduce((all, share) => all | (sums << BigInt(share)), 0n) & mask;

/** Rows over few places: drop arcs that fit no possible sum of the others. Returns false where none is possible; `moved` tells of changes. */
const sumFilter = (town: Town, domain: Domain, r: number): { possible: boolean; moved: boolean } => {
  const { model, arcsOf, touches, rows } = town;
  const { live, must, full, low, high, reach } = domain;
  const { arcs, shares } = rows[r] as Row;
  const all = new Set(arcs.map((arc) => model.arcs.place[arc] ?? 0));
  if (
    all.size > FEW_PLACES ||
    shares.some((share) => share < 0) ||
    [...all].some((place) => model.places[place] === Number.POSITIVE_INFINITY)
  )
    return { possible: true, moved: false };
  const top = high[r] ?? 0;
  if (top > WIDEST) return { possible: true, moved: false };
  const touched = (arc: number): boolean => (touches[arc] ?? []).some(([row]) => row === r);
  const byPlace = new Map<number, Set<number>>();
  const byAgent = new Map<number, Set<number>>();
  arcs.forEach((arc, i) => {
    if (live[arc] === 0) return;
    const [place, agent, share] = [model.arcs.place[arc] ?? 0, model.arcs.agent[arc] ?? 0, shares[i] ?? 0];
    byPlace.set(place, (byPlace.get(place) ?? new Set<number>()).add(share));
    byAgent.set(agent, (byAgent.get(agent) ?? new Set<number>()).add(share));
  });
  for (const [place, own] of byPlace) {
    const only =
      full[place] === 1 &&
      range(touches.length).every((arc) => live[arc] === 0 || model.arcs.place[arc] !== place || touched(arc));
    if (!only) own.add(0);
  }
  for (const [agent, own] of byAgent)
    if (!(must[agent] === 1 && (arcsOf[agent] ?? []).every((arc) => live[arc] === 0 || touched(arc)))) own.add(0);
  const units = [...byPlace].flatMap(([place, own]) =>
    range(Math.min(model.places[place] ?? 0, model.agents)).map(() => [place, own] as const),
  );
  const mask = (1n << BigInt(top + 1)) - 1n;
  const before = [1n];
  for (const [, own] of units) before.push(spread(before[before.length - 1] ?? 0n, own, mask));
  const byAgents = [...byAgent.values()].reduce((sums, own) => spread(sums, own, mask), 1n);
  let after = (before[units.length] ?? 0n) & byAgents & (mask ^ ((1n << BigInt(Math.max(0, low[r] ?? 0))) - 1n));
  const values = range(top - (low[r] ?? 0) + 1)
    .map((i) => i + (low[r] ?? 0))
    .filter((y) => ((after >> BigInt(y)) & 1n) === 1n);
  if (values.length === 0) return { possible: false, moved: false };
  reach[r] = values.length === top - (low[r] ?? 0) + 1 ? null : values;
  let moved = values[0] !== low[r] || values[values.length - 1] !== top;
  low[r] = values[0] ?? 0;
  high[r] = values[values.length - 1] ?? 0;
  const fitting = new Map<number, Set<number>>();
  for (let i = units.length - 1; i >= 0; i--) {
    const [place, own] = units[i] as readonly [number, ReadonlySet<number>];
    const fits = fitting.get(place) ?? new Set<number>();
    fitting.set(place, fits);
    let next = 0n;
    for (const share of own) {
      if ((((before[i] ?? 0n) << BigInt(share)) & after) !== 0n) fits.add(share);
      next |= after >> BigInt(share);
    }
    after = next;
  }
  arcs.forEach((arc, i) => {
    if (live[arc] === 0 || fitting.get(model.arcs.place[arc] ?? 0)?.has(shares[i] ?? 0)) return;
    live[arc] = 0;
    moved = true;
  });
  for (const [place, fits] of fitting)
    if (!fits.has(0) && full[place] === 0 && (model.places[place] ?? 0) <= model.agents) {
      full[place] = 1;
      moved = true;
    }
  return { possible: true, moved };
};

/** Cut rows to what arcs can bring, and arcs to what rows can take. Returns whether anything is left. */
const tighten = (town: Town, domain: Domain): boolean => {
  const { rows, arcsOf, touches } = town;
  const { live, must, low, high } = domain;
  for (;;) {
    const least = rows.map(() => 0);
    const most = rows.map(() => 0);
    const brings = arcsOf.map((_, agent) => bringsOf(town, domain, agent));
    for (const own of brings)
      for (const [row, [a, b]] of own) {
        least[row] = (least[row] ?? 0) + a;
        most[row] = (most[row] ?? 0) + b;
      }
    for (const row of range(rows.length)) {
      low[row] = Math.max(low[row] ?? 0, least[row] ?? 0);
      high[row] = Math.min(high[row] ?? 0, most[row] ?? 0);
      if ((low[row] ?? 0) > (high[row] ?? 0)) return false;
    }
    let moved = false;
    arcsOf.forEach((own, agent) => {
      for (const arc of own) {
        if (live[arc] === 0) continue;
        const fits = (touches[arc] ?? []).every(([row, share]) => {
          const [a, b] = brings[agent]?.get(row) ?? [0, 0];
          return (least[row] ?? 0) - a + share <= (high[row] ?? 0) && (most[row] ?? 0) - b + share >= (low[row] ?? 0);
        });
        if (fits) continue;
        live[arc] = 0;
        moved = true;
      }
    });
    if (moved) continue;
    if (arcsOf.some((own, agent) => must[agent] === 1 && own.every((arc) => live[arc] === 0))) return false;
    if (domain.full.includes(1)) {
      const takers = new Int32Array(domain.full.length);
      for (let arc = 0; arc < live.length; arc++) {
        const place = town.model.arcs.place[arc] ?? 0;
        takers[place] = (takers[place] ?? 0) + (live[arc] ?? 0);
      }
      if (domain.full.some((one, place) => one === 1 && (takers[place] ?? 0) < (town.model.places[place] ?? 0)))
        return false;
    }
    for (const row of range(rows.length)) {
      const filtered = sumFilter(town, domain, row);
      if (!filtered.possible) return false;
      moved ||= filtered.moved;
    }
    if (!moved) return true;
  }
};

interface Task {
  readonly town: Town;
  readonly objective: Objective;
  readonly limits: readonly Limit[];
}

/** Cost of a row value at given prices, and its least over what is left of the row. */
const rowAt = ({ town, objective, limits }: Task, domain: Domain, row: number, prices: CertifiedPrices) => {
  const price = (prices.rows.find(([index]) => index === row)?.[1] ?? 0) * (town.rows[row] as Row).grid;
  const parts = [
    ...(objective.costs.has(row) ? [[1, objective.costs.get(row)] as const] : []),
    ...prices.limits.flatMap(([k, by]) =>
      limits[k]?.objective.costs.has(row) ? [[by, limits[k].objective.costs.get(row)] as const] : [],
    ),
  ];
  const cost = (y: number): number => parts.reduce((sum, [by, of]) => sum + by * (of?.(y) ?? 0), price * y);
  const [low, high] = [domain.low[row] ?? 0, domain.high[row] ?? 0];
  const values =
    parts.length === 0 && domain.reach[row] === null
      ? [low, high]
      : (domain.reach[row] ?? range(high - low + 1).map((i) => low + i));
  const costs = price === 0 && parts.length === 0 ? [0] : values.filter((y) => y >= low && y <= high).map(cost);
  return {
    priced: price !== 0 || parts.length > 0,
    cost,
    least: costs.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
  };
};

/** The bound of the prices over a domain; `cut` takes out of it whatever costs more than `limit`. */
const relax = (task: Task, domain: Domain, prices: CertifiedPrices) => {
  const { town, objective, limits } = task;
  const { model, arcsOf, touches } = town;
  const rowPrice = new Map(prices.rows);
  const placePrice = new Map(prices.places);
  const ofPlace = (place: number): number => {
    const price = placePrice.get(place) ?? 0;
    return model.places[place] === Number.POSITIVE_INFINITY ? 0 : domain.full[place] === 1 ? price : Math.min(0, price);
  };
  const costOf = (arc: number): number => {
    let sum = objective.weight(arc);
    for (const [k, by] of prices.limits) sum += by * (limits[k]?.objective.weight(arc) ?? 0);
    for (const [row, share] of touches[arc] ?? [])
      sum -= (rowPrice.get(row) ?? 0) * share * (town.rows[row] as Row).grid;
    return sum - ofPlace(model.arcs.place[arc] ?? 0);
  };
  const costs = new Float64Array(touches.length);
  const agentPrice = arcsOf.map((own, agent) => {
    let best = domain.must[agent] === 1 ? Number.POSITIVE_INFINITY : 0;
    for (const arc of own) {
      if (domain.live[arc] === 0) continue;
      costs[arc] = costOf(arc);
      best = Math.min(best, costs[arc] ?? 0);
    }
    return best;
  });
  const wrong = prices.limits.some(([k, by]) => by < 0 || limits[k] === undefined);
  let bound = wrong ? Number.NEGATIVE_INFINITY : 0;
  for (const price of agentPrice) bound += price;
  for (const [place] of prices.places) if (ofPlace(place) !== 0) bound += ofPlace(place) * (model.places[place] ?? 0);
  const costed = new Set([
    ...rowPrice.keys(),
    ...objective.costs.keys(),
    ...prices.limits.flatMap(([k]) => [...(limits[k]?.objective.costs.keys() ?? [])]),
  ]);
  for (const row of costed) bound += rowAt(task, domain, row, prices).least;
  for (const [k, by] of prices.limits) bound -= by * (limits[k]?.most ?? 0);
  const cut = (limit: number): void => {
    const gap = limit - bound + near(limit, bound) / 10;
    arcsOf.forEach((own, agent) => {
      for (const arc of own)
        if (domain.live[arc] === 1 && (costs[arc] ?? 0) - (agentPrice[agent] ?? 0) > gap) domain.live[arc] = 0;
      if (-(agentPrice[agent] ?? 0) > gap) domain.must[agent] = 1;
    });
    for (const [place] of prices.places) if (-ofPlace(place) > gap) domain.full[place] = 1;
    for (const row of costed) {
      const { cost, least } = rowAt(task, domain, row, prices);
      while ((domain.low[row] ?? 0) < (domain.high[row] ?? 0) && cost(domain.low[row] ?? 0) - least > gap)
        domain.low[row] = (domain.low[row] ?? 0) + 1;
      while ((domain.high[row] ?? 0) > (domain.low[row] ?? 0) && cost(domain.high[row] ?? 0) - least > gap)
        domain.high[row] = (domain.high[row] ?? 0) - 1;
    }
  };
  return { bound, cut };
};

/** Least bound over the parts of a tree, and the parts that may still hold a choice of value `goal` or less. */
const walk = (
  task: Task,
  domain: Domain,
  given: { nodes: readonly CertifiedNode[]; index: number; goal: number },
): { bound: number; parts: readonly Domain[] } => {
  const { nodes, index, goal } = given;
  const node = nodes[index];
  const closed = { bound: Number.POSITIVE_INFINITY, parts: [] };
  if (!tighten(task.town, domain)) return closed;
  let bound = Number.NEGATIVE_INFINITY;
  for (const prices of node?.prices ?? []) {
    const relaxed = relax(task, domain, prices);
    bound = Math.max(bound, relaxed.bound);
    if (bound > goal) return { bound, parts: [] };
    relaxed.cut(goal);
    if (!tighten(task.town, domain)) return closed;
  }
  // Nodes come after the one that leads to them: a walk ends.
  if (
    node?.branch === undefined ||
    node.parts === undefined ||
    node.parts.some((next) => next <= index || nodes[next] === undefined)
  )
    return { bound, parts: [domain] };
  const { branch } = node;
  const [left, right] = [copyOf(domain), copyOf(domain)];
  if ("row" in branch) {
    const at = Math.floor(branch.at / (task.town.rows[branch.row] as Row).grid + 0.5);
    left.high[branch.row] = Math.min(left.high[branch.row] ?? 0, at);
    right.low[branch.row] = Math.max(right.low[branch.row] ?? 0, at + 1);
  } else {
    const within = new Set(branch.arcs);
    left.must[branch.agent] = 1;
    for (const arc of task.town.arcsOf[branch.agent] ?? []) (within.has(arc) ? right : left).live[arc] = 0;
  }
  const [first, second] = [
    walk(task, left, { ...given, index: node.parts[0] }),
    walk(task, right, { ...given, index: node.parts[1] }),
  ];
  return { bound: Math.max(bound, Math.min(first.bound, second.bound)), parts: [...first.parts, ...second.parts] };
};

const joined = (parts: readonly Domain[], into: Domain): Domain => {
  const any = (read: (part: Domain) => Uint8Array, size: number): Uint8Array =>
    Uint8Array.from({ length: size }, (_, i) => (parts.some((part) => read(part)[i] === 1) ? 1 : 0));
  const every = (read: (part: Domain) => Uint8Array, size: number): Uint8Array =>
    Uint8Array.from({ length: size }, (_, i) => (parts.every((part) => read(part)[i] === 1) ? 1 : 0));
  return {
    live: any(({ live }) => live, into.live.length),
    must: every(({ must }) => must, into.must.length),
    full: every(({ full }) => full, into.full.length),
    low: into.low.map((_, row) => Math.min(...parts.map(({ low }) => low[row] ?? 0))),
    high: into.high.map((_, row) => Math.max(...parts.map(({ high }) => high[row] ?? 0))),
    reach: into.reach.map(() => null),
  };
};

/** What no choice can exceed: the dearest arc of each agent and the dearest value of each row. */
const mostOf = (town: Town, { weight, costs }: Objective, domain: Domain): number => {
  let most = 0;
  town.arcsOf.forEach((own, agent) => {
    const dear = own.filter((arc) => domain.live[arc] === 1).map(weight);
    most += Math.max(...dear, domain.must[agent] === 1 && dear.length > 0 ? Number.NEGATIVE_INFINITY : 0);
  });
  for (const [row, cost] of costs) {
    const [low, high] = [domain.low[row] ?? 0, domain.high[row] ?? 0];
    most += range(high - low + 1).reduce((dearest, i) => Math.max(dearest, cost(low + i)), Number.NEGATIVE_INFINITY);
  }
  return most;
};

/** Arcs, places and rows that a choice breaks. */
const faultsOf = (town: Town, arcOf: ArrayLike<number>): readonly string[] => {
  const { model, rows } = town;
  const used = range(model.places.length).map(() => 0);
  const faults: string[] = [];
  for (let agent = 0; agent < model.agents; agent++) {
    const arc = arcOf[agent] ?? -1;
    if (arc === -1) continue;
    const place = model.arcs.place[arc] ?? 0;
    if (model.arcs.agent[arc] !== agent) faults.push(`agent ${agent} has an arc that is not its own`);
    else used[place] = (used[place] ?? 0) + 1;
  }
  used.forEach((units, place) => {
    if (units > (model.places[place] ?? 0)) faults.push(`place ${place} is used ${units} times`);
  });
  valuesOf(town, arcOf).forEach((value, row) => {
    const { min, max } = rows[row] as Row;
    if (value < min || value > max) faults.push(`row ${model.rows[row]?.name} is out of its bounds`);
  });
  return faults;
};

/** Check a result against its model. Shapes: as in `KernelModel` and `Certificate`; nothing is thrown for a wrong certificate, it is told in `problems`. */
export const checkCertificate = (model: KernelModel, result: KernelResult): CertificateCheck => {
  const problems: string[] = [];
  const certificate = result.certificate as Certificate | null;
  if (certificate?.format !== "evenstead-kernel-certificate/1")
    return { ok: false, problems: ["there is no certificate"], tiers: [] };
  const town = townOf(model, certificate);
  const { arcOf, status } = result;
  const infeasible = status === "infeasible";
  const y = valuesOf(town, arcOf);
  if (arcOf.length !== model.agents) problems.push("the choice has the wrong length");
  const broken = faultsOf(town, arcOf);
  // Without a proof there may be no choice in hand; then nothing is claimed about one.
  const found = !infeasible && broken.length === 0;
  if (!infeasible && broken.length > 0 && status !== "time-limit" && status !== "aborted" && status !== "feasible")
    problems.push(...broken);

  let domain = wholeDomain(town);
  let limits: Limit[] = [];
  let next = 0;
  let impossible = false;
  /** The choice that the next stage's value is measured on: the certificate's where later objectives left it, else the result's own. */
  const chosen = (): ArrayLike<number> => certificate.stages[next]?.choice ?? arcOf;
  const tiers: { name: string; value: number; bound: number }[] = [];
  /** Check the next stage of the certificate and keep its objective; returns the bound. */
  const stage = (
    objective: Objective,
    given: { tier: number; tolerance: number; threshold?: number },
  ): number | null => {
    const proof = certificate.stages[next];
    if (
      proof === undefined ||
      proof.tier !== given.tier ||
      (proof.threshold === undefined) !== (given.threshold === undefined)
    )
      return null;
    if (given.threshold !== undefined && Math.abs((proof.threshold ?? 0) - given.threshold) > near(given.threshold, 0))
      return null;
    next++;
    const task = { town, objective, limits };
    const possible = tighten(town, domain);
    if (!found) {
      const { bound } = possible
        ? walk(task, copyOf(domain), { nodes: proof.tree, index: 0, goal: mostOf(town, objective, domain) })
        : { bound: Number.POSITIVE_INFINITY };
      impossible = !possible || bound > mostOf(town, objective, domain);
      return bound;
    }
    const choice = proof.choice ?? arcOf;
    const value = objectiveValue(town, objective, choice);
    const kept = limits.every(
      ({ objective: earlier, most }) => objectiveValue(town, earlier, choice) <= most + near(most, 0),
    );
    if (choice !== arcOf && (!kept || faultsOf(town, choice).length > 0))
      problems.push("a choice of the certificate is not feasible");
    if (objectiveValue(town, objective, arcOf) > value + given.tolerance + near(value, given.tolerance))
      problems.push("a tolerance is exceeded");
    const exact = stepOf(town, objective, domain);
    const slack = Math.max(proof.precision, near(value, 0) / 100);
    // A whole objective takes whole steps: halfway to the first that is too far.
    const steps = Math.floor(given.tolerance / exact + ROUNDING) * exact;
    const isWhole = proof.precision === 0 && exact > slack && Number.isFinite(steps);
    const limit = isWhole ? value + steps + exact / 2 : value + given.tolerance + slack / 8;
    const cutAll = (all: readonly CertifiedPrices[]): void => {
      for (const prices of all) relax(task, domain, prices).cut(limit);
    };
    cutAll(proof.cutsBefore);
    const goal = exact > slack ? value - exact * (127 / 128) : value - Math.max(slack, proof.equal);
    tighten(town, domain);
    const { bound } = walk(task, copyOf(domain), { nodes: proof.tree, index: 0, goal });
    cutAll(proof.cutsAfter);
    if (!tighten(town, domain)) problems.push("a cut takes away the choice itself");
    if (proof.shrink !== undefined) {
      const { parts } = walk(task, copyOf(domain), { nodes: proof.shrink, index: 0, goal: limit });
      if (parts.length === 0) problems.push("a cut takes away the choice itself");
      else domain = joined(parts, domain);
      tighten(town, domain);
    }
    limits = [
      ...limits,
      { objective, most: exact > slack ? value + Math.floor(given.tolerance / exact + ROUNDING) * exact : limit },
    ];
    return bound > goal ? value : bound;
  };

  if (model.tiers[0] === undefined || model.tiers[0].leximax !== undefined)
    stage({ weight: () => 0, costs: new Map() }, { tier: -1, tolerance: 0 });
  model.tiers.forEach((tier, index) => {
    if (impossible) return;
    const tolerance = certificate.tolerances[index] ?? 0;
    if (tier.leximax === undefined) {
      const objective = sumObjective(town, tier);
      const sign = tier.sense === "min" ? 1 : -1;
      const bound = stage(objective, { tier: index, tolerance });
      tiers.push({
        name: tier.name,
        value: sign * objectiveValue(town, objective, arcOf),
        bound: sign * (bound ?? Number.NEGATIVE_INFINITY),
      });
      return;
    }
    const vectorOf = (values: readonly number[]): readonly number[] =>
      (tier.leximax ?? [])
        .map(({ row, offset, divisor }) => ((values[row] ?? 0) * (town.rows[row] as Row).grid + offset) / divisor)
        .sort((a, b) => b - a);
    const vector = vectorOf(y);
    const counted = vectorOf(valuesOf(town, chosen()));
    const distinct = counted.filter((value, i) => i === 0 || value < (counted[i - 1] ?? 0) - near(value, value));
    let bound = Number.NEGATIVE_INFINITY;
    let proven = 0;
    for (const [position, threshold] of distinct.entries()) {
      const kept = { domain: copyOf(domain), limits };
      const above = countObjective(town, tier, { threshold, above: true });
      const choice = chosen();
      limits = [...limits, { objective: above, most: objectiveValue(town, above, choice) }];
      const reaching = countObjective(town, tier, { threshold, above: false });
      const least = stage(reaching, {
        tier: index,
        tolerance: tolerance > 0 ? Number.POSITIVE_INFINITY : 0,
        threshold,
      });
      if (least === null) {
        limits = kept.limits;
        break;
      }
      const complete = least >= objectiveValue(town, reaching, choice);
      if (complete) proven++;
      if (complete && position === 0) bound = threshold;
      if (tolerance > 0) {
        domain = kept.domain;
        limits = [
          ...kept.limits,
          { objective: countObjective(town, tier, { threshold: threshold + tolerance, above: true }), most: 0 },
        ];
      }
      if (!complete || tolerance > 0) break;
    }
    const all = tolerance > 0 ? Math.min(1, distinct.length) : distinct.length;
    if (result.tiers[index]?.optimal === true && proven < all)
      problems.push(`${tier.name} is called optimal; ${proven} of its ${all} values are proven`);
    if (bound === Number.NEGATIVE_INFINITY)
      bound = tier.leximax.reduce(
        (most, { row, offset, divisor }) =>
          Math.max(most, ((domain.low[row] ?? 0) * (town.rows[row] as Row).grid + offset) / divisor),
        bound,
      );
    tiers.push({ name: tier.name, value: vector[0] ?? 0, bound });
    const told = result.tiers[index]?.vector ?? [];
    if (told.length !== vector.length || told.some((value, i) => Math.abs(value - (vector[i] ?? 0)) > near(value, 0)))
      problems.push(`${tier.name} has another vector`);
  });
  if (infeasible && !impossible) problems.push("it is not shown that nothing is feasible");
  if (!infeasible)
    tiers.forEach(({ name, value, bound }, index) => {
      const told = result.tiers[index];
      const sign = model.tiers[index]?.sense === "min" ? 1 : -1;
      if (told === undefined || told.name !== name) problems.push(`${name} is missing`);
      else if (Math.abs(told.value - value) > near(value, 0))
        problems.push(`${name} has the value ${value}, not ${told.value}`);
      else if (sign * (told.bound - bound) > near(value, bound))
        problems.push(`${name}: the prices prove ${bound}, not ${told.bound}`);
      else if (
        told.optimal &&
        Math.abs(told.bound - told.value) > (certificate.tolerances[index] ?? 0) + near(value, bound)
      )
        problems.push(`${name} is called optimal with a gap`);
    });
  if (
    status === "optimal" &&
    (result.tiers.length !== model.tiers.length || result.tiers.some(({ optimal }) => !optimal))
  )
    problems.push("not every tier is optimal");
  return { ok: problems.length === 0, problems, tiers };
};
