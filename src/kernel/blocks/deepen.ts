// Typed arrays are read with `as number` here: every index comes from the core.
import { copyOf, type Domain, tighten } from "../domain.js";
import { MARGIN, newProofNode } from "../nodes.js";
import { partOf } from "../part.js";
import type { Found } from "../position.js";
import type { Effort, ProofNode } from "../proof.js";
import type { Relaxed, Task } from "../relax.js";
import { rowValues } from "../stage.js";
import { type AgentPrices, type Picked, picking, pricedAgents } from "./pick.js";
import { sifted } from "./sift.js";
import { type Haste, NODE_ROUNDS, solveBlocks } from "./tree.js";

/** A domain of so few arcs is divided as soon as it is bounded. */
const FEW_ARCS = 4000;
/** A domain of so many is dived into before a choice near the bound is looked for. */
const MANY_ARCS = 250_000;
/** Gaps in what an agent costs on average: the first, and how much each next one is larger. */
const LEVELS = { first: 0.04, factor: 1.7 } as const;
/** The same for choices in haste: how many are tried, with how many nodes, and the part of the time that has to be left. */
const HASTE = { first: 0.2, factor: 2.5, tries: 4, nodes: 40, until: 0.3 } as const;
/** And for any choice at all. */
const DIVE = { guesses: [1.25, 2.5], rounds: 30, atOnce: 1 / 4, nodes: 100, until: 0.1 } as const;
/** A level that leaves no more than this part of the gap is the last one. */
const LAST = 0.6;
/** A choice this far from the bound is worth any search, and this part of the time. */
const FAR = 0.02;
/** One this near needs no more haste. */
const NEAR = 0.003;
const FAR_SHARE = 0.4;

export interface ByBlocks {
  readonly task: Task;
  readonly domain: Domain;
  readonly effort: Effort;
  /** What prices on rows have shown. */
  readonly at: Relaxed;
  readonly bound: number;
  /** Prices of an earlier result. */
  readonly hinted: AgentPrices | null;
  readonly goal: () => number;
  /** The value of the best choice known, or one that no choice reaches. */
  readonly value: () => number;
  readonly best: () => Int32Array | null;
  readonly consider: (found: Found | null) => void;
  /** Searches for choices by other means: a short one around the best choice known, one from the prices, a long one, and a deeper one around the best. */
  readonly start: () => void;
  readonly improve: () => void;
  readonly look: () => void;
  readonly polish: () => void;
  /** What is proven so far. */
  readonly proof: ProofNode;
}

export interface Deepened {
  readonly bound: number;
  readonly proven: boolean;
  readonly nodes: number;
  readonly picked: Picked;
  readonly proof: readonly ProofNode[];
  /** The value that the proof keeps to, where not the goal: what costs more is cut off. */
  readonly keep: number | null;
}

/** What limits share out among rows is taken from the picks, where these keep the limits, or else from the best choice. */
const holdRows = ({ core, limits }: Task, near: Domain, { top, best }: { top: Picked; best: Int32Array }): void => {
  const y = top.excess.every((by) => by <= 0) ? top.wanted : rowValues(core, best);
  for (const limit of limits)
    for (const row of limit.stage.rows) {
      const own = y[row] as number;
      if (own < (near.low[row] as number) || own > (near.high[row] as number)) continue;
      near.low[row] = own;
      near.high[row] = own;
    }
};

/** What the check of a proof will have to go through. */
interface Reserved {
  readonly arcs: number;
  readonly sets: number;
}
const NOTHING: Reserved = { arcs: 0, sets: 0 };

/** How a part is searched: to `goal`, until so much of the time is left; in `haste` it is no `proof` of anything. */
interface Kind {
  readonly goal: () => number;
  readonly aim: (bound: number) => number;
  readonly prices: AgentPrices;
  readonly nodes: number;
  readonly until: number;
  readonly isDeep: boolean;
  readonly proof: ProofNode[] | null;
  readonly haste: Haste | null;
}

