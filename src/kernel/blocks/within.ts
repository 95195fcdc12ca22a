// Typed arrays are read with `as number` here: every index comes from the core.
import { copyOf, type Domain } from "../domain.js";
import { newProofNode } from "../nodes.js";
import { partOf } from "../part.js";
import type { Found } from "../position.js";
import type { Effort, ProofNode } from "../proof.js";
import type { Relaxed, Task } from "../relax.js";
import type { AgentPrices, Picked, Picking } from "./pick.js";
import type { Rounder } from "./rounding.js";
import { type BlocksSolved, type Haste, solveBlocks } from "./tree.js";

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
  /** What is to be done once so many nodes have not been enough. */
  readonly long: { readonly nodes: number; readonly look: () => void };
  /** Where the first bound is below this, the rest is left to other means. */
  readonly least: number;
  /** What is proven so far. */
  readonly proof: ProofNode;
}

/** What the check of a proof will have to go through. */
export interface Reserved {
  readonly arcs: number;
  readonly sets: number;
}
export const NOTHING: Reserved = { arcs: 0, sets: 0 };

/** How a part is searched: to `goal`, until so much of the time is left; in `haste` it is no `proof` of anything. */
export interface Kind {
  readonly goal: () => number;
  readonly aim: (bound: number) => number;
  readonly prices: AgentPrices;
  readonly nodes: number;
  /** Part of the time. */
  readonly until: number;
  readonly isDeep: boolean;
  readonly proof: ProofNode[] | null;
  readonly haste: Haste | null;
}

export interface Guess {
  readonly gap: number;
  readonly limit: number;
  readonly near: Domain;
}

/** Parts of a domain that cost no more than so much, each searched as a model of its own. */
export interface Within {
  readonly given: ByBlocks;
  readonly picks: Picking;
  /** The best prices of the whole domain. */
  readonly top: Picked;
  /** What an agent costs on average. */
  readonly perAgent: number;
  /** Whether the domain is divided as quickly as it is searched. */
  readonly isSmall: boolean;
  /** Whether no more than this part of the time is left. */
  readonly isOver: (share: number) => boolean;
  /** Whether the best value is further from the bound than this part of it. */
  readonly isFar: (by: number) => boolean;
  /** The choices within a guess at the gap, so many times what an agent costs: too few for a proof. */
  readonly guessed: (by: number) => Guess;
  readonly search: (
    near: Domain,
    kind: Kind,
  ) => Generator<void, Omit<BlocksSolved, "isFound"> & { readonly reserved: Reserved }>;
  /** Parts looked at by all searches. */
  readonly nodes: () => number;
}

/** `bound`: the best bound known. */
export const withinOf = (
  given: ByBlocks,
  known: {
    readonly picks: Picking;
    readonly top: Picked;
    readonly round: Rounder;
    readonly seconds: number;
    readonly bound: () => number;
    readonly isSmall: boolean;
  },
): Within => {
  const { task, domain, effort, value, consider } = given;
  const { picks, top, round, seconds, bound, isSmall } = known;
  const { core, stage } = task;
  const perAgent = Math.abs(bound()) / Math.max(1, core.agents);
  const isOver = (share: number): boolean => effort.stop() || effort.left() < seconds * share;
  let nodes = 0;
  let isLooked = false;
  return {
    given,
    picks,
    top,
    perAgent,
    isSmall,
    isOver,
    isFar: (by) => value() - bound() > Math.abs(bound()) * by,
    guessed: (by) => {
      const gap = Math.max(stage.lattice, perAgent * by);
      const limit = bound() + gap;
      const near = copyOf(domain);
      picks.cut(top, near, { limit, margin: 0 });
      return { gap, limit, near };
    },
    *search(near, { until, proof, ...kind }) {
      const part = partOf(task, near);
      let reserved = NOTHING;
      const reserve = (arcs: number): void => {
        reserved = { arcs: reserved.arcs + arcs, sets: reserved.sets + 1 };
        effort.reserve(arcs);
      };
      const outcome = yield* solveBlocks({
        ...kind,
        part,
        isSmall,
        bound: bound(),
        effort: { ...effort, reserve: proof === null ? () => {} : reserve, stop: () => isOver(until) },
        onNode: () => {
          // In haste time is for others too.
          if (++nodes < given.long.nodes || isLooked || kind.haste !== null) return;
          isLooked = true;
          given.long.look();
        },
        round: (used, prices) =>
          round.round(
            used.map((one) => ({ ...one, arc: part.arcs[one.arc] as number })),
            prices,
            Number.isFinite(seconds) ? seconds * until : 0,
          ),
        consider: (found) =>
          consider(found && { ...found, arcOf: found.arcOf.map((arc) => (arc < 0 ? -1 : (part.arcs[arc] as number))) }),
        proof: proof ?? [newProofNode()],
        root: 0,
      });
      return { ...outcome, reserved };
    },
    nodes: () => nodes,
  };
};
