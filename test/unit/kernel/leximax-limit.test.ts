import { describe, expect, it, vi } from "vitest";
import { town } from "../../../bench/kernel/town.js";
import type { Certificate } from "../../../src/kernel/certificate.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";

// Every look at the clock takes a millisecond: what a limit leaves time for is then the same on every machine.
vi.mock("../../../src/base/clock.js", () => {
  let looks = 0;
  return { secondsNow: () => looks++ / 1000 };
});

describe("a time limit that ends during the search for lower terms", () => {
  const model = town({ households: 40, dwellings: 50, districts: 8, seed: 3, evenness: "leximax" });

  it.each([0.3, 0.5, 0.8])("of %s seconds leaves time to show the lowest bound, but no other", (timeLimitSeconds) => {
    const { status, tiers, certificate, seconds } = optimizeSync(model, { timeLimitSeconds });
    expect(status).toBe("time-limit");
    expect(seconds).toBeLessThan(timeLimitSeconds * 1.1);
    const [, even] = tiers;
    expect(even?.optimal).toBe(false);
    // No row at its lowest has a term above 15.7; the best choice has one of 21.85.
    expect(even?.bound).toBeGreaterThan(20);
    expect(even?.bound).toBeLessThan(21.85);
    const stages = (certificate as Certificate).stages.filter(({ tier }) => tier === 1);
    expect(stages.map(({ least = false, tree }) => [least, tree.flatMap(({ prices }) => prices).length])).toEqual([
      [true, 1],
      [false, 0],
    ]);
  });
});
