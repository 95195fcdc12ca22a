// Typed arrays are read with `as number` here: every index comes from the core or was made in this file.
import type { Core } from "./core.js";
import { type Cut, masterOf } from "./master.js";
import { nearDomain, WIDTH } from "./narrow.js";
import { FEW_ARCS } from "./nodes.js";
import { type Prices, type Relaxation, type Relaxed, relaxation } from "./relax.js";

/** Largest number of cuts held; the ones without weight go first. */
const MOST_CUTS = 40;
/** Prices of the cheapest arcs alone are looked at with all of them after so many rounds, of so many times as many; they are worth as much where no more than this part of the bound is lost. */
const UNCHECKED = 150;
const SIFTED_ROUNDS = 6;
const LITTLE = 1e-7;
/** Where more is lost, so many times as much is no longer left out. */
const WIDER = 1.5;
/** A step is taken when it brings this part of what the cuts promised. */
const SERIOUS = 0.1;
/** Null steps after which the trust region shrinks. */
const PATIENCE = 4;
/** Steps in a row that brought something, after which they grow. */
const GOOD = 2;
const LARGEST_PRICE = 2 ** 46;
/** The first step is meant to reach the aim. Where earlier objectives are held, the best value known is often far off: then it goes no further than this part of the bound, but at least this part of the way. */
const FIRST = { part: 0.1, least: 1 / 16 } as const;
/** The next prices promise all but this part of what is missing; less where a round costs less than finding them. */
const APART = { usual: 1e-4, few: 1e-2 } as const;
/** Longer steps are tried so often where nothing is promised. */
const MOST_IDLE = 8;

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
  /** Other prices to start from, asked for after the first round: taken where they are better. */
  readonly other?: () => Relaxed | null;
  /** Whether prices are made good on the cheapest arcs alone, with a look at all of them in between (sifting: Bixby et al. 1992). */
  readonly sifts?: boolean;
  /** Called with every relaxation; returns the aim from now on, or null to stop. */
  readonly onRound?: (relaxed: Relaxed, round: number) => number | null;
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

const addCut = (cuts: Cut[], cut: Cut, most: number): void => {
  if (cuts.length >= most) {
    let idle = 0;
    for (let i = 1; i < cuts.length; i++) if ((cuts[i] as Cut).weight < (cuts[idle] as Cut).weight) idle = i;
    const [gone] = cuts.splice(idle, 1);
    const rest = 1 - (gone?.weight ?? 0);
    for (const other of cuts) other.weight = rest > 0 ? other.weight / rest : 1 / cuts.length;
  }
  cuts.push(cut);
};

/**
 * Raise the bound by a proximal bundle method (Lemaréchal 1978; Kiwiel 1990): the assignments seen so far bound all others from above;
 * the next prices maximise that model less a penalty on the distance from the best prices.
 */
