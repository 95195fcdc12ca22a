// Typed arrays are read with `as number` here: every index comes from the core.
import { averagesOf, type Branch, branchOn, isNarrow, openRow } from "../branch.js";
import { rowSizes } from "../climb.js";
import { activity, type Core } from "../core.js";
import { copyOf, type Domain, tighten } from "../domain.js";
import { divideNode, MARGIN, type OpenNode, takeFirst } from "../nodes.js";
import type { Part } from "../part.js";
import { type Found, positionOf } from "../position.js";
import type { Effort, ProofNode } from "../proof.js";
import { decisivePrices, noPrices, relaxation, type Task } from "../relax.js";
import { largestStep } from "../stage.js";
import { ascender } from "./ascent.js";
import { type Mixture, type Used, usedOf } from "./mixture.js";
import { type AgentPrices, picking, pricedAgents } from "./pick.js";
import { seating } from "./seats.js";

/** Where many are decided at once: of so many parts that are left open, one is taken where the bound is least, the others at the end of the way. */
const TRIES_AT_END = 6;
/** Rounds of the first node, of every other, and of the same node again after each cut. */
const ROOT_ROUNDS = 80;
const NODE_ROUNDS = 25;
const AGAIN_ROUNDS = 15;
const PASSES = 3;
/** A rise by this part of what is missing is not worth a round. */
const PRECISION = 0.1;
/** A node is bounded again where a cut took this part of its arcs. */
const WORTH_IT = 0.1;
/** One node of so many is made a choice of: from the first on, but where dividing is quicker, only after so many. */
const ROUNDED = 8;
/** Share of a block in an agent that makes this sure enough. */
const SURE = 0.95;

export interface BlockSearch {
  readonly part: Part;
  readonly prices: AgentPrices;
  readonly bound: number;
  readonly effort: Effort;
  readonly nodes: number;
  /** Told of every node. */
  readonly onNode: () => void;
  /** A value that steps are measured by, and what a bound has to exceed. */
  readonly aim: (bound: number) => number;
  readonly goal: () => number;
  /** Makes a choice of what a relaxation uses of the part's arcs, at its prices; returns its value. */
  readonly round: (used: readonly Used[], prices: AgentPrices) => number;
  /** Told in the part's arcs. */
  readonly consider: (found: Found | null) => void;
  /** Where the proof goes: the part itself is the node with number `root`. */
  readonly proof: ProofNode[];
  readonly root: number;
  /** Whether the parts of the latest decision come first, rather than those of the least bound. */
  readonly isDeep: boolean;
  /** Whether parts are divided sooner than a choice is made of one. */
  readonly isSmall: boolean;
  /** Whether to decide on many agents at once and to end at the first choice within the goal: nothing is proven. */
  readonly haste: Haste | null;
}

export interface Haste {
  /** Rounds of each node but the first. */
  readonly rounds: number;
  /** This part of the undecided is decided at each node, sure or not. */
  readonly atOnce: number;
}

/** Averages of a row nearer to a whole value than this are as good as whole. */
const WHOLE = 0.1;

/** What limits share out among rows is decided first. */
const rowBranch = ({ task: { core, limits } }: Part, domain: Domain, share: Float64Array): Branch | null =>
  openRow(
    limits.flatMap(({ stage }) => [...stage.rows]),
    domain,
    { average: averagesOf(core, share), least: WHOLE },
  );

/** The agent that is most of two minds between a block and the others; large ones much sooner, since what is small fits in later. Null where each can go to one block only. */
const blockBranch = (part: Part, domain: Domain, share: Float64Array): Branch | null => {
  let best: Leaning | null = null;
  let most = 0;
  for (const one of leanings(part, domain, share)) {
    const apart = Math.min(one.share, 1 - one.share);
    const score = apart * one.size ** 2;
    if (best !== null && score <= most) continue;
    most = score;
    best = one;
  }
  if (best === null) return null;
  const { core } = part.task;
  const { agent, block } = best;
  const arcs: number[] = [];
  for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
    const arc = core.byAgent.items[i] as number;
    if (domain.live[arc] === 1 && part.blockOf[core.placeOf[arc] as number] === block) arcs.push(arc);
  }
  return { kind: "agent", agent, arcs, left: best.share >= 0.5 };
};

