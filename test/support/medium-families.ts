import type { KernelModel, KernelRow, KernelTier } from "../../src/kernel/model.js";
import type { Family } from "./model-families.js";
import {
  bounded,
  districtOf,
  evenTier,
  type Frame,
  type FrameSize,
  fitTier,
  frameOf,
  leximaxTier,
  modelOf,
  personRows,
  placedTier,
  rowOver,
  sizeAt,
  withTolerances,
} from "./model-frame.js";
import { type Dice, diceOf } from "./random-model.js";

/** Dice, and how many agents a model may have. */
interface Sized extends Dice {
  readonly most: number;
}

/** 10 to `most` agents with about six arcs each. */
const frame = (dice: Sized, size: Partial<FrameSize> = {}): Frame => {
  const agents = dice.whole([10, dice.whole([12, dice.most])]);
  const places = dice.whole([Math.ceil(agents * 0.6), Math.ceil(agents * 1.3)]);
  return frameOf(dice, {
    agents: [agents, agents],
    places: [places, places],
    units: [1, 1],
    districts: dice.whole([2, 6]),
    density: Math.min(0.9, 6 / places),
    ...size,
  });
};

/** Even against targets that share out all persons, not necessarily whole. */
const even = (dice: Dice, town: Frame, rows: readonly KernelRow[], form: "absolute" | "quadratic"): KernelTier => {
  const persons = town.sizes.reduce((sum, size) => sum + size, 0);
  const shares = rows.map(() => dice.whole([1, 20]));
  const all = shares.reduce((sum, share) => sum + share, 0);
  return {
    name: "even",
    sense: "min",
    convex: rows.map((_, row) => ({
      row,
      form,
      target: Math.round((100 * persons * (shares[row] ?? 0)) / all) / 100,
      scale: 1,
    })),
  };
};

const town = (dice: Sized, form: "absolute" | "quadratic"): KernelModel => {
  const own = frame(dice);
  const rows = personRows(own);
  return modelOf(own, rows, [placedTier(own), even(dice, own, rows, form), fitTier(dice, own)]);
};

const MEDIUM: Readonly<Record<string, (dice: Sized) => KernelModel>> = {
  "a town, absolute deviations": (dice) => town(dice, "absolute"),
  "a town, squared deviations": (dice) => town(dice, "quadratic"),
  "a town, leximax of loads": (dice) => {
    const own = frame(dice);
    const rows = personRows(own);
    const leximax = rows.map((_, row) => ({ row, offset: dice.whole([0, 9]), divisor: dice.whole([1, 6]) }));
    return modelOf(own, rows, [placedTier(own), { name: "even", sense: "min", leximax }, fitTier(dice, own)]);
  },
  "leximax first": (dice) => {
    const own = frame(dice);
    const rows = personRows(own);
    const all = { ...rowOver(own, { name: "count", coefficient: () => 1 }), min: dice.whole([3, 7]) };
    const burden = leximaxTier(dice, rows.length, { name: "burden", terms: dice.whole([2, 5]), grain: 2 });
    return modelOf(own, [...rows, all], [burden, fitTier(dice, own)]);
  },
  "a tolerance on every tier": (dice) => {
    const own = frame(dice);
    const rows = personRows(own);
    const tiers = [placedTier(own), even(dice, own, rows, "absolute"), fitTier(dice, own)];
    return modelOf(own, rows, withTolerances(dice, tiers));
  },
  "quotas that only just fit": (dice) => {
    const own = frame(dice);
    const rows = [...personRows(own), rowOver(own, { name: "count", coefficient: () => 1 })];
    return modelOf(
      own,
      rows.map((row) => bounded(dice, own, row, dice.whole([0, 2]))),
      [fitTier(dice, own), placedTier(own)],
    );
  },
  "decimal coefficients": (dice) => {
    const own = frame(dice);
    const rows = personRows(own, () => dice.whole([5, 15]) / 10);
    const tiers = [even(dice, own, rows, "absolute"), fitTier(dice, own)];
    return modelOf(own, rows, tiers);
  },
  "negative coefficients": (dice) => {
    const own = frame(dice);
    const balance = bounded(
      dice,
      own,
      rowOver(own, { name: "balance", coefficient: (arc) => (districtOf(own, arc) === 0 ? 1 : -1) * sizeAt(own, arc) }),
      dice.whole([0, 3]),
    );
    const rows = [balance, ...personRows(own)];
    return modelOf(own, rows, [fitTier(dice, own), evenTier(dice, rows, "absolute", 1)]);
  },
  "endless places with a capacity each": (dice) => {
    const agents = dice.whole([10, Math.min(30, dice.most)]);
    const places = dice.whole([3, 5]);
    const own = frameOf(dice, { agents: [agents, agents], places: [places, places], units: [1, 1], density: 0.9 });
    const capacities = own.places.map((_, p) => ({
      ...rowOver(own, {
        name: `at ${p}`,
        where: (arc) => own.place[arc] === p,
        coefficient: () => dice.whole([5, 25]),
      }),
      max: Math.ceil((agents * 15) / places),
    }));
    const all = { ...rowOver(own, { name: "all", coefficient: () => 1 }), min: agents - dice.whole([0, 3]) };
    const cost: KernelTier = { name: "cost", sense: "min", weights: own.agent.map(() => dice.whole([10, 50])) };
    return { ...modelOf(own, [...capacities, all], [cost]), places: own.places.map(() => Number.POSITIVE_INFINITY) };
  },
  "identical places and identical agents": (dice) => {
    const own = frame(dice, { places: [4, 8], units: [1, 9], density: 1 });
    const size = dice.whole([2, 5]);
    const alike: Frame = { ...own, sizes: own.sizes.map((_, a) => (a % 3 === 0 ? size : 3)) };
    const rows = personRows(alike);
    const fit: KernelTier = { name: "fit", sense: "max", weights: alike.agent.map((_, arc) => districtOf(alike, arc)) };
    return modelOf(alike, rows, [placedTier(alike), even(dice, alike, rows, "quadratic"), fit]);
  },
  "links between agents": (dice) => {
    const own = frame(dice, { districts: 3 });
    const rows = personRows(own);
    const links = [0, 2, 4].flatMap((a) =>
      [0, 1, 2].map((d) => ({
        ...rowOver(own, {
          name: `${a} with ${a + 1} in ${d}`,
          where: (arc) => districtOf(own, arc) === d && (own.agent[arc] === a || own.agent[arc] === a + 1),
          coefficient: (arc) => (own.agent[arc] === a ? 1 : -1),
        }),
        min: 0,
        max: 0,
      })),
    );
    return modelOf(own, [...rows, ...links], [placedTier(own), even(dice, own, rows, "absolute"), fitTier(dice, own)]);
  },
  "minima that may be too much": (dice) => {
    const own = frame(dice);
    const rows = personRows(own);
    const persons = own.sizes.reduce((sum, size) => sum + size, 0);
    const asked = rows.map((row) => ({
      ...row,
      min: Math.floor((persons * dice.whole([4, 11])) / (10 * rows.length)),
    }));
    return modelOf(own, asked, [fitTier(dice, own)]);
  },
};

/** Models of 10 to `most` agents, for comparison with a solver of another kind. */
export const mediumFamilies = (most: number): readonly Family[] =>
  Object.entries(MEDIUM).map(([name, make]) => ({ name, make: (seed) => make({ ...diceOf(seed), most }) }));

/** Models of 10 to 60 agents. */
export const MEDIUM_FAMILIES: readonly Family[] = mediumFamilies(60);
