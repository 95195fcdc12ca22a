import { describe, expect, it } from "vitest";
import type { WordFacts } from "../../../src/base/words.js";
import { RULES } from "../../../src/rules/kinds.js";

const said = (rule: string, code: string, facts: WordFacts): readonly string[] => {
  const sentence = RULES.find(({ id }) => id === rule)?.words[code];
  return sentence === undefined ? [] : [sentence.da(facts), sentence.en(facts)];
};

describe("what a rule says", () => {
  it("is in the singular for one day and one person", () => {
    expect(
      said("unit.window", "free-too-late", { availableFrom: "2026-12-02", handover: "2026-12-01", late: 1 }),
    ).toEqual([
      "Boligen er ledig fra 2026-12-02, 1 dag efter overgangen den 2026-12-01.",
      "The dwelling is free from 2026-12-02, 1 day after the hand-over on 2026-12-01.",
    ]);
    expect(said("unit.capacity", "too-many-persons", { persons: 1, maxPersons: 0 })).toEqual([
      "Husstanden er på 1 person; boligen må højst rumme 0.",
      "The household has 1 person; the dwelling may take 0 at most.",
    ]);
  });

  it("names a service in the language of the sentence, and one that it does not know by its own name", () => {
    expect(said("need.near", "too-far", { kind: "school", km: 4, withinKm: 2 })).toEqual([
      "Der er 4 km til nærmeste skole; det må højst være 2 km.",
      "The nearest school is 4 km away; it may be 2 km at most.",
    ]);
    expect(said("need.near", "distance-unknown", { kind: "allotment" })[0]).toBe(
      "Afstanden til nærmeste allotment kendes ikke.",
    );
  });
});
