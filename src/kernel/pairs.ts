// Typed arrays are read with `as number` here: every index comes from the core, or from what was held.
import { seededRandom } from "../base/random.js";
import type { Clock } from "./anneal.js";
import { HELD, heldMoves, type movesOf } from "./moves.js";
import type { Position } from "./position.js";

/** Changes of rows tried as what mends a choice, and how far one row goes. */
const MOST_CHANGES = 64;
const FURTHEST = 4;
const MOST_PAIRS = 2 ** 16;
/** Moves between two looks at the clock. */
const LOOK = 1023;
/** What sums of excesses may round to. */
const NOTHING = 1e-9;

interface Pair {
  /** What it costs, by what it mends. */
  readonly cost: number;
  readonly one: number;
  /** -1: the one alone is enough. */
  readonly other: number;
}

/** A change of rows, as a number, and what it takes away of what is broken. */
interface Wanted {
  readonly code: number;
  readonly gain: number;
}
const NO_CHANGE: readonly Wanted[] = [{ code: 0, gain: 1 }];

/**
 * Moves of a few agents two at a time, such that together they leave all rows as they are, or bring them where limits have them: as districts exchange
 * households so that each keeps its number of persons. All moves are looked at, and the cheapest of each effect on the rows held.
 */
export const pairer = (position: Position, moves: ReturnType<typeof movesOf>, clock: Clock) => {
  const { core, arcOf, moving, movingTo, now } = position;
  const { tryMoves, tryRows, commit, broken, codeOfChange, heldRows } = position;
  const random = seededRandom(1);
  const codes = Float64Array.from({ length: core.rows }, () => Math.floor(random() * 2 ** 30) + 1);
  const held = heldMoves();
  const costs: number[] = [];
  const counts: number[] = [];

  /** Returns whether the time is up. */
  const hold = (): boolean => {
    // Rings come up once for each agent in them.
    const home = arcOf[moving[0] as number] as number;
    const last = movingTo[now.moves - 1] as number;
    if (home >= 0 && last >= 0 && core.placeOf[last] === core.placeOf[home])
      for (let i = 1; i < now.moves; i++) if ((moving[i] as number) < (moving[0] as number)) return false;
    tryMoves();
    if ((now.tried & LOOK) === LOOK && clock.stop()) return true;
    const slot = held.slotFor(codeOfChange(codes));
    if (slot < 0) return false;
    if (slot === counts.length) counts.push(0);
    let at = counts[slot] as number;
    const from = slot * HELD;
    if (at === HELD) {
      if (now.ownDelta >= (costs[from + HELD - 1] as number)) return false;
      at--;
    } else counts[slot] = at + 1;
    for (; at > 0 && (costs[from + at - 1] as number) > now.ownDelta; at--) {
      costs[from + at] = costs[from + at - 1] as number;
      held.items.copyWithin(held.at(slot, at), held.at(slot, at - 1), held.at(slot, at));
    }
    costs[from + at] = now.ownDelta;
    held.write(slot, at, position);
    return false;
  };
  /** Where looking at moves ends. */
  let enough = 0;
  /** Returns whether there was time for it. */
  const collect = (): boolean => {
    held.clear();
    costs.length = 0;
    counts.length = 0;
    for (let agent = 0; agent < core.agents && now.tried < enough; agent++)
      if (moves.each(agent, true, hold)) return false;
    return true;
  };

  const isMendedBy = (rows: readonly number[], by: readonly number[]): boolean =>
    tryRows(rows, by) < Number.POSITIVE_INFINITY && now.brokenDelta < -NOTHING;
  /** What one row may give to another that mends something, the smallest first: for one of the two it does so by itself. */
  const changesThatMend = (): readonly Wanted[] => {
    const found: Wanted[] = [];
    const add = (from: number, to: number, by: number): void => {
      if (from !== to && isMendedBy([from, to], [-by, by]))
        found.push({ code: codeOfChange(codes), gain: -now.brokenDelta });
    };
    for (let by = 1; by <= FURTHEST && found.length < MOST_CHANGES; by++) {
      const givers = heldRows.filter((row) => isMendedBy([row], [-by]));
      const takers = heldRows.filter((row) => isMendedBy([row], [by]));
      for (const from of givers) for (const to of heldRows) add(from, to, by);
      for (const to of takers) for (const from of heldRows) if (!givers.includes(from)) add(from, to, by);
    }
    return found.sort((a, b) => b.gain - a.gain).slice(0, MOST_CHANGES);
  };

  const pairsFor = (wanted: readonly Wanted[], isMending: boolean): Pair[] => {
    const pairs: Pair[] = [];
    for (const { code: whole, gain } of wanted) {
      for (const [code, slot] of held.slots) {
        const rest = held.slots.get(whole - code);
        if (code === whole && isMending)
          for (let i = 0; i < (counts[slot] as number); i++)
            pairs.push({ cost: (costs[slot * HELD + i] as number) / gain, one: held.at(slot, i), other: -1 });
        if (rest === undefined || rest < slot) continue;
        for (let i = 0; i < (counts[slot] as number); i++)
          for (let j = 0; j < (counts[rest] as number); j++) {
            const cost = (costs[slot * HELD + i] as number) + (costs[rest * HELD + j] as number);
            if (!isMending && cost >= 0) break;
            if (pairs.length < MOST_PAIRS)
              pairs.push({ cost: cost / gain, one: held.at(slot, i), other: held.at(rest, j) });
          }
      }
    }
    return pairs.sort((a, b) => a.cost - b.cost || a.one - b.one || a.other - b.other);
  };

  /** Carry out what pairs there are, the best first, as far as they still hold. Returns whether any did. */
  const round = (isMending: boolean): boolean => {
    const wanted = isMending ? changesThatMend() : NO_CHANGE;
    if (wanted.length === 0 || !collect()) return false;
    let done = false;
    for (const { one, other } of pairsFor(wanted, isMending)) {
      now.moves = 0;
      if (!moves.join(held.items, one) || (other >= 0 && !moves.join(held.items, other))) continue;
      tryMoves();
      if (isMending ? now.brokenDelta >= -NOTHING : now.brokenDelta > 0 || now.ownDelta >= 0) continue;
      commit();
      done = true;
      if (isMending && broken() <= 0) break;
    }
    return done;
  };
  return {
    /** Bring a choice that breaks limits nearer to them, as cheaply as may be. `each`: moves looked at per agent. */
    mend: (each: number): void => {
      enough = now.tried + each * core.agents;
      while (broken() > 0 && now.tried < enough && round(true));
    },
    /** Lower the value of one that keeps them. */
    better: (each: number): void => {
      enough = now.tried + each * core.agents;
      while (now.tried < enough && round(false));
    },
  };
};
