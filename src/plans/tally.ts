// Typed arrays are read with `as number` here: every index comes from the model.
import type { ConvexTerm, KernelModel } from "../kernel/model.js";
import { signOf } from "./compare.js";

/** Where each arc counts: rows with coefficients, one list after the other. */
interface ArcRows {
  readonly first: Int32Array;
  readonly row: Int32Array;
  readonly coefficient: Float64Array;
}

const arcRowsOf = ({ arcs, rows }: KernelModel): ArcRows => {
  const first = new Int32Array(arcs.agent.length + 1);
  for (const { arcs: members } of rows)
    for (let i = 0; i < members.length; i++) {
      const next = (members[i] as number) + 1;
      first[next] = (first[next] as number) + 1;
    }
  for (let arc = 0; arc < arcs.agent.length; arc++)
    first[arc + 1] = (first[arc + 1] as number) + (first[arc] as number);
  const row = new Int32Array(first.at(-1) ?? 0);
  const coefficient = new Float64Array(row.length);
  const next = Int32Array.from(first);
  rows.forEach((spec, index) => {
    for (let i = 0; i < spec.arcs.length; i++) {
      const arc = spec.arcs[i] as number;
      const at = next[arc] as number;
      next[arc] = at + 1;
      row[at] = index;
      coefficient[at] = spec.coefficients[i] as number;
    }
  });
  return { first, row, coefficient };
};

/** Convex terms by row, one list after the other. */
interface RowTerms {
  readonly first: Int32Array;
  readonly tier: Int32Array;
  readonly absolute: Uint8Array;
  readonly target: Float64Array;
  readonly scale: Float64Array;
}

const rowTermsOf = ({ rows, tiers }: KernelModel): RowTerms => {
  const byRow: (ConvexTerm & { tier: number })[][] = rows.map(() => []);
  tiers.forEach(({ convex = [] }, tier) => {
    for (const term of convex) byRow[term.row]?.push({ ...term, tier });
  });
  const first = new Int32Array(rows.length + 1);
  byRow.forEach(({ length }, row) => {
    first[row + 1] = (first[row] as number) + length;
  });
  const all = byRow.flat();
  return {
    first,
    tier: Int32Array.from(all, ({ tier }) => tier),
    absolute: Uint8Array.from(all, ({ form }) => Number(form === "absolute")),
    target: Float64Array.from(all, ({ target }) => target),
    scale: Float64Array.from(all, ({ scale }) => scale),
  };
};

/** A model made ready for many small questions about one choice. */
export interface Board {
  readonly model: KernelModel;
  readonly arcsOf: readonly Int32Array[];
  /** Arcs to each place, by agent. */
  readonly arcsTo: readonly Int32Array[];
  readonly arcRows: ArcRows;
  readonly rowTerms: RowTerms;
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Tiers that weigh arcs, and the weights of each arc in these tiers, arc after arc. */
  readonly weighed: Int32Array;
  readonly weights: Float64Array;
}

const made = new WeakMap<KernelModel, Board>();

/** Made once per model, which is frozen by convention: weak, and nothing anyone can tell but by the time it takes. */
export const boardOf = (model: KernelModel): Board => {
  const known = made.get(model);
  if (known !== undefined) return known;
  const { agent, place } = model.arcs;
  const arcsOf: number[][] = Array.from({ length: model.agents }, () => []);
  const arcsTo: number[][] = Array.from({ length: model.places.length }, () => []);
  for (let arc = 0; arc < agent.length; arc++) {
    arcsOf[agent[arc] as number]?.push(arc);
    arcsTo[place[arc] as number]?.push(arc);
  }
  const weighed = model.tiers.flatMap(({ weights }, tier) => (weights === undefined ? [] : [tier]));
  const weights = new Float64Array(agent.length * weighed.length);
  weighed.forEach((tier, i) => {
    const of = model.tiers[tier]?.weights ?? [];
    for (let arc = 0; arc < agent.length; arc++) weights[arc * weighed.length + i] = of[arc] as number;
  });
  const board: Board = {
    model,
    arcsOf: arcsOf.map((arcs) => Int32Array.from(arcs)),
    arcsTo: arcsTo.map((arcs) => Int32Array.from(arcs)),
    arcRows: arcRowsOf(model),
    rowTerms: rowTermsOf(model),
    least: Float64Array.from(model.rows, ({ min }) => min ?? Number.NEGATIVE_INFINITY),
    most: Float64Array.from(model.rows, ({ max }) => max ?? Number.POSITIVE_INFINITY),
    weighed: Int32Array.from(weighed),
    weights,
  };
  made.set(model, board);
  return board;
};

