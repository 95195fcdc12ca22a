// Typed arrays are read with `as number` here: every index comes from the core.
import type { Clock } from "../anneal.js";
import { assigner } from "../assignment.js";
import { blender } from "../blend.js";
import { liveArcs } from "../domain.js";
import type { Part } from "../part.js";
import { type Found, positionOf } from "../position.js";
import type { Effort } from "../proof.js";
import { type Searcher, searcher } from "../search.js";
import { largestStep, stageValue } from "../stage.js";
import type { Used } from "./mixture.js";
import type { AgentPrices, Picked, Picking } from "./pick.js";
import { partNear } from "./sift.js";

/** Choices are mended twice over the arcs that prices were made good on; where that makes none, over those that cost up to so many times what an agent costs on average. */
const TRIES = 2;
const WIDE = 0.8;
/** The latter while this part of the time is left. */
const WIDE_UNTIL = 1 / 4;
/** A choice this far from the bound, as a part of it, is worth a longer look, sooner where there are many agents: so many more, while this part of the time is left. */
const FAR = { usual: 0.003, many: 0.0005 } as const;
const MORE = { tries: 8, until: 0.6 } as const;
/** So many earlier ones are kept, to take from them what makes a new best one better. */
const KEPT = 3;
/** Random moves per agent: at first, and in between. */
const TRIALS = { first: 250, later: 50 } as const;
/** For each of them, so many moves are looked at in pairs, to mend what is left and to better it. */
const PAIRED = 4;
/** After so many mends in a row that found nothing better, pairs are looked at one time of so many. */
const IN_VAIN = 4;
const SELDOM = 16;

/** What a share of one is worth in whole costs, and what the largest step of a limit that no row counts for. */
const WHOLE = 2 ** 20;
const DECISIVE = 2 ** 34;

/**
 * Rounds shares of arcs: the choice that has most of them among those that serve whoever has to be served, an assignment. Where that breaks a limit that no
 * row counts for, the one that comes nearest to such limits. Null where there are not places enough.
 */
const roundingOf = ({ task, domain }: Part) => {
  const { core, held } = task;
  const live = liveArcs(core, domain);
  const assign = assigner(core.agents, core.units, live.arc.length);
  const linear = held.filter(({ stage: { rows } }) => rows.length === 0);
  const plain = new Float64Array(live.arc.length);
  for (const { stage } of linear) {
    const step = DECISIVE / largestStep(stage);
    for (let i = 0; i < plain.length; i++)
      plain[i] = (plain[i] as number) + Math.round((stage.weights?.[live.arc[i] as number] ?? 0) * step);
  }
  const cost = new Float64Array(live.arc.length);
  const none = new Float64Array(core.rows);
  const rounded = (share: Float64Array, isPlain: boolean): Int32Array | null => {
    for (let i = 0; i < cost.length; i++)
      cost[i] =
        (isPlain ? (plain[i] as number) : 0) - Math.round(Math.min(1, share[live.arc[i] as number] as number) * WHOLE);
    const { chosen, crowded } = assign(live, cost, domain.must);
    return crowded === null ? chosen.map((at) => (at < 0 ? -1 : (live.arc[at] as number))) : null;
  };
  return (share: Float64Array): Int32Array | null => {
    const first = rounded(share, false);
    if (first === null || linear.every(({ stage, limit }) => stageValue(core, stage, first, none) <= limit))
      return first;
    return rounded(share, true);
  };
};

interface Near {
  readonly part: Part;
  /** The part's number of each arc, -1 where it has none. */
  readonly number: Int32Array;
  readonly search: Searcher;
  readonly rounded: (share: Float64Array) => Int32Array | null;
}

/** Makes choices of what a relaxation uses of each arc: rounded, then mended by annealing at its prices. */
export interface Rounder {
  /** From a relaxation of all arcs. */
  readonly begin: (used: readonly Used[]) => void;
  /** From one of a part of them, while more than `reserved` seconds are left; returns the value of what was found, Infinity where nothing was. */
  readonly round: (used: readonly Used[], prices: AgentPrices, reserved: number) => number;
}