/** Where everybody is in one block: whether an agent that may stay out does, or a row that can take several values. Null where nothing is open but who takes which place. */
const restBranch = ({ task }: Part, domain: Domain): Branch | null => {
  const { core } = task;
  const { live, must, low, high } = domain;
  const least = new Float64Array(core.rows);
  const most = new Float64Array(core.rows);
  activity(core, domain, least, most);
  const isCosted = new Uint8Array(core.rows);
  for (const { rows } of [task.stage, ...task.held.map(({ stage }) => stage)])
    for (const row of rows) isCosted[row] = 1;
  for (let row = 0; row < core.rows; row++)
    if (
      (low[row] as number) < (high[row] as number) &&
      isNarrow(core, (high[row] as number) - (low[row] as number)) &&
      (isCosted[row] === 1 ||
        (least[row] as number) < (low[row] as number) ||
        (most[row] as number) > (high[row] as number))
    ) {
      const at = Math.floor(((low[row] as number) + (high[row] as number)) / 2);
      return { kind: "row", row, at, left: true };
    }
  for (let agent = 0; agent < core.agents; agent++) {
    if (must[agent] === 1) continue;
    const arcs: number[] = [];
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++)
      if (live[core.byAgent.items[i] as number] === 1) arcs.push(core.byAgent.items[i] as number);
    if (arcs.length > 0) return { kind: "agent", agent, arcs, left: true };
  }
  return null;
};

export interface BlocksSolved {
  readonly bound: number;
  readonly nodes: number;
  readonly proven: boolean;
  /** Whether a choice within the goal was found. */
  readonly isFound: boolean;
  /** The best prices of the whole part. */
  readonly prices: AgentPrices;
}

/** Usual size of what one arc does to rows and limits. */
export const usualSizes = ({ core, limits }: Task) => ({
  row: rowSizes(core),
  limit: Float64Array.from(limits, ({ priced }) => largestStep(priced)),
});

/** What an arc brings to a row. */
const shareIn = (core: Core, arc: number, row: number): number => {
  for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++)
    if (core.byArc.items[j] === row) return core.arcCoefficients[j] as number;
  return 0;
};

interface Leaning {
  readonly agent: number;
  readonly block: number;
  readonly share: number;
  /** The most that it brings to a block's row. */
  readonly size: number;
}

/** Undecided agents and the block that each leans to most, the surest first. */
const leanings = (part: Part, { live }: Domain, share: Float64Array): Leaning[] => {
  const { core } = part.task;
  const { blockOf } = part;
  const shares = new Float64Array(core.rows + 1);
  const seen: number[] = [];
  const found: Leaning[] = [];
  for (let agent = 0; agent < core.agents; agent++) {
    let size = 0;
    seen.length = 0;
    for (let i = core.byAgent.start[agent] as number; i < (core.byAgent.start[agent + 1] as number); i++) {
      const arc = core.byAgent.items[i] as number;
      if (live[arc] === 0) continue;
      const block = blockOf[core.placeOf[arc] as number] as number;
      // No block is the last of all.
      const at = block < 0 ? core.rows : block;
      if (!seen.includes(at)) {
        seen.push(at);
        shares[at] = 0;
      }
      shares[at] = (shares[at] as number) + (share[arc] as number);
      for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++)
        if (core.byArc.items[j] === block) size = Math.max(size, core.arcCoefficients[j] as number);
    }
    if (seen.length < 2) continue;
    let most = seen[0] as number;
    for (const at of seen) if ((shares[at] as number) > (shares[most] as number)) most = at;
    found.push({ agent, block: most === core.rows ? -1 : most, share: shares[most] as number, size });
  }
  return found.sort((a, b) => b.share - a.share || a.agent - b.agent);
};

/** Those who lean to one block most go there, as long as that leaves everybody a place and the block's row its range. Returns whether there are places for all. */
const settle = (part: Part, now: Domain, { share, atOnce }: { share: Float64Array; atOnce: number }): boolean => {
  const { core } = part.task;
  const { live } = now;
  const seats = seating(core, now);
  if (!seats.seatAll()) return false;
  const least = new Float64Array(core.rows);
  const most = new Float64Array(core.rows);
  activity(core, now, least, most);
  const undecided = leanings(part, now, share);
  for (const [i, { agent, block, share: own }] of undecided.entries()) {
    if (own < SURE && i >= undecided.length * atOnce) break;
    const gone: number[] = [];
    let by = Number.POSITIVE_INFINITY;
    for (let j = core.byAgent.start[agent] as number; j < (core.byAgent.start[agent + 1] as number); j++) {
      const arc = core.byAgent.items[j] as number;
      if (live[arc] === 0) continue;
      if (part.blockOf[core.placeOf[arc] as number] === block) by = Math.min(by, shareIn(core, arc, block));
      else gone.push(arc);
    }
    const isRoom = block < 0 || (least[block] as number) + by <= (now.high[block] as number);
    if (!isRoom) continue;
    for (const arc of gone) live[arc] = 0;
    if (seats.keepsSeat(agent)) {
      if (block >= 0) least[block] = (least[block] as number) + by;
    } else for (const arc of gone) live[arc] = 1;
  }
  return true;
};

/** A part that is still to be bounded, and what its parent's prices left behind. */
interface BlockNode extends OpenNode<AgentPrices> {
  readonly step: number | null;
  readonly mixture: Mixture | null;
}

