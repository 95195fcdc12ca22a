// Typed arrays are read with `as number` here: every index is drawn within its range.
import { describe, expect, it } from "vitest";
import { seating } from "../../../src/kernel/blocks/seats.js";
import { coreOf } from "../../../src/kernel/core.js";
import { diceOf } from "../../support/random-model.js";
import { upTo } from "./block-cases.js";
import { complete } from "./tiny.js";

/** Whether all agents from `from` on find room in what is left of the places, by trying every way. */
const isRoom = (may: readonly (readonly number[])[], units: readonly number[], from = 0): boolean =>
  from === may.length ||
  (may[from] ?? []).some(
    (place) =>
      (units[place] as number) > 0 &&
      isRoom(
        may,
        units.map((left, p) => (p === place ? left - 1 : left)),
        from + 1,
      ),
  );

describe("seats", () => {
  it("are there for all who must have one, and still are after arcs are lost, exactly where some way of seating them is, 2,000 times", () => {
    const dice = diceOf(20_261_126);
    const seen = { seated: 0, crowded: 0, kept: 0, lost: 0 };
    for (let i = 0; i < 2000; i++) {
      const agents = dice.whole([2, 5]);
      const places = upTo(dice.whole([2, 4])).map(() => dice.whole([1, 2]));
      const core = coreOf(complete(agents, places, { rows: [], tiers: [] }));
      const live = Uint8Array.from({ length: core.arcs }, () => (dice.chance(0.5) ? 1 : 0));
      const must = Uint8Array.from({ length: agents }, () => (dice.chance(0.8) ? 1 : 0));
      const served = upTo(agents).filter((agent) => must[agent] === 1);
      const isPossible = (): boolean =>
        isRoom(
          served.map((agent) =>
            upTo(core.arcs)
              .filter((arc) => live[arc] === 1 && core.agentOf[arc] === agent)
              .map((arc) => core.placeOf[arc] as number),
          ),
          places,
        );
      const seats = seating(core, { live, must });
      const all = seats.seatAll();
      expect(all).toBe(isPossible());
      seen[all ? "seated" : "crowded"]++;
      if (!all) continue;
      // Agents lose arcs one after the other, and get them back where that would leave somebody without a seat.
      for (const agent of served) {
        const gone = upTo(core.arcs).filter(
          (arc) => live[arc] === 1 && core.agentOf[arc] === agent && dice.chance(0.6),
        );
        for (const arc of gone) live[arc] = 0;
        const keeps = seats.keepsSeat(agent);
        expect(keeps).toBe(isPossible());
        seen[keeps ? "kept" : "lost"]++;
        if (!keeps) for (const arc of gone) live[arc] = 1;
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(200);
  });

  it("are found at the end of a chain of 20,000 who each have to move up", () => {
    const agents = 20_000;
    const places = agents + 1;
    // Agent i may have place i or the next one; the last to come may have the first place alone.
    const arcs = upTo(2 * agents);
    const core = coreOf({
      agents: agents + 1,
      places: upTo(places).map(() => 1),
      arcs: {
        agent: [...arcs.map((i) => i >> 1), agents],
        place: [...arcs.map((i) => (i >> 1) + (i & 1)), 0],
      },
      rows: [],
      tiers: [],
    });
    const live = new Uint8Array(core.arcs).fill(1);
    const must = new Uint8Array(agents + 1).fill(1);
    expect(seating(core, { live, must }).seatAll()).toBe(true);
    // Without the last place there is one too few.
    live[2 * agents - 1] = 0;
    expect(seating(core, { live, must }).seatAll()).toBe(false);
  });
});
