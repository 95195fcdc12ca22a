import { copyOf, tighten } from "../domain.js";
import { MARGIN } from "../nodes.js";
import { partOf } from "../part.js";
import type { Effort } from "../proof.js";
import type { Relaxed } from "../relax.js";
import { ascend } from "./ascent.js";
import { type AgentPrices, allowedPrices, type Picked, type Picking, picking } from "./pick.js";
import { usualSizes } from "./tree.js";

/** Part of the time that the first prices may take where there is a limit. */
const CLIMB_SHARE = 1 / 3;
/** Arcs that cost more than this many times what an agent costs on average are left out in sifting; and one rise by so little ends it. */
const SIFTED = 0.4;
const LITTLE = 0.00001;
const MOST_SIFTS = 12;
/** Steps towards a value further away than this part of the bound would be too long. */
const NEAR_AIM = 0.003;
/** The first step from an earlier result's prices, which are good already. */
const HINTED_STEP = 0.25;

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

/** Good prices: first on all arcs, then on the cheapest alone, and from time to time a look at all of them (sifting: Bixby et al. 1992). */
export const sifted = (picks: Picking, given: Sifting): Picked => {
  const { effort, goal, value, isSmall } = given;
  const { task, domain } = picks;
  const seconds = effort.left();
  const isLate = (): boolean => effort.stop() || effort.left() < seconds * (1 - CLIMB_SHARE);
  const aimAt = (part: number) => (reached: number) =>
    Math.min(value(), reached + Math.max(MARGIN, Math.abs(reached) * part));
  const own = { ...given.at.prices, agent: given.at.agentPrice };
  const hinted = given.hinted && allowedPrices(picks, given.hinted);
  const isHinted = hinted !== null && picks.evaluate(hinted).bound > picks.evaluate(own).bound;
  let { best: top } = ascend(picks, {
    rounds: isHinted || isSmall ? Math.ceil(effort.rootRounds / 2) : 1,
    step: isHinted ? HINTED_STEP : 1,
    start: isHinted ? hinted : own,
    goal: goal(),
    aim: aimAt(NEAR_AIM),
    sizes: usualSizes(task),
    onRound: () => !isLate(),
  });
  const sifts = isSmall ? 0 : MOST_SIFTS;
  let isRising = true;
  for (let round = 0; isRising && round < sifts && top.bound <= goal() && !isLate(); round++) {
    const near = copyOf(domain);
    picks.cut(top, near, { limit: top.bound + (Math.abs(top.bound) * SIFTED) / task.core.agents, margin: 0 });
    if (!tighten(task.core, near, true)) break;
    const part = partOf(task, near);
    const { best } = ascend(picking(part.task, part.domain), {
      rounds: 2 * effort.rootRounds,
      step: 0.5,
      start: top.prices,
      goal: goal(),
      aim: aimAt(NEAR_AIM / 3),
      sizes: usualSizes(part.task),
      onRound: () => !isLate(),
    });
    const whole = picks.evaluate(best.prices);
    isRising = whole.bound - top.bound > Math.abs(top.bound) * LITTLE;
    if (whole.bound > top.bound) top = whole;
  }
  return top;
};
