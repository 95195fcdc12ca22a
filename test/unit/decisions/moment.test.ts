import { describe, expect, it } from "vitest";
import { isBackwards, momentOf, NOTHING_REACHED, reach } from "../../../src/decisions/moment.js";

describe("times", () => {
  const read = (text: string) => {
    const moment = momentOf(text);
    if (moment === null) throw new Error(`${text} is no moment`);
    return moment;
  };
  const reached = (...texts: string[]) => texts.map(read).reduce(reach, NOTHING_REACHED);

  it("compares instants across zones, and days where one side knows the day alone", () => {
    expect(isBackwards(reached("2026-11-01T10:00+02:00"), read("2026-11-01T08:30Z"))).toBe(false);
    expect(isBackwards(reached("2026-11-01T10:00+01:00"), read("2026-11-01T08:30Z"))).toBe(true);
    expect(isBackwards(reached("2026-11-01T23:59Z"), read("2026-11-01"))).toBe(false);
    expect(isBackwards(reached("2026-11-02"), read("2026-11-02T00:30+01:00"))).toBe(false);
    expect(isBackwards(reached("2026-11-02"), read("2026-11-01T23:59Z"))).toBe(true);
  });

  it("is not led round a corner: a bare day between does not let the hours run back", () => {
    expect(isBackwards(reached("2026-11-01T10:00Z", "2026-11-01"), read("2026-11-01T09:00Z"))).toBe(true);
  });
});
