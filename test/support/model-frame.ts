import type { ConvexTerm, KernelModel, KernelRow, KernelTier, LeximaxTerm } from "../../src/kernel/model.js";
import type { Dice } from "./random-model.js";

/** A model before its rows and tiers, and a choice that keeps its places. */
export interface Frame {
  readonly agents: number;
  readonly places: readonly number[];
  readonly agent: readonly number[];
  readonly place: readonly number[];
  /** Persons of each agent. */
  readonly sizes: readonly number[];
  readonly district: readonly number[];
  readonly planted: readonly number[];
}

export interface FrameSize {
  readonly agents: readonly [number, number];
  readonly places: readonly [number, number];
  readonly units?: readonly [number, number];
  readonly districts?: number;
  /** How many of all pairs are arcs. */
  readonly density?: number;
}

/** Enumerated in a moment. */
export const SMALL_FRAME: FrameSize = { agents: [2, 5], places: [2, 4] };

export const repeated = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const frameOf = (dice: Dice, size: FrameSize = SMALL_FRAME): Frame => {
  const { whole, chance } = dice;
  const agents = whole(size.agents);
  const places = repeated(whole(size.places), () => whole(size.units ?? [1, 2]));
  const density = size.density ?? 0.75;
  const arcs = repeated(agents, (a) => places.flatMap((_, p) => (chance(density) ? [[a, p] as const] : []))).flat();
  const left = [...places];
  const planted = repeated(agents, (a) => {
    const free = arcs.flatMap(([own, p], arc) => (own === a && (left[p] ?? 0) > 0 ? [arc] : []));
    const arc = free.length === 0 || chance(0.15) ? -1 : (free[whole([0, free.length - 1])] ?? -1);
    const p = arcs[arc]?.[1] ?? -1;
    if (p >= 0) left[p] = (left[p] ?? 0) - 1;
    return arc;
  });
  return {
    agents,
    places,
    agent: arcs.map(([a]) => a),
    place: arcs.map(([, p]) => p),
    sizes: repeated(agents, () => whole([1, 8])),
    district: places.map(() => whole([0, (size.districts ?? 2) - 1])),
    planted,
  };
};

/** The row over all arcs that pass, each with a coefficient of its own. */
export const rowOver = (
  frame: Frame,
  given: { name: string; where?: (arc: number) => boolean; coefficient: (arc: number) => number },
): KernelRow => {
  const arcs = frame.agent.map((_, arc) => arc).filter(given.where ?? (() => true));
  return { name: given.name, arcs, coefficients: arcs.map(given.coefficient) };
};

/** District of an arc's place. */
export const districtOf = ({ place, district }: Frame, arc: number): number => district[place[arc] ?? 0] ?? 0;
/** Persons of an arc's agent. */
export const sizeAt = ({ agent, sizes }: Frame, arc: number): number => sizes[agent[arc] ?? 0] ?? 1;

export const personRows = (frame: Frame, factor: (arc: number) => number = () => 1): readonly KernelRow[] =>
  [...new Set(frame.district)].map((d) =>
    rowOver(frame, {
      name: `persons in ${d}`,
      where: (arc) => districtOf(frame, arc) === d,
      coefficient: (arc) => sizeAt(frame, arc) * factor(arc),
    }),
  );

/** The value of a row for the planted choice, added up as doubles are. */
export const plantedValue = ({ planted }: Frame, row: KernelRow): number => {
  let y = 0;
  for (let i = 0; i < row.arcs.length; i++) if (planted.includes(row.arcs[i] ?? -1)) y += row.coefficients[i] ?? 0;
  return y;
};

/** Bounds that the planted choice keeps, by no more than `slack`. */
export const bounded = (dice: Dice, frame: Frame, row: KernelRow, slack = 0): KernelRow => {
  const y = plantedValue(frame, row);
  return {
    ...row,
    ...(dice.chance(0.6) ? { min: y - slack } : {}),
    ...(dice.chance(0.6) ? { max: y + slack } : {}),
  };
};

export const modelOf = (frame: Frame, rows: readonly KernelRow[], tiers: readonly KernelTier[]): KernelModel => ({
  agents: frame.agents,
  places: frame.places,
  arcs: { agent: frame.agent, place: frame.place },
  rows,
  tiers,
});

/** Persons placed. */
export const placedTier = (frame: Frame): KernelTier => ({
  name: "placed",
  sense: "max",
  weights: frame.agent.map((_, arc) => sizeAt(frame, arc)),
});

export const fitTier = ({ whole }: Dice, frame: Frame, grain = 1): KernelTier => ({
  name: "fit",
  sense: "max",
  weights: frame.agent.map(() => whole([-3 * grain, 20 * grain]) / grain),
});

export const evenTier = (
  { whole, chance }: Dice,
  rows: readonly KernelRow[],
  form: ConvexTerm["form"],
  grain = 1,
): KernelTier => ({
  name: "even",
  sense: "min",
  convex: rows.map((_, row) => ({
    row,
    form,
    target: whole([0, 12 * grain]) / grain,
    scale: chance(0.3) ? whole([1, 9]) / 4 : 1,
  })),
});

export const leximaxTier = (
  { whole, chance }: Dice,
  rows: number,
  given: { name: string; terms: number; grain: number },
): KernelTier => ({
  name: given.name,
  sense: "min",
  leximax: repeated(
    given.terms,
    (): LeximaxTerm => ({
      row: whole([0, rows - 1]),
      offset: whole([-4 * given.grain, 6 * given.grain]) / given.grain,
      divisor: chance(0.4) ? 1 : whole([1, 30]) / (chance(0.5) ? 10 : 1),
    }),
  ),
});

export const formOf = ({ chance }: Dice): ConvexTerm["form"] => (chance(0.5) ? "absolute" : "quadratic");

export const withTolerances = ({ whole, chance }: Dice, tiers: readonly KernelTier[]): readonly KernelTier[] =>
  tiers.map((tier) => ({ ...tier, tolerance: chance(0.5) ? whole([0, 6]) : whole([1, 400]) / 100 }));
