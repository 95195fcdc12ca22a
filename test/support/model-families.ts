import type { KernelModel, KernelRow, KernelTier } from "../../src/kernel/model.js";
import {
  bounded,
  districtOf,
  evenTier,
  type Frame,
  type FrameSize,
  fitTier,
  formOf,
  frameOf,
  leximaxTier,
  modelOf,
  personRows,
  placedTier,
  plantedValue,
  repeated,
  rowOver,
  SMALL_FRAME,
  sizeAt,
  withTolerances,
} from "./model-frame.js";
import { type Dice, diceOf, randomModel } from "./random-model.js";

/** A named kind of random models. Same seed, same model. */
export interface Family {
  readonly name: string;
  readonly make: (seed: number) => KernelModel;
}

/** One model of the family of that name. */
export const drawnFrom = (families: readonly Family[], name: string, seed: number): KernelModel => {
  const family = families.find((one) => one.name === name);
  if (family === undefined) throw new Error(`${name} is gone`);
  return family.make(seed);
};

const town = (dice: Dice, size?: FrameSize): KernelModel => {
  const frame = frameOf(dice, { agents: [2, 5], places: [2, 4], units: [0, 3], ...size });
  const rows = personRows(frame);
  return modelOf(frame, rows, [placedTier(frame), evenTier(dice, rows, formOf(dice), 100), fitTier(dice, frame, 10)]);
};

const generalised = (dice: Dice): KernelModel => {
  const { whole, chance } = dice;
  const frame = frameOf(dice, { agents: [2, 5], places: [2, 3], density: 0.9 });
  const all = { ...rowOver(frame, { name: "all", coefficient: () => 1 }), min: frame.agents };
  const capacities = frame.places.map((_, p) => ({
    ...rowOver(frame, { name: `at ${p}`, where: (arc) => frame.place[arc] === p, coefficient: () => whole([2, 15]) }),
    max: whole([6, 30]),
  }));
  return {
    ...modelOf(frame, chance(0.7) ? [...capacities, all] : capacities, [
      { name: "cost", sense: "min", weights: frame.agent.map(() => whole([chance(0.5) ? -20 : 1, 25])) },
    ]),
    places: frame.places.map(() => Number.POSITIVE_INFINITY),
  };
};

/** Rows whose coefficients are drawn one by one, with a tier of convex terms on them. */
const drawn = (dice: Dice, coefficient: () => number, given: { grain: number; slack?: number }): KernelModel => {
  const frame = frameOf(dice);
  const rows = repeated(dice.whole([1, 3]), (r) =>
    bounded(dice, frame, rowOver(frame, { name: `row ${r}`, where: () => dice.chance(0.7), coefficient }), given.slack),
  );
  const even = evenTier(dice, rows, formOf(dice), given.grain);
  const fit = fitTier(dice, frame, given.grain);
  return modelOf(frame, rows, dice.chance(0.5) ? [even, fit] : [fit, even]);
};

const PRIMES = [2, 3, 5, 7, 11, 13];

