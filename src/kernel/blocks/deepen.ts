// Typed arrays are read with `as number` here: every index comes from the core.
import { copyOf, tighten } from "../domain.js";
import { FEW_ARCS, MARGIN, newProofNode } from "../nodes.js";
import type { ProofNode, ProofPrices } from "../proof.js";
import { FAR, type Hastener, hastenerOf, TIGHT } from "./haste.js";
import { type Picked, picking, pricedAgents } from "./pick.js";
import { rounder } from "./rounding.js";
import { sifted } from "./sift.js";
import { type ByBlocks, NOTHING, type Reserved, type Within, withinOf } from "./within.js";

/** Gaps in what an agent costs on average: the first, and how much each next one is larger; where levels are soon gone through, fewer of them. */
const LEVELS = { first: 0.04, factor: 1.7, soon: 2.5 } as const;
/** A level that leaves no more than this part of the gap is the last one. */
const LAST = 0.6;
/** Each time that a level was left the next tries are given so many times as many parts. */
const PATIENCE = 3;
/** Of more agents, searches go on beside first prices; where they have no good choice by their weights, it is looked for within the limits before parts, which would take too long. */
export const MANY_AGENTS = 1000;
/** The part of the time that is left to other searches where there is no good choice. */
const FAR_UNTIL = 0.4;

export interface Deepened {
  readonly bound: number;
  readonly proven: boolean;
  readonly nodes: number;
  readonly picked: Picked;
  readonly proof: readonly ProofNode[];
  /** The value that the proof keeps to, where not the goal: what costs more is cut off. */
  readonly keep: number | null;
}

/** What is shown so far, and what its check will have to go through. */
interface Known {
  /** The prices of the whole domain. */
  readonly first: readonly ProofPrices[];
  shown: Deepened;
  reserved: Reserved;
}

/** What costs more than a level is cut off, and a level that is gone through to its end shows that nothing costs less: `known` becomes what is shown so far. `leave`: the part of the time that is left to other searches where there is no good choice. */
function* levels(
  within: Within,
  hastener: Hastener,
  { known, leave }: { readonly known: Known; readonly leave: number },
): Generator<void, void> {
  const { given, picks, top, perAgent, isSmall, isOver, isFar, search } = within;
  const factor = isSmall ? LEVELS.soon : LEVELS.factor;
  const { task, domain, effort, goal, value } = given;
  const { core, stage } = task;
  const mostNodes = (): number =>
    Number.isFinite(effort.left()) ? Number.POSITIVE_INFINITY : Math.max(1, effort.nodes - within.nodes());
  let { prices } = top;
  let gap = Math.max(stage.lattice, perAgent * LEVELS.first);
  let isImproved = false;
  let isStuck = true;
  let patience: number = TIGHT.nodes;
  for (let isOn = !effort.stop(); isOn; ) {
    const isLast = gap > (goal() - top.bound) * LAST;
    const level = isLast ? Number.POSITIVE_INFINITY : Math.floor(top.bound + gap);
    if (level <= known.shown.bound) {
      gap *= factor;
      continue;
    }
    if (isStuck) yield* hastener.next(prices);
    if (!isImproved && isFar(FAR) && !effort.stop()) given.improve();
    isImproved = true;
    const least = (): number => Math.min(level, goal());
    const near = copyOf(domain);
    picks.cut(top, near, { limit: least(), margin: MARGIN });
    const proof: ProofNode[] = [{ ...newProofNode(), prices: [...known.first] }];
    // A level that takes long is left for another try, as long as there are tries; each time later.
    const mayTry = hastener.mayTry();
    const nodes = mayTry ? Math.min(patience, mostNodes()) : mostNodes();
    const until = !isFar(FAR) ? 0 : hastener.mayDive() ? TIGHT.until : leave;
    const aim = (): number => Math.min(value(), least() + stage.lattice);
    const outcome = tighten(core, near, true)
      ? yield* search(near, { goal: least, aim, prices, nodes, until, isDeep: !isLast, proof, haste: null })
      : { bound: Number.POSITIVE_INFINITY, proven: true, reserved: NOTHING, prices };
    prices = outcome.prices;
    // What was found below the level is the best there is once the level is gone through.
    const isGoal = goal() <= level;
    const keep = isGoal ? null : level - Math.ceil(stage.lattice / 128);
    const bound = Math.min(outcome.bound, keep ?? goal());
    // What was found may be known to be the best by what is shown already: then this part was closed by that, not by its own prices.
    const isBetter = known.shown.bound <= goal() && (outcome.proven || bound > known.shown.bound);
    const { arcs, sets } = isBetter ? known.reserved : outcome.reserved;
    effort.reserve(-arcs, -sets);
    if (isBetter) {
      known.reserved = outcome.reserved;
      known.shown = { ...known.shown, bound, proven: outcome.proven && isGoal, proof, keep };
    }
    isStuck = !outcome.proven;
    if (isStuck) patience *= PATIENCE;
    else gap *= factor;
    isOn = (isStuck ? mayTry : !isGoal) && !isOver(mayTry ? 0 : until) && !effort.isClose(value(), bound);
  }
}

/**
 * Bound and divide a domain by prices on agents. The part within a small gap is gone through to its end, then that within a larger one (iterative
 * deepening: Korf 1985): each that holds no choice is a bound by itself, and the first that holds one holds the best. In between, a choice is
 * looked for in haste, as long as there is no good one. `isLeft`: the first bound is not worth it.
 */
export function* deepen(given: ByBlocks): Generator<void, Deepened & { readonly isLeft: boolean }> {
  const { task, domain, effort, goal } = given;
  const { core } = task;
  const seconds = effort.left();
  const picks = picking(task, domain);
  const isSmall = picks.arcs.length <= FEW_ARCS;
  const { top, near, used } = sifted(picks, { ...given, isSmall });
  effort.reserve(picks.size);
  const root: ProofNode = newProofNode();
  root.prices.push(...given.proof.prices, pricedAgents(core, top.prices));
  const bound = Math.max(given.bound, top.bound);
  const known: Known = {
    first: root.prices,
    shown: { bound, proven: false, nodes: 0, picked: top, proof: [root], keep: null },
    reserved: NOTHING,
  };
  if (bound > goal()) return { ...known.shown, proven: true, isLeft: false };
  if (near === null || top.bound < given.least) return { ...known.shown, isLeft: top.bound < given.least };
  const isMany = task.stage.weights !== null && core.agents > MANY_AGENTS;
  const round = rounder(picks, { ...given, top, near, isSmall, isMany, seconds });
  round.begin(used);
  const within = withinOf(given, { picks, top, round, seconds, isSmall, bound: () => known.shown.bound });
  const isWanting = (): boolean => within.isFar(FAR) && !effort.stop();
  if (isWanting()) given.start();
  if (isMany && isWanting()) given.look();
  const looked = isMany ? given.value() : Number.POSITIVE_INFINITY;
  const hastener = hastenerOf(within);
  yield* levels(within, hastener, { known, leave: FAR_UNTIL });
  const isOpen = (): boolean => !known.shown.proven && known.shown.bound <= goal();
  // From the same choice it would look at the same once more.
  if (isOpen() && given.value() < looked && isWanting()) given.look();
  // The time that others left.
  if (isOpen() && Number.isFinite(seconds) && !effort.isClose(given.value(), known.shown.bound))
    yield* levels(within, hastener, { known, leave: 0 });
  const { shown } = known;
  // Searches may have come upon what was bounded before.
  return {
    ...shown,
    nodes: within.nodes(),
    isLeft: false,
    ...(shown.bound > goal() ? { proven: true, keep: null } : {}),
  };
}
