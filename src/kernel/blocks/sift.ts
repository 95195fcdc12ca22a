// Typed arrays are read with `as number` here: every index comes from the core.
import { copyOf, tighten } from "../domain.js";
import { MARGIN } from "../nodes.js";
import { type Part, partOf } from "../part.js";
import type { Effort } from "../proof.js";
import type { Relaxed } from "../relax.js";
import { type AscentOptions, ascender } from "./ascent.js";
import { type Used, usedOf } from "./mixture.js";
import { type AgentPrices, allowedPrices, type Picked, type Picking, picking } from "./pick.js";
import { usualSizes } from "./tree.js";

/** Part of the time that the first prices may take where there is a limit. */
const CLIMB_SHARE = 1 / 3;
/** Arcs that cost more than this many times what an agent costs on average are left out in sifting, more where no choice is left; rises by less than such a part of the bound are none, or where parts are soon divided. */
const SIFTED = 0.4;
const WIDER = 4;
const LITTLE = { usual: 1e-5, soon: 1e-4 } as const;
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

/** The arcs of choices that cost no more above a bound than `width` times what an agent costs on average, as far as its prices show, and others; null where rows show that there is no choice of these. */
export const partNear = (
  { task, domain, cut }: Picking,
  top: Picked,
  { width, others = [] }: { readonly width: number; readonly others?: Iterable<number> },
): Part | null => {
  const own = copyOf(domain);
  const more = Math.max(task.stage.lattice, Math.abs(top.bound) / task.core.agents) * width;
  cut(top, own, { limit: top.bound + more, margin: 0 });
  for (const arc of others) own.live[arc] = 1;
  // What prices say of rows and of who is served is no limit to the part: only arcs are left out.
  const near = { ...domain, live: own.live };
  return tighten(task.core, copyOf(near), true) ? partOf(task, near) : null;
};

/** Prices of a part as the whole may have them: of rows that no arc of the part has anything to do with it says nothing. */
const wholePrices = ({ task: { core } }: Picking, own: Picking, given: PartPrices): AgentPrices => {
  const { prices, before, arcs } = given;
  const row = before.row.slice();
  for (const arc of arcs)
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++)
      row[core.byArc.items[j] as number] = 0;
  for (const one of own.sideRows) row[one] = prices.row[one] as number;
  return { ...prices, row };
};

interface PartPrices {
  readonly prices: AgentPrices;
  readonly before: AgentPrices;
  readonly arcs: Int32Array;
}

/** Good prices: of the cheapest arcs alone, with a look at all of them in between (sifting: Bixby et al. 1992). */
export const sifted = (picks: Picking, given: Sifting): Sifted => {
  const { effort, goal, value, isSmall } = given;
  const { task, domain } = picks;
  const seconds = effort.left();
  const isLate = (): boolean => effort.stop() || effort.left() < seconds * (1 - CLIMB_SHARE);
  /** Prices from elsewhere may be more than this domain allows. */
  const evaluate = (prices: AgentPrices): Picked => picks.evaluate(allowedPrices(picks, prices));
  const first = evaluate({ ...given.at.prices, agent: given.at.agentPrice });
  const hinted = given.hinted && evaluate(given.hinted);
  let top = hinted !== null && hinted.bound > first.bound ? hinted : first;
  if (top.bound > goal() || effort.stop()) return { top, near: null, used: [] };
  let width = SIFTED;
  const cheapest = (others: Iterable<number> = []): Part | null => partNear(picks, top, { width, others });
  let near = isSmall ? null : cheapest();
  let from: Pick<AscentOptions, "start" | "step" | "mixture"> = { start: top.prices, step: null, mixture: null };
  for (let round = 1; ; round++) {
    const part = near ?? partOf(task, domain);
    const own = picking(part.task, part.domain);
    const little = Math.max(0.5, Math.abs(top.bound) * (isSmall ? LITTLE.soon : LITTLE.usual));
    const climbed = ascender(part.task, usualSizes(part.task))(own, {
      ...from,
      rounds: effort.rootRounds,
      precision: () => little,
      goal: goal(),
      aim: (reached) => Math.min(value(), reached + Math.max(MARGIN, Math.abs(reached) * NEAR_AIM)),
      onRound: () => !isLate(),
    });
    const { prices, bound } = climbed.best;
    const whole = evaluate(wholePrices(picks, own, { prices, before: top.prices, arcs: part.arcs }));
    const isBetter = whole.bound - top.bound > little;
    const isShort = bound - whole.bound > little;
    const isNarrow = bound > goal();
    if (whole.bound > top.bound) top = whole;
    if (isNarrow) width *= WIDER;
    const isOver = near === null || round === MOST_SIFTS || top.bound > goal() || isLate();
    // What the whole chooses at prices that are too high for it has to be in the part as well.
    const next =
      !isOver && (isNarrow || isShort)
        ? cheapest(isBetter || isNarrow ? whole.arcs : [...part.arcs, ...whole.arcs])
        : near;
    const isNew = isNarrow || (isShort && (isBetter || next?.arcs.length !== part.arcs.length));
    // Once what is left out costs nothing, and nothing more is found, prices are as good as they get.
    if (isOver || !(isNew || (isBetter && !climbed.isAtEnd))) {
      const used = usedOf(climbed.share).map((one) => ({ ...one, arc: part.arcs[one.arc] as number }));
      if (isSmall || (near !== null && width === SIFTED)) return { top, near: part, used };
      // Prices that took a wide part are good in a narrow one.
      width = SIFTED;
      return { top, near: cheapest() ?? part, used };
    }
    near = next;
    const { step, mixture } = climbed;
    from = isNew
      ? { start: top.prices, step: isNarrow ? null : step, mixture: null }
      : { start: prices, step, mixture };
  }
};
