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

/** A model made ready for many small questions about one choice. */
export interface Board {
  readonly model: KernelModel;
  readonly arcsOf: readonly Int32Array[];
  /** Arcs to each place, by agent. */
  readonly arcsTo: readonly Int32Array[];
  readonly arcRows: ArcRows;
  /** Per row: the convex terms that look at it, with their tier. */
  readonly termsOf: readonly (readonly (ConvexTerm & { readonly tier: number })[])[];
}

const made = new WeakMap<KernelModel, Board>();

/** Made once per model, which is frozen by convention: weak, and nothing anyone can tell but by the time it takes. */
export const boardOf = (model: KernelModel): Board => {
  const known = made.get(model);
  if (known !== undefined) return known;
  const arcsOf: number[][] = Array.from({ length: model.agents }, () => []);
  const arcsTo: number[][] = Array.from({ length: model.places.length }, () => []);
  for (let arc = 0; arc < model.arcs.agent.length; arc++) {
    arcsOf[model.arcs.agent[arc] as number]?.push(arc);
    arcsTo[model.arcs.place[arc] as number]?.push(arc);
  }
  const termsOf: (ConvexTerm & { tier: number })[][] = model.rows.map(() => []);
  model.tiers.forEach(({ convex = [] }, tier) => {
    for (const term of convex) termsOf[term.row]?.push({ ...term, tier });
  });
  const board: Board = {
    model,
    arcsOf: arcsOf.map((arcs) => Int32Array.from(arcs)),
    arcsTo: arcsTo.map((arcs) => Int32Array.from(arcs)),
    arcRows: arcRowsOf(model),
    termsOf,
  };
  made.set(model, board);
  return board;
};

const penalty = ({ form, target, scale }: ConvexTerm, y: number): number =>
  scale * (form === "absolute" ? Math.abs(y - target) : (y - target) ** 2);

/** A choice that changes step by step, with every tier's value kept up to date. */
export interface Tally {
  readonly arcOf: Int32Array;
  /** Households per place. */
  readonly used: Int32Array;
  /** Let an agent take another arc, or none (-1). */
  readonly move: (agent: number, arc: number) => void;
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

export const tallyOf = ({ model, arcRows, termsOf }: Board, start: Int32Array): Tally => {
  const { rows, tiers, arcs } = model;
  const arcOf = new Int32Array(model.agents).fill(-1);
  const used = new Int32Array(model.places.length);
  const y = new Float64Array(rows.length);
  const values = new Float64Array(tiers.length);
  let broken = 0;
  const isBroken = (row: number, at: number): boolean => {
    const spec = rows[row];
    return (
      spec !== undefined && (at < (spec.min ?? Number.NEGATIVE_INFINITY) || at > (spec.max ?? Number.POSITIVE_INFINITY))
    );
  };
  rows.forEach((_, row) => {
    if (isBroken(row, 0)) broken += 1;
    for (const term of termsOf[row] ?? []) values[term.tier] = (values[term.tier] as number) + penalty(term, 0);
  });
  const shift = (arc: number, sign: 1 | -1): void => {
    const place = arcs.place[arc] as number;
    used[place] = (used[place] as number) + sign;
    tiers.forEach(({ weights }, tier) => {
      if (weights !== undefined) values[tier] = (values[tier] as number) + sign * (weights[arc] as number);
    });
    for (let at = arcRows.first[arc] as number; at < (arcRows.first[arc + 1] as number); at++) {
      const row = arcRows.row[at] as number;
      const before = y[row] as number;
      const after = before + sign * (arcRows.coefficient[at] as number);
      y[row] = after;
      broken += Number(isBroken(row, after)) - Number(isBroken(row, before));
      for (const term of termsOf[row] ?? [])
        values[term.tier] = (values[term.tier] as number) + penalty(term, after) - penalty(term, before);
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
  const vectorOf = (tier: number): readonly number[] | null =>
    tiers[tier]?.leximax
      ?.map(({ row, offset, divisor }) => ((y[row] as number) + offset) / divisor)
      .sort((a, b) => b - a) ?? null;
  const against = (other: Standing): number => {
    for (let tier = 0; tier < tiers.length; tier++) {
      const vector = vectorOf(tier);
      if (vector === null) {
        const apart = signOf(values[tier] as number, other.values[tier] as number);
        if (apart !== 0) return tiers[tier]?.sense === "max" ? -apart : apart;
        continue;
      }
      for (const [i, term] of vector.entries()) {
        const apart = signOf(term, other.vectors[tier]?.[i] ?? term);
        if (apart !== 0) return apart;
      }
    }
    return 0;
  };
  return {
    arcOf,
    used,
    move,
    feasible: () => broken === 0,
    standing: () => ({ values: Float64Array.from(values), vectors: tiers.map((_, tier) => vectorOf(tier)) }),
    against,
  };
};
