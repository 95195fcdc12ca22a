import { describe, expect, it } from "vitest";
import { CHANGES as DA_CHANGES, OWN as DA_OWN, SETTLED as DA_SETTLED } from "../../../src/explain/messages/aims-da.js";
import { CHANGES as EN_CHANGES, OWN as EN_OWN, SETTLED as EN_SETTLED } from "../../../src/explain/messages/aims-en.js";
import { LEGAL_DA } from "../../../src/explain/messages/legal-da.js";
import { nounsIn } from "../../../src/explain/messages/nouns.js";
import { OBJECTIVES } from "../../../src/objectives/kinds.js";
import { RULES } from "../../../src/rules/kinds.js";

/** The spread over areas is told with its areas, not by an amount. */
const TIERS = [...new Set(OBJECTIVES.map(({ tier }) => tier))];
const counted = TIERS.filter((tier) => tier !== "evenness");

describe("the words of an explanation", () => {
  it.each(TIERS)("has words of its own in both languages for what the aim %s settles", (tier) => {
    for (const table of [DA_SETTLED, EN_SETTLED]) expect(table[tier]).toMatch(/\p{L}{3}/u);
  });

  it.each(counted)("tells what the aim %s gains and pays, of 1 and of 2, without a unit in code", (tier) => {
    const units = OBJECTIVES.filter((one) => one.tier === tier).map(({ unit }) => unit);
    for (const table of [DA_CHANGES, EN_CHANGES]) {
      const told = [1, 2].flatMap((amount) => [true, false].map((better) => table[tier]?.(amount, better) ?? ""));
      expect(new Set(told).size).toBe(4);
      for (const text of told) for (const unit of units) if (unit.includes("-")) expect(text).not.toContain(unit);
    }
  });

  it("says of a dwelling the same things in both languages, and no number for an aim that is no quality of it", () => {
    expect(Object.keys(DA_OWN).sort()).toEqual(Object.keys(EN_OWN).sort());
    for (const tier of ["placed", "priority"]) expect(DA_OWN[tier]).toBeUndefined();
  });

  it("writes 1 child, 2 children, a band of ages, and a number of the municipality's own", () => {
    const [da, en] = [nounsIn("da").measured, nounsIn("en").measured];
    expect([1, 2, 0].map((n) => da(n, "persons"))).toEqual(["1 person", "2 personer", "0 personer"]);
    expect([1, 2].map((n) => da(n, "schoolChildren"))).toEqual(["1 barn i skolealderen", "2 børn i skolealderen"]);
    expect([1, 2].map((n) => en(n, "children"))).toEqual(["1 child", "2 children"]);
    expect([1, 2].map((n) => da(n, "ages:6-16"))).toEqual(["1 person på 6-16 år", "2 personer på 6-16 år"]);
    expect(en(2, "ages:6-16")).toBe("2 persons aged 6 to 16");
    expect(en(1, "number:places")).toBe("1 places");
  });

  it("has Danish for every legal basis of a rule or an aim that is written in English", () => {
    const written = [...RULES, ...OBJECTIVES]
      .flatMap(({ legalBasis }) => legalBasis)
      .filter(({ kind }) => kind !== "choice");
    const english = written.map(({ text }) => text).filter((text) => /\b(the|of|and|art|to|for)\b/i.test(text));
    expect(english.length).toBeGreaterThan(5);
    expect(english.filter((text) => LEGAL_DA[text] === undefined)).toEqual([]);
  });
});
