// Typed arrays are read with `as number` here: every index comes from the core.
import { describe, expect, it } from "vitest";
import { type AgentPrices, type Picked, picking } from "../../../src/kernel/blocks/pick.js";
import { copyOf, type Domain, wholeDomain } from "../../../src/kernel/domain.js";
import { type Prices, relaxation } from "../../../src/kernel/relax.js";
import { type Dice, diceOf } from "../../support/random-model.js";
import {
  bestOf,
  bruteBound,
  type Case,
  casesOf,
  choicesOf,
  drawnPrices,
  leastOf,
  partsOf,
  picksOf,
  taskOf,
  upTo,
} from "./block-cases.js";
import { complete, ENDLESS } from "./tiny.js";

const INFINITE = Number.POSITIVE_INFINITY;

describe("the bound of prices on agents", () => {
  it("is what blocks, spelled out, cost at the least, 1,000 times", () => {
    const dice = diceOf(20_261_401);
    const seen = { closed: 0, open: 0, limited: 0, side: 0, reach: 0 };
    for (const { task, domain } of casesOf(dice, { count: 500, isOpen: false, isHoled: true })) {
      const picks = picking(task, domain);
      for (let draw = 0; draw < 2; draw++) {
        const prices = drawnPrices(dice, picks);
        const { bound } = picks.evaluate(prices);
        expect(bound).toBe(bruteBound(picks, prices));
        seen[bound === INFINITE ? "closed" : "open"]++;
        if (bound === INFINITE) continue;
        if (prices.limit.some((price) => price > 0)) seen.limited++;
        if (prices.row.some((price) => price !== 0)) seen.side++;
        if (task.blocks.some((row) => domain.reach[row] !== null)) seen.reach++;
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  it("exceeds no choice, 800 times, and comes near to the best one some times", () => {
    const dice = diceOf(20_261_402);
    let met = 0;
    for (const own of casesOf(dice, { count: 400, isOpen: true, isHoled: true })) {
      const best = bestOf(choicesOf(own));
      const picks = picking(own.task, own.domain);
      for (let draw = 0; draw < 2; draw++) {
        const { bound } = picks.evaluate(drawnPrices(dice, picks));
        expect(bound).toBeLessThanOrEqual(best);
        if (best - bound <= 3 * Math.abs(own.task.stage.scale)) met++;
      }
    }
    expect(met).toBeGreaterThan(5);
  });

  it("rises from one set of prices to another by no more than what was picked says, 600 times", () => {
    const dice = diceOf(20_261_403);
    let [finite, tight] = [0, 0];
    for (const { task, domain } of casesOf(dice, { count: 300, isOpen: true, isHoled: true })) {
      const picks = picking(task, domain);
      const [one, other] = [picks.evaluate(drawnPrices(dice, picks)), picks.evaluate(drawnPrices(dice, picks))];
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const most = from.bound + risesBy(from, to.prices, picks.sideRows);
        expect(to.bound).toBeLessThanOrEqual(most);
        finite++;
        if (to.bound === most) tight++;
      }
    }
    expect(finite).toBe(600);
    expect(tight).toBeGreaterThan(5);
  });

  it("looks at no value of a side row that is out of its range, though the row could once reach it", () => {
    // Agent 0 at place a (row 0) or b, which only row 1 counts; row 1 could come to 0 or 3, and has come down to 0.
    const model = complete(1, [1, 1], {
      rows: [
        { name: "a", arcs: [0], coefficients: [1], max: 0.5 },
        { name: "b", arcs: [0, 1], coefficients: [1, 3], max: 3 },
      ],
      tiers: [{ name: "cost", sense: "min", weights: [0, 0] }],
    });
    const { task, domain } = taskOf(model, () => 0) as Case;
    const own = { ...task, blocks: [0] };
    domain.reach[1] = Int32Array.of(0, 3);
    domain.high[1] = 0;
    const picks = picking(own, domain);
    expect(picks.sideRows).toContain(1);
    const row = new Float64Array(task.core.rows);
    row[1] = -5;
    const { bound, wanted } = picks.evaluate({ agent: Float64Array.of(0), row, limit: new Float64Array(0) });
    expect([bound, wanted[1]]).toEqual([0, 0]);
  });
});

/** What the prices' slopes at one point promise for another. */
const risesBy = (
  { prices, taken, wanted, brought, excess }: Picked,
  to: AgentPrices,
  sideRows: readonly number[],
): number => {
  let sum = 0;
  to.agent.forEach((price, agent) => {
    sum += (price - (prices.agent[agent] as number)) * (1 - (taken[agent] as number));
  });
  for (const row of sideRows)
    sum +=
      ((to.row[row] as number) - (prices.row[row] as number)) * ((wanted[row] as number) - (brought[row] as number));
  to.limit.forEach((price, k) => {
    sum += (price - (prices.limit[k] as number)) * (excess[k] as number);
  });
  return sum;
};

describe("prices on agents against prices on rows", () => {
  /** Full places have at least as many arcs as units: else a bonus for filling them has no end. */
  const canFill = ({ task: { core }, domain }: Case): boolean =>
    domain.full.every((full, place) => {
      const live = Array.from(core.placeOf).filter((own, arc) => own === place && domain.live[arc] === 1).length;
      return full === 0 || live >= (core.units[place] as number);
    });

  const rowPrices = ({ whole, chance }: Dice, { task }: Case, from: AgentPrices): Prices => {
    const row = from.row.slice();
    for (const one of task.blocks)
      row[one] = chance(0.7) ? Math.round((whole([-8, 8]) / 2) * Math.abs(task.stage.scale)) : 0;
    return { row, limit: from.limit };
  };

  it("prove no less at the agents' prices of any relaxation, 500 times, and many times more", () => {
    const dice = diceOf(20_261_404);
    let [more, compared] = [0, 0];
    for (const own of casesOf(dice, { count: 500, isOpen: true, isHoled: true })) {
      if (!canFill(own)) continue;
      const picks = picking(own.task, own.domain);
      const prices = rowPrices(dice, own, drawnPrices(dice, picks));
      const relaxed = relaxation(own.task, own.domain).evaluate(prices);
      const row = new Float64Array(own.task.core.rows);
      for (const one of picks.sideRows) row[one] = prices.row[one] as number;
      const { bound } = picks.evaluate({ agent: relaxed.agentPrice, row, limit: prices.limit });
      expect(bound).toBeGreaterThanOrEqual(relaxed.bound);
      compared++;
      if (bound > relaxed.bound) more++;
    }
    expect(compared).toBeGreaterThan(400);
    expect(more).toBeGreaterThan(100);
  });

  // Agents of 5, 6, 5 and 2 must all be served, at most 10 by a and 9 by b: only 6 and 2 can go to b, at 28 in all.
  const packed = complete(4, [ENDLESS, ENDLESS], {
    rows: [
      { name: "a", arcs: [0, 2, 4, 6], coefficients: [5, 6, 5, 2], max: 10 },
      { name: "b", arcs: [1, 3, 5, 7], coefficients: [5, 6, 5, 2], max: 9 },
    ],
    tiers: [{ name: "cost", sense: "min", weights: [9, 7, 8, 8, 3, 1, 8, 8] }],
  });
  const whole = (): Case => {
    const { task } = taskOf(packed, () => 0) as Case;
    const domain = wholeDomain(task.core, true);
    domain.must.fill(1);
    return { task, domain };
  };

  it("prove 28, which is best, where no prices on rows prove more than 24.4", () => {
    const own = whole();
    const { task, domain } = own;
    const { scale } = task.stage;
    expect(task.blocks).toEqual([0, 1]);
    expect(choicesOf(own).map(({ value }) => value / scale)).toEqual([28]);
    const none = new Float64Array(0);
    const agent = Float64Array.of(11, 12, 5, 8).map((price) => price * scale);
    const row = new Float64Array(task.core.rows);
    expect(picking(task, domain).evaluate({ agent, row, limit: none }).bound / scale).toBe(28);
    row[1] = Math.round(-0.4 * scale);
    const rows = relaxation(task, domain);
    expect(rows.evaluate({ row, limit: none }).bound / scale).toBeCloseTo(24.4, 6);
    // Four fifths of 5 and 5 in b, at 24, and a fifth of the first alone, at 26, keep both rows on average: 9 in each.
    const most = 0.8 * 24 + 0.2 * 26;
    const dice = diceOf(20_261_405);
    for (let i = 0; i < 2000; i++) {
      for (const one of [0, 1]) row[one] = Math.round((dice.whole([-200, 50]) / 100) * scale);
      expect(rows.evaluate({ row, limit: none }).bound / scale).toBeLessThanOrEqual(most + 1e-9);
    }
  });
});

const differ = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).filter((x, i) => x !== b[i]).length;

describe("cuts by prices on agents", () => {
  it("keep every choice whose value is within the limit, in this domain and in one inside it, 500 times", () => {
    const dice = diceOf(20_261_406);
    const gone = { live: 0, must: 0, full: 0, low: 0, high: 0 };
    let [kept, dropped, told] = [0, 0, 0];
    casesOf(dice, { count: 500, isOpen: true, isHoled: true }).forEach(({ task, domain }, i) => {
      const picks = picking(task, domain);
      const picked = picks.evaluate(drawnPrices(dice, picks));
      const inside = copyOf(domain);
      if (i % 3 === 0) inside.live.forEach((_, arc) => void (dice.chance(0.1) && inside.live.fill(0, arc, arc + 1)));
      const before = copyOf(inside);
      const choices = choicesOf({ task, domain: before });
      const best = bestOf(choices);
      if (best === INFINITE) return;
      const unit = Math.abs(task.stage.scale);
      const limit = best + (i % 4) * unit;
      told += picks.cut(picked, inside, { limit, margin: 0 });
      const after = choicesOf({ task, domain: inside });
      const worth = choices.filter(({ value }) => value <= limit);
      expect(after.filter(({ value }) => value <= limit)).toEqual(worth);
      kept += worth.length;
      dropped += choices.length - after.length;
      for (const field of ["live", "must", "full", "low", "high"] as const)
        gone[field] += differ(before[field], inside[field]);
    });
    expect(Math.min(kept, dropped, ...Object.values(gone))).toBeGreaterThan(20);
    expect(told).toBe(Object.values(gone).reduce((sum, count) => sum + count, 0));
  });

  it("take out every arc, empty unit, staying out and last value that is dearer than the gap, and no other, 400 times", () => {
    const dice = diceOf(20_261_407);
    const seen = { arcs: 0, places: 0, values: 0, agents: 0 };
    casesOf(dice, { count: 400, isOpen: false, isHoled: true }).forEach(({ task, domain }, i) => {
      const { core, stage } = task;
      const picks = picking(task, domain);
      const prices = drawnPrices(dice, picks);
      const picked = picks.evaluate(prices);
      if (picked.bound === INFINITE) return;
      const gap = (1 + 3 * (i % 5)) * Math.abs(stage.scale);
      const after = copyOf(domain);
      picks.cut(picked, after, { limit: picked.bound + gap - 5, margin: 5 });
      domain.must.forEach((must, agent) => {
        expect(after.must[agent] === 1).toBe(must === 1 || -(prices.agent[agent] as number) > gap);
      });
      seen.agents += differ(domain.must, after.must);
      for (const part of partsOf(task)) {
        const all = picksOf(picks, prices, part);
        const most = leastOf(all) + gap;
        const within = all.filter(({ cost }) => cost <= most);
        const chosen = new Set(within.flatMap(({ arcs }) => arcs));
        const empty = new Set(within.flatMap((pick) => [...pick.empty]));
        for (const place of part.places) {
          const arcs = upTo(core.arcs).filter((arc) => core.placeOf[arc] === place && domain.live[arc] === 1);
          for (const arc of arcs) expect(after.live[arc] === 1).toBe(chosen.has(arc));
          seen.arcs += arcs.filter((arc) => after.live[arc] === 0).length;
          const units = core.units[place] as number;
          // Of arcs with units for all of them, and more than one, none is known to be needed.
          if (domain.full[place] === 1 || arcs.length === 0 || (units > 1 && arcs.length <= units)) continue;
          expect(after.full[place] === 1).toBe(!empty.has(place));
          seen.places += after.full[place] as number;
        }
        if (part.row < 0) continue;
        const values = [...new Set(within.map(({ y }) => y))];
        expect([after.low[part.row], after.high[part.row]]).toEqual([Math.min(...values), Math.max(...values)]);
        seen.values += Number(after.low[part.row] !== domain.low[part.row]);
      }
    });
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });
});

describe("a picking that is asked again", () => {
  it("answers as a new one would, whatever it was asked before, 300 times", () => {
    const dice = diceOf(20_261_408);
    const fresh = ({ task, domain }: Case, prices: AgentPrices): Picked => picking(task, domain).evaluate(prices);
    const afterCut = ({ task, domain }: Case, picked: Picked, limit: number): Domain => {
      const inside = copyOf(domain);
      picking(task, domain).cut(picked, inside, { limit, margin: 0 });
      return inside;
    };
    for (const own of casesOf(dice, { count: 300, isOpen: true, isHoled: true })) {
      const { task, domain } = own;
      const picks = picking(task, domain);
      const first = drawnPrices(dice, picks);
      const next = drawnPrices(dice, picks);
      // One agent's price, or one other price, is the smallest change there is.
      const little: AgentPrices = { ...first, agent: first.agent.map((price, i) => (i === 0 ? price - 1 : price)) };
      const limited: AgentPrices = { ...first, limit: first.limit.map((price) => price + 1) };
      const sided: AgentPrices = {
        ...first,
        row: first.row.map((price, row) => (picks.sideRows.includes(row) ? price + 1 : price)),
      };
      for (const prices of [first, first, little, first, limited, first, sided, next, first]) {
        const picked = picks.evaluate(prices);
        expect(picked).toEqual(fresh(own, prices));
        const other = [first, next, limited][dice.whole([0, 2])] as AgentPrices;
        if (dice.chance(0.4)) {
          const inside = copyOf(domain);
          const at = fresh(own, other);
          const limit = at.bound + Math.abs(task.stage.scale);
          picks.cut(at, inside, { limit, margin: 0 });
          expect(inside).toEqual(afterCut(own, at, limit));
        }
      }
    }
  });
});
