// Typed arrays are read with `as number` here: every index is made in this file.
import { describe, expect, it } from "vitest";
import { type Assignment, assigner, type LiveArcs } from "../../../src/kernel/assignment.js";
import { type Dice, diceOf } from "../../support/random-model.js";
import { ENDLESS } from "./tiny.js";

interface Instance {
  readonly agents: number;
  readonly units: Float64Array;
  readonly arcs: LiveArcs;
}

const liveArcsOf = (placesOf: readonly (readonly number[])[]): LiveArcs => {
  const start = new Int32Array(placesOf.length + 1);
  placesOf.forEach((places, agent) => {
    start[agent + 1] = (start[agent] as number) + places.length;
  });
  const place = Int32Array.from(placesOf.flat());
  return { start, arc: place.map((_, i) => i), place };
};

const arcsOf = ({ chance }: Dice, { agents, units }: { agents: number; units: Float64Array }): LiveArcs =>
  liveArcsOf(
    Array.from({ length: agents }, () =>
      Array.from(units, (_, place) => (chance(0.6) ? (chance(0.1) ? [place, place] : [place]) : [])).flat(),
    ),
  );

const instanceOf = (dice: Dice): Instance => {
  const { whole, chance } = dice;
  const isLarge = chance(0.1);
  const agents = whole([1, isLarge ? 40 : 9]);
  const units = Float64Array.from({ length: whole([1, isLarge ? 20 : 7]) }, () =>
    chance(0.1) ? ENDLESS : whole([1, 3]),
  );
  return { agents, units, arcs: arcsOf(dice, { agents, units }) };
};

const dutiesOf = ({ chance }: Dice, agents: number): Uint8Array =>
  Uint8Array.from({ length: agents }, () => (chance(0.35) ? 1 : 0));

const copyOfArcs = ({ start, arc, place }: LiveArcs): LiveArcs => ({ start: start.slice(), arc, place });

interface Solved extends Instance {
  readonly cost: Float64Array;
  readonly must: Uint8Array;
  readonly found: Assignment;
}

const totalOf = ({ cost, found }: Solved): number =>
  Array.from(found.chosen).reduce((sum, at) => sum + (at < 0 ? 0 : (cost[at] as number)), 0);

const agentAt = ({ agents, arcs }: Instance, at: number): number =>
  Array.from({ length: agents }, (_, agent) => agent).findIndex((agent) => at < (arcs.start[agent + 1] as number));

/** What is wrong with an assignment as a choice, and with its prices as a proof that none costs less; nothing, where it is best. */
const faultsOf = (solved: Solved): readonly string[] => {
  const { agents, units, arcs, cost, must, found } = solved;
  const { chosen, agentPrice, placePrice } = found;
  const faults: string[] = [];
  const used = new Int32Array(units.length);
  for (let agent = 0; agent < agents; agent++) {
    const at = chosen[agent] as number;
    if (at >= 0) used[arcs.place[at] as number] = (used[arcs.place[at] as number] as number) + 1;
    if (at >= 0 && agentAt(solved, at) !== agent) faults.push(`agent ${agent} takes an arc of another`);
    if (at < 0 && must[agent] === 1) faults.push(`agent ${agent} is not served`);
    if (must[agent] === 0 && (agentPrice[agent] as number) > 0) faults.push(`agent ${agent} is paid for staying out`);
  }
  for (let at = 0; at < arcs.place.length; at++) {
    const priced = (agentPrice[agentAt(solved, at)] as number) + (placePrice[arcs.place[at] as number] as number);
    if ((cost[at] as number) < priced) faults.push(`arc ${at} costs ${cost[at]}, less than ${priced}`);
  }
  let proven = Array.from(agentPrice).reduce((sum, price) => sum + price, 0);
  units.forEach((size, place) => {
    const price = placePrice[place] as number;
    const count = used[place] as number;
    if (count > size) faults.push(`place ${place} is used ${count} times`);
    if (price > 0) faults.push(`place ${place} has the price ${price}`);
    if (price !== 0 && count < size) faults.push(`place ${place} has a unit left and the price ${price}`);
    if (price !== 0) proven += price * size;
  });
  if (proven !== totalOf(solved)) faults.push(`prices prove ${proven} of ${totalOf(solved)}`);
  return faults;
};

/** Units of the crowded places, and how many have to be served there and nowhere else (Hall 1935). */
const crowdOf = ({ agents, units, arcs, must, found }: Solved) => {
  const crowded = new Set(found.crowded);
  const bound = Array.from({ length: agents }, (_, agent) => agent).filter(
    (agent) =>
      must[agent] === 1 &&
      arcs.place.subarray(arcs.start[agent], arcs.start[agent + 1]).every((place) => crowded.has(place)),
  );
  return { units: [...crowded].reduce((sum, place) => sum + (units[place] as number), 0), agents: bound.length };
};

const SIZES = { little: 3, much: 60 } as const;

