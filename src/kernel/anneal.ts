// Typed arrays are read with `as number` here: every index comes from the core.
import { seededRandom } from "../base/random.js";
import { effectCodes, HELD, heldMoves, MOVED, type movesOf } from "./moves.js";
import type { Found, Position, Ways } from "./position.js";

export interface Annealing {
  readonly trials: number;
  /** A value that ends it. */
  readonly enough: number;
  readonly seed: number;
  /** Where it begins, in what moves usually cost. */
  readonly heat: number;
  /** Whether it may begin with a choice that breaks limits: then it returns null where it came upon none that keeps them. */
  readonly mends?: true;
}

/** Whether the time is up, and the seconds left: Infinity where there is no limit. */
export interface Clock {
  readonly stop: () => boolean;
  readonly left: () => number;
}

/** Annealing cools in so many steps by this factor: to a hundredth. */
const COOLINGS = 100;
const COOLING = 0.955;
/** Part of the time left that one annealing may take. */
const TIME_SHARE = 0.4;
/** Trials between two looks at the clock. */
export const LOOK = 1023;
/** What sums of excesses may round to. */
const NOTHING = 1e-6;

/** A rise is accepted with chance (1 - rise/4T)^4 below 4T: close to exp(-rise/T), and roots round alike on every platform. */
const isAccepted = (rise: number, heat: number, random: () => number): boolean =>
  rise <= 0 || rise <= 4 * heat * (1 - Math.sqrt(Math.sqrt(random())));

