// Typed arrays are read with `as number` here: every index comes from the core.
import type { Lists } from "./core.js";
import { bindingRows, type Domain } from "./domain.js";
import { lookupOf } from "./lookup.js";
import { occupantsOf } from "./occupants.js";
import type { Task } from "./relax.js";
import { type Limit, largestStep, rowValues, stageValue } from "./stage.js";

/** A choice inside all limits. */
export interface Found {
  readonly arcOf: Int32Array;
  readonly value: number;
}

/** How widely a start is searched. */
export interface Ways {
  /** Arcs that are tried; all where there are none. */
  readonly near: Lists | null;
  /** What a unit of each limit's priced form is worth. */
  readonly prices?: ReadonlyMap<Limit, number>;
  /** Whether chains are tried. */
  readonly deep: boolean;
  /** Moves per agent that are looked at for two that make up for each other; none where absent. */
  readonly paired?: number;
  /** Not left off when time is over. */
  readonly unstopped?: true;
  readonly sweeps: number;
}

/** A limit exceeded by next to nothing is exceeded all the same: so many usual steps. */
const ANY_EXCESS = 1 / 16;

/** What a limit may be broken for, at least, as a part of a usual step. */
export const LEAST_WEIGHT = 2 ** -10;
/** The same of a limit that no row counts for: others may leave it without a price, though one agent out of its place is then missed by no row. */
const LEAST_PLAIN = 1;

/** Agents that one move of a search may concern; all of them, where a part of another choice is taken over. */
const MOST_MOVED = 8;

/** The largest power of two that divides whole numbers; a large one where all are 0. */
const powerOfTwoIn = (values: Float64Array): number => {
  let step = 2 ** 52;
  for (const value of values) while (value % step !== 0) step /= 2;
  return step;
};