const SMALL: Readonly<Record<string, (dice: Dice) => KernelModel>> = {
  "a town: placed, even, fit": town,
  "a town of 6 or 7 agents": (dice) => town(dice, { agents: [6, 7], places: [2, 4], units: [1, 3], density: 0.6 }),
  "one huge family": (dice) => {
    const frame = frameOf(dice, { agents: [3, 5], places: [2, 4], units: [1, 2] });
    const huge: Frame = { ...frame, sizes: frame.sizes.map((size, a) => (a === 0 ? 60 : size)) };
    const rows = personRows(huge);
    return modelOf(huge, rows, [evenTier(dice, rows, formOf(dice), 10), placedTier(huge), fitTier(dice, huge)]);
  },
  "endless places with a capacity each": generalised,
  "bounds that only just fit": (dice) => {
    const frame = frameOf(dice);
    const rows = [...personRows(frame), rowOver(frame, { name: "count", coefficient: () => 1 })];
    const fit = fitTier(dice, frame);
    return modelOf(
      frame,
      rows.map((row) => bounded(dice, frame, row)),
      [fit, evenTier(dice, rows, formOf(dice), 7)],
    );
  },
  "negative coefficients": (dice) => drawn(dice, () => dice.whole([-6, 5]), { grain: 1, slack: dice.whole([0, 2]) }),
  "decimal coefficients": (dice) => drawn(dice, () => dice.whole([-20, 50]) / 10, { grain: 10, slack: 0.1 }),
  "coefficients of sevenths": (dice) => drawn(dice, () => dice.whole([1, 20]) / 7, { grain: 7 }),
  "a common divisor": (dice) => drawn(dice, () => 12 * dice.whole([0, 4]), { grain: 1, slack: dice.whole([0, 13]) }),
  "coprime coefficients": (dice) => drawn(dice, () => PRIMES[dice.whole([0, 5])] ?? 2, { grain: 3 }),
  "large numbers": (dice) => {
    const frame = frameOf(dice);
    const rows = personRows(frame, () => 1000);
    const weights = frame.agent.map(() => dice.whole([-1_000_000, 1_000_000]) / 1000);
    const even = evenTier(dice, rows, formOf(dice), 1);
    return modelOf(frame, rows, [even, { name: "fit", sense: "min", weights }]);
  },
  "coefficients of millions without a common divisor": (dice) => {
    const frame = frameOf(dice, { agents: [2, 5], places: [2, 4], density: 0.9 });
    const most = 10 ** dice.whole([5, 7]);
    const persons = personRows(frame);
    const loads = repeated(dice.whole([1, 2]), (r) => ({
      ...rowOver(frame, { name: `load ${r}`, where: () => dice.chance(0.8), coefficient: () => dice.whole([1, most]) }),
      min: dice.whole([0, most / 2]),
      max: dice.whole([most, 2 * most]),
    }));
    const tiers = [fitTier(dice, frame), evenTier(dice, persons, formOf(dice), 10)];
    return modelOf(frame, [...persons, ...loads], tiers);
  },
  "leximax of many terms": (dice) => {
    const frame = frameOf(dice, { ...SMALL_FRAME, districts: 3 });
    const rows = personRows(frame);
    const grain = dice.chance(0.5) ? 1 : 10;
    const all = { ...rowOver(frame, { name: "count", coefficient: () => 1 }), min: dice.whole([0, 2]) };
    const first = leximaxTier(dice, rows.length, { name: "burden", terms: dice.whole([2, 6]), grain });
    const second = leximaxTier(dice, rows.length + 1, { name: "second", terms: dice.whole([1, 4]), grain });
    return modelOf(
      frame,
      [...rows, all],
      [placedTier(frame), first, second, fitTier(dice, frame)].slice(dice.whole([0, 1])),
    );
  },
  "a tolerance on every tier": (dice) => {
    const frame = frameOf(dice);
    const rows = personRows(frame);
    const even = evenTier(dice, rows, formOf(dice), 100);
    const burden = leximaxTier(dice, rows.length, { name: "burden", terms: 3, grain: 10 });
    const tiers = withTolerances(dice, [placedTier(frame), dice.chance(0.5) ? even : burden, fitTier(dice, frame, 10)]);
    return modelOf(frame, rows, tiers);
  },
  "quadratic terms with fractional targets, several on a row": (dice) => {
    const frame = frameOf(dice);
    const rows = personRows(frame);
    const once = evenTier(dice, rows, "quadratic", 97);
    const again = evenTier(dice, rows, formOf(dice), 11);
    return modelOf(frame, rows, [
      { ...once, convex: [...(once.convex ?? []), ...(again.convex ?? [])] },
      fitTier(dice, frame, 3),
    ]);
  },
  "minima that cannot be met": (dice) => {
    const frame = frameOf(dice);
    const rows = personRows(frame).map((row) => ({ ...row, min: plantedValue(frame, row) + dice.whole([0, 4]) }));
    const count = { ...rowOver(frame, { name: "count", coefficient: () => 1 }), max: dice.whole([0, 2]) };
    return modelOf(frame, [...rows, count], [fitTier(dice, frame)]);
  },
  "identical places and identical agents": (dice) => {
    const frame = frameOf(dice, { agents: [3, 6], places: [2, 3], units: [1, 2], density: 1 });
    const alike: Frame = { ...frame, sizes: frame.sizes.map(() => 3) };
    const rows = personRows(alike);
    const worth = dice.whole([-2, 9]);
    const fit: KernelTier = { name: "fit", sense: "max", weights: alike.agent.map(() => worth) };
    return modelOf(alike, rows, [placedTier(alike), evenTier(dice, rows, formOf(dice), 10), fit]);
  },
  "links, one in so many, and pairs forbidden": (dice) => {
    const frame = frameOf(dice, { agents: [3, 5], places: [3, 4], units: [1, 2], density: 0.9 });
    const at = (a: number, d: number) => (arc: number) => frame.agent[arc] === a && districtOf(frame, arc) === d;
    const links = [...new Set(frame.district)].map(
      (d): KernelRow => ({
        ...rowOver(frame, {
          name: `together in ${d}`,
          where: (arc) => at(0, d)(arc) || at(1, d)(arc),
          coefficient: (arc) => (frame.agent[arc] === 0 ? 1 : -1),
        }),
        min: 0,
        max: 0,
      }),
    );
    const oneIn = {
      ...rowOver(frame, { name: "one in four", coefficient: (arc) => (sizeAt(frame, arc) >= 5 ? 3 : -1) }),
      min: -dice.whole([0, 3]),
    };
    const pair = {
      ...rowOver(frame, { name: "pair", where: (arc) => frame.place[arc] === 0, coefficient: () => 1 }),
      max: 1,
    };
    const rows = [...personRows(frame), ...links, oneIn, pair];
    const even = evenTier(dice, personRows(frame), formOf(dice), 10);
    return modelOf(frame, rows, [placedTier(frame), even, fitTier(dice, frame)]);
  },
  "parallel arcs, and rows that name an arc twice": (dice) => {
    const frame = frameOf(dice, { agents: [2, 3], places: [2, 3], density: 0.9 });
    const twice: Frame = { ...frame, agent: [...frame.agent, ...frame.agent], place: [...frame.place, ...frame.place] };
    const once = rowOver(twice, {
      name: "twice",
      where: () => dice.chance(0.5),
      coefficient: () => dice.whole([-2, 4]),
    });
    const arcs = [...Array.from(once.arcs), ...Array.from(once.arcs).slice(0, 3)];
    const row = {
      name: "twice",
      arcs,
      coefficients: [...Array.from(once.coefficients), ...arcs.slice(0, 3).map(() => 1)].slice(0, arcs.length),
    };
    return modelOf(twice, [row], [evenTier(dice, [row], formOf(dice), 10), fitTier(dice, twice)]);
  },
  "next to nothing": (dice) => {
    const frame = frameOf(dice, { agents: [0, 2], places: [0, 2], units: [0, 1], density: 0.4 });
    const rows = repeated(dice.whole([0, 2]), (r) => ({
      ...rowOver(frame, { name: `row ${r}`, where: () => dice.chance(0.5), coefficient: () => dice.whole([-1, 1]) }),
      ...(dice.chance(0.4) ? { min: dice.whole([-1, 1]) } : {}),
      ...(dice.chance(0.3) ? { max: dice.whole([-1, 1]) } : {}),
    }));
    const tiers = [
      fitTier(dice, frame),
      evenTier(dice, rows, formOf(dice), 10),
      { name: "nothing", sense: "min" } as const,
    ];
    return modelOf(frame, rows, tiers.slice(dice.whole([0, 3])));
  },
};

/** Small models, 0 to 6 agents, for enumeration: every feature of the kernel in at least one family. */
export const SMALL_FAMILIES: readonly Family[] = [
  { name: "every feature at random", make: (seed) => randomModel(seed) },
  ...Object.entries(SMALL).map(([name, make]) => ({ name, make: (seed: number) => make(diceOf(seed)) })),
];
