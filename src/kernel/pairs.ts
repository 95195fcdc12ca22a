// Typed arrays are read with `as number` here: every index comes from the core, or from what was held.
import { seededRandom } from "../base/random.js";
import { type Clock, LOOK } from "./anneal.js";
import { EFFECTS, effectCodes, HELD, heldMoves, type movesOf } from "./moves.js";
import type { Position } from "./position.js";

/** Changes of rows that are looked for and looked at in search of what mends a choice, and how far one row goes. */
const MOST_CHANGES = { least: 64, perRow: 10 } as const;
const MOST_TRIED = 20_000;
const FURTHEST = 4;
/** Effects held, per agent. */
const EFFECTS_EACH = 64;
const MOST_PAIRS = 2 ** 16;
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
 * Moves of a few agents two at a time, such that together they leave what is held as it is, or bring rows where limits have them: as districts exchange
 * households so that each keeps its number of persons. As many moves are looked at as asked for, and the cheapest of each effect held.
 */
export const pairer = (position: Position, moves: ReturnType<typeof movesOf>, clock: Clock) => {
  const { core, arcOf, moving, movingTo, now } = position;
  const { tryMoves, tryRows, commit, broken, codeOfChange } = position;
  const heldRows = position.heldRows();
  const codes = effectCodes(position, seededRandom(1));
  const held = heldMoves(Math.min(EFFECTS, EFFECTS_EACH * core.agents));
  const costs: number[] = [];
  const counts: number[] = [];

  /** Where looking at moves ends. */
  let enough = 0;
  /** Returns whether that is so, or the time is up. */
  const hold = (): boolean => {
    // Rings come up once for each agent in them.
    const home = arcOf[moving[0] as number] as number;
    const last = movingTo[now.moves - 1] as number;
    if (home >= 0 && last >= 0 && core.placeOf[last] === core.placeOf[home])
      for (let i = 1; i < now.moves; i++) if ((moving[i] as number) < (moving[0] as number)) return false;
    tryMoves();
    if (now.tried >= enough || ((now.tried & LOOK) === LOOK && clock.stop())) return true;
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
  /** The agent that is looked at first: the one that was not come to before. */
  let first = 0;
  /** Returns whether there was time for it. */
  const collect = (): boolean => {
    held.clear();
    costs.length = 0;
    counts.length = 0;
    const from = first;
    for (let i = 0; i < core.agents; i++) {
      const agent = (from + i) % core.agents;
      if (!moves.each(agent, true, hold)) continue;
      first = agent;
      break;
    }
    return !clock.stop();
  };

  const isMendedBy = (rows: readonly number[], by: readonly number[]): boolean =>
    tryRows(rows, by) < Number.POSITIVE_INFINITY && now.brokenDelta < -NOTHING;
  const mostChanges = Math.max(MOST_CHANGES.least, MOST_CHANGES.perRow * heldRows.length);
  /** What a row may give away, or take, that mends something, or may give to or take from another: the smallest first. */
  const changesThatMend = (): readonly Wanted[] => {
    const gains = new Map<number, number>();
    let tried = 0;
    const isMending = (rows: readonly number[], by: readonly number[]): boolean => {
      tried++;
      if (tried > MOST_TRIED || !isMendedBy(rows, by)) return false;
      gains.set(codeOfChange(codes), -now.brokenDelta);
      return true;
    };
    for (let size = 1; size <= FURTHEST && gains.size < mostChanges; size++)
      for (const by of [-size, size])
        for (const row of heldRows.filter((one) => isMending([one], [by])))
          for (const other of heldRows) if (other !== row) isMending([row, other], [by, -by]);
    const found = Array.from(gains, ([code, gain]) => ({ code, gain }));
    return found.sort((a, b) => b.gain - a.gain).slice(0, mostChanges);
  };

  const pairsFor = (wanted: readonly Wanted[], isMending: boolean): Pair[] => {
    const pairs: Pair[] = [];
    for (const { code: whole, gain } of wanted) {
      for (const [code, slot] of held.slots) {
        const rest = held.slots.get((whole - code) | 0);
        if (code === whole && isMending)
          for (let i = 0; i < (counts[slot] as number); i++)
            pairs.push({ cost: (costs[slot * HELD + i] as number) / gain, one: held.at(slot, i), other: -1 });
        if (rest === undefined || rest < slot) continue;
        for (let i = 0; i < (counts[slot] as number); i++)
          for (let j = 0; j < (counts[rest] as number); j++) {
            const cost = (costs[slot * HELD + i] as number) + (costs[rest * HELD + j] as number);
            if (!isMending && cost >= 0) break;
            pairs.push({ cost: cost / gain, one: held.at(slot, i), other: held.at(rest, j) });
          }
      }
      if (pairs.length > MOST_PAIRS) break;
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
