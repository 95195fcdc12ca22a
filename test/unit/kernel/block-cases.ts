// Typed arrays are read with `as number` here: every index comes from the core.
import type { AgentPrices, Picking } from "../../../src/kernel/blocks/pick.js";
import { blockRowsOf } from "../../../src/kernel/blocks/rows.js";
import { coreOf } from "../../../src/kernel/core.js";
import { countRowsOf, withCounts } from "../../../src/kernel/counts.js";
import { type Domain, tighten, wholeDomain } from "../../../src/kernel/domain.js";
import type { KernelModel, KernelTier } from "../../../src/kernel/model.js";
import type { Task } from "../../../src/kernel/relax.js";
import { type Form, limitOf, rowValues, stageValue, tierStage } from "../../../src/kernel/stage.js";
import type { Dice } from "../../support/random-model.js";
import { complete, ENDLESS } from "./tiny.js";

/** A task of the kernel over a domain: the last tier is minimised, those before it are limits. */
export interface Case {
  readonly task: Task;
  readonly domain: Domain;
}

export interface Choice {
  readonly arcOf: Int32Array;
  readonly value: number;
}

export const upTo = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => i);

/** Three or four agents; rows 0 and 1 are loads of places 0, 1 and of place 2, place 3 is in neither; row 2 is over all of them. */
export const drawnModel = ({ whole, chance }: Dice): KernelModel => {
  const units = [1, 1, 2, 2, 3, ENDLESS];
  const unit = (): number => units[whole([0, 5])] as number;
  const all = complete(whole([3, 4]), [unit(), unit(), unit(), unit()]);
  const kept = upTo(all.arcs.agent.length).filter(() => chance(0.75));
  const agent = kept.map((arc) => all.arcs.agent[arc] as number);
  const place = kept.map((arc) => all.arcs.place[arc] as number);
  const row = (name: string, places: readonly number[], range: readonly [number, number]) => {
    const arcs = place.flatMap((one, arc) => (places.includes(one) && chance(0.9) ? [arc] : []));
    const coefficients = arcs.map(() => whole(range));
    const bounds = { ...(chance(0.3) ? { min: whole([1, 4]) } : {}), ...(chance(0.6) ? { max: whole([4, 8]) } : {}) };
    return { name, arcs, coefficients, ...bounds };
  };
  const tier = (name: string): KernelTier => ({
    name,
    sense: chance(0.7) ? "min" : "max",
    weights: agent.map(() => whole([-9, 9])),
  });
  const valued = (own: KernelTier): KernelTier => ({
    ...own,
    convex: [0, 1, 2].flatMap((r) =>
      chance(0.6)
        ? [
            {
              row: r,
              form: chance(0.5) ? ("quadratic" as const) : ("absolute" as const),
              target: whole([0, 14]) / (chance(0.8) ? 2 : 3),
              scale: own.sense === "min" ? 2 : -2,
            },
          ]
        : [],
    ),
  });
  const rows = [row("one", [0, 1], [0, 5]), row("two", [2], [0, 5]), row("side", [0, 1, 2, 3], [-2, 3])];
  const last = valued(tier("then"));
  return { ...all, arcs: { agent, place }, rows, tiers: chance(0.5) ? [last] : [valued(tier("first")), last] };
};

const isWithin = ({ task: { core, held }, domain }: Case, arcOf: Int32Array): boolean => {
  const used = new Int32Array(core.places);
  for (const arc of arcOf)
    if (arc >= 0) used[core.placeOf[arc] as number] = (used[core.placeOf[arc] as number] as number) + 1;
  const y = rowValues(core, arcOf);
  return (
    arcOf.every((arc, agent) => (arc < 0 ? domain.must[agent] === 0 : domain.live[arc] === 1)) &&
    used.every((count, p) => count <= (core.units[p] as number) && (domain.full[p] === 0 || count === core.units[p])) &&
    y.every(
      (value, row) =>
        value >= (domain.low[row] as number) &&
        value <= (domain.high[row] as number) &&
        (domain.reach[row]?.includes(value) ?? true),
    ) &&
    held.every(({ stage, limit }) => stageValue(core, stage, arcOf, y) <= limit)
  );
};

