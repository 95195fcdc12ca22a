// Typed arrays are read with `as number` here: every index comes from the core.
import type { Position } from "./position.js";

/** Agents that the moves below concern, at most. */
export const MOVED = 3;

/** The moves of one agent, and how they go together. */
export const movesOf = (position: Position) => {
  const { core, domain, arcAt, arcOf, used, firstAt, nextAt, moving, movingTo, now } = position;

  /**
   * Set up the moves of an agent one after the other: out of its place, to another, with whoever is there in exchange or pushed out; where `deep`, pushed
   * on to a place with room, or round a ring of three. Ends as soon as `visit` is true, and returns whether it was.
   */
  const each = (agent: number, deep: boolean, visit: () => boolean): boolean => {
    const before = arcOf[agent] as number;
    const home = before < 0 ? -1 : (core.placeOf[before] as number);
    moving[0] = agent;
    if (before >= 0 && domain.must[agent] === 0) {
      now.moves = 1;
      movingTo[0] = -1;
      if (visit()) return true;
    }
    const { start, items } = now.near;
    for (let i = start[agent] as number; i < (start[agent + 1] as number); i++) {
      const arc = items[i] as number;
      if (arc === before || domain.live[arc] === 0) continue;
      const place = core.placeOf[arc] as number;
      movingTo[0] = arc;
      if ((used[place] as number) < (core.units[place] as number) || place === home) {
        now.moves = 1;
        if (visit()) return true;
        if ((used[place] as number) < (core.units[place] as number)) {
          if (!deep || place === home) continue;
        }
      }
      for (let other = firstAt[place] as number; other >= 0; other = nextAt[other] as number) {
        if (other === agent) continue;
        now.moves = 2;
        moving[1] = other;
        const back = home < 0 ? -1 : arcAt(other, home);
        if (back >= 0 && domain.live[back] === 1) {
          movingTo[1] = back;
          if (visit()) return true;
        }
        if (domain.must[other] === 0) {
          movingTo[1] = -1;
          if (visit()) return true;
        }
        if (!deep) continue;
        for (let j = start[other] as number; j < (start[other + 1] as number); j++) {
          const way = items[j] as number;
          const to = core.placeOf[way] as number;
          if (to === place || domain.live[way] === 0) continue;
          movingTo[1] = way;
          if ((used[to] as number) < (core.units[to] as number)) {
            now.moves = 2;
            if (visit()) return true;
          } else if (to !== home && home >= 0) {
            const third = firstAt[to] as number;
            const ring = third < 0 || third === agent ? -1 : arcAt(third, home);
            if (ring < 0 || domain.live[ring] === 0) continue;
            now.moves = 3;
            moving[2] = third;
            movingTo[2] = ring;
            if (visit()) return true;
          }
        }
      }
    }
    return false;
  };

  /** Add a held move to those set up, where no agent moves twice and nobody enters a place that is full then. */
  const join = (items: Int32Array, from: number): boolean => {
    const before = now.moves;
    for (let i = from; i < from + 2 * MOVED && (items[i] as number) >= 0; i += 2) {
      const agent = items[i] as number;
      if (arcOf[agent] === items[i + 1]) return false;
      for (let k = 0; k < before; k++) if (moving[k] === agent) return false;
      moving[now.moves] = agent;
      movingTo[now.moves++] = items[i + 1] as number;
    }
    for (let i = 0; i < now.moves; i++) {
      if ((movingTo[i] as number) < 0) continue;
      const place = core.placeOf[movingTo[i] as number] as number;
      let room = (core.units[place] as number) - (used[place] as number);
      for (let k = 0; k < now.moves; k++) {
        const left = arcOf[moving[k] as number] as number;
        if (left >= 0 && core.placeOf[left] === place) room++;
        if ((movingTo[k] as number) >= 0 && core.placeOf[movingTo[k] as number] === place) room--;
      }
      if (room < 0) return false;
    }
    return true;
  };
  return { each, join };
};

/** A random odd number per row and limit: with `codeOfChange`, what a move does to them becomes one number. */
export const effectCodes = ({ core, stages }: Position, random: () => number): Int32Array =>
  Int32Array.from({ length: core.rows + stages.length - 1 }, () => Math.floor(random() * 2 ** 32) | 1);

/** Moves held for each effect, and effects held. */
export const HELD = 6;
export const EFFECTS = 2 ** 16;
const LENGTH = MOVED * 2;

/** Moves by what they do to the rows: of no more than so many effects. */
export const heldMoves = (effects = EFFECTS) => {
  const slots = new Map<number, number>();
  const items = new Int32Array(effects * HELD * LENGTH);
  /** Where a held move begins in `items`. */
  const at = (slot: number, index: number): number => (slot * HELD + index) * LENGTH;
  return {
    items,
    at,
    slots: slots as ReadonlyMap<number, number>,
    clear: (): void => slots.clear(),
    /** The number of an effect, a new one where it has none; -1 where too many have. */
    slotFor: (code: number): number => {
      const known = slots.get(code);
      if (known !== undefined) return known;
      if (slots.size === effects) return -1;
      slots.set(code, slots.size);
      return slots.size - 1;
    },
    write: (slot: number, index: number, { moving, movingTo, now: { moves } }: Position): void => {
      const from = at(slot, index);
      for (let i = 0; i < MOVED; i++) {
        items[from + 2 * i] = i < moves ? (moving[i] as number) : -1;
        items[from + 2 * i + 1] = i < moves ? (movingTo[i] as number) : -1;
      }
    },
  };
};