/** Costs, duties and arcs change, mostly the first, from one call to the next; each call is made of a warm assigner and of a fresh one. */
const compared = (seed: number, given: { readonly instances: number; readonly calls: number }) => {
  const dice = diceOf(seed);
  const { whole, chance } = dice;
  const faults: string[] = [];
  const seen = {
    infeasible: 0,
    afterInfeasible: 0,
    moved: 0,
    stayed: 0,
    served: 0,
    left: 0,
    otherDuties: 0,
    otherArcs: 0,
  };
  for (let i = 0; i < given.instances; i++) {
    const { agents, units, arcs: first } = instanceOf(dice);
    const most = 2 * agents * units.length;
    const warm = assigner(agents, units, most);
    let arcs = first;
    let must = dutiesOf(dice, agents);
    let cost = Float64Array.from(first.place, () => whole([-40, 15]));
    let before: Solved | null = null;
    for (let call = 0; call < given.calls; call++) {
      const all = { agents, units, arcs, cost, must };
      const own: Solved = { ...all, found: warm(arcs, cost, must) };
      const fresh: Solved = { ...all, found: assigner(agents, units, most)(copyOfArcs(arcs), cost, must) };
      const at = `instance ${i}, call ${call}: `;
      if ((own.found.crowded === null) !== (fresh.found.crowded === null)) faults.push(`${at}feasible for one only`);
      if (own.found.crowded !== null || fresh.found.crowded !== null) {
        for (const one of [own, fresh]) {
          const crowd = crowdOf(one);
          if (crowd.agents <= crowd.units) faults.push(`${at}${crowd.agents} agents for ${crowd.units} units`);
        }
        seen.infeasible++;
      } else {
        if (totalOf(own) !== totalOf(fresh)) faults.push(`${at}${totalOf(own)}, not ${totalOf(fresh)}`);
        faults.push(...[...faultsOf(own), ...faultsOf(fresh)].map((fault) => at + fault));
        const last = before?.found;
        if (last?.crowded === null && before?.arcs === arcs) {
          const isSame = last.chosen.every((one, agent) => one === own.found.chosen[agent]);
          seen[isSame ? "stayed" : "moved"]++;
        } else if (last !== undefined && before?.arcs === arcs) seen.afterInfeasible++;
        for (const one of own.found.chosen) seen[one < 0 ? "left" : "served"]++;
      }
      before = own;
      const by = SIZES[chance(0.6) ? "little" : "much"];
      const part = whole([0, 10]) / 10;
      cost = cost.map((one) => (chance(part) ? one + whole([-by, by]) : one));
      if (chance(0.15)) {
        must = dutiesOf(dice, agents);
        seen.otherDuties++;
      }
      if (chance(0.1)) {
        arcs = arcsOf(dice, { agents, units });
        cost = Float64Array.from(arcs.place, () => whole([-40, 15]));
        seen.otherArcs++;
      }
    }
  }
  return { faults, seen };
};

describe("assignments that start from the last one", () => {
  it("cost as little as fresh ones, and are proven by their prices, in 6,000 calls with changed costs, duties and arcs", () => {
    const { faults, seen } = compared(20_261_301, { instances: 500, calls: 12 });
    expect(faults).toEqual([]);
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(40);
  });

  const two = {
    agents: 2,
    units: Float64Array.of(1, ENDLESS),
    arcs: liveArcsOf([
      [0, 1],
      [0, 1],
    ]),
  };

  it("take the unit from agent 0 once agent 1 is better off with it by 2, at a price of -3", () => {
    const assign = assigner(2, two.units, 4);
    const none = new Uint8Array(2);
    expect([...assign(two.arcs, Float64Array.of(-9, -1, -6, -1), none).chosen]).toEqual([0, 3]);
    const { chosen, placePrice } = assign(two.arcs, Float64Array.of(-4, -1, -6, -1), none);
    expect([...chosen]).toEqual([1, 2]);
    expect(placePrice[0]).toBeLessThanOrEqual(-3);
    expect(placePrice[0]).toBeGreaterThanOrEqual(-5);
  });

  it("give up a place that has become too dear, and let its price go back to 0", () => {
    const units = Float64Array.of(1);
    const arcs = liveArcsOf([[0], [0]]);
    const assign = assigner(2, units, 2);
    const none = new Uint8Array(2);
    const first = assign(arcs, Float64Array.of(-9, -6), none);
    expect([[...first.chosen], ...first.placePrice]).toEqual([[0, -1], expect.any(Number)]);
    const { chosen, placePrice, agentPrice } = assign(arcs, Float64Array.of(4, 2), none);
    expect([[...chosen], [...placePrice], [...agentPrice]]).toEqual([[-1, -1], [0], [0, 0]]);
  });

  it("tell the crowded place of one unit that two must have, and serve both once one has another way", () => {
    const units = Float64Array.of(1, 3);
    const assign = assigner(2, units, 4);
    const both = Uint8Array.of(1, 1);
    expect(assign(liveArcsOf([[0], [0]]), Float64Array.of(5, 7), both).crowded).toEqual([0]);
    expect([...assign(liveArcsOf([[0], [0, 1]]), Float64Array.of(5, 1, 90), both).chosen]).toEqual([0, 2]);
    expect(assign(liveArcsOf([[0], []]), Float64Array.of(5), both).crowded).toEqual([]);
  });
});
