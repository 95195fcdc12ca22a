// Typed arrays are read with `as number` here: every index comes from the core.
import type { Clock } from "../anneal.js";
import { blender } from "../blend.js";
import type { Core } from "../core.js";
import { type Part, partOf } from "../part.js";
import { type Found, positionOf } from "../position.js";
import type { Effort } from "../proof.js";
import { type Searcher, searcher } from "../search.js";
import type { AgentPrices, Picked, Picking } from "./pick.js";
import { partNear } from "./sift.js";

/** Choices are mended twice over the arcs that prices were made good on; where that makes none, over those that cost up to so many times what an agent costs on average. */
const TRIES = 2;
const WIDE = 0.8;
/** The latter while this part of the time is left. */
const WIDE_UNTIL = 1 / 4;
/** A choice this far from the bound, as a part of it, is worth a longer look: so many more, while this part of the time is left. */
const FAR = 0.003;
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

/** A choice that takes each arc, in their order, whose agent and place are free. */
const greedy = (core: Core, arcs: Iterable<number>): Int32Array => {
  const arcOf = new Int32Array(core.agents).fill(-1);
  const used = new Int32Array(core.places);
  for (const arc of arcs) {
    const agent = core.agentOf[arc] as number;
    const place = core.placeOf[arc] as number;
    if ((arcOf[agent] as number) >= 0 || (used[place] as number) >= (core.units[place] as number)) continue;
    arcOf[agent] = arc;
    used[place] = (used[place] as number) + 1;
  }
  return arcOf;
};

interface Near {
  readonly part: Part;
  /** The part's number of each arc, -1 where it has none. */
  readonly number: Int32Array;
  readonly search: Searcher;
}

/** Makes choices of what a relaxation uses of each arc: rounded, then mended by annealing at its prices. */
export interface Rounder {
  /** From a relaxation of all arcs; `arcs` in order. */
  readonly begin: (arcs: readonly number[]) => void;
  /** From one of a part of them, while more than `reserved` seconds are left; returns the value of what was found, Infinity where nothing was. */
  readonly round: (arcs: readonly number[], prices: AgentPrices, reserved: number) => number;
}

export const rounder = (
  picks: Picking,
  given: {
    readonly top: Picked;
    /** The part that prices were made good on. */
    readonly near: Part;
    /** Whether it is divided as quickly as it is searched. */
    readonly isSmall: boolean;
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
    return { part, number, search: searcher(part.task, part.domain, clock) };
  };
  const wide = (): Near =>
    placesOf(partNear(picks, top, (Math.abs(top.bound) * WIDE) / core.agents) ?? partOf(task, domain));
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
  const mend = (
    { part, number, search }: Near,
    arcs: readonly number[],
    at: { readonly prices: AgentPrices; readonly trials: number },
  ): number => {
    const own = arcs.map((arc) => number[arc] as number).filter((arc) => arc >= 0);
    const prices = new Map(part.task.limits.map((limit, k) => [limit, at.prices.limit[k] as number]));
    const isPaired = !given.isSmall && (vain < IN_VAIN || vain % SELDOM === 0);
    const before = value();
    const found = search.anneal(
      greedy(part.task.core, own),
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
    begin: (arcs) => {
      const isOver = (until: number): boolean =>
        value() - top.bound <= Math.max(task.stage.lattice / 2, Math.abs(top.bound) * FAR) ||
        effort.stop() ||
        (until > 0 && effort.left() < given.seconds * until);
      const first = (): number => mend(near, arcs, { prices: top.prices, trials: TRIALS.first });
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < TRIES && !isOver(0); i++) least = Math.min(least, first());
      if (least === Number.POSITIVE_INFINITY && !isOver(WIDE_UNTIL)) {
        near = wide();
        first();
      }
      for (let i = 0; i < MORE.tries && !given.isSmall && !isOver(MORE.until); i++) first();
    },
    round: (arcs, prices, seconds) => {
      reserved = seconds;
      return clock.stop() ? Number.POSITIVE_INFINITY : mend(near, arcs, { prices, trials: TRIALS.later });
    },
  };
};