export function* climb(relaxed: Relaxation, options: ClimbOptions): Generator<void, Climb> {
  const { task, domain } = relaxed;
  let best = relaxed.evaluate(options.start);
  const told = options.onRound?.(best, 0);
  const other = told === null ? null : (options.other?.() ?? null);
  if (other !== null && other.bound > best.bound) best = other;
  const caps = limitSizes(relaxed).map((cap, k) => Math.max(cap, Math.abs(best.excess[k] as number)));
  const master = masterOf(task, domain, { rows: options.sizes, limits: caps });
  const whole = (price: number, size: number): number => {
    const most = Math.floor(LARGEST_PRICE / size);
    return Math.max(-most, Math.min(most, Math.round(price))) + 0;
  };
  let aim = options.aim;
  const apart = relaxed.arcs.arc.length > FEW_ARCS ? APART.usual : APART.few;
  let centre = master.pointOf(best.prices);
  const cuts: Cut[] = [{ ...master.cutOf(best), weight: 1 }];
  const mostCuts = Math.max(MOST_CUTS, options.sifts === true ? task.blocks.length : 0);
  let near = options.sifts === true ? relaxation(task, nearDomain(relaxed, best)) : relaxed;
  let width = WIDTH;
  let centrePrices = best.prices;
  let unchecked = 0;
  const isUnchecked = (): boolean => near !== relaxed && centrePrices !== best.prices;
  /** See what prices made good on a few arcs are worth to all of them. */
  const check = (): Relaxed => {
    const at = relaxed.evaluate(centrePrices);
    if (at.bound > best.bound) best = at;
    return at;
  };
  /** Go on from the best prices for all arcs, with those that are cheapest there. Returns whether prices were worth as much to all. */
  const renew = (): boolean => {
    unchecked = 0;
    if (!isUnchecked()) return true;
    const at = check();
    const isAsMuch = centreBound - at.bound <= LITTLE * Math.abs(at.bound);
    addCut(cuts, master.cutOf(at), mostCuts);
    centre = master.pointOf(best.prices);
    centrePrices = best.prices;
    centreBound = best.bound;
    if (!isAsMuch) width *= WIDER;
    near = relaxation(
      task,
      nearDomain(relaxed, best, { width, others: [at, ...cuts.filter(({ weight }) => weight > 0)] }),
    );
    return isAsMuch;
  };
  let step = 0;
  let idle = 0;
  let poor = 0;
  let good = 0;
  let centreBound = best.bound;
  if (told !== undefined && told !== null) aim = told;
  const rounds = options.rounds * (options.sifts === true ? SIFTED_ROUNDS : 1);
  for (let round = 1; round < rounds && told !== null && best.bound <= options.goal; round++) {
    yield;
    if (++unchecked > UNCHECKED) renew();
    const target = Number.isFinite(aim) ? aim : centreBound + Math.max(2 ** 20, Math.abs(centreBound) * 0.02);
    const missing = Math.max(1, target - centreBound);
    if (step === 0) {
      const steepness = master.steepness(best);
      if (steepness === 0) break;
      const first = Math.max(missing * FIRST.least, Math.abs(centreBound) * FIRST.part);
      step = (task.limits.length > 0 ? Math.min(missing, first) : missing) / steepness;
    }
    const precision = Math.max(0.25, missing * apart);
    const settled = master.settle(cuts, centre, { step, precision });
    const promised = settled.promised - centreBound;
    // Nothing is promised: the best prices are found, or the region is too small to see more.
    if (promised <= Math.max(0.5, 1e-5 * missing)) {
      if (++idle > MOST_IDLE) {
        if (renew()) break;
        idle = 0;
        step = 0;
      } else step *= 16;
      continue;
    }
    idle = 0;
    const prices = master.pricesOf(settled.point, whole);
    const now = near.evaluate(prices);
    const answer = options.onRound?.(
      near === relaxed ? now : { ...now, bound: Math.min(now.bound, best.bound) },
      round,
    );
    if (near === relaxed && now.bound > best.bound) best = now;
    if (answer === null) break;
    if (answer !== undefined) aim = answer;
    addCut(cuts, master.cutOf(now), mostCuts);
    const gain = now.bound - centreBound;
    // Where the bound would be best along the way, if it were a parabola (Kiwiel 1990).
    const fitting = step / Math.max(2 * (1 - gain / promised), 0.1);
    if (gain >= SERIOUS * promised) {
      if (gain >= 0.5 * promised) step = Math.max(step, fitting);
      // One success after the other: the steps are too short.
      else if (++good >= GOOD) step *= 2;
      centre = master.pointOf(prices);
      centrePrices = prices;
      centreBound = now.bound;
      poor = 0;
      if (centreBound > options.goal) renew();
    } else {
      good = 0;
      if (gain < -promised || ++poor >= PATIENCE) {
        step = Math.max(step / 10, Math.min(step / 2, fitting));
        poor = 0;
      }
    }
  }
  if (isUnchecked()) check();
  const share = new Float64Array(task.core.arcs);
  for (const { weight, arcOf } of cuts)
    if (weight > 0) for (const arc of arcOf) if (arc >= 0) share[arc] = (share[arc] as number) + weight;
  return { best, share };
}