/** A choice that changes step by step, with every tier's value kept up to date. */
export interface Tally {
  readonly arcOf: Int32Array;
  /** Households per place. */
  readonly used: Int32Array;
  /** Let an agent take another arc, or none (-1). */
  readonly move: (agent: number, arc: number) => void;
  /** Back to the start, to the last digit: sums that go up and down would drift. */
  readonly reset: () => void;
  /** Whether every row is within its bounds. Places are the caller's to keep. */
  readonly feasible: () => boolean;
  readonly standing: () => Standing;
  /** Below 0 where the present choice is better than a standing by the first tier that differs. */
  readonly against: (other: Standing) => number;
}

/** What a choice is worth, tier by tier. */
export interface Standing {
  readonly values: Float64Array;
  /** Leximax tiers: terms, largest first; null for the others. */
  readonly vectors: readonly (readonly number[] | null)[];
}

type Vector = readonly number[] | null;

/** Below 0 where the first is better by the first tier that differs. A vector is asked for only where the tiers before are equal. */
const apartBy = (
  { tiers }: KernelModel,
  first: { readonly values: Float64Array; readonly vector: (tier: number) => Vector },
  second: Standing,
): number => {
  for (let tier = 0; tier < tiers.length; tier++) {
    const vector = first.vector(tier);
    if (vector === null) {
      const apart = signOf(first.values[tier] as number, second.values[tier] as number);
      if (apart !== 0) return tiers[tier]?.sense === "max" ? -apart : apart;
      continue;
    }
    for (const [i, term] of vector.entries()) {
      const apart = signOf(term, second.vectors[tier]?.[i] ?? term);
      if (apart !== 0) return apart;
    }
  }
  return 0;
};

/** Below 0 where the first standing is better by the first tier that differs. */
export const compareStandings = (model: KernelModel, first: Standing, second: Standing): number =>
  apartBy(model, { values: first.values, vector: (tier) => first.vectors[tier] ?? null }, second);

export const tallyOf = (board: Board, start: Int32Array): Tally => {
  const { model, arcRows, rowTerms, least, most, weighed, weights } = board;
  const { rows, tiers, arcs } = model;
  const width = weighed.length;
  const arcOf = new Int32Array(model.agents).fill(-1);
  const used = new Int32Array(model.places.length);
  const y = new Float64Array(rows.length);
  const values = new Float64Array(tiers.length);
  let broken = 0;
  const isBroken = (row: number, at: number): boolean => at < (least[row] as number) || at > (most[row] as number);
  /** Takes what a row costs at one value out of the tiers, or puts it in. */
  const charge = (row: number, at: number, sign: 1 | -1): void => {
    const end = rowTerms.first[row + 1] as number;
    for (let i = rowTerms.first[row] as number; i < end; i++) {
      const tier = rowTerms.tier[i] as number;
      const apart = at - (rowTerms.target[i] as number);
      const cost = rowTerms.absolute[i] === 1 ? Math.abs(apart) : apart * apart;
      values[tier] = (values[tier] as number) + sign * (rowTerms.scale[i] as number) * cost;
    }
  };
  for (let row = 0; row < rows.length; row++) {
    if (isBroken(row, 0)) broken += 1;
    charge(row, 0, 1);
  }
  const shift = (arc: number, sign: 1 | -1): void => {
    const place = arcs.place[arc] as number;
    used[place] = (used[place] as number) + sign;
    for (let i = 0; i < width; i++) {
      const tier = weighed[i] as number;
      values[tier] = (values[tier] as number) + sign * (weights[arc * width + i] as number);
    }
    const end = arcRows.first[arc + 1] as number;
    for (let at = arcRows.first[arc] as number; at < end; at++) {
      const row = arcRows.row[at] as number;
      const before = y[row] as number;
      const after = before + sign * (arcRows.coefficient[at] as number);
      y[row] = after;
      broken += Number(isBroken(row, after)) - Number(isBroken(row, before));
      charge(row, before, -1);
      charge(row, after, 1);
    }
  };
  const move = (agent: number, arc: number): void => {
    const from = arcOf[agent] as number;
    if (from >= 0) shift(from, -1);
    if (arc >= 0) shift(arc, 1);
    arcOf[agent] = arc;
  };
  start.forEach((arc, agent) => {
    move(agent, arc);
  });
  const base = {
    arcOf: arcOf.slice(),
    used: used.slice(),
    y: y.slice(),
    values: values.slice(),
    broken,
  };
  const reset = (): void => {
    arcOf.set(base.arcOf);
    used.set(base.used);
    y.set(base.y);
    values.set(base.values);
    broken = base.broken;
  };
  const vectorOf = (tier: number): Vector =>
    tiers[tier]?.leximax
      ?.map(({ row, offset, divisor }) => ((y[row] as number) + offset) / divisor)
      .sort((a, b) => b - a) ?? null;
  return {
    arcOf,
    used,
    move,
    reset,
    feasible: () => broken === 0,
    standing: () => ({ values: Float64Array.from(values), vectors: tiers.map((_, tier) => vectorOf(tier)) }),
    against: (other) => apartBy(model, { values, vector: vectorOf }, other),
  };
};
