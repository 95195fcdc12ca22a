import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/allocate.js";
import { exhaustive } from "../../../src/solvers/exhaustive.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";

const near = [10.7, 55.3] as const;
const far = [10.9, 55.3] as const;
/** Four persons fit in A alone, so that A carries 40 per 1,000 in every plan. */
const town = (method: string) =>
  problemOf({
    districts: ["A", "B", "C"].map((id) => district(id, 100)),
    services: [{ id: "s1", kind: "health", location: near }],
    households: [household("h1", 4), household("h2", 2), household("h3", 1)],
    dwellings: [
      dwelling("a", "A", { location: near }),
      ...["b1", "b2"].map((id) => dwelling(id, "B", { maxPersons: 2, location: near })),
      dwelling("c", "C", { maxPersons: 2, location: far }),
    ],
    policy: { evenness: { method }, tiers: ["placed", "evenness", "travel"] },
  });

describe("minimax", () => {
  it("leaves later aims what leximax takes from them: 40 per 1,000 in both, 12.66 person-km saved", async () => {
    const [leximax, minimax] = await Promise.all(
      ["leximax", "minimax"].map((method) => allocate(town(method), { solver: exhaustive() })),
    );
    expect(leximax?.tiers.map(({ value }) => value)).toEqual([7, 40, 12.66]);
    expect(minimax?.tiers.map(({ value }) => value)).toEqual([7, 40, 0]);
    expect(minimax?.tiers[1]?.vector).toBeUndefined();
  });
});