/** Every choice within the domain that keeps the limits, with its whole value. */
export const choicesOf = (own: Case): readonly Choice[] => {
  const { core, stage } = own.task;
  const arcs = upTo(core.agents).map((agent) => [-1, ...upTo(core.arcs).filter((arc) => core.agentOf[arc] === agent)]);
  return arcs
    .reduce<readonly (readonly number[])[]>(
      (all, next) => all.flatMap((some) => next.map((arc) => [...some, arc])),
      [[]],
    )
    .map((choice) => Int32Array.from(choice))
    .filter((arcOf) => isWithin(own, arcOf))
    .map((arcOf) => ({ arcOf, value: stageValue(core, stage, arcOf, rowValues(core, arcOf)) }));
};

/** A case without what is known of choices worth having alone: full places, and values that rows can take. */
export const unguarded = ({ task, domain }: Case): Case => ({
  task,
  domain: { ...domain, full: new Uint8Array(task.core.places), reach: domain.reach.map(() => null) },
});

export const bestOf = (choices: readonly Choice[]): number => Math.min(...choices.map(({ value }) => value));

/** The task of a model's last tier, limited by the tiers before it; null where its rows leave nothing. `at` says which of the values in order an earlier tier may come to. */
export const taskOf = (model: KernelModel, at: (values: readonly number[]) => number): Case | null => {
  const counts = countRowsOf(model);
  const core = coreOf(withCounts(model, counts));
  const domain = wholeDomain(core, true);
  if (!tighten(core, domain)) return null;
  const task = {
    core,
    limits: [],
    held: [],
    counts: counts.map((_, i) => model.rows.length + i),
    blocks: blockRowsOf(core),
  };
  const [first, ...later] = model.tiers.map((tier) => tierStage(core, domain, tier));
  if (first === undefined) return null;
  let own: Case = { task: { ...task, stage: first }, domain };
  for (const stage of later) {
    const values = choicesOf(own).map(({ value }) => value);
    if (values.length === 0) return null;
    const { lattice, rounding } = own.task.stage;
    // What differs by rounding alone is within the limit.
    const most = at(values.sort((a, b) => a - b)) + (rounding === 0 ? 0 : lattice - 1);
    const limit = limitOf(core, own.task.stage, { limit: most, domain, support: null });
    const limits = [...own.task.limits, limit];
    own = { task: { ...own.task, stage, limits, held: limits }, domain };
  }
  return own;
};

/** The last of a town's three tiers, where those are served whom a choice serves, and evenness may be so much more than there, in its own unit. */
export const misfitOf = (model: KernelModel, arcOf: Int32Array, more = 0): Case => {
  const core = coreOf(model);
  const domain = wholeDomain(core, true);
  tighten(core, domain);
  arcOf.forEach((arc, agent) => {
    domain.must[agent] = arc < 0 ? 0 : 1;
  });
  const [evenness, stage] = model.tiers.slice(1).map((tier) => tierStage(core, domain, tier));
  if (evenness === undefined || stage === undefined) throw new Error("three tiers");
  const limit = stageValue(core, evenness, arcOf, rowValues(core, arcOf)) + Math.ceil(more * Math.abs(evenness.scale));
  const limits = [limitOf(core, evenness, { limit, domain, support: null })];
  return { task: { core, stage, limits, held: limits, counts: [], blocks: [] }, domain };
};

/** Take values of block rows out of the middle of their ranges. */
const holeAtRandom = ({ whole, chance }: Dice, { task, domain }: Case): void => {
  for (const row of task.blocks) {
    if (chance(0.7)) continue;
    const low = domain.low[row] as number;
    const values = upTo((domain.high[row] as number) - low + 1).map((by) => low + by);
    const own = domain.reach[row] ?? values;
    domain.reach[row] = Int32Array.from(own).filter(() => chance(0.8));
    if (chance(0.5) && values.length > 1) domain.low[row] = low + whole([0, 1]);
  }
};