export const rounder = (
  picks: Picking,
  given: {
    readonly top: Picked;
    /** The part that prices were made good on. */
    readonly near: Part;
    /** Whether it is divided as quickly as it is searched. */
    readonly isSmall: boolean;
    /** Whether there are so many agents that others are left to look where nothing is found at once. */
    readonly isMany: boolean;
    readonly effort: Effort;
    /** The time that all of this has: Infinity where there is no limit. */
    readonly seconds: number;
    readonly value: () => number;
    readonly best: () => Int32Array | null;
    readonly consider: (found: Found | null) => void;
  },
): Rounder => {
  const { task, domain } = picks;
  const { top, effort, value, best, consider } = given;
  const { core } = task;

  let reserved = 0;
  const clock: Clock = {
    stop: () => effort.stop() || effort.left() <= reserved,
    left: () => effort.left() - reserved,
  };
  const placesOf = (part: Part): Near => {
    const number = new Int32Array(core.arcs).fill(-1);
    part.arcs.forEach((arc, i) => {
      number[arc] = i;
    });
    return { part, number, search: searcher(part.task, part.domain, clock), rounded: roundingOf(part) };
  };
  const wide = (): Near | null => {
    const part = partNear(picks, top, { width: WIDE, others: given.near.arcs });
    return part === null ? null : placesOf(part);
  };
  let seed = 0;
  let vain = 0;
  let blend: ReturnType<typeof blender> | null = null;
  let others: readonly Int32Array[] = [];
  /** Take over what is better of the choices found before, where there is a new best one, or else of the new one. Returns the least value. */
  const blended = (found: Int32Array, isBest: boolean): number => {
    blend ??= blender(positionOf(task, domain));
    let least = Number.POSITIVE_INFINITY;
    for (const to of isBest ? others : [found]) {
      const from = best();
      if (from === null || clock.stop()) continue;
      const made = blend({ from, to, together: true });
      least = Math.min(least, made.value);
      consider(made);
    }
    others = [found, ...others].slice(0, KEPT);
    return least;
  };
  /** What is used of a part's arcs, rounded. */
  const startOf = ({ part, number, rounded }: Near, used: readonly Used[]): Int32Array | null => {
    const share = new Float64Array(part.arcs.length);
    for (const { arc, share: own } of used) if ((number[arc] as number) >= 0) share[number[arc] as number] = own;
    return rounded(share);
  };
  const mend = (
    { part, search }: Near,
    start: Int32Array | null,
    at: { readonly prices: AgentPrices; readonly trials: number },
  ): number => {
    if (start === null) return Number.POSITIVE_INFINITY;
    const prices = new Map(part.task.limits.map((limit, k) => [limit, at.prices.limit[k] as number]));
    const isPaired = !given.isSmall && (vain < IN_VAIN || vain % SELDOM === 0);
    const before = value();
    const found = search.anneal(
      start,
      { near: null, prices, deep: false, ...(isPaired ? { paired: PAIRED * at.trials } : {}), sweeps: 2 },
      { trials: at.trials * core.agents, enough: Number.NEGATIVE_INFINITY, seed: ++seed, heat: 1, mends: true },
    );
    vain = found !== null && found.value < before ? 0 : vain + 1;
    if (found === null) return Number.POSITIVE_INFINITY;
    const arcOf = found.arcOf.map((arc) => (arc < 0 ? -1 : (part.arcs[arc] as number)));
    consider({ ...found, arcOf });
    return Math.min(found.value, blended(arcOf, vain === 0));
  };

  let near = placesOf(given.near);
  return {
    begin: (used) => {
      const far = given.isMany ? FAR.many : FAR.usual;
      const isOver = (until: number): boolean =>
        value() - top.bound <= Math.max(task.stage.lattice / 2, Math.abs(top.bound) * far) ||
        effort.stop() ||
        (until > 0 && effort.left() < given.seconds * until);
      if (isOver(0)) return;
      let start = startOf(near, used);
      const first = (at = near, from = start): number => mend(at, from, { prices: top.prices, trials: TRIALS.first });
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < TRIES && !isOver(0); i++) least = Math.min(least, first());
      const other = least === Number.POSITIVE_INFINITY && !isOver(WIDE_UNTIL) ? wide() : null;
      if (other !== null) {
        const from = startOf(other, used);
        least = first(other, from);
        if (least < Number.POSITIVE_INFINITY) [near, start] = [other, from];
      }
      if (least === Number.POSITIVE_INFINITY && given.isMany) return;
      for (let i = 0; i < MORE.tries && !given.isSmall && !isOver(MORE.until); i++) first();
    },
    round: (used, prices, seconds) => {
      reserved = seconds;
      return clock.stop()
        ? Number.POSITIVE_INFINITY
        : mend(near, startOf(near, used), { prices, trials: TRIALS.later });
    },
  };
};
