// Typed arrays are read with `as number` here: every index comes from the core.
import { copyOf, tighten } from "../domain.js";
import { MARGIN } from "../nodes.js";
import { type Part, partOf } from "../part.js";
import type { Effort } from "../proof.js";
import type { Relaxed } from "../relax.js";
import { ascender } from "./ascent.js";
import { type Used, usedOf } from "./mixture.js";
import { type AgentPrices, allowedPrices, type Picked, type Picking, picking } from "./pick.js";
import { usualSizes } from "./tree.js";

/** Part of the time that the first prices may take where there is a limit. */
const CLIMB_SHARE = 1 / 3;
/** Arcs that cost more than this many times what an agent costs on average are left out in sifting, more where no choice is left; and one rise by so little ends it. */
const SIFTED = 0.4;
const WIDER = 4;
const LITTLE = 0.00001;
const MOST_SIFTS = 12;
/** The first step towards a value further away than this part of the bound would be too long. */
const NEAR_AIM = 0.003;

export interface Sifting {
  readonly effort: Effort;
  /** What prices on rows have shown. */
  readonly at: Relaxed;
  /** Prices of an earlier result. */
  readonly hinted: AgentPrices | null;
  /** What a bound has to exceed, and the value of the best choice known. */
  readonly goal: () => number;
  readonly value: () => number;
  /** Whether there is nothing to be left out. */
  readonly isSmall: boolean;
}

export interface Sifted {
  readonly top: Picked;
  /** What costs little more than these prices show; null where nothing was priced. */
  readonly near: Part | null;
  /** What the last mixture uses. */
  readonly used: readonly Used[];
}

/** The part of a domain in which choices cost so much more than a bound at the most, as far as its prices show; null where that leaves nothing. */
export const partNear = ({ task, domain, cut }: Picking, top: Picked, more: number): Part | null => {
  const near = copyOf(domain);
  cut(top, near, { limit: top.bound + more, margin: 0 });
  return tighten(task.core, near, true) ? partOf(task, near) : null;
};

/** Good prices: of the cheapest arcs alone, with a look at all of them in between (sifting: Bixby et al. 1992). */
export const sifted = (picks: Picking, given: Sifting): Sifted => {
  const { effort, goal, value, isSmall } = given;
  const { task, domain } = picks;
  const seconds = effort.left();
  const isLate = (): boolean => effort.stop() || effort.left() < seconds * (1 - CLIMB_SHARE);
  /** Prices that a part allows may be more than the whole does. */
  const evaluate = (prices: AgentPrices): Picked => picks.evaluate(allowedPrices(picks, prices));
  const own = evaluate({ ...given.at.prices, agent: given.at.agentPrice });
  const hinted = given.hinted && evaluate(given.hinted);
  let top = hinted !== null && hinted.bound > own.bound ? hinted : own;
  if (top.bound > goal() || effort.stop()) return { top, near: null, used: [] };
  let step: number | null = null;
  let width = SIFTED;
  const cheapest = (): Part | null =>
    partNear(picks, top, Math.max(task.stage.lattice, Math.abs(top.bound) / task.core.agents) * width);
  for (let round = 1; ; round++) {
    const near = isSmall ? null : cheapest();
    const part = near ?? partOf(task, domain);
    const little = Math.max(0.5, Math.abs(top.bound) * LITTLE);
    const climbed = ascender(part.task, usualSizes(part.task))(picking(part.task, part.domain), {
      rounds: effort.rootRounds,
      step,
      mixture: null,
      precision: () => little,
      start: top.prices,
      goal: goal(),
      aim: (reached) => Math.min(value(), reached + Math.max(MARGIN, Math.abs(reached) * NEAR_AIM)),
      onRound: () => !isLate(),
    });
    step = climbed.step;
    const whole = evaluate(climbed.best.prices);
    // Once what is left out costs nothing, or nothing more is found, prices are as good as they get.
    const isRising = climbed.best.bound - whole.bound > little && whole.bound - top.bound > little;
    const isNarrow = climbed.best.bound > goal();
    if (isNarrow) width *= WIDER;
    if (whole.bound > top.bound) top = whole;
    if (near === null || !(isRising || isNarrow) || round === MOST_SIFTS || top.bound > goal() || isLate()) {
      const used = usedOf(climbed.share).map((one) => ({ ...one, arc: part.arcs[one.arc] as number }));
      if (isSmall || (near !== null && width === SIFTED)) return { top, near: part, used };
      // Prices that took a wide part are good in a narrow one.
      width = SIFTED;
      return { top, near: cheapest() ?? part, used };
    }
  }
};
