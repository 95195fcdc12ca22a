import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/allocate.js";
import { auditPlan } from "../../../src/audit/fairness.js";
import { ProblemError } from "../../../src/base/errors.js";
import { targets } from "../../../src/frontier/targets.js";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { type KeyInput, keyOf } from "../../../src/targets/keys/key.js";
import { KEY_PRESETS } from "../../../src/targets/keys/kinds.js";
import { district, dwelling, household, problemOf } from "../../support/town.js";

const households = Array.from({ length: 10 }, (_, i) => household(`h${i}`, 1));

const townWith = (evenness: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  problemOf({
    districts: [
      district("A", 600, { settled: { persons: 8 }, weights: { jobs: 100, tax: 300, immigrants: 9 } }),
      district("B", 400, { settled: { persons: 2 }, weights: { jobs: 300, tax: 100, immigrants: 1 } }),
    ],
    dwellings: ["A", "B"].map((id) => dwelling(`u${id}`, id, { rooms: 1, maxPersons: 1, count: 10 })),
    households,
    policy: { evenness: { counting: "batch", ...evenness }, tiers: ["placed", "evenness"] },
    ...more,
  });

const issuesOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.issues.map(({ code, path }) => `${code} at ${path}`);
    throw error;
  }
  return [];
};

describe("a key for evenness", () => {
  it("spreads 10 persons by residents and jobs, half each: 43 % and 58 %", () => {
    const key = { mix: [{ field: "population" }, { field: "jobs" }] };
    const found = targets(townWith({ key }));
    expect(found.map(({ share }) => share)).toEqual([0.425, 0.575]);
    expect(found.map(({ target }) => target)).toEqual([4, 6]);
  });

  it("takes off what is settled above the share, as the Danish 2 p - i does: 2 * 60 % - 80 % = 40 %", async () => {
    const key = { mix: [{ field: "population" }], compensate: { stock: "settled" } };
    const plan = await allocate(townWith({ key }));
    expect(plan.districts.map(({ target, placed }) => [target, placed])).toEqual([
      [4, 4],
      [6, 6],
    ]);
  });

  it("leaves an area out that compensation leaves less than nothing, and says so", () => {
    const key = { mix: [{ field: "population" }], compensate: { stock: "settled", strength: 4 } };
    const [first, second] = targets(townWith({ key }));
    expect([first?.share, first?.target, second?.share, second?.target]).toEqual([0, 0, 1, 10]);
    expect(first?.words.en).toBe("A has no part by the key (population-settled persons) and is therefore due nobody.");
    expect(first?.words.da).toBe(
      "A har ingen andel efter fordelingsnøglen (population-settled persons) og skal derfor ikke have nogen.",
    );
  });

  it("inverts a size: 300 and 100 of tax give a quarter and three quarters", () => {
    const key = { mix: [{ field: "tax", sense: "inverse" }] };
    expect(targets(townWith({ key })).map(({ share }) => share)).toEqual([0.25, 0.75]);
  });

  it("takes a preset by its name: two parts tax to one part residents", () => {
    const found = targets(townWith({ key: "germany-koenigstein" }));
    expect(found.map(({ share }) => share)).toEqual([0.7, 0.3]);
    expect(found[0]?.words.en).toContain("A has 70% by the key (germany-koenigstein).");
    expect(found[0]?.words.en).toContain("per 1,000 residents, weighted by the key");
    expect(found[0]?.words.da).toContain("A har 70 % efter fordelingsnøglen (germany-koenigstein).");
    expect(found[0]?.words.da).toContain("pr. 1.000 indbyggere, vægtet efter nøglen");
  });

  it("counts sizes of a zone together", () => {
    const found = targets(
      townWith(
        { key: { mix: [{ field: "jobs" }] }, levels: ["side", "district"] },
        { zones: [{ id: "all", level: "side", districts: ["A", "B"] }] },
      ),
    );
    expect(found.map(({ id, share }) => [id, share])).toEqual([
      ["A", 0.25],
      ["B", 0.75],
      ["all", 1],
    ]);
  });

  it("is told by the audit in place of the weight", async () => {
    const problem = parseProblem(townWith({ key: "germany-koenigstein" }));
    const audit = auditPlan(problem, await allocate(problem));
    expect(audit.weight).toBe("key:germany-koenigstein");
    expect(audit.levels[0]?.areas.map(({ share, placed }) => [share, placed])).toEqual([
      [0.7, 7],
      [0.3, 3],
    ]);
  });

  it("stays out of a policy that names none, and is read back as it was read", () => {
    expect(parseProblem(townWith({})).policy.evenness).not.toHaveProperty("key");
    const once = parseProblem(townWith({ key: { mix: [{ field: "jobs" }] } }));
    expect(once.policy.evenness.key).toEqual({
      mix: [{ field: "jobs", weight: 1, sense: "direct" }],
      compensate: null,
    });
    expect(parseProblem(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  it.each(KEY_PRESETS.map(({ name, tiers }) => [name, tiers.at(-1)] as const))(
    "takes the preset %s where every district carries its sizes",
    (name, tier) => {
      const { mix, compensate } = keyOf(tier ?? { mix: [] });
      const sizes = [...mix.map(({ field }) => field), ...(compensate === null ? [] : [compensate.stock])];
      const weights = (size: number) =>
        Object.fromEntries(sizes.filter((field) => field !== "population").map((field) => [field, size]));
      const districts = [district("A", 300, { weights: weights(3) }), district("B", 100, { weights: weights(1) })];
      expect(targets(townWith({ key: name }, { districts })).map(({ share }) => share)).toEqual([0.75, 0.25]);
    },
  );
});

describe("faults of a key for evenness", () => {
  const faults = (key: unknown, more: Record<string, unknown> = {}) =>
    issuesOf(() => parseProblem(townWith({ key }, more)));

  it("names a size that no district carries, in the mix and in the stock", () => {
    expect(faults({ mix: [{ field: "jobs" }, { field: "cars" }], compensate: { stock: "boats" } })).toEqual([
      "policy.unknown-weight at policy.evenness.key.mix[1].field",
      "policy.unknown-weight at policy.evenness.key.compensate.stock",
    ]);
  });

  it("names a size that a preset needs and no district carries", () => {
    const districts = [district("A", 600), district("B", 400)];
    expect(faults("germany-koenigstein", { districts })).toEqual(["policy.unknown-weight at policy.evenness.key"]);
  });

  it("refuses to invert 0, and to divide by sizes that are all 0", () => {
    const districts = [
      district("A", 600, { weights: { cars: 0, jobs: 0 } }),
      district("B", 400, { weights: { cars: 4, jobs: 0 } }),
    ];
    const mix = [{ field: "cars", sense: "inverse" }, { field: "jobs" }, { field: "settled" }];
    expect(faults({ mix }, { districts })).toEqual([
      "policy.inverse-of-zero at policy.evenness.key.mix[0].field",
      "policy.no-weight at policy.evenness.key.mix[1].field",
      "policy.no-weight at policy.evenness.key.mix[2].field",
    ]);
    expect(faults({ mix: [{ field: "population" }], compensate: { stock: "jobs" } }, { districts })).toEqual([]);
  });

  it("refuses an unknown preset and guesses which was meant", () => {
    const town = townWith({ key: "germany-konigstein" });
    expect(() => parseProblem(town)).toThrow(/Maybe it is "germany-koenigstein"/);
  });

  it("refuses steps that divide totals between authorities", () => {
    expect(faults({ mix: [{ field: "jobs" }], rounding: "hamilton" })).toEqual([
      "policy.unknown-key at policy.evenness.key.rounding",
    ]);
  });

  it("tells every fault of a key's form in one ProblemError", () => {
    // What comes from JSON may be anything.
    const input = { mix: [{ field: "tax" }, { field: "jobs", weight: -1 }], rounding: "none" } as unknown as KeyInput;
    expect(issuesOf(() => keyOf(input))).toEqual([
      "key.malformed at key.mix.1.weight",
      "key.malformed at key.rounding",
    ]);
    expect(issuesOf(() => keyOf({ mix: [{ field: "jobs" }], rescale: "level" }))).toEqual([
      "key.malformed at key.rescale",
    ]);
  });
});
