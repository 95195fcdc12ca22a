// Typed arrays are read with `as number` here: every index comes from the model.
import { type Board, compareStandings, type Standing, type Tally, tallyOf } from "./tally.js";

/** The best that was found with one agent on one arc. */
export interface Exchange {
  readonly arc: number;
  readonly arcOf: Int32Array;
  readonly standing: Standing;
}

/** How far a chain of households that make room for each other is followed. */
interface Reach {
  readonly links: number;
}

const occupantsOf = ({ arcOf }: Tally, { model, arcsTo }: Board, place: number): readonly number[] => {
  const found: number[] = [];
  for (const arc of arcsTo[place] ?? []) {
    const agent = model.arcs.agent[arc] as number;
    if (arcOf[agent] === arc) found.push(agent);
  }
  return found;
};

/**
 * The best plan found in which an agent takes an arc: whoever is in the way moves on along a chain of at most `links` households, which
 * ends in a free place, in the place that the agent left, or without one; where nobody is in the way, the place left may be taken by
 * another. Every outcome is feasible, and valued exactly; that there is none better is not shown.
 *
 * `tally` starts from the present plan. Cost: arcs of an agent to the power of `links`.
 */
export const exchangeFor = (
  board: Board,
  tally: Tally,
  given: { agent: number; arc: number } & Reach,
): Exchange | null => {
  const { model, arcsOf } = board;
  const { agent, arc, links } = given;
  tally.reset();
  const pinned = agent;
  const moved = new Set([agent]);
  let best: Exchange | null = null;
  const room = (place: number): boolean => (tally.used[place] as number) <= (model.places[place] as number);
  const weigh = (): void => {
    if (!tally.feasible() || (best !== null && tally.against(best.standing) >= 0)) return;
    best = { arc, arcOf: Int32Array.from(tally.arcOf), standing: tally.standing() };
  };
  // `full` is the one place that has an agent too many; one of those in it goes on.
  const makeRoom = (full: number, left: number): void => {
    for (const one of occupantsOf(tally, board, full)) {
      if (one === pinned || moved.has(one)) continue;
      moved.add(one);
      const home = tally.arcOf[one] as number;
      tally.move(one, -1);
      weigh();
      for (const next of arcsOf[one] ?? []) {
        const place = model.arcs.place[next] as number;
        if (place === full) continue;
        const isFree = (tally.used[place] as number) < (model.places[place] as number);
        if (!isFree && left <= 1) continue;
        tally.move(one, next);
        if (isFree) weigh();
        else makeRoom(place, left - 1);
        tally.move(one, -1);
      }
      tally.move(one, home);
      moved.delete(one);
    }
  };
  const old = tally.arcOf[agent] as number;
  tally.move(agent, arc);
  const place = model.arcs.place[arc] as number;
  if (room(place)) {
    weigh();
    if (old >= 0) fillPlace({ board, tally, place: model.arcs.place[old] as number, pinned, weigh });
  } else makeRoom(place, links);
  return best;
};

/** Others who might take the place that was left. */
const fillPlace = (given: { board: Board; tally: Tally; place: number; pinned: number; weigh: () => void }): void => {
  const { board, tally, place, pinned, weigh } = given;
  for (const arc of board.arcsTo[place] ?? []) {
    const other = board.model.arcs.agent[arc] as number;
    const home = tally.arcOf[other] as number;
    if (other === pinned || arc === home) continue;
    tally.move(other, arc);
    weigh();
    tally.move(other, home);
  }
};

/** Exchanges for every arc of an agent but the present one, best first; ties by arc, so that the order is always the same. */
export const exchangesOf = (board: Board, start: Int32Array, given: { agent: number } & Reach): readonly Exchange[] => {
  const present = start[given.agent] ?? -1;
  const tally = tallyOf(board, start);
  const found = Array.from(board.arcsOf[given.agent] ?? [])
    .filter((arc) => arc !== present)
    .flatMap((arc) => exchangeFor(board, tally, { ...given, arc }) ?? []);
  return sortedByStanding(board, found);
};

/** Best first by the tiers in order. */
export const sortedByStanding = ({ model }: Board, exchanges: readonly Exchange[]): readonly Exchange[] =>
  [...exchanges].sort((a, b) => compareStandings(model, a.standing, b.standing) || a.arc - b.arc);
