// Typed arrays are read with `as number` here: every index comes from the core.
import type { AgentPrices, Picked, Picking } from "./pick.js";

/** Part of the last direction that the next one keeps (Camerini, Fratta and Maffioli 1975). */
const INERTIA = 0.8;
/** Rounds without a better bound after which steps shrink, and by how much. */
const PATIENCE = 30;
const SHRINK = 0.7;
const LARGEST_PRICE = 2 ** 46;

export interface AscentOptions {
  readonly rounds: number;
  /** Length of the first step, as a part of what would reach the aim. */
  readonly step: number;
  readonly start: AgentPrices;
  /** Stop once the bound is above this. */
  readonly goal: number;
  /** The value that steps are measured by, given the best bound: the best known, or what is hoped for. */
  readonly aim: (bound: number) => number;
  /** Usual size of what one arc does to each side row, and to each limit. */
  readonly sizes: { readonly row: Float64Array; readonly limit: Float64Array };
  /** Called with every relaxation; returns whether to go on. */
  readonly onRound?: (picked: Picked, round: number) => boolean;
}

export interface Ascent {
  readonly best: Picked;
  /** How much of each arc the choices of late rounds use, 0 to 1. */
  readonly share: Float64Array;
  /** What the step had come down to. */
  readonly step: number;
}

/** Each choice counts so much more than the one before in `share`. */
const LATER = 1.1;
const MOST_WORTH = 1e9;

/** Raise the bound by deflected subgradients (Held and Karp 1971; Polyak 1969), back to the best prices whenever steps shrink. */
export const ascend = (picking: Picking, options: AscentOptions): Ascent => {
  const { task, domain, sideRows } = picking;
  const { core, limits } = task;
  const { agents } = core;
  const size = agents + sideRows.length + limits.length;
  const unit = new Float64Array(size).fill(1);
  sideRows.forEach((row, i) => {
    unit[agents + i] = options.sizes.row[row] as number;
  });
  for (let k = 0; k < limits.length; k++) unit[agents + sideRows.length + k] = options.sizes.limit[k] as number;

  /** Prices in the unit of slopes. */
  const pointOf = ({ agent, row, limit }: AgentPrices): Float64Array => {
    const point = new Float64Array(size);
    point.set(agent);
    sideRows.forEach((one, i) => {
      point[agents + i] = (row[one] as number) * (unit[agents + i] as number);
    });
    limit.forEach((price, k) => {
      const at = agents + sideRows.length + k;
      point[at] = price * (unit[at] as number);
    });
    return point;
  };
  const whole = (value: number, at: number): number =>
    Math.max(-LARGEST_PRICE, Math.min(LARGEST_PRICE, Math.round(value / (unit[at] as number)))) + 0;
  const none = { row: new Float64Array(core.rows), limit: new Float64Array(0) };
  const pricesAt = (point: Float64Array): AgentPrices => {
    const agent = new Float64Array(agents);
    for (let i = 0; i < agents; i++) agent[i] = whole(point[i] as number, i);
    if (size === agents) return { agent, row: none.row, limit: none.limit };
    const row = new Float64Array(core.rows);
    sideRows.forEach((one, i) => {
      row[one] = whole(point[agents + i] as number, agents + i);
    });
    const limit = Float64Array.from(limits, (_, k) => {
      const at = agents + sideRows.length + k;
      return whole(point[at] as number, at);
    });
    return { agent, row, limit };
  };
  /** Keep prices where they may be. */
  const project = (point: Float64Array): void => {
    for (let i = 0; i < agents; i++) if (domain.must[i] === 0 && (point[i] as number) > 0) point[i] = 0;
    for (let at = agents + sideRows.length; at < size; at++) if ((point[at] as number) < 0) point[at] = 0;
  };
  const slope = new Float64Array(size);
  const slopeOf = ({ taken, wanted, brought, excess }: Picked, point: Float64Array): void => {
    for (let i = 0; i < agents; i++) {
      const missing = 1 - (taken[i] as number);
      // An agent that may stay out costs nothing when it does.
      slope[i] = domain.must[i] === 0 && missing > 0 && point[i] === 0 ? 0 : missing;
    }
    sideRows.forEach((row, i) => {
      slope[agents + i] = ((wanted[row] as number) - (brought[row] as number)) / (unit[agents + i] as number);
    });
    for (let k = 0; k < limits.length; k++) {
      const at = agents + sideRows.length + k;
      const by = (excess[k] as number) / (unit[at] as number);
      slope[at] = by < 0 && point[at] === 0 ? 0 : by;
    }
  };

  let point = pointOf(options.start);
  project(point);
  let now = picking.evaluate(pricesAt(point));
  let best = now;
  let centre = point.slice();
  let step = options.step;
  let poor = 0;
  const direction = new Float64Array(size);
  // Later choices weigh more: what each adds grows from round to round, and all is divided at the end.
  const share = new Float64Array(core.arcs);
  let worth = 1;
  let total = 0;
  const count = ({ arcs }: Picked): void => {
    for (const arc of arcs) share[arc] = (share[arc] as number) + worth;
    total += worth;
    worth *= LATER;
    if (worth < MOST_WORTH) return;
    for (let arc = 0; arc < share.length; arc++) share[arc] = (share[arc] as number) / worth;
    total /= worth;
    worth = 1;
  };
  count(now);
  const isStopped = options.onRound?.(now, 0) === false;
  for (let round = 1; !isStopped && round < options.rounds && best.bound <= options.goal; round++) {
    slopeOf(now, point);
    let norm = 0;
    for (let i = 0; i < size; i++) {
      const own = (slope[i] as number) + INERTIA * (direction[i] as number);
      direction[i] = own;
      norm += own * own;
    }
    if (norm === 0) break;
    const length = (step * Math.max(1, options.aim(best.bound) - now.bound)) / norm;
    for (let i = 0; i < size; i++) point[i] = (point[i] as number) + length * (direction[i] as number);
    project(point);
    now = picking.evaluate(pricesAt(point));
    count(now);
    if (now.bound > best.bound) {
      best = now;
      centre = point.slice();
      poor = 0;
    } else if (++poor > PATIENCE) {
      step *= SHRINK;
      poor = 0;
      point = centre.slice();
      now = best;
      direction.fill(0);
    }
    if (options.onRound?.(now, round) === false) break;
  }
  for (let arc = 0; arc < share.length; arc++) share[arc] = (share[arc] as number) / total;
  return { best, share, step };
};
