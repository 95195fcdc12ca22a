// Typed arrays are read with `as number` here: every index is drawn within its range.
import { describe, expect, it } from "vitest";
import { coreOf } from "../../../src/kernel/core.js";
import { copyOf, type Domain, tighten, wholeDomain } from "../../../src/kernel/domain.js";
import { diceOf, randomModel } from "../../support/random-model.js";
import { complete } from "./tiny.js";

describe("a domain tightened", () => {
  it("is what it would be for the first time, whatever was tightened before, 1,000 times", () => {
    const dice = diceOf(20_261_126);
    const seen = { possible: 0, impossible: 0, moved: 0, still: 0 };
    for (let i = 0; i < 1000; i++) {
      const model = randomModel(i, { agents: 6, places: 5, rows: 3, tiers: 1 });
      const core = coreOf(model);
      let last: Domain = wholeDomain(core, true);
      if (!tighten(core, last)) continue;
      for (let change = 0; change < 6; change++) {
        const domain = copyOf(last);
        const row = dice.whole([0, core.rows - 1]);
        const kind = dice.whole([0, 5]);
        // One change of each kind, or none at all.
        if (kind === 0) domain.live[dice.whole([0, core.arcs - 1])] = 0;
        if (kind === 1) domain.must[dice.whole([0, core.agents - 1])] = 1;
        if (kind === 2) domain.full[dice.whole([0, core.places - 1])] = 1;
        if (kind === 3) domain.low[row] = (domain.low[row] as number) + 1;
        if (kind === 4) domain.high[row] = (domain.high[row] as number) - 1;
        // What only says which values a row can take is found anew.
        domain.reach.fill(null);
        const fresh = copyOf(domain);
        const isPossible = tighten(coreOf(model), fresh);
        expect(tighten(core, domain)).toBe(isPossible);
        seen[isPossible ? "possible" : "impossible"]++;
        if (!isPossible) continue;
        expect(domain).toEqual(fresh);
        seen[String(domain.live) === String(last.live) ? "still" : "moved"]++;
        if (dice.chance(0.5)) last = domain;
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(200);
  });

  it("leaves who a row cannot do without no arc outside of it", () => {
    const some = { name: "some", arcs: [0, 2], coefficients: [2, 1] };
    const pair = (min: number): Domain => {
      const core = coreOf(complete(2, [2, 1], { rows: [{ ...some, min }] }));
      const domain = wholeDomain(core, true);
      expect(tighten(core, domain)).toBe(true);
      return domain;
    };
    expect([...pair(1).live, ...pair(1).must]).toEqual([1, 1, 1, 1, 0, 0]);
    expect([...pair(2).live, ...pair(2).must]).toEqual([1, 0, 1, 1, 1, 0]);
    const both = coreOf(complete(2, [2, 1], { rows: [{ ...some, min: 3 }] }));
    const domain = wholeDomain(both, true);
    expect(tighten(both, domain)).toBe(true);
    expect([...domain.live, ...domain.must]).toEqual([1, 0, 1, 0, 1, 1]);
    const least = coreOf(
      complete(2, [2, 1], { rows: [{ name: "least", arcs: [0, 2, 3], coefficients: [-2, -1, 1], max: -2 }] }),
    );
    const negative = wholeDomain(least, true);
    expect(tighten(least, negative)).toBe(true);
    expect([...negative.live, ...negative.must]).toEqual([1, 0, 1, 0, 1, 0]);
  });
});
