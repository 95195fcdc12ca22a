import { seededRandom } from "../../src/base/random.js";
import type { ConvexTerm, KernelModel, KernelRow, KernelTier, LeximaxTerm } from "../../src/kernel/model.js";

/** How large a random model may be. */
export interface ModelSize {
  readonly agents: number;
  readonly places: number;
  readonly rows: number;
  readonly tiers: number;
}

export const SMALL: ModelSize = { agents: 5, places: 4, rows: 4, tiers: 3 };

/** What random models are drawn with. */
export interface Dice {
  /** A whole number from `low` to `high`. */
  readonly whole: (range: readonly [number, number]) => number;
  readonly chance: (probability: number) => boolean;
}

export const diceOf = (seed: number): Dice => {
  const random = seededRandom(seed);
  return {
    whole: ([low, high]) => low + Math.floor(random() * (high - low + 1)),
    chance: (probability) => random() < probability,
  };
};

const rowOf = ({ whole, chance }: Dice, r: number, agent: readonly number[], sizes: readonly number[]): KernelRow => {
  const shape = whole([0, 3]);
  const arcs = agent.map((_, arc) => arc).filter(() => chance(0.5));
  const coefficients = arcs.map((arc) => {
    if (shape === 0) return 1;
    if (shape === 1) return whole([-3, 4]);
    if (shape === 2) return whole([1, 30]) / 10;
    return sizes[agent[arc] ?? 0] ?? 1;
  });
  const sum = coefficients.reduce((total, value) => total + Math.max(0, value), 0);
  return {
    name: `row ${r}`,
    arcs,
    coefficients,
    ...(chance(0.25) ? { min: whole([-2, 3]) } : {}),
    ...(chance(0.35) ? { max: Math.round(sum * whole([2, 8])) / 10 } : {}),
  };
};

const convexOf = ({ whole, chance }: Dice, rows: number, sign: number): ConvexTerm => ({
  row: whole([0, rows - 1]),
  form: chance(0.5) ? "absolute" : "quadratic",
  target: chance(0.4) ? whole([0, 8]) : whole([0, 800]) / (chance(0.5) ? 100 : 97),
  scale: sign * (chance(0.5) ? whole([0, 3]) : whole([1, 30]) / 10),
});

const leximaxOf = ({ whole, chance }: Dice, rows: number): LeximaxTerm => ({
  row: whole([0, rows - 1]),
  offset: chance(0.5) ? whole([0, 4]) : whole([0, 40]) / 10,
  divisor: chance(0.5) ? whole([1, 4]) : whole([1, 70]) / 10,
});

const repeated = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make);

const tierOf = (dice: Dice, t: number, arcs: number, rows: number): KernelTier => {
  const { whole, chance } = dice;
  const tolerance = chance(0.3) ? { tolerance: chance(0.5) ? whole([0, 3]) : whole([0, 30]) / 10 } : {};
  const name = `tier ${t}`;
  if (rows > 0 && chance(0.3))
    return { name, sense: "min", ...tolerance, leximax: repeated(whole([1, 4]), () => leximaxOf(dice, rows)) };
  const sense = chance(0.5) ? "min" : "max";
  const grain = chance(0.7) ? 1 : 10;
  const weights = chance(0.7) ? { weights: repeated(arcs, () => whole([-5 * grain, 9 * grain]) / grain) } : {};
  const sign = sense === "min" ? 1 : -1;
  const convex = rows > 0 && chance(0.7) ? { convex: repeated(whole([1, 3]), () => convexOf(dice, rows, sign)) } : {};
  return { name, sense, ...tolerance, ...weights, ...convex };
};

/**
 * A random model of every feature: units of 0, 1, 2 and without end, arcs that repeat, rows with negative and decimal coefficients and
 * with bounds, weights, both convex forms with fractional targets, leximax terms, and tolerances. Same seed, same model.
 */
export const randomModel = (seed: number, size: ModelSize = SMALL): KernelModel => {
  const dice = diceOf(seed);
  const { whole, chance } = dice;
  const agents = whole([1, size.agents]);
  const places = repeated(whole([1, size.places]), () => (chance(0.15) ? Number.POSITIVE_INFINITY : whole([0, 2])));
  const sizes = repeated(agents, () => whole([1, 8]));
  const agent: number[] = [];
  const place: number[] = [];
  for (let a = 0; a < agents; a++)
    for (let p = 0; p < places.length; p++)
      for (let copy = chance(0.1) ? 2 : 1; copy > 0; copy--) {
        if (chance(0.3)) continue;
        agent.push(a);
        place.push(p);
      }
  const rows = Array.from({ length: whole([0, size.rows]) }, (_, r) => rowOf(dice, r, agent, sizes));
  const tiers = Array.from({ length: whole([1, size.tiers]) }, (_, t) => tierOf(dice, t, agent.length, rows.length));
  return { agents, places, arcs: { agent, place }, rows, tiers };
};
