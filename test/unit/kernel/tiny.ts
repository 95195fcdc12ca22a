import type { KernelModel, KernelResult, KernelTier } from "../../../src/kernel/model.js";
import type { Effort } from "../../../src/kernel/proof.js";

/** Units without end. */
export const ENDLESS = Number.POSITIVE_INFINITY;

/** An effort that counts alone limit. */
export const COUNTED: Effort = {
  rootRounds: 30,
  nodeRounds: 10,
  nodes: 500,
  stop: () => false,
  isOver: () => false,
  left: () => Number.POSITIVE_INFINITY,
  reserve: () => {},
  isClose: () => false,
  closeTo: (bound) => bound,
};

/** Every agent may go to every place; arc a * places + p joins a and p. */
export const complete = (agents: number, places: readonly number[], rest: Partial<KernelModel> = {}): KernelModel => {
  const pairs = Array.from({ length: agents * places.length }, (_, arc) => arc);
  return {
    agents,
    places,
    arcs: {
      agent: pairs.map((arc) => Math.floor(arc / places.length)),
      place: pairs.map((arc) => arc % places.length),
    },
    rows: [],
    tiers: [],
    ...rest,
  };
};

/** A maximised tier of weights. */
export const worth = (weights: readonly number[], rest: Partial<KernelTier> = {}): KernelTier => ({
  name: "worth",
  sense: "max",
  weights,
  ...rest,
});

/** Agents of 3, 2 and 2 persons, endless places a and b, their loads the rows 0 and 1; row 2 asks that all are placed. */
export const shared = (tiers: readonly KernelTier[]): KernelModel =>
  complete(3, [ENDLESS, ENDLESS], {
    rows: [
      { name: "a", arcs: [0, 2, 4], coefficients: [3, 2, 2] },
      { name: "b", arcs: [1, 3, 5], coefficients: [3, 2, 2] },
      { name: "all", arcs: [0, 1, 2, 3, 4, 5], coefficients: [1, 1, 1, 1, 1, 1], min: 3 },
    ],
    tiers,
  });

/** Leximax terms of the loads of `shared`. */
export const loads = (divisor = 1, offset = 0): NonNullable<KernelTier["leximax"]> => [
  { row: 0, offset, divisor },
  { row: 1, offset: 0, divisor: 1 },
];
export const EVEN: KernelTier = { name: "even", sense: "min", leximax: loads() };
export const FIT: KernelTier = { name: "fit", sense: "max", weights: [11, 0, 10, 0, 10, 0] };

/** Status and, per tier, value and bound; the bound of an optimal tier is the best value, from which a tolerance counts. */
export const told = ({ status, tiers }: KernelResult) => [status, ...tiers.map(({ value, bound }) => [value, bound])];
