// Typed arrays are read with `as number` here: every index comes from the core.
import { annealer, type Clock } from "./anneal.js";
import { assigner } from "./assignment.js";
import { blender } from "./blend.js";
import { type Domain, liveArcs } from "./domain.js";
import { movesOf } from "./moves.js";
import { pairer } from "./pairs.js";
import { type Found, LEAST_WEIGHT, positionOf, type Ways } from "./position.js";
import type { Task } from "./relax.js";

/** Repairs begin at twice the prices of limits, or at the least weight there is, and end far above. */
const PENALTIES = 10;

/** Moves tried in the search for one choice, per agent: where places are endless there are chains without number. */
const MOST_MOVES = 2000;

/** Local search for one stage over one domain; every start is repaired towards the limits, then improved. */
export const searcher = (task: Task, domain: Domain, clock: Clock) => {
  const position = positionOf(task, domain);
  const { core, stage, ownStep, arcOf, values, firstAt, weight, now } = position;
  const { tryMoves, commit, load, broken, weigh, measure } = position;
  /** Where the search for one choice ends. */
  let enough = Number.POSITIVE_INFINITY;

  const moves = movesOf(position);
  const take = (): boolean => {
    if (tryMoves() >= 0) return false;
    commit();
    return true;
  };
  /** Try to better one agent: move it, swap it, or push another out of its place. Returns whether something was carried out. */
  const better = (agent: number, deep: boolean): boolean => moves.each(agent, deep, take);

  /** Descend until no agent can be bettered, or the sweeps run out. Returns whether anything was bettered. */
  const descend = (deep: boolean, sweeps: number): boolean => {
    let calm = 0;
    let moved = false;
    const most = sweeps * core.agents;
    for (let i = 0; i < most && calm < core.agents; i++) {
      if (now.tried > enough || (!now.unstopped && (i & 15) === 15 && clock.stop())) return moved;
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
      for (const { index, weights } of position.signed)
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

  /** Descend with a penalty that rises from what the prices say, until every limit is kept or hope is given up. */
  const repair = ({ near: ways, prices, deep, sweeps }: Ways): void => {
    weigh(prices);
    now.rowWeight = LEAST_WEIGHT;
    now.penalty = 2 * ownStep;
    descend(false, 2);
    for (let tries = 0; tries < PENALTIES && broken() > 0; tries++) {
      now.penalty = Math.min(now.penalty * 2, 2 ** 50);
      // Chains where single moves and swaps find no way.
      if (!descend(false, 2) && (deep || tries >= PENALTIES / 2)) descend(true, 1);
    }
    now.near = core.byAgent;
    for (let tries = 0; tries < 3 && broken() > 0; tries++) {
      if (tries === 1) {
        weight.fill(1);
        now.rowWeight = 1;
        now.penalty = Math.min(ownStep * 2 ** 12, 2 ** 50);
      }
      now.penalty = Math.min(now.penalty * 16, 2 ** 50);
      descend(false, sweeps);
    }
    weight.fill(1);
    now.rowWeight = 1;
    now.near = ways ?? core.byAgent;
  };

  let pairs: ReturnType<typeof pairer> | null = null;
  const inPairs = (): ReturnType<typeof pairer> => {
    pairs ??= pairer(position, moves, clock);
    return pairs;
  };

  /** Whoever is left out tries all places there are. */
  const admit = (): void => {
    const { near } = now;
    if (near === core.byAgent) return;
    now.near = core.byAgent;
    for (let agent = 0; agent < core.agents; agent++) {
      if (now.tried > enough || ((agent & 15) === 15 && !now.unstopped && clock.stop())) break;
      if ((arcOf[agent] as number) < 0) better(agent, false);
    }
    now.near = near;
  };

  /** Descend inside the limits. */
  const polish = ({ deep, sweeps, paired }: Ways): void => {
    now.penalty = Math.min(ownStep * 64, 2 ** 50);
    for (let i = 0; i < 6; i++) {
      const fell = [reassign("alike"), reassign("held")].some((one) => one);
      const before = values[0] as number;
      descend(false, sweeps);
      admit();
      if (deep) descend(true, sweeps);
      if (!fell && values[0] === before) break;
    }
    if (paired !== undefined && stage.weights !== null) inPairs().better(paired);
  };

  /** Repair and improve a start; null where the limits could not be met. */
  const improve = (start: ArrayLike<number>, ways: Ways): Found | null => {
    now.near = ways.near ?? core.byAgent;
    now.unstopped = ways.unstopped === true;
    enough = now.tried + MOST_MOVES * core.agents;
    load(start);
    // A start that keeps every limit is not let go of for the sake of the stage.
    if (broken() > 0) {
      if (ways.paired === undefined) repair(ways);
      else inPairs().mend(ways.paired);
    }
    if (broken() > 0) return null;
    polish(ways);
    if (broken() > 0) return null;
    return { arcOf: arcOf.slice(), value: values[0] as number };
  };

  const { cool, exchange } = annealer(position, { moves, improve, clock });
  /** By how much a choice breaks limits. */
  const brokenBy = (choice: ArrayLike<number>): number => {
    load(choice);
    return broken();
  };
  return {
    improve,
    broken: brokenBy,
    heldRows: position.heldRows,
    anneal: cool,
    exchange,
    blend: blender(position),
    measure,
    tried: (): number => now.tried,
  };
};

export type Searcher = ReturnType<typeof searcher>;
