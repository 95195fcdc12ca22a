// Typed arrays are read with `as number` here: every index comes from the core.
import { blender } from "./blend.js";
import { nearDomain } from "./narrow.js";
import { partOf } from "./part.js";
import { type Found, positionOf } from "./position.js";
import type { Effort } from "./proof.js";
import { type Relaxation, type Relaxed, relaxation } from "./relax.js";
import { searcher } from "./search.js";

/** Rounds before the first choice is mended, and between two. */
const ROUNDS = { first: 40, later: 15 } as const;
/** Choices mended at most; of them in a row that bring nothing; and the part of the time left that they may take. */
const TRIES = 40;
const IN_VAIN = 12;
const TIME_SHARE = 0.5;
/** Moves per agent that are looked at in pairs to mend one. */
const PAIRED = 500;
/** The first step of each price, in what a unit of its row costs on average; steps grow while a row is missed on the same side, and shrink where it changes (Riedmiller and Braun 1993). */
const FIRST_STEP = 0.02;
const GROWS = 1.3;
const SHRINKS = 0.5;
/** What is nearer than this to what a row is to have is met. */
const MET = 0.5;

/** What a mixture of choices brings to each row, on average, as far as rows may take it. */
const averagesIn = ({ task: { core }, domain }: Relaxation, share: Float64Array): Float64Array =>
  Float64Array.from({ length: core.rows }, (_, row) => {
    let sum = 0;
    for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++)
      sum += (share[core.byRow.items[i] as number] as number) * (core.rowCoefficients[i] as number);
    return Math.min(domain.high[row] as number, Math.max(domain.low[row] as number, sum));
  });

/**
 * Assignments at prices of rows that are moved, round by round, until each row is brought what it is to have (as an auctioneer would: Walras 1874). Where there
 * are many agents some are always near to being of two minds, so that rows are soon missed by no more than one of them.
 */
const steering = (
  relaxed: Relaxation,
  { at, rows, target, sizes }: { at: Relaxed; rows: readonly number[]; target: Float64Array; sizes: Float64Array },
): (() => Relaxed) => {
  const { core } = relaxed.task;
  const row = at.prices.row.slice();
  const step = new Float64Array(core.rows);
  const side = new Float64Array(core.rows);
  const perAgent = Math.abs(at.bound) / Math.max(1, core.agents);
  for (const one of rows) step[one] = (perAgent * FIRST_STEP) / (sizes[one] as number);
  return () => {
    const now = relaxed.evaluate({ row: row.map((price) => Math.round(price) + 0), limit: at.prices.limit });
    for (const one of rows) {
      const missing = (target[one] as number) - (now.brought[one] as number);
      if (Math.abs(missing) < MET) continue;
      const to = Math.sign(missing);
      if (side[one] !== 0) step[one] = (step[one] as number) * (side[one] === to ? GROWS : SHRINKS);
      side[one] = to;
      row[one] = (row[one] as number) + to * (step[one] as number);
    }
    return now;
  };
};

/**
 * Choices of the arcs that cost little at prices of rows and limits: assignments that are steered to what the prices' mixture brings to each row, those nearest to the limits
 * mended by moves in pairs.
 */
export const steer = (
  whole: Relaxation,
  given: {
    readonly at: Relaxed;
    readonly share: Float64Array;
    readonly sizes: Float64Array;
    readonly effort: Effort;
    readonly best: () => Int32Array | null;
    readonly value: () => number;
    readonly consider: (found: Found) => void;
  },
): void => {
  const { at, share, sizes, effort, best, value, consider } = given;
  const part = partOf(whole.task, nearDomain(whole, at));
  const relaxed = relaxation(part.task, part.domain);
  const seconds = effort.left();
  const search = searcher(part.task, part.domain, effort);
  const blend = blender(positionOf(whole.task, whole.domain));
  const rows = search.heldRows();
  if (rows.length === 0) return;
  const target = averagesIn(whole, share);
  const next = steering(relaxed, { at, rows, target, sizes });
  const limits = new Map(part.task.limits.map((limit, k) => [limit, at.prices.limit[k] as number]));
  const wholeOf = (arcOf: Int32Array): Int32Array => arcOf.map((arc) => (arc < 0 ? -1 : (part.arcs[arc] as number)));
  const isOver = (): boolean => effort.stop() || effort.left() < seconds * (1 - TIME_SHARE);
  for (let tries = 0, vain = 0; tries < TRIES && vain < IN_VAIN && !isOver(); tries++) {
    let nearest: Int32Array | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (let round = tries === 0 ? ROUNDS.first : ROUNDS.later; round > 0 && least > 0 && !effort.stop(); round--) {
      const { arcOf } = next();
      const broken = search.broken(arcOf);
      if (broken >= least) continue;
      least = broken;
      nearest = arcOf;
    }
    if (nearest === null) return;
    const before = value();
    const found = search.improve(nearest, { near: null, prices: limits, deep: false, paired: PAIRED, sweeps: 2 });
    if (found !== null) {
      const arcOf = wholeOf(found.arcOf);
      const from = best();
      consider({ ...found, arcOf });
      if (from !== null) consider(blend({ from, to: arcOf, together: true }));
    }
    vain = value() < before ? 0 : vain + 1;
  }
};
