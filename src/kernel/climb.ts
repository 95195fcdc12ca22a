// Typed arrays are read with `as number` here: every index comes from the core or was made in this file.
import type { Core } from "./core.js";
import type { Prices, Relaxation, Relaxed } from "./relax.js";

/** Largest number of cuts held; the ones without weight go first. */
const MOST_CUTS = 24;
/** A step is taken when it brings this part of what the cuts promised. */
const SERIOUS = 0.1;
/** Null steps after which the trust region shrinks. */
const PATIENCE = 4;
const LARGEST_PRICE = 2 ** 46;
const SWEEPS = 60;

export interface Climb {
  /** The best bound seen and what proves it. */
  readonly best: Relaxed;
  /** How much of each arc the cuts' mixture uses, 0 to 1: an approximate optimum of the relaxation. */
  readonly share: Float64Array;
}

export interface ClimbOptions {
  readonly rounds: number;
  /** Stop once the bound is above this. */
  readonly goal: number;
  readonly start: Prices;
  /** The best whole value known, Infinity where none is. */
  readonly aim: number;
  /** Largest coefficient per row. */
  readonly sizes: Float64Array;
  /** Called with every relaxation; returns the aim from now on, or null to stop. */
  readonly onRound?: (relaxed: Relaxed, round: number) => number | null;
}

/** One relaxation as an upper bound on all others: at prices p no bound is above `at + slope * (p - centre)`. */
interface Cut {
  at: number;
  readonly slope: Float64Array;
  readonly arcOf: Int32Array;
  weight: number;
  /** Products with the slopes of all cuts, in their order. */
  products: number[];
}

/** The most that one arc or one row of the domain can move each limit by. */
const limitSizes = ({ task, domain, arcs }: Relaxation): Float64Array =>
  Float64Array.from(task.limits, ({ priced }) => {
    let size = 1;
    if (priced.weights !== null)
      for (const arc of arcs.arc) size = Math.max(size, Math.abs(priced.weights[arc] as number));
    priced.rows.forEach((row, i) => {
      const base = task.core.rowLow[row] as number;
      const table = priced.tables[i] as Float64Array;
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let y = domain.low[row] as number; y <= (domain.high[row] as number); y++) {
        least = Math.min(least, table[y - base] as number);
        most = Math.max(most, table[y - base] as number);
      }
      if (most > least) size = Math.max(size, most - least);
    });
    return size;
  });

/** Largest coefficient per row: prices move in its unit. */
export const rowSizes = (core: Core): Float64Array => {
  const sizes = new Float64Array(core.rows).fill(1);
  for (let row = 0; row < core.rows; row++)
    for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++)
      sizes[row] = Math.max(sizes[row] as number, Math.abs(core.rowCoefficients[i] as number));
  return sizes;
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** Weights of the cuts that minimise sum(weight * at) + step/2 * |sum(weight * slope)|^2 over the simplex: exchanges between pairs. */
const mixCuts = (cuts: readonly Cut[], step: number): void => {
  const size = cuts.length;
  const gradient = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const { at, products } = cuts[i] as Cut;
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (products[j] as number) * (cuts[j] as Cut).weight;
    gradient[i] = at + step * sum;
  }
  for (let sweep = 0; sweep < SWEEPS * 4; sweep++) {
    let low = 0;
    let high = -1;
    for (let i = 0; i < size; i++) {
      if ((gradient[i] as number) < (gradient[low] as number)) low = i;
      if ((cuts[i] as Cut).weight > 0 && (high < 0 || (gradient[i] as number) > (gradient[high] as number))) high = i;
    }
    if (high < 0 || high === low) return;
    const rise = (gradient[high] as number) - (gradient[low] as number);
    if (rise <= 1e-9 * Math.abs(gradient[low] as number)) return;
    const to = cuts[low] as Cut;
    const from = cuts[high] as Cut;
    const bend =
      step * ((to.products[low] as number) + (from.products[high] as number) - 2 * (to.products[high] as number));
    const move = Math.min(from.weight, bend > 0 ? rise / bend : from.weight);
    from.weight -= move;
    to.weight += move;
    for (let i = 0; i < size; i++) {
      const { products } = cuts[i] as Cut;
      gradient[i] = (gradient[i] as number) + step * move * ((products[low] as number) - (products[high] as number));
    }
  }
};

/** The direction that the cuts' mixture gives at a step, and the bound that the cuts promise there. */
const mixture = (cuts: readonly Cut[], step: number, size: number): { direction: Float64Array; rise: number } => {
  mixCuts(cuts, step);
  const direction = new Float64Array(size);
  let rise = 0;
  for (const { weight, slope, at } of cuts) {
    if (weight === 0) continue;
    rise += weight * at;
    for (let i = 0; i < size; i++) direction[i] = (direction[i] as number) + weight * (slope[i] as number);
  }
  return { direction, rise: rise + step * dot(direction, direction) };
};

const addCut = (cuts: Cut[], cut: Cut): void => {
  if (cuts.length >= MOST_CUTS) {
    let idle = 0;
    for (let i = 1; i < cuts.length; i++) if ((cuts[i] as Cut).weight < (cuts[idle] as Cut).weight) idle = i;
    const [gone] = cuts.splice(idle, 1);
    for (const other of cuts) other.products.splice(idle, 1);
    const rest = 1 - (gone?.weight ?? 0);
    for (const other of cuts) other.weight = rest > 0 ? other.weight / rest : 1 / cuts.length;
  }
  cut.products = cuts.map(({ slope }) => dot(slope, cut.slope));
  cuts.forEach((other, i) => {
    other.products.push(cut.products[i] as number);
  });
  cut.products.push(dot(cut.slope, cut.slope));
  cuts.push(cut);
};