/** Take arcs, empty units and staying out out of a domain. Returns whether something may be left. */
const cutAtRandom = ({ chance }: Dice, { task, domain }: Case): boolean => {
  const { core } = task;
  const [duty, fill, gone] = [chance(0.5) ? 0.4 : 0, chance(0.5) ? 0.25 : 0, chance(0.5) ? 0.15 : 0];
  for (let agent = 0; agent < core.agents; agent++) if (chance(duty)) domain.must[agent] = 1;
  for (let place = 0; place < core.places; place++)
    if (core.units[place] !== ENDLESS && chance(fill)) domain.full[place] = 1;
  for (let arc = 0; arc < core.arcs; arc++) if (chance(gone)) domain.live[arc] = 0;
  return tighten(core, domain, chance(0.5));
};

/** As many cases as asked for, each with at least one choice where `isOpen`; rows of blocks have lost values in between where `isHoled`, for no other reason. */
export const casesOf = (
  dice: Dice,
  given: { readonly count: number; readonly isOpen: boolean; readonly isHoled: boolean },
): readonly Case[] => {
  const cases: Case[] = [];
  while (cases.length < given.count) {
    const own = taskOf(
      drawnModel(dice),
      (values) => values[dice.whole([0, Math.floor((values.length - 1) / 3)])] as number,
    );
    if (own === null || !cutAtRandom(dice, own)) continue;
    if (given.isHoled) holeAtRandom(dice, own);
    if (!given.isOpen || choicesOf(own).length > 0) cases.push(own);
  }
  return cases;
};

/** Whole prices, below 0 for agents that may stay out; of rows only those that the picking prices. */
export const drawnPrices = ({ whole, chance }: Dice, { task, domain, sideRows }: Picking): AgentPrices => {
  const { core, stage, limits } = task;
  const unit = Math.max(1, Math.abs(stage.scale));
  const sometimes = (price: number): number => (chance(0.7) ? Math.round(price) : 0);
  const agent = Float64Array.from({ length: core.agents }, (_, one) =>
    sometimes(whole([-20, domain.must[one] === 1 ? 12 : 0]) * unit - whole([0, 3])),
  );
  const row = new Float64Array(core.rows);
  for (const one of sideRows) row[one] = sometimes((whole([-6, 6]) / 2) * unit + whole([0, 3]));
  const limit = Float64Array.from(limits, ({ stage: kept, unit: size }) =>
    sometimes((whole([0, 4]) / 2) * (unit / (Math.abs(kept.scale) / size))),
  );
  return { agent: agent.map((price, one) => (domain.must[one] === 1 ? price : Math.min(0, price))), row, limit };
};

/** What one block can choose: an arc or none for each unit of a place, or arc by arc where there are units for all. */
export interface Pick {
  readonly arcs: readonly number[];
  /** Places with a unit left. */
  readonly empty: ReadonlySet<number>;
  readonly y: number;
  readonly cost: number;
}

export interface Part {
  /** -1 for a place that is in no block. */
  readonly row: number;
  readonly places: readonly number[];
}

/** The blocks of a task, and every other place by itself. */
export const partsOf = ({ core, blocks }: Task): readonly Part[] => {
  const parts = blocks.map((row) => {
    const arcs = core.byRow.items.subarray(core.byRow.start[row], core.byRow.start[row + 1]);
    return { row, places: [...new Set(Array.from(arcs, (arc) => core.placeOf[arc] as number))] };
  });
  const inBlocks = new Set(parts.flatMap(({ places }) => places));
  return [
    ...parts,
    ...upTo(core.places).flatMap((place) => (inBlocks.has(place) ? [] : [{ row: -1, places: [place] }])),
  ];
};

