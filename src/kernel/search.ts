// Typed arrays are read with `as number` here: every index comes from the core.

import { seededRandom } from "../base/random.js";
import { assigner } from "./assignment.js";
import type { Lists } from "./core.js";
import { type Domain, liveArcs } from "./domain.js";
import { lookupOf } from "./lookup.js";
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
  readonly sweeps: number;
}

interface Annealing {
  readonly trials: number;
  /** A value that ends it. */
  readonly enough: number;
  readonly seed: number;
  /** Where it begins, in what moves usually cost. */
  readonly heat: number;
}

/** A limit exceeded by next to nothing is exceeded all the same: so many usual steps. */
const ANY_EXCESS = 1 / 16;

/** Repairs begin at twice the prices of limits, or at this part of a usual step where there is none, and end far above. */
const LEAST_WEIGHT = 2 ** -10;
const PENALTIES = 10;

/** Moves tried in the search for one choice, per agent: where places are endless there are chains without number. */
const MOST_MOVES = 2000;

/** Annealing cools in so many steps by this factor: to a hundredth. */
const COOLINGS = 100;
const COOLING = 0.955;
/** What sums of excesses may round to. */
const NOTHING = 1e-6;

/** Local search for one stage over one domain; every start is repaired towards the limits, then improved. */
export const searcher = ({ core, stage, held }: Task, domain: Domain, stop: () => boolean) => {
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
  const entryRow: number[] = [];
  const entryBy: number[] = [];
  for (let arc = 0; arc < core.arcs; arc++) {
    entryStart[arc] = entryRow.length;
    for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
      const row = core.byArc.items[j] as number;
      if (felt[row] === 0) continue;
      entryRow.push(row);
      entryBy.push(core.arcCoefficients[j] as number);
    }
  }
  entryStart[core.arcs] = entryRow.length;
  const rowOfEntry = Int32Array.from(entryRow);
  const byOfEntry = Float64Array.from(entryBy);

  const arcOf = new Int32Array(core.agents).fill(-1);
  const y = new Float64Array(core.rows);
  const used = new Float64Array(core.places);
  const values = new Float64Array(stages.length);
  const firstAt = new Int32Array(core.places).fill(-1);
  const nextAt = new Int32Array(core.agents);
  let penalty = ownStep;

  const mark = new Uint8Array(core.rows);
  const change = new Float64Array(core.rows);
  const touched = new Int32Array(core.rows);
  let touchedCount = 0;
  const deltas = new Float64Array(stages.length);
  let brokenDelta = 0;

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
    return (rowWeight * (at < low ? low - at : at > high ? at - high : 0)) / (sizes[row] as number);
  };
  const excess = (index: number, value: number): number => {
    const over = value - (limits[index] as number);
    return over > 0 ? (weight[index] as number) * (ANY_EXCESS + over / (unit[index] as number)) : 0;
  };

  /** What a step beyond each limit, or a row's bounds, counts for while a start is repaired; else 1. */
  const weight = new Float64Array(stages.length).fill(1);
  let rowWeight = 1;
  /** Arcs worth trying, agent by agent. */
  let near: Lists = core.byAgent;

  const moving = new Int32Array(4);
  const movingTo = new Int32Array(4);
  let moves = 0;
  let tried = 0;
  /** Where the search for one choice ends. */
  let enough = Number.POSITIVE_INFINITY;
  /** What the moves set up in `moving` would change: the cost at the present penalty. */
  const tryMoves = (): number => {
    tried++;
    deltas.fill(0);
    touchedCount = 0;
    brokenDelta = 0;
    for (let i = 0; i < moves; i++) {
      const before = arcOf[moving[i] as number] as number;
      if (before >= 0) addArc(before, -1);
      if ((movingTo[i] as number) >= 0) addArc(movingTo[i] as number, 1);
    }
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
    return (deltas[0] as number) + penalty * brokenDelta;
  };
  const unlink = (agent: number, place: number): void => {
    let at = firstAt[place] as number;
    if (at === agent) {
      firstAt[place] = nextAt[agent] as number;
      return;
    }
    while ((nextAt[at] as number) !== agent) at = nextAt[at] as number;
    nextAt[at] = nextAt[agent] as number;
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
    nextAt[agent] = firstAt[place] as number;
    firstAt[place] = agent;
  };
  /** Carry out what `tryMoves` last looked at. */
  const commit = (): void => {
    for (let i = 0; i < touchedCount; i++) {
      const row = touched[i] as number;
      y[row] = (y[row] as number) + (change[row] as number);
    }
    for (let index = 0; index < stages.length; index++)
      values[index] = (values[index] as number) + (deltas[index] as number);
    for (let i = 0; i < moves; i++) put(moving[i] as number, movingTo[i] as number);
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
    for (let row = 0; row < core.rows; row++) sum += outside(row, y[row] as number);
    for (let index = 1; index < stages.length; index++) sum += excess(index, values[index] as number);
    return sum;
  };

  /** Try to better one agent: move it, swap it, or push another out of its place. Returns whether something was carried out. */
  const better = (agent: number, deep: boolean): boolean => {
    const before = arcOf[agent] as number;
    const home = before < 0 ? -1 : (core.placeOf[before] as number);
    moving[0] = agent;
    if (before >= 0 && domain.must[agent] === 0) {
      moves = 1;
      movingTo[0] = -1;
      if (tryMoves() < 0) {
        commit();
        return true;
      }
    }
    const { start, items } = near;
    for (let i = start[agent] as number; i < (start[agent + 1] as number); i++) {
      const arc = items[i] as number;
      if (arc === before || domain.live[arc] === 0) continue;
      const place = core.placeOf[arc] as number;
      movingTo[0] = arc;
      if ((used[place] as number) < (core.units[place] as number) || place === home) {
        moves = 1;
        if (tryMoves() < 0) {
          commit();
          return true;
        }
        if ((used[place] as number) < (core.units[place] as number)) {
          if (!deep || place === home) continue;
        }
      }
      for (let other = firstAt[place] as number; other >= 0; other = nextAt[other] as number) {
        if (other === agent) continue;
        moves = 2;
        moving[1] = other;
        const back = home < 0 ? -1 : arcAt(other, home);
        if (back >= 0 && domain.live[back] === 1) {
          movingTo[1] = back;
          if (tryMoves() < 0) {
            commit();
            return true;
          }
        }
        if (domain.must[other] === 0) {
          movingTo[1] = -1;
          if (tryMoves() < 0) {
            commit();
            return true;
          }
        }
        if (!deep) continue;
        for (let j = near.start[other] as number; j < (near.start[other + 1] as number); j++) {
          const way = near.items[j] as number;
          const to = core.placeOf[way] as number;
          if (to === place || domain.live[way] === 0) continue;
          movingTo[1] = way;
          if ((used[to] as number) < (core.units[to] as number)) {
            moves = 2;
            if (tryMoves() < 0) {
              commit();
              return true;
            }
          } else if (to !== home && home >= 0) {
            // A ring of three: the one in the other's new place comes here.
            const third = firstAt[to] as number;
            const ring = third < 0 || third === agent ? -1 : arcAt(third, home);
            if (ring < 0 || domain.live[ring] === 0) continue;
            moves = 3;
            moving[2] = third;
            movingTo[2] = ring;
            if (tryMoves() < 0) {
              commit();
              return true;
            }
          }
        }
      }
    }
    return false;
  };

  /** Descend until no agent can be bettered, or the sweeps run out. Returns whether anything was bettered. */
  const descend = (deep: boolean, sweeps: number): boolean => {
    let calm = 0;
    let moved = false;
    const most = sweeps * core.agents;
    for (let i = 0; i < most && calm < core.agents; i++) {
      if (tried > enough || ((i & 15) === 15 && stop())) return moved;
      if (better(i % core.agents, deep)) {
        calm = 0;
        moved = true;
      } else calm++;
    }
    return moved;
  };

  /** Arcs that are alike to all rows and all kept stages share a number. */
  const signature = new Float64Array(core.arcs);
  let signed = false;
  const sign = (): void => {
    if (signed) return;
    signed = true;
    const MODULUS = 2 ** 31 - 1;
    for (let arc = 0; arc < core.arcs; arc++) {
      let hash = 7;
      for (let j = core.byArc.start[arc] as number; j < (core.byArc.start[arc + 1] as number); j++) {
        hash = (hash * 48271 + (core.byArc.items[j] as number) + 1) % MODULUS;
        hash =
          (hash * 16807 +
            (Math.abs(core.arcCoefficients[j] as number) % 65536) * 2 +
            ((core.arcCoefficients[j] as number) < 0 ? 1 : 0)) %
          MODULUS;
      }
      for (const { index, weights } of weighted)
        if (index > 0) hash = (hash * 39373 + ((Math.abs(weights[arc] as number) % MODULUS) % 1048573)) % MODULUS;
      signature[arc] = hash;
    }
  };
  const live = liveArcs(core, domain);
  const assign = assigner(core.agents, core.units, live.arc.length);
  const cost = new Float64Array(live.arc.length);
  const nobody = new Uint8Array(core.agents);
  /**
   * Re-assign everybody at once where the rows cannot feel it: within places alike to the rows, or among the places held by agents alike.
   * Both are plain assignments. Returns whether the value fell.
   */
  const reassign = (among: "alike" | "held"): boolean => {
    const weights = stage.weights;
    if (weights === null) return false;
    sign();
    const BONUS = Math.floor(2 ** 50 / (core.agents + 1));
    const start = new Int32Array(core.agents + 1);
    const arc = new Int32Array(live.arc.length);
    const place = new Int32Array(live.arc.length);
    let size = 0;
    for (let agent = 0; agent < core.agents; agent++) {
      start[agent] = size;
      const own = arcOf[agent] as number;
      if (own < 0) continue;
      for (let i = live.start[agent] as number; i < (live.start[agent + 1] as number); i++) {
        const candidate = live.arc[i] as number;
        const to = live.place[i] as number;
        if (candidate !== own) {
          if (among === "alike") {
            if (signature[candidate] !== signature[own]) continue;
          } else {
            const holder = firstAt[to] as number;
            if (holder < 0 || core.units[to] !== 1 || signature[arcOf[holder] as number] !== signature[candidate])
              continue;
          }
        }
        arc[size] = candidate;
        place[size] = to;
        cost[size] = (weights[candidate] as number) - BONUS;
        size++;
      }
    }
    start[core.agents] = size;
    const { chosen } = assign({ start, arc, place }, cost, nobody);
    const next = arcOf.slice();
    for (let agent = 0; agent < core.agents; agent++) {
      if ((arcOf[agent] as number) < 0) continue;
      if ((chosen[agent] as number) < 0) return false;
      next[agent] = arc[chosen[agent] as number] as number;
    }
    const before = values[0] as number;
    const kept = arcOf.slice();
    const brokenBefore = broken();
    load(next);
    if ((values[0] as number) < before && broken() <= brokenBefore) return true;
    load(kept);
    return false;
  };

  /** What limits are worth while they may be broken: their prices, where these are known, in parts of the usual step. */
  const weigh = (prices: Ways["prices"]): void => {
    held.forEach((limit, k) => {
      const price = ((prices?.get(limit) ?? 0) / limit.unit) * (unit[k + 1] as number);
      weight[k + 1] = Math.max(LEAST_WEIGHT, price / ownStep);
    });
  };

  /** Descend with a penalty that rises from what the prices say, until every limit is kept or hope is given up. */
  const repair = ({ near: ways, prices, deep, sweeps }: Ways): void => {
    weigh(prices);
    rowWeight = LEAST_WEIGHT;
    penalty = 2 * ownStep;
    descend(false, 2);
    for (let tries = 0; tries < PENALTIES && broken() > 0; tries++) {
      penalty = Math.min(penalty * 2, 2 ** 50);
      // Chains where single moves and swaps find no way.
      if (!descend(false, 2) && (deep || tries >= PENALTIES / 2)) descend(true, 1);
    }
    near = core.byAgent;
    for (let tries = 0; tries < 3 && broken() > 0; tries++) {
      if (tries === 1) {
        weight.fill(1);
        rowWeight = 1;
        penalty = Math.min(ownStep * 2 ** 12, 2 ** 50);
      }
      penalty = Math.min(penalty * 16, 2 ** 50);
      descend(false, sweeps);
    }
    weight.fill(1);
    rowWeight = 1;
    near = ways ?? core.byAgent;
  };

  /** Descend inside the limits. */
  const polish = ({ deep, sweeps }: Ways): void => {
    penalty = Math.min(ownStep * 64, 2 ** 50);
    for (let i = 0; i < 6; i++) {
      const fell = [reassign("alike"), reassign("held")].some((one) => one);
      const before = values[0] as number;
      descend(false, sweeps);
      if (deep) descend(true, sweeps);
      if (!fell && values[0] === before) break;
    }
  };

  /** Repair and improve a start; null where the limits could not be met. */
  const improve = (start: ArrayLike<number>, ways: Ways): Found | null => {
    near = ways.near ?? core.byAgent;
    enough = tried + MOST_MOVES * core.agents;
    load(start);
    // A start that keeps every limit is not let go of for the sake of the stage.
    if (broken() > 0) repair(ways);
    if (broken() > 0) return null;
    polish(ways);
    if (broken() > 0) return null;
    return { arcOf: arcOf.slice(), value: values[0] as number };
  };

  /** Set up a random move: of one agent alone, with the one it displaces, or round three. False where there is none. */
  const drawMove = (random: () => number): boolean => {
    const agent = Math.floor(random() * core.agents);
    const from = near.start[agent] as number;
    const count = (near.start[agent + 1] as number) - from;
    if (count === 0) return false;
    const before = arcOf[agent] as number;
    const arc = near.items[from + Math.floor(random() * count)] as number;
    if (arc === before || domain.live[arc] === 0) return false;
    const home = before < 0 ? -1 : (core.placeOf[before] as number);
    const place = core.placeOf[arc] as number;
    moving[0] = agent;
    movingTo[0] = arc;
    moves = 1;
    let other = firstAt[place] as number;
    // Where there is room, as often with somebody who comes the other way.
    if (place === home || other < 0) return true;
    if ((used[place] as number) < (core.units[place] as number) && random() < 0.5) return true;
    for (let steps = Math.floor(random() * (used[place] as number)); steps > 0; steps--)
      other = nextAt[other] as number;
    moves = 2;
    moving[1] = other;
    const back = home < 0 ? -1 : arcAt(other, home);
    if (back >= 0 && domain.live[back] === 1 && random() < 0.75) {
      movingTo[1] = back;
      return true;
    }
    if (home < 0 && domain.must[other] === 0 && random() < 0.5) {
      movingTo[1] = -1;
      return true;
    }
    const ways = (near.start[other + 1] as number) - (near.start[other] as number);
    const way = near.items[(near.start[other] as number) + Math.floor(random() * ways)] as number;
    const to = core.placeOf[way] as number;
    if (ways === 0 || domain.live[way] === 0 || to === place) return false;
    movingTo[1] = way;
    if ((used[to] as number) < (core.units[to] as number)) return true;
    const third = firstAt[to] as number;
    if (third === agent || third === other) return to === home;
    const ring = home < 0 ? -1 : arcAt(third, home);
    moves = 3;
    moving[2] = third;
    if (ring >= 0 && domain.live[ring] === 1) movingTo[2] = ring;
    else if (domain.must[third] === 0) movingTo[2] = -1;
    else return false;
    return true;
  };

  /** The tenth part of what random moves raise the cost by, from the smallest up: the scale of temperatures. */
  const usualRise = (random: () => number): number => {
    const rises: number[] = [];
    for (let i = 0; i < 4000 && rises.length < 400; i++) {
      if (!drawMove(random)) continue;
      const delta = tryMoves();
      if (delta > 0) rises.push(delta);
    }
    return rises.sort((a, b) => a - b)[Math.floor(rises.length / 10)] ?? 0;
  };

  /**
   * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) from a choice that keeps all limits, which may be broken on the way at a penalty
   * that rises and falls with how often they are. Returns the best choice that keeps them, repaired and improved, or null.
   * A rise is accepted with chance (1 - rise/4T)^4 below 4T: close to exp(-rise/T), and roots round alike on every platform.
   */
  const anneal = (start: ArrayLike<number>, ways: Ways, given: Annealing): Found | null => {
    const random = seededRandom(given.seed);
    // What is drawn by chance is counted by itself.
    const triedBefore = tried;
    near = ways.near ?? core.byAgent;
    load(start);
    if (broken() > 0) return null;
    let best: Found = { arcOf: arcOf.slice(), value: values[0] as number };
    if (ways.prices !== undefined) weigh(ways.prices);
    // At their prices limits are worth what they are; without these they begin at what moves usually cost.
    penalty = 0;
    const fair = ways.prices === undefined ? Math.max(1, usualRise(random)) : ownStep;
    penalty = fair;
    let heat = usualRise(random) * given.heat;
    let brokenNow = 0;
    const each = Math.ceil(given.trials / COOLINGS);
    for (let step = 0; step < COOLINGS && best.value > given.enough && !stop(); step++) {
      let kept = 0;
      for (let i = 0; i < each && best.value > given.enough; i++) {
        if (brokenNow < NOTHING) kept++;
        if (!drawMove(random)) continue;
        const delta = tryMoves();
        if (delta > 0 && delta > 4 * heat * (1 - Math.sqrt(Math.sqrt(random())))) continue;
        commit();
        brokenNow += brokenDelta;
        if ((values[0] as number) >= best.value || brokenNow >= NOTHING || broken() > 0) continue;
        best = { arcOf: arcOf.slice(), value: values[0] as number };
      }
      if (kept < each * 0.1) penalty = Math.min(16 * fair, penalty * 1.25);
      else if (kept > each * 0.4) penalty = Math.max(fair / 4, penalty / 1.25);
      heat *= COOLING;
    }
    weight.fill(1);
    tried = triedBefore;
    if (best.value <= given.enough) return best;
    for (const one of [arcOf.slice(), best.arcOf]) {
      const improved = improve(one, ways);
      if (improved !== null && improved.value < best.value) best = improved;
    }
    return best;
  };

  /** The value of a choice, or null where it breaks a limit. */
  const measure = (choice: Int32Array): number | null => {
    load(choice);
    for (let agent = 0; agent < core.agents; agent++) if (arcOf[agent] !== choice[agent]) return null;
    return broken() > 0 ? null : (values[0] as number);
  };
  return { improve, anneal, measure, tried: (): number => tried };
};

export type Searcher = ReturnType<typeof searcher>;