/** Divide a part, bounded by prices on agents, until nothing within the goal can be left. Returns the least bound of what is open. */
export function* solveBlocks(given: BlockSearch): Generator<void, BlocksSolved> {
  const { part, effort, proof, aim, goal, haste } = given;
  const { task } = part;
  const { core } = task;
  const { measure } = positionOf(task, part.domain);
  const ascend = ascender(task, usualSizes(task));
  let open: BlockNode[] = [];
  let next: BlockNode | null = null;
  let closed = Number.POSITIVE_INFINITY;
  let nodes = 0;
  let isFound = false;
  let rootPrices = given.prices;
  const consider = (found: Found | null): void => {
    if (found !== null && found.value <= goal()) isFound = true;
    given.consider(found);
  };

  const visit = (node: BlockNode): void => {
    const proven = (proof[node.index] as ProofNode).prices;
    const { domain: now } = node;
    let { prices, bound, step, mixture } = node;
    let share: Float64Array | null = null;
    for (let pass = 0; pass < (haste !== null && haste.atOnce > 0 ? 1 : PASSES); pass++) {
      if (!tighten(core, now, true)) return;
      const picks = picking(task, now);
      const climbed = ascend(picks, {
        rounds: node.index === given.root ? ROOT_ROUNDS : pass === 0 ? (haste?.rounds ?? NODE_ROUNDS) : AGAIN_ROUNDS,
        step,
        mixture,
        precision: (reached) => Math.max(0.5, (goal() - reached) * PRECISION),
        start: prices,
        goal: goal(),
        aim,
        onRound: () => !effort.stop(),
      });
      ({ share, step, mixture } = climbed);
      prices = climbed.best.prices;
      if (node.index === given.root) rootPrices = prices;
      effort.reserve(picks.size);
      proven.push(pricedAgents(core, prices));
      if (climbed.best.bound > bound) bound = climbed.best.bound;
      if (bound > goal()) {
        closed = Math.min(closed, bound);
        return;
      }
      if (effort.stop()) break;
      const taken = picks.cut(climbed.best, now, { limit: goal(), margin: MARGIN });
      if (taken < WORTH_IT * picks.arcs.length) break;
    }
    if (share === null || !tighten(core, now, true)) return;
    // What is found lowers the goal.
    const enough = goal();
    if (nodes % ROUNDED === (given.isSmall ? 0 : 1) && !effort.stop() && given.round(usedOf(share), prices) <= enough)
      isFound = true;
    if (haste !== null) {
      if (!settle(part, now, { share, atOnce: haste.atOnce })) return;
      if (!tighten(core, now, true)) return;
    }
    let branch = rowBranch(part, now, share) ?? blockBranch(part, now, share) ?? restBranch(part, now);
    if (branch === null) {
      // Everybody is in one block, and rows are what they are: what is left is an assignment, if side rows let it be one.
      const rest = relaxation(task, now);
      let alone = rest.evaluate(noPrices(core, task.limits.length));
      const value = alone.bound > goal() ? null : measure(alone.arcOf);
      if (value !== null) consider({ arcOf: alone.arcOf, value });
      // A choice that costs no more than the bound is the best of this part.
      const isBest = value !== null && value <= alone.bound;
      if (!isBest && alone.bound <= goal()) {
        branch = branchOn(task, now, share, alone);
        // One choice is left: where it exceeds a limit, a price on that limit shows it.
        if (branch === null) alone = rest.evaluate(decisivePrices(task, alone, aim(bound)));
      }
      effort.reserve(rest.arcs.arc.length);
      proven.push({ ...alone.prices, place: alone.placePrice });
      if (branch === null) {
        closed = Math.min(closed, alone.bound);
        return;
      }
    }
    const told =
      branch.kind === "row" ? branch : { ...branch, arcs: branch.arcs.map((arc) => part.arcs[arc] as number) };
    // Plunge: go on with the likelier part, so that choices are found early and few domains are held.
    const [likelier, other] = divideNode(core, node, { branch, told, proof, bound, prices });
    next = { ...likelier, step, mixture };
    open.push({ ...other, step, mixture });
  };

  let ends = 0;
  const isDeep = (): boolean =>
    haste !== null && haste.atOnce > 0 ? ++ends % TRIES_AT_END !== 0 : given.isDeep && !isFound;
  open.push({
    index: given.root,
    domain: copyOf(part.domain),
    bound: given.bound,
    prices: given.prices,
    depth: 0,
    step: null,
    mixture: null,
  });
  while ((next !== null || open.length > 0) && nodes < given.nodes && !effort.stop() && !(haste !== null && isFound)) {
    const node: BlockNode | undefined = next ?? (isDeep() ? open.pop() : takeFirst(open));
    if (node === undefined) break;
    next = null;
    if (node.bound > goal()) {
      closed = Math.min(closed, node.bound);
      continue;
    }
    nodes++;
    visit(node);
    given.onNode();
    yield;
  }
  if (next !== null) open.push(next);
  open = open.filter((node) => node.bound <= goal());
  return {
    bound: open.reduce((least, { bound }) => Math.min(least, bound), closed),
    nodes,
    proven: open.length === 0 && closed > goal(),
    isFound,
    prices: rootPrices,
  };
}