const shareOf = ({ core }: Task, arc: number, row: number): number => {
  for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++)
    if (core.byArc.items[j] === row) return core.arcCoefficients[j] as number;
  return 0;
};

/** What a value of a row costs: the stage's table, and the limits' at their prices. */
const valueCost = ({ core, stage, limits }: Task, { limit }: AgentPrices, at: { row: number; y: number }): number => {
  const of = ({ rows, tables }: Form): number =>
    [...rows].reduce(
      (sum, row, i) => (row === at.row ? sum + (tables[i]?.[at.y - (core.rowLow[row] as number)] as number) : sum),
      0,
    );
  return limits.reduce((sum, { priced }, k) => sum + (limit[k] as number) * of(priced), of(stage));
};

/** What an arc costs a block: its weights, less the prices of its agent and of side rows. */
const arcCost = ({ task, sideRows }: Picking, { agent, row, limit }: AgentPrices, arc: number): number => {
  let sum = (task.stage.weights?.[arc] ?? 0) - (agent[task.core.agentOf[arc] as number] as number);
  task.limits.forEach(({ priced }, k) => {
    sum += (limit[k] as number) * (priced.weights?.[arc] ?? 0);
  });
  for (const one of sideRows) sum -= (row[one] as number) * shareOf(task, arc, one);
  return sum;
};

const holds = ({ low, high, reach }: Domain, row: number, y: number): boolean =>
  y >= (low[row] as number) && y <= (high[row] as number) && (reach[row]?.includes(y) ?? true);

/** All that a part can choose, spelled out. */
export const picksOf = (picks: Picking, prices: AgentPrices, { row, places }: Part): readonly Pick[] => {
  const { task, domain } = picks;
  const { core } = task;
  let all: readonly { arcs: readonly number[]; empty: ReadonlySet<number> }[] = [{ arcs: [], empty: new Set() }];
  for (const place of places) {
    const live = upTo(core.arcs).filter((arc) => core.placeOf[arc] === place && domain.live[arc] === 1);
    const units = core.units[place] as number;
    const groups = units >= live.length ? live.map((arc) => [arc]) : Array.from({ length: units }, () => live);
    for (const group of groups)
      all = all.flatMap(({ arcs, empty }) => [
        ...group.map((arc) => ({ arcs: [...arcs, arc], empty })),
        ...(domain.full[place] === 1 ? [] : [{ arcs, empty: new Set([...empty, place]) }]),
      ]);
  }
  return all
    .map((pick) => {
      const y = row < 0 ? 0 : pick.arcs.reduce((sum, arc) => sum + shareOf(task, arc, row), 0);
      return { ...pick, y, cost: pick.arcs.reduce((sum, arc) => sum + arcCost(picks, prices, arc), 0) };
    })
    .filter(({ y }) => row < 0 || holds(domain, row, y))
    .map((pick) => ({ ...pick, cost: pick.cost + (row < 0 ? 0 : valueCost(task, prices, { row, y: pick.y })) }));
};

export const leastOf = (picks: readonly Pick[]): number =>
  picks.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);

/** The bound as it is defined: agents' prices, what each part and each side row comes to at the least, less what limits allow. */
export const bruteBound = (picks: Picking, prices: AgentPrices): number => {
  const { task, domain, sideRows } = picks;
  let bound = prices.agent.reduce((sum, price) => sum + price, 0);
  for (const part of partsOf(task)) bound += leastOf(picksOf(picks, prices, part));
  for (const row of sideRows) {
    let least = Number.POSITIVE_INFINITY;
    for (let y = domain.low[row] as number; y <= (domain.high[row] as number); y++)
      if (holds(domain, row, y))
        least = Math.min(least, (prices.row[row] as number) * y + valueCost(task, prices, { row, y }));
    bound += least;
  }
  task.limits.forEach(({ most }, k) => {
    bound -= (prices.limit[k] as number) * most;
  });
  return bound;
};
