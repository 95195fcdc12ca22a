import { describe, expect, it } from "vitest";
import { OBJECTIVES } from "../../../src/objectives/kinds.js";
import { da } from "../../../src/report/messages-da.js";
import { MEANINGS } from "../../../src/view/meanings.js";

const units = [...OBJECTIVES.map(({ unit }) => unit), ...Object.values(MEANINGS).map(({ unit }) => unit)];

describe("the units of aims", () => {
  it.each([...new Set(units)])("has a Danish text for %s", (unit) => {
    expect(da.unit(unit)).not.toBe(unit);
    expect(da.unit(unit)).toMatch(/^[a-zæøå0-9. ()]+$/);
  });
});
