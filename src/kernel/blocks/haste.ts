// Typed arrays are read with `as number` here: every index comes from the core.
import type { Domain } from "../domain.js";
import type { Task } from "../relax.js";
import { rowValues } from "../stage.js";
import type { AgentPrices, Picked } from "./pick.js";
import type { Within } from "./within.js";

/** A domain of so many arcs is dived into before a choice near the bound is looked for. */
const MANY_ARCS = 250_000;
/** Choices within a tight guess: the first, in what an agent costs on average, how much each next one is larger, and how many; nodes of each, and rounds of each node, which has to be good more than it has to be soon, and the part of the time that has to be left. */
export const TIGHT = { first: 0.2, factor: 2.5, tries: 4, nodes: 40, rounds: 60, until: 0.3 } as const;
/** And any choice at all, from two wide guesses. */
const DIVE = { guesses: [1.25, 2.5], rounds: 10, atOnce: 1 / 4, nodes: 100, until: 0.1 } as const;
/** A choice this far from the bound, as a part of it, is worth any search; one this near needs no more haste. */
export const FAR = 0.02;
const NEAR = 0.003;

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

/** Choices in haste, as long as there is no good one: each search cuts boldly, and proves nothing. */
export interface Hastener {
  /** Whether anything is left to be tried that is worth it. */
  readonly mayTry: () => boolean;
  readonly mayDive: () => boolean;
  /** The next try. */
  readonly next: (prices: AgentPrices) => Generator<void, void>;
}

export const hastenerOf = (within: Within): Hastener => {
  const { given, picks, top, isSmall, isOver, isFar, guessed, search } = within;
  const { task, effort, goal, value, best } = given;
  const isLarge = picks.arcs.length > MANY_ARCS;
  let tries = 0;
  let dives = isSmall ? DIVE.guesses.length : 0;
  const mayTryTight = (): boolean => !isSmall && isFar(NEAR) && tries < TIGHT.tries && !isOver(TIGHT.until);
  const mayDive = (): boolean => dives < DIVE.guesses.length && isFar(FAR) && !isOver(DIVE.until);

  /** A choice within a tight guess, with rows held. */
  function* tryTight(prices: AgentPrices): Generator<void, void> {
    const { first, factor, nodes, until } = TIGHT;
    const { limit, near } = guessed(first * factor ** tries++);
    const known = best();
    if (known !== null) holdRows(task, near, { top, best: known });
    const least = (): number => Math.min(limit, goal());
    const aim = (): number => Math.min(value(), least() + task.stage.lattice);
    const haste = { rounds: TIGHT.rounds, atOnce: 0 };
    yield* search(near, { goal: least, aim, prices, nodes, until, isDeep: true, proof: null, haste });
  }
  /** Any choice, from what a wide guess leaves. */
  function* dive(prices: AgentPrices): Generator<void, void> {
    const { guesses, rounds, atOnce, nodes, until } = DIVE;
    const { limit, near, gap } = guessed(guesses[dives++] as number);
    const aim = (bound: number): number => Math.min(value(), Math.max(limit, bound + gap / 4));
    const haste = { rounds, atOnce };
    yield* search(near, { goal, aim, prices, nodes, until, isDeep: false, proof: null, haste });
    if (!effort.stop()) given.polish();
  }
  return {
    mayTry: () => mayTryTight() || mayDive(),
    mayDive,
    *next(prices) {
      if (mayDive() && (isLarge || tries > 0 || !mayTryTight())) yield* dive(prices);
      else if (mayTryTight()) yield* tryTight(prices);
    },
  };
};