/** One choice in hand, what it costs, and what moves of a few agents would change about it: the ground that searches walk on. */
export const positionOf = ({ core, stage, held }: Task, domain: Domain) => {
  const arcAt = lookupOf(core);
  const stages = [stage, ...held.map((one) => one.stage)];
  // Held to a value that a choice can have: a step beyond it is then a full step, not the rest of one.
  const limits = [
    Number.POSITIVE_INFINITY,
    ...held.map(({ stage: { lattice, rounding }, limit }) =>
      rounding === 0 ? Math.floor(limit / lattice) * lattice : limit,
    ),
  ];
  const unit = stages.map(largestStep);
  const ownStep = unit[0] as number;
  // Per row the tables of the stages that use it, and the stages' numbers: row by row, one after the other.
  const byRow: { readonly index: number; readonly table: Float64Array }[][] = Array.from(
    { length: core.rows },
    () => [],
  );
  stages.forEach((one, index) => {
    one.rows.forEach((row, i) => {
      byRow[row]?.push({ index, table: one.tables[i] as Float64Array });
    });
  });
  const tableStart = new Int32Array(core.rows + 1);
  byRow.forEach((own, row) => {
    tableStart[row + 1] = (tableStart[row] as number) + own.length;
  });
  const tables = byRow.flatMap((own) => own.map(({ table }) => table));
  const stageOfTable = Int32Array.from(byRow.flatMap((own) => own.map(({ index }) => index)));
  const weighted = stages.flatMap((one, index) => (one.weights === null ? [] : [{ index, weights: one.weights }]));
  const weightsOf = weighted.map(({ weights }) => weights);
  const stageOfWeights = Int32Array.from(weighted, ({ index }) => index);
  const sizes = new Float64Array(core.rows).fill(1);
  for (let row = 0; row < core.rows; row++)
    for (let i = core.byRow.start[row] as number; i < (core.byRow.start[row + 1] as number); i++)
      sizes[row] = Math.max(sizes[row] as number, Math.abs(core.rowCoefficients[i] as number));

  // Rows that nothing looks at and no choice can bring out of their bounds are left out: most only count.
  const felt = Uint8Array.from({ length: core.rows }, (_, row) =>
    (tableStart[row + 1] as number) > (tableStart[row] as number) ||
    (domain.low[row] as number) > (core.rowLow[row] as number) ||
    (domain.high[row] as number) < (core.rowHigh[row] as number)
      ? 1
      : 0,
  );
  const entryStart = new Int32Array(core.arcs + 1);
  const rowOfEntry = new Int32Array(core.byArc.items.length);
  const byOfEntry = new Float64Array(core.byArc.items.length);
  let entries = 0;
  for (let arc = 0; arc < core.arcs; arc++) {
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
      const row = core.byArc.items[j] as number;
      if (felt[row] === 0) continue;
      rowOfEntry[entries] = row;
      byOfEntry[entries++] = core.arcCoefficients[j] as number;
    }
    entryStart[arc + 1] = entries;
  }

  const arcOf = new Int32Array(core.agents).fill(-1);
  const y = new Float64Array(core.rows);
  const used = new Float64Array(core.places);
  const values = new Float64Array(stages.length);
  const { firstAt, nextAt, link, unlink } = occupantsOf(core.agents, core.places);
  const moving = new Int32Array(Math.max(MOST_MOVED, core.agents));
  const movingTo = new Int32Array(moving.length);
  const mark = new Uint8Array(core.rows);
  const change = new Float64Array(core.rows);
  const touched = new Int32Array(core.rows);
  let touchedCount = 0;
  const deltas = new Float64Array(stages.length);
  /** What a step beyond each limit counts for while it may be broken; else 1. */
  const weight = new Float64Array(stages.length).fill(1);
  const near: Lists = core.byAgent;
  /** What changes from move to move. */
  const now = {
    /** Moves set up: agents `moving`, to arcs `movingTo`. */
    moves: 0,
    /** What the moves last looked at change about how far limits and rows are broken. */
    brokenDelta: 0,
    /** What they add to the stage's own value. */
    ownDelta: 0,
    /** What one step of that costs. */
    penalty: ownStep,
    /** What a step beyond a row's bounds counts for. */
    rowWeight: 1,
    tried: 0,
    /** Arcs worth trying, agent by agent. */
    near,
    unstopped: false,
  };

  const addArc = (arc: number, sign: number): void => {
    for (let k = 0; k < weightsOf.length; k++) {
      const index = stageOfWeights[k] as number;
      deltas[index] = (deltas[index] as number) + sign * ((weightsOf[k] as Float64Array)[arc] as number);
    }
    for (let j = entryStart[arc] as number; j < (entryStart[arc + 1] as number); j++) {
      const row = rowOfEntry[j] as number;
      if (mark[row] === 0) {
        mark[row] = 1;
        change[row] = 0;
        touched[touchedCount++] = row;
      }
      change[row] = (change[row] as number) + sign * (byOfEntry[j] as number);
    }
  };
  const outside = (row: number, at: number): number => {
    const low = domain.low[row] as number;
    const high = domain.high[row] as number;
    return (now.rowWeight * (at < low ? low - at : at > high ? at - high : 0)) / (sizes[row] as number);
  };
  const excess = (index: number, value: number): number => {
    const over = value - (limits[index] as number);
    return over > 0 ? (weight[index] as number) * (ANY_EXCESS + over / (unit[index] as number)) : 0;
  };

  /** What a change of rows, and of stages by their weights, costs at the present penalty; `brokenDelta` of it is by whom it leaves out. */
  const costOfChange = (ofAgents: number): number => {
    let brokenDelta = ofAgents;
    for (let i = 0; i < touchedCount; i++) {
      const row = touched[i] as number;
      mark[row] = 0;
      const by = change[row] as number;
      if (by === 0) continue;
      const at = y[row] as number;
      brokenDelta += outside(row, at + by) - outside(row, at);
      const base = core.rowLow[row] as number;
      for (let k = tableStart[row] as number; k < (tableStart[row + 1] as number); k++) {
        const table = tables[k] as Float64Array;
        const index = stageOfTable[k] as number;
        deltas[index] = (deltas[index] as number) + (table[at + by - base] as number) - (table[at - base] as number);
      }
    }
    for (let index = 1; index < stages.length; index++) {
      const delta = deltas[index] as number;
      if (delta !== 0)
        brokenDelta += excess(index, (values[index] as number) + delta) - excess(index, values[index] as number);
    }
    now.brokenDelta = brokenDelta;
    now.ownDelta = deltas[0] as number;
    return now.ownDelta + now.penalty * brokenDelta;
  };
  /** What the moves set up in `moving` would change: the cost at the present penalty. */
  const tryMoves = (): number => {
    now.tried++;
    deltas.fill(0);
    touchedCount = 0;
    let ofAgents = 0;
    for (let i = 0; i < now.moves; i++) {
      const agent = moving[i] as number;
      const before = arcOf[agent] as number;
      if (before >= 0) addArc(before, -1);
      // Whoever has to be served and is left out counts as broken, and is left out by no move.
      else if (domain.must[agent] === 1) ofAgents--;
      if ((movingTo[i] as number) >= 0) addArc(movingTo[i] as number, 1);
    }
    return costOfChange(ofAgents);
  };
  /** As `tryMoves`, were the rows to change by so much; Infinity where one cannot. */
  const tryRows = (rows: readonly number[], by: readonly number[]): number => {
    for (const [i, row] of rows.entries()) {
      const to = (y[row] as number) + (by[i] as number);
      if (to < (core.rowLow[row] as number) || to > (core.rowHigh[row] as number)) return Number.POSITIVE_INFINITY;
    }
    deltas.fill(0);
    touchedCount = 0;
    for (const [i, row] of rows.entries()) {
      change[row] = by[i] as number;
      touched[touchedCount++] = row;
    }
    return costOfChange(0);
  };
  /** Limits without rows: what moves do to them adds up, in steps of the largest power of two in all of it. */
  const linearOf = () =>
    held.flatMap(({ stage: { rows, weights } }, k) =>
      rows.length === 0 && weights !== null ? [{ index: k + 1, step: powerOfTwoIn(weights) }] : [],
    );
  /** Made where moves are numbered: many a position is only measured. */
  let linear: ReturnType<typeof linearOf> | null = null;
  /** Rows that a limit holds, or bounds: of their own, or of a domain that was cut, beyond what is left to be chosen. */
  const heldOf = (): Uint8Array => {
    const isHeld = bindingRows(core, domain);
    for (const one of held) for (const row of one.stage.rows) isHeld[row] = 1;
    return isHeld;
  };
  let heldKnown: Uint8Array | null = null;
  const isHeld = (row: number): boolean => {
    heldKnown ??= heldOf();
    return heldKnown[row] === 1;
  };
  const heldRows = (): readonly number[] => Array.from({ length: core.rows }, (_, row) => row).filter(isHeld);
  /**
   * What `tryMoves` or `tryRows` last looked at does to what is held, as a number modulo 2^32: two moves whose numbers add up to 0 leave it as it is, as
   * good as surely. `codes`: a random odd number per row, then per limit.
   */
  const codeOfChange = (codes: Int32Array): number => {
    linear ??= linearOf();
    let sum = 0;
    for (const { index, step } of linear)
      sum = (sum + Math.imul((deltas[index] as number) / step, codes[core.rows + index - 1] as number)) | 0;
    for (let i = 0; i < touchedCount; i++) {
      const row = touched[i] as number;
      if (isHeld(row)) sum = (sum + Math.imul(codes[row] as number, change[row] as number)) | 0;
    }
    return sum;
  };
  const put = (agent: number, arc: number): void => {
    const before = arcOf[agent] as number;
    if (before >= 0) {
      const place = core.placeOf[before] as number;
      used[place] = (used[place] as number) - 1;
      unlink(agent, place);
    }
    arcOf[agent] = arc;
    if (arc < 0) return;
    const place = core.placeOf[arc] as number;
    used[place] = (used[place] as number) + 1;
    link(agent, place);
  };
  /** Carry out what `tryMoves` last looked at. */
  const commit = (): void => {
    for (let i = 0; i < touchedCount; i++) {
      const row = touched[i] as number;
      y[row] = (y[row] as number) + (change[row] as number);
    }
    for (let index = 0; index < stages.length; index++)
      values[index] = (values[index] as number) + (deltas[index] as number);
    for (let i = 0; i < now.moves; i++) put(moving[i] as number, movingTo[i] as number);
  };
  const load = (start: ArrayLike<number>): void => {
    arcOf.fill(-1);
    used.fill(0);
    firstAt.fill(-1);
    for (let agent = 0; agent < core.agents; agent++) {
      const arc = start[agent] ?? -1;
      if (arc < 0 || arc >= core.arcs || core.agentOf[arc] !== agent) continue;
      const place = core.placeOf[arc] as number;
      if ((used[place] as number) < (core.units[place] as number)) put(agent, arc);
    }
    rowValues(core, arcOf, y);
    stages.forEach((one, index) => {
      values[index] = stageValue(core, one, arcOf, y);
    });
  };
  const broken = (): number => {
    let sum = 0;
    // Who has to be served is not always said by a row as well: parts leave out rows that follow from it.
    for (let agent = 0; agent < core.agents; agent++)
      if (domain.must[agent] === 1 && (arcOf[agent] as number) < 0) sum++;
    for (let row = 0; row < core.rows; row++) sum += outside(row, y[row] as number);
    for (let index = 1; index < stages.length; index++) sum += excess(index, values[index] as number);
    return sum;
  };

  /** What limits are worth while they may be broken: their prices, where these are known, in parts of the usual step. */
  const weigh = (prices: Ways["prices"]): void => {
    held.forEach((limit, k) => {
      const price = ((prices?.get(limit) ?? 0) / limit.unit) * (unit[k + 1] as number);
      weight[k + 1] = Math.max(limit.stage.rows.length === 0 ? LEAST_PLAIN : LEAST_WEIGHT, price / ownStep);
    });
  };

  /** The value of a choice, or null where it breaks a limit. */
  const measure = (choice: Int32Array): number | null => {
    load(choice);
    for (let agent = 0; agent < core.agents; agent++) if (arcOf[agent] !== choice[agent]) return null;
    return broken() > 0 ? null : (values[0] as number);
  };
  return {
    core,
    domain,
    stage,
    stages,
    arcAt,
    signed: weighted,
    ownStep,
    arcOf,
    y,
    used,
    values,
    firstAt,
    nextAt,
    moving,
    movingTo,
    weight,
    now,
    tryMoves,
    tryRows,
    heldRows,
    codeOfChange,
    commit,
    load,
    broken,
    weigh,
    measure,
  };
};

export type Position = ReturnType<typeof positionOf>;