/**
 * Raise the bound by a proximal bundle method (Lemaréchal 1978; Kiwiel 1990): the relaxations seen so far bound all others from above;
 * the next prices maximise that model less a penalty on the distance from the best prices.
 */
export function* climb(relaxed: Relaxation, options: ClimbOptions): Generator<void, Climb> {
  const { core, limits } = relaxed.task;
  let best = relaxed.evaluate(options.start);
  const caps = limitSizes(relaxed).map((cap, k) => Math.max(cap, Math.abs(best.excess[k] as number)));
  const size = core.rows + limits.length;
  const units = new Float64Array(size);
  units.set(options.sizes);
  units.set(caps, core.rows);
  const slopeOf = ({ wanted, brought, excess }: Relaxed): Float64Array => {
    const slope = new Float64Array(size);
    for (let row = 0; row < core.rows; row++)
      slope[row] = ((wanted[row] as number) - (brought[row] as number)) / (units[row] as number);
    for (let k = 0; k < limits.length; k++) slope[core.rows + k] = (excess[k] as number) / (caps[k] as number);
    return slope;
  };
  /** Prices in the unit of the slopes. */
  const pointOf = ({ row, limit }: Prices): Float64Array => {
    const point = new Float64Array(size);
    for (let i = 0; i < size; i++)
      point[i] = (i < core.rows ? (row[i] as number) : (limit[i - core.rows] as number)) * (units[i] as number);
    return point;
  };
  const pricesAt = (point: Float64Array): Prices => {
    const row = new Float64Array(core.rows);
    for (let i = 0; i < core.rows; i++)
      row[i] =
        Math.max(-LARGEST_PRICE, Math.min(LARGEST_PRICE, Math.round((point[i] as number) / (units[i] as number)))) + 0;
    const limit = Float64Array.from(limits, (_, k) => {
      const cap = caps[k] as number;
      return Math.max(0, Math.min(Math.floor(LARGEST_PRICE / cap), Math.round((point[core.rows + k] as number) / cap)));
    });
    return { row, limit };
  };

  let aim = options.aim;
  let centre = pointOf(options.start);
  const cuts: Cut[] = [];
  addCut(cuts, { at: best.bound, slope: slopeOf(best), arcOf: best.arcOf, weight: 1, products: [] });
  let step = 0;
  let cap = Number.POSITIVE_INFINITY;
  let poor = 0;
  let centreBound = best.bound;
  const told = options.onRound?.(best, 0);
  if (told !== undefined && told !== null) aim = told;
  for (let round = 1; round < options.rounds && told !== null && best.bound <= options.goal; round++) {
    yield;
    const target = Number.isFinite(aim) ? aim : centreBound + Math.max(2 ** 20, Math.abs(centreBound) * 0.02);
    if (step === 0) {
      const norm = (cuts[0] as Cut).products[0] as number;
      if (norm === 0) break;
      step = Math.max(target - centreBound, 1) / norm;
    }
    let mixed = mixture(cuts, step, size);
    // Wide enough to promise half of what is missing, as far as null steps have not shown that this is too wide.
    while (mixed.rise - centreBound < 0.5 * (target - centreBound) && step * 4 <= cap && step < 2 ** 200) {
      step *= 4;
      mixed = mixture(cuts, step, size);
    }
    const { direction } = mixed;
    const promised = mixed.rise - centreBound;
    // Nothing is promised: the best prices are found, or the region is too small to see more.
    if (promised <= Math.max(0.5, 1e-5 * (target - centreBound))) {
      if (step * 16 > cap || step > 2 ** 200) break;
      step *= 16;
      continue;
    }
    const trial = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const price = (centre[i] as number) + step * (direction[i] as number);
      trial[i] = i >= core.rows ? Math.max(0, price) : price;
    }
    const prices = pricesAt(trial);
    const now = relaxed.evaluate(prices);
    const answer = options.onRound?.(now, round);
    if (answer === null) {
      if (now.bound > best.bound) best = now;
      break;
    }
    if (answer !== undefined) aim = answer;
    const slope = slopeOf(now);
    const point = pointOf(prices);
    if (now.bound > best.bound) best = now;
    if (now.bound >= centreBound + SERIOUS * promised) {
      const shift = new Float64Array(size);
      for (let i = 0; i < size; i++) shift[i] = (point[i] as number) - (centre[i] as number);
      for (const cut of cuts) cut.at += dot(cut.slope, shift);
      if (now.bound >= centreBound + 0.5 * promised) cap = Math.max(cap, step * 8);
      centre = point;
      centreBound = now.bound;
      addCut(cuts, { at: now.bound, slope, arcOf: now.arcOf, weight: 0, products: [] });
      poor = 0;
    } else {
      let back = 0;
      for (let i = 0; i < size; i++) back += (slope[i] as number) * ((centre[i] as number) - (point[i] as number));
      addCut(cuts, { at: now.bound + back, slope, arcOf: now.arcOf, weight: 0, products: [] });
      if (++poor >= PATIENCE) {
        cap = step;
        step /= 4;
        poor = 0;
      }
    }
  }
  const share = new Float64Array(core.arcs);
  for (const { weight, arcOf } of cuts)
    if (weight > 0) for (const arc of arcOf) if (arc >= 0) share[arc] = (share[arc] as number) + weight;
  return { best, share };
}