/** Searches by chance from a position; `improve` repairs and betters what they end with. */
export const annealer = (
  position: Position,
  {
    moves,
    improve,
    clock,
  }: {
    readonly moves: ReturnType<typeof movesOf>;
    readonly improve: (start: ArrayLike<number>, ways: Ways) => Found | null;
    readonly clock: Clock;
  },
) => {
  const { core, domain, arcAt, ownStep, arcOf, used, values, firstAt, nextAt, moving, movingTo, weight, now } =
    position;
  const { tryMoves, commit, load, broken, weigh } = position;

  /** Set up a random move: of one agent alone, with the one it displaces, or round three; near arcs alike or the nearest more often. False where there is none. */
  const drawMove = (random: () => number, towardsNear: boolean): boolean => {
    const { near } = now;
    const pick = (count: number): number => {
      const at = random();
      return Math.floor((towardsNear ? at * at : at) * count);
    };
    const agent = Math.floor(random() * core.agents);
    const from = near.start[agent] as number;
    const count = (near.start[agent + 1] as number) - from;
    if (count === 0) return false;
    const before = arcOf[agent] as number;
    const arc = near.items[from + pick(count)] as number;
    if (arc === before || domain.live[arc] === 0) return false;
    const home = before < 0 ? -1 : (core.placeOf[before] as number);
    const place = core.placeOf[arc] as number;
    moving[0] = agent;
    movingTo[0] = arc;
    now.moves = 1;
    let other = firstAt[place] as number;
    // Where there is room, as often with somebody who comes the other way.
    if (place === home || other < 0) return true;
    if ((used[place] as number) < (core.units[place] as number) && random() < 0.5) return true;
    for (let steps = Math.floor(random() * (used[place] as number)); steps > 0; steps--)
      other = nextAt[other] as number;
    now.moves = 2;
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
    const way = near.items[(near.start[other] as number) + pick(ways)] as number;
    const to = core.placeOf[way] as number;
    if (ways === 0 || domain.live[way] === 0 || to === place) return false;
    movingTo[1] = way;
    if ((used[to] as number) < (core.units[to] as number)) return true;
    const third = firstAt[to] as number;
    if (third === agent || third === other) return to === home;
    const ring = home < 0 ? -1 : arcAt(third, home);
    now.moves = 3;
    moving[2] = third;
    if (ring >= 0 && domain.live[ring] === 1) movingTo[2] = ring;
    else if (domain.must[third] === 0) movingTo[2] = -1;
    else return false;
    return true;
  };

  /** The tenth part of what random moves raise the cost by, from the smallest up: the scale of temperatures. */
  const usualRise = (random: () => number, towardsNear: boolean): number => {
    const rises: number[] = [];
    for (let i = 0; i < 4000 && rises.length < 400; i++) {
      if (!drawMove(random, towardsNear)) continue;
      const delta = tryMoves();
      if (delta > 0) rises.push(delta);
    }
    return rises.sort((a, b) => a - b)[Math.floor(rises.length / 10)] ?? 0;
  };

  /**
   * Cool from `heat` to a hundredth of it: `trial` is called at each temperature, as often as trials and time allow.
   * `cooled` is called between two temperatures; it says whether to go on.
   */
  const cooling = (
    given: { readonly trials: number; readonly heat: number },
    trial: (heat: number) => void,
    cooled: (trials: number) => boolean,
  ): void => {
    const each = Math.ceil(given.trials / COOLINGS);
    const left = clock.left();
    let { heat } = given;
    for (let step = 0; step < COOLINGS; step++) {
      let trials = 0;
      for (; trials < each; trials++) {
        if ((trials & LOOK) === LOOK && left - clock.left() > (left * TIME_SHARE * (step + 1)) / COOLINGS) break;
        trial(heat);
      }
      if (!cooled(trials) || clock.stop()) return;
      heat *= COOLING;
    }
  };

  /**
   * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) from a choice that keeps all limits, or `mends` one: they may be broken on the way at a
   * penalty that rises and falls with how often they are. Returns the best choice that keeps them, repaired and improved, or null.
   */
  const cool = (start: ArrayLike<number>, ways: Ways, given: Annealing): Found | null => {
    const random = seededRandom(given.seed);
    // What is drawn by chance is counted by itself.
    const triedBefore = now.tried;
    now.near = ways.near ?? core.byAgent;
    load(start);
    const isKept = broken() <= 0;
    if (!isKept && given.mends !== true) return null;
    let best: Found = { arcOf: arcOf.slice(), value: isKept ? (values[0] as number) : Number.POSITIVE_INFINITY };
    if (ways.prices !== undefined) weigh(ways.prices);
    // At their prices limits are worth what they are; without these they begin at what moves usually cost.
    now.penalty = 0;
    const fair = ways.prices === undefined ? Math.max(1, usualRise(random, false)) : ownStep;
    now.penalty = fair;
    // In the weights that moves are measured in.
    let brokenNow = isKept ? 0 : broken();
    let kept = 0;
    cooling(
      { ...given, heat: usualRise(random, false) * given.heat },
      (heat) => {
        if (best.value <= given.enough) return;
        if (brokenNow < NOTHING) kept++;
        if (!drawMove(random, false) || !isAccepted(tryMoves(), heat, random)) return;
        commit();
        brokenNow += now.brokenDelta;
        if ((values[0] as number) >= best.value || brokenNow >= NOTHING || broken() > 0) return;
        best = { arcOf: arcOf.slice(), value: values[0] as number };
      },
      (trials) => {
        if (kept < trials * 0.1) now.penalty = Math.min(16 * fair, now.penalty * 1.25);
        else if (kept > trials * 0.4) now.penalty = Math.max(fair / 4, now.penalty / 1.25);
        kept = 0;
        return best.value > given.enough;
      },
    );
    weight.fill(1);
    now.tried = triedBefore;
    if (best.value <= given.enough) return best;
    const isFound = Number.isFinite(best.value);
    // An end that breaks limits is mended where they are left for the sake of it; where they were never kept, in pairs or not at all.
    const isEnd = isFound ? given.mends !== true || broken() <= 0 : ways.paired !== undefined;
    for (const one of [...(isEnd ? [arcOf.slice()] : []), ...(isFound ? [best.arcOf] : [])]) {
      const improved = improve(one, ways);
      if (improved !== null && improved.value < best.value) best = improved;
    }
    return Number.isFinite(best.value) ? best : null;
  };

  /**
   * Simulated annealing that never leaves the limits: a move that would break one is made together with an earlier one that undoes
   * what it does to the rows, as districts exchange households so that each keeps its number of persons. Returns the best choice, improved.
   */
  const exchange = (start: ArrayLike<number>, ways: Ways, given: Annealing): Found | null => {
    const random = seededRandom(given.seed);
    const triedBefore = now.tried;
    now.near = ways.near ?? core.byAgent;
    load(start);
    if (broken() > 0) return null;
    let best: Found = { arcOf: arcOf.slice(), value: values[0] as number };
    const held = heldMoves();
    /** How often a move of each effect was held. */
    const times: number[] = [];
    const codes = effectCodes(position, random);
    now.penalty = 0;
    const towardsNear = ways.near !== null;
    const heat = usualRise(random, towardsNear) * given.heat;
    now.penalty = Math.min(ownStep * 64, 2 ** 50);
    cooling(
      { ...given, heat },
      (heat) => {
        if (!drawMove(random, towardsNear)) return;
        const delta = tryMoves();
        if (now.brokenDelta <= 0) {
          if (isAccepted(delta, heat, random)) commit();
          return;
        }
        const code = position.codeOfChange(codes);
        const own = now.moves;
        const other = held.slots.get(-code | 0);
        if (
          other !== undefined &&
          moves.join(held.items, held.at(other, Math.floor(random() * Math.min(HELD, times[other] as number))))
        ) {
          const both = tryMoves();
          if (now.brokenDelta <= 0 && isAccepted(both, heat, random)) {
            commit();
            return;
          }
        }
        now.moves = own;
        const slot = own > MOVED ? -1 : held.slotFor(code);
        if (slot < 0) return;
        // The oldest gives way.
        const before = times[slot] ?? 0;
        held.write(slot, before % HELD, position);
        times[slot] = before + 1;
      },
      () => {
        if ((values[0] as number) < best.value && broken() <= 0)
          best = { arcOf: arcOf.slice(), value: values[0] as number };
        return best.value > given.enough;
      },
    );
    now.tried = triedBefore;
    const improved = improve(best.arcOf, ways);
    return improved !== null && improved.value < best.value ? improved : best;
  };
  return { cool, exchange };
};
