import { describe, expect, it } from "vitest";
import { drawNumber } from "../../../src/compile/draw.js";
import { drawOf } from "../../../src/decisions/draw.js";
import { officer, solved, town } from "./town.js";

const planAtStart = await solved(town);

describe("the draw", () => {
  const { data } = drawOf(town, planAtStart, officer("2026-11-01", "Two were equal"));

  it("lists 3 households in the order of their numbers, which anyone can compute from the seed", () => {
    const numbers = data.order.map((id) => drawNumber(data.seed, id));
    expect(data.order).toHaveLength(3);
    expect(numbers).toEqual([...numbers].sort());
  });

  it("numbers h1 under the seed s-17 as sha256sum does: a6f2d8a2d04c...", () => {
    expect(drawNumber("s-17", "h1")).toBe("a6f2d8a2d04c03162b6289a86e91444500d095d1ff63272279d4c9cd2c4b96b1");
  });

  it("names the one class of 2 equals to which the lot gave different homes", () => {
    expect(data.drawn).toHaveLength(1);
    expect([...(data.drawn[0]?.households ?? [])].sort()).toEqual(["refugee-a", "refugee-b"]);
    expect(new Set(data.drawn[0]?.dwellings).size).toBe(2);
  });

  it("comes out the same when the input is in another order", () => {
    const turned = { ...town, households: [...town.households].reverse(), dwellings: [...town.dwellings].reverse() };
    expect(drawOf(turned, planAtStart, officer("2026-11-01", "Two were equal")).data).toEqual(data);
  });

  it("names no class where waiting time or priority decided between the two, and none where nothing was found", async () => {
    const waiting = {
      ...town,
      households: town.households.map((one) => (one.id === "refugee-b" ? { ...one, waitingSince: "2026-01-01" } : one)),
    };
    expect(drawOf(waiting, await solved(waiting), officer("2026-11-01", "None")).data.drawn).toEqual([]);
    const first = {
      ...town,
      households: town.households.map((one) => (one.id === "refugee-b" ? { ...one, priority: 2 } : one)),
    };
    expect(drawOf(first, await solved(first), officer("2026-11-01", "None")).data.drawn).toEqual([]);
    const empty = { ...planAtStart, outcome: { ...planAtStart.outcome, found: false }, placements: [] };
    expect(drawOf(town, empty, officer("2026-11-01", "None")).data.drawn).toEqual([]);
  });
});