/**
 * Bound and divide a domain by prices on agents. The part within a small gap is gone through to its end, then that within a larger one (iterative
 * deepening: Korf 1985): each that holds no choice is a bound by itself, and the first that holds one holds the best. In between, a choice is
 * looked for in haste, as long as there is no good one.
 */
export function* deepen(given: ByBlocks): Generator<void, Deepened> {
  const { task, domain, effort, goal, value, best, consider } = given;
  const { core, stage } = task;
  const seconds = effort.left();
  const isOver = (share: number): boolean => effort.stop() || effort.left() < seconds * share;
  if (value() - given.bound > Math.abs(given.bound) * FAR) given.start();
  const picks = picking(task, domain);
  const isSmall = picks.arcs.length <= FEW_ARCS;
  const isLarge = picks.arcs.length > MANY_ARCS;
  const top = sifted(picks, { ...given, isSmall });
  effort.reserve(picks.arcs.length);
  const root: ProofNode = newProofNode();
  root.prices.push(...given.proof.prices, pricedAgents(core, top.prices));
  let shown: Deepened = {
    bound: Math.max(given.bound, top.bound),
    proven: false,
    nodes: 0,
    picked: top,
    proof: [root],
    keep: null,
  };
  if (shown.bound > goal()) return { ...shown, proven: true };

  let nodes = 0;
  /** What is within a limit, as a model of its own. */
  function* search(near: Domain, { goal: within, prices, until, isDeep, proof, haste, ...kind }: Kind) {
    const part = partOf(task, near);
    const number = new Int32Array(core.arcs).fill(-1);
    part.arcs.forEach((arc, i) => {
      number[arc] = i;
    });
    let reserved = NOTHING;
    const reserve = (arcs: number): void => {
      reserved = { arcs: reserved.arcs + arcs, sets: reserved.sets + 1 };
      effort.reserve(arcs);
    };
    const outcome = yield* solveBlocks({
      part,
      prices,
      bound: shown.bound,
      effort: { ...effort, reserve: proof === null ? () => {} : reserve, stop: () => isOver(until) },
      goal: within,
      aim: kind.aim,
      best: () => best()?.map((arc) => (arc < 0 ? -1 : (number[arc] as number))) ?? null,
      consider: (found) =>
        consider(found && { ...found, arcOf: found.arcOf.map((arc) => (arc < 0 ? -1 : (part.arcs[arc] as number))) }),
      nodes: kind.nodes,
      isDeep,
      haste,
      proof: proof ?? [newProofNode()],
      root: 0,
    });
    nodes += outcome.nodes;
    return { ...outcome, reserved };
  }
  const isFar = (by: number): boolean => value() - shown.bound > Math.abs(shown.bound) * by;
  const perAgent = Math.abs(shown.bound) / Math.max(1, core.agents);
  let { prices } = top;
  const toGoal = (within: () => number) => ({
    goal: within,
    aim: (): number => Math.min(value(), within() + stage.lattice),
  });
  /** The choices within a guess at the gap: too few for a proof. */
  const guessed = (by: number) => {
    const gap = Math.max(stage.lattice, perAgent * by);
    const limit = shown.bound + gap;
    const near = copyOf(domain);
    picks.cut(top, near, { limit, margin: 0 });
    return { gap, limit, near };
  };
  let tries = 0;
  /** A choice in haste, within a tight guess and with rows held. */
  function* hasten(): Generator<void, void> {
    const { first, factor, nodes: most, until } = HASTE;
    const { limit, near } = guessed(first * factor ** tries++);
    const known = best();
    if (known !== null) holdRows(task, near, { top, best: known });
    const within = (): number => Math.min(limit, goal());
    const haste = { rounds: NODE_ROUNDS, atOnce: 0 };
    yield* search(near, { ...toGoal(within), prices, nodes: most, until, isDeep: true, proof: null, haste });
  }
  const mayHasten = (): boolean => !isSmall && isFar(NEAR) && tries < HASTE.tries && !isOver(HASTE.until);
  let dives = isSmall ? DIVE.guesses.length : 0;
  /** Any choice, from what a guess leaves. */
  function* dive(): Generator<void, void> {
    const { guesses, rounds, atOnce, nodes: most, until } = DIVE;
    const { limit, near, gap: by } = guessed(guesses[dives++] as number);
    const aim = (bound: number): number => Math.min(value(), Math.max(limit, bound + by / 4));
    const haste = { rounds, atOnce };
    yield* search(near, { goal, aim, prices, nodes: most, until, isDeep: false, proof: null, haste });
    if (!effort.stop()) given.polish();
  }
  const mayDive = (): boolean => dives < DIVE.guesses.length && isFar(FAR) && !isOver(DIVE.until);
  if (isFar(FAR) && !effort.stop()) given.improve();

  // What costs more than a level is cut off, and a level that is gone through to its end shows that nothing costs less.
  const mostNodes = (): number =>
    Number.isFinite(seconds) ? Number.POSITIVE_INFINITY : Math.max(1, effort.nodes - nodes);
  let kept = NOTHING;
  let gap = Math.max(stage.lattice, perAgent * LEVELS.first);
  for (let isOn = !effort.stop(); isOn; ) {
    const isLast = gap > (goal() - top.bound) * LAST;
    const level = isLast ? Number.POSITIVE_INFINITY : Math.floor(top.bound + gap);
    if (level <= shown.bound) {
      gap *= LEVELS.factor;
      continue;
    }
    const isNeeded = mayHasten() || mayDive();
    if (mayDive() && (isLarge || tries > 0 || !mayHasten())) yield* dive();
    else if (mayHasten()) yield* hasten();
    const within = (): number => Math.min(level, goal());
    const near = copyOf(domain);
    picks.cut(top, near, { limit: within(), margin: MARGIN });
    const proof: ProofNode[] = [{ ...root, prices: [...root.prices] }];
    // A level that takes long is left for another try, as long as there are tries.
    const most = isNeeded && (mayHasten() || mayDive()) ? HASTE.nodes : mostNodes();
    const until = !isFar(FAR) ? 0 : mayDive() ? HASTE.until : FAR_SHARE;
    const outcome = tighten(core, near, true)
      ? yield* search(near, {
          ...toGoal(within),
          prices,
          nodes: most,
          until,
          isDeep: !isLast,
          proof,
          haste: null,
        })
      : { bound: Number.POSITIVE_INFINITY, proven: true, reserved: NOTHING, prices };
    prices = outcome.prices;
    // What was found below the level is the best there is once the level is gone through.
    const isGoal = goal() <= level;
    const keep = isGoal ? null : level - Math.ceil(stage.lattice / 128);
    const bound = Math.min(outcome.bound, keep ?? goal());
    // What was found may be known to be the best by what is shown already: then this part was closed by that, not by its own prices.
    const isBetter = shown.bound <= goal() && (outcome.proven || bound > shown.bound);
    const { arcs, sets } = isBetter ? kept : outcome.reserved;
    effort.reserve(-arcs, -sets);
    if (isBetter) {
      kept = outcome.reserved;
      shown = { bound, proven: outcome.proven && isGoal, nodes, picked: top, proof, keep };
    }
    if (outcome.proven) gap *= LEVELS.factor;
    const isForSearch = isNeeded || mayDive();
    isOn =
      (outcome.proven ? !isGoal : isForSearch) && !isOver(isForSearch ? 0 : until) && !effort.isClose(value(), bound);
  }
  if (!shown.proven && isFar(FAR) && !effort.stop()) given.look();
  // Searches may have come upon what was bounded before.
  return { ...shown, nodes, ...(shown.bound > goal() ? { proven: true, keep: null } : {}) };
}
