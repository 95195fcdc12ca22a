import { describe, expect, it } from "vitest";
import { type Issue, ProblemError } from "../../../src/base/errors.js";
import { ISSUE_CODES } from "../../../src/problem/codes.js";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { designExample, withValue } from "./design-example.js";

const issuesOf = (input: unknown): readonly Issue[] => {
  try {
    parseProblem(input);
  } catch (error) {
    if (error instanceof ProblemError) return error.issues;
    throw error;
  }
  return [];
};

const codesOf = (input: unknown): readonly string[] => issuesOf(input).map(({ code }) => code);

type Path = readonly (string | number)[];

/** The example with one thing put somewhere. */
const broken = (path: Path, value: unknown): unknown => withValue(designExample(), path, value);

const append = (list: "decisions" | "links" | "zones" | "quotas" | "services", ...items: readonly unknown[]): unknown =>
  withValue(designExample(), [list], [...designExample()[list], ...items]);

describe("parseProblem on the design's example", () => {
  it("fills in every default and keeps the order of lists", () => {
    const problem = parseProblem(designExample());
    expect(problem.dwellings[1]).toEqual({
      id: "u9",
      district: "7728",
      location: null,
      rooms: 2,
      areaM2: null,
      maxPersons: 4,
      rent: null,
      municipalCost: 0,
      stepFree: false,
      availableFrom: null,
      availableTo: null,
      tenure: "permanent",
      count: 1,
      provider: null,
      estate: null,
      building: null,
      stairwell: null,
      street: null,
      features: [],
      listing: null,
    });
    expect(problem.districts.map(({ id }) => id)).toEqual(["7724", "7728", "7725"]);
    expect(problem.municipality.country).toBe("DK");
    expect(problem.policy.tiers.map(({ tier }) => tier)).toEqual(designExample().policy.tiers);
    expect(problem.policy.rules["unit.roomStandard"]).toMatchObject({ personsPerRoom: 2 });
  });

  it("reads its own result back to the same, also after a round through JSON", () => {
    const once = parseProblem(designExample());
    expect(parseProblem(once)).toBe(once);
    expect(parseProblem({ ...once })).toEqual(once);
    expect(parseProblem(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  it("freezes the result in depth and leaves the input as it was", () => {
    const input = designExample();
    const problem = parseProblem(input);
    const unfrozen: unknown[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if (!Object.isFrozen(value)) unfrozen.push(value);
      for (const inner of Object.values(value)) visit(inner);
    };
    visit(problem);
    expect(unfrozen).toEqual([]);
    expect(input).toEqual(designExample());
    expect(Object.isFrozen(input)).toBe(false);
  });

  it("takes a key that is undefined for one that is left out", () => {
    expect(parseProblem(broken(["dwellings", 0, "rent"], undefined)).dwellings[0]?.rent).toBeNull();
  });

  it("accepts a problem with neither dwellings nor households", () => {
    const empty = {
      format: "evenstead/problem@1",
      municipality: { name: "N" },
      asOf: "2026-11-01",
      dwellings: [],
      households: [],
    };
    const problem = parseProblem({ ...empty, districts: [{ id: "d", population: 3 }] });
    expect(problem.policy.preset).toBe("nyborg");
  });

  it("writes an override under the rule's full id", () => {
    const problem = parseProblem(broken(["decisions", 0, "overrides"], ["roomStandard", "unit.roomStandard"]));
    expect(problem.decisions[0]?.overrides).toEqual(["unit.roomStandard"]);
  });
});

/** One fault, its code and the place it is told for. */
const FAULTS: readonly (readonly [string, string, unknown])[] = [
  ["input.not-an-object", "", [designExample()]],
  ["input.not-an-object", "", null],
  ["district.far-away", "districts[1].location", broken(["districts", 1, "location"], [-10.65, 55.36])],
  ["service.far-away", "services[0].location", broken(["services", 0, "location"], [10.65, -55.36])],
  [
    "district.swapped-coordinates",
    "districts[2].geometry.coordinates[0][0]",
    broken(["districts", 2, "geometry"], {
      type: "Polygon",
      coordinates: [
        [
          [55.3, 10.7],
          [55.3, 10.8],
          [55.4, 10.8],
          [55.3, 10.7],
        ],
      ],
    }),
  ],
  [
    "policy.ages-reversed",
    "policy.evenness.measure.ages",
    broken(["policy", "evenness", "measure"], { ages: [16, 6] }),
  ],
  ["problem.unknown-key", "dwelings", broken(["dwelings"], [])],
  ["problem.missing-key", "asOf", broken(["asOf"], undefined)],
  ["problem.missing-key", "dwellings", broken(["dwellings"], undefined)],
  ["problem.wrong-type", "households", broken(["households"], {})],
  ["problem.wrong-length", "districts", broken(["districts"], [])],
  ["problem.unknown-value", "format", broken(["format"], "evenstead/problem@9")],
  ["problem.impossible-date", "asOf", broken(["asOf"], "2026-02-30")],
  ["problem.wrong-format", "asOf", broken(["asOf"], "1 Nov 2026")],
  ["municipality.missing-key", "municipality.name", broken(["municipality", "name"], undefined)],
  ["dwelling.missing-key", "dwellings[0].rooms", broken(["dwellings", 0, "rooms"], undefined)],
  ["dwelling.wrong-type", "dwellings[0].rooms", broken(["dwellings", 0, "rooms"], "3")],
  ["dwelling.wrong-type", "dwellings[0].rooms", broken(["dwellings", 0, "rooms"], Number.NaN)],
  ["dwelling.wrong-type", "dwellings[0].rent", broken(["dwellings", 0, "rent"], Number.POSITIVE_INFINITY)],
  ["dwelling.out-of-range", "dwellings[0].rooms", broken(["dwellings", 0, "rooms"], 0)],
  [
    "dwelling.wrong-type",
    "dwellings[1].id",
    withValue(broken(["dwellings", 1, "id"], 9), ["decisions", 0, "dwelling"], "9"),
  ],
  ["dwelling.wrong-length", "dwellings[0].id", broken(["dwellings", 0, "id"], "")],
  ["dwelling.unknown-value", "dwellings[0].tenure", broken(["dwellings", 0, "tenure"], "permament")],
  ["dwelling.unknown-key", "dwellings[0].romms", broken(["dwellings", 0, "romms"], 3)],
  ["dwelling.duplicate-id", "dwellings[2].id", broken(["dwellings", 2], { ...designExample().dwellings[1], id: "u1" })],
  ["dwelling.unknown-district", "dwellings[1].district", broken(["dwellings", 1, "district"], "7729")],
  ["dwelling.ends-before-start", "dwellings[0].availableTo", broken(["dwellings", 0, "availableTo"], "2026-11-14")],
  ["dwelling.absurd-capacity", "dwellings[1].maxPersons", broken(["dwellings", 1, "maxPersons"], 41)],
  ["dwelling.absurd-date", "dwellings[0].availableFrom", broken(["dwellings", 0, "availableFrom"], "2126-11-15")],
  ["dwelling.swapped-coordinates", "dwellings[0].location", broken(["dwellings", 0, "location"], [55.31, 10.79])],
  ["dwelling.far-away", "dwellings[0].location", broken(["dwellings", 0, "location"], [2.35, 48.86])],
  [
    "dwelling.listing-ends-before-start",
    "dwellings[0].listing.validTo",
    broken(["dwellings", 0, "listing"], {
      category: "forbidden",
      legalBasis: "x",
      validFrom: "2025-12-01",
      validTo: "2025-11-30",
    }),
  ],
  [
    "district.listing-ends-before-start",
    "districts[0].listing.validTo",
    broken(["districts", 0, "listing", "validTo"], "2025-11-30"),
  ],
  ["district.unknown-measure", "districts[0].settled.person", broken(["districts", 0, "settled", "person"], 3)],
  ["district.swapped-coordinates", "districts[0].location", broken(["districts", 0, "location"], [55.3168, 10.7951])],
  ["service.swapped-coordinates", "services[0].location", broken(["services", 0, "location"], [55.36, 10.65])],
  [
    "district.no-population",
    "districts",
    broken(
      ["districts"],
      designExample().districts.map((district) => ({ ...district, population: 0 })),
    ),
  ],
  ["zone.unknown-district", "zones[0].districts[1]", broken(["zones", 0, "districts", 1], "9999")],
  ["zone.repeated-district", "zones[0].districts[1]", broken(["zones", 0, "districts", 1], "7728")],
  ["zone.overlap", "zones[1].districts[0]", append("zones", { id: "z2", level: "school", districts: ["7725"] })],
  ["zone.reserved-level", "zones[0].level", broken(["zones", 0, "level"], "district")],
  ["household.duplicate-id", "households[3].id", broken(["households", 3], { id: "h1", members: [{ age: 9 }] })],
  ["household.wrong-length", "households[1].members", broken(["households", 1, "members"], [])],
  ["household.out-of-range", "households[1].members[0].age", broken(["households", 1, "members", 0, "age"], -1)],
  ["household.impossible-date", "households[1].handover", broken(["households", 1, "handover"], "2026-13-01")],
  ["household.absurd-date", "households[1].waitingSince", broken(["households", 1, "waitingSince"], "1926-01-01")],
  [
    "household.unknown-district",
    "households[0].wishes[0].district",
    broken(["households", 0, "wishes", 0, "district"], "nowhere"),
  ],
  [
    "household.repeated-wish",
    "households[0].wishes[1].district",
    broken(["households", 0, "wishes"], [{ district: "7724" }, { district: "7724" }]),
  ],
  ["household.unknown-dwelling", "households[2].current", broken(["households", 2, "current"], "u7")],
  [
    "household.no-such-service",
    "households[0].needs.near[0].kind",
    broken(["households", 0, "needs", "near", 0], { kind: "hospital", withinKm: 5, required: true }),
  ],
  ["link.unknown-household", "links[0].households[1]", broken(["links", 0, "households", 1], "h7")],
  ["link.repeated-household", "links[0].households[1]", broken(["links", 0, "households", 1], "h1")],
  ["link.unknown-level", "links[0].within.level", broken(["links", 0, "within", "level"], "schol")],
  ["link.incomplete-level", "links[0].within.level", broken(["links", 0, "within", "level"], "school")],
  ["link.contradiction", "links[1].households[1]", append("links", { kind: "apart", households: ["h2", "h1"] })],
  ["quota.unknown-district", "quotas[0].scope.district", broken(["quotas", 0, "scope", "district"], "7720")],
  ["quota.unknown-zone", "quotas[0].scope.zone", broken(["quotas", 0, "scope"], { zone: "vib" })],
  ["quota.wrong-shape", "quotas[0].scope", broken(["quotas", 0, "scope"], { distict: "7724" })],
  ["quota.min-above-max", "quotas[0].min", broken(["quotas", 0, "min"], 31)],
  ["quota.ages-reversed", "quotas[0].measure.ages", broken(["quotas", 0, "measure"], { ages: [16, 6] })],
  ["quota.missing-key", "quotas[0].legalBasis", broken(["quotas", 0, "legalBasis"], undefined)],
  ["quota.duplicate-id", "quotas[1].id", append("quotas", { ...designExample().quotas[0], max: 7 })],
  ["decision.unknown-household", "decisions[0].household", broken(["decisions", 0, "household"], "h33")],
  ["decision.unknown-dwelling", "decisions[0].dwelling", broken(["decisions", 0, "dwelling"], "u99")],
  ["decision.unknown-rule", "decisions[0].overrides[0]", broken(["decisions", 0, "overrides"], ["roomStandrd"])],
  [
    "decision.absolute-without-legal-basis",
    "decisions[0].overrides[0]",
    broken(["decisions", 0, "overrides"], ["area.forbidden"]),
  ],
  [
    "decision.two-pins",
    "decisions[1].household",
    append("decisions", { kind: "pin", household: "h3", dwelling: "u1", by: "p", reason: "r" }),
  ],
  [
    "decision.pinned-and-forbidden",
    "decisions[1]",
    append("decisions", { kind: "forbid", household: "h3", dwelling: "u9", by: "p", reason: "r" }),
  ],
  [
    "decision.dwelling-overbooked",
    "decisions[1].dwelling",
    append("decisions", { kind: "pin", household: "h2", dwelling: "u9", by: "p", reason: "r" }),
  ],
  ["policy.unknown-level", "policy.evenness.levels[0]", broken(["policy", "evenness", "levels"], ["parish"])],
  ["policy.incomplete-level", "policy.evenness.levels[0]", broken(["policy", "evenness", "levels"], ["school"])],
  [
    "policy.duplicate-level",
    "policy.evenness.levels[1]",
    broken(["policy", "evenness", "levels"], ["district", "district"]),
  ],
  ["policy.missing-weight", "policy.evenness.weight", broken(["policy", "evenness", "weight"], "dwellings")],
  ["policy.unknown-weight", "policy.evenness.weight", broken(["policy", "evenness", "weight"], "dwelings")],
  ["policy.unknown-weight", "policy.evenness.weight", broken(["policy", "evenness", "weight"], "toString")],
  [
    "policy.no-weight",
    "policy.evenness.weight",
    withValue(
      broken(["policy", "evenness", "weight"], "area"),
      ["districts"],
      designExample().districts.map((district) => ({ ...district, weights: { area: 0 } })),
    ),
  ],
  ["input.reserved-key", "quotas[0].measure.number", broken(["quotas", 0, "measure"], { number: "toString" })],
];

describe("parseProblem on one fault", () => {
  it.each(FAULTS.map(([code, path, input]) => ({ code, path, input })))(
    "reports $code at $path and nothing else",
    ({ code, path, input }) => {
      expect(issuesOf(input).map((issue) => [issue.code, issue.path])).toEqual([[code, path]]);
    },
  );

  it("says what, where, value and rule, and guesses the nearest name", () => {
    const input = designExample();
    input.districts[0] = { ...input.districts[0], id: "North", population: 7 } as (typeof input.districts)[0];
    const [issue] = issuesOf({
      ...input,
      links: [],
      quotas: [],
      households: [],
      decisions: [],
      dwellings: [{ id: "w-17", district: "Norht", rooms: 1, maxPersons: 2 }],
    });
    expect(issue).toEqual({
      code: "dwelling.unknown-district",
      path: "dwellings[0].district",
      subject: "w-17",
      expected: "the id of a district",
      received: "Norht",
      message: 'Dwelling "w-17" names district "Norht", which is not among the 3 districts.',
      hint: 'Maybe it is "North".',
    });
  });

  it("guesses the order of coordinates", () => {
    expect(issuesOf(broken(["dwellings", 0, "location"], [55.31, 10.79]))[0]?.hint).toBe("Maybe it is [10.79, 55.31].");
  });

  it("compares with the middle of all places where the country's box is not known", () => {
    const norway = (location: readonly number[]) => ({
      ...designExample(),
      municipality: { name: "Bergen", country: "NO" },
      districts: [0, 1, 2].map((at) => ({ ...designExample().districts[at], location: [5.3 + at / 10, 60.4] })),
      services: [],
      dwellings: [{ ...designExample().dwellings[0], location }, designExample().dwellings[1]],
    });
    const base = { households: designExample().households.map((household) => ({ ...household, needs: {} })) };
    expect(codesOf({ ...norway([5.33, 60.39]), ...base })).toEqual([]);
    expect(codesOf({ ...norway([60.39, 5.33]), ...base })).toEqual(["dwelling.swapped-coordinates"]);
    expect(codesOf({ ...norway([10.75, 68.9]), ...base })).toEqual(["dwelling.far-away"]);
  });

  it("accepts an override of an absolute rule that names its legal basis", () => {
    const input = broken(["decisions", 0], {
      ...designExample().decisions[0],
      overrides: ["area.forbidden"],
      legalBasis: "integrationsloven § 12(2)",
    });
    expect(codesOf(input)).toEqual([]);
  });

  it("accepts a dwelling that is free for one day, and 20 persons a room", () => {
    expect(codesOf(broken(["dwellings", 0, "availableTo"], "2026-11-15"))).toEqual([]);
    expect(codesOf(broken(["dwellings", 1, "maxPersons"], 40))).toEqual([]);
  });

  it("accepts as many pins as a dwelling has homes", () => {
    const pin = { kind: "pin", household: "h2", dwelling: "u9", by: "p", reason: "r" };
    expect(codesOf(withValue(append("decisions", pin), ["dwellings", 1, "count"], 2))).toEqual([]);
  });

  it("does not call a capacity absurd where the rooms are what is at fault", () => {
    const input = withValue(broken(["dwellings", 0, "rooms"], "30"), ["dwellings", 0, "maxPersons"], 90);
    expect(codesOf(input)).toEqual(["dwelling.wrong-type"]);
  });

  it("does not ask a service for a nearness that is only wished", () => {
    expect(codesOf(broken(["households", 0, "needs", "near", 0], { kind: "hospital", withinKm: 5 }))).toEqual([]);
  });
});

describe("parseProblem on many faults", () => {
  it("lists eleven faults of eleven kinds in one error, two of them on one dwelling", () => {
    const input = {
      ...designExample(),
      romms: 1,
      asOf: "2026-02-30",
      services: [{ id: "s1", kind: "school", location: [55.36, 10.65] }],
      dwellings: [
        { ...designExample().dwellings[0], rooms: "3", district: "7742" },
        { ...designExample().dwellings[1], id: "u1" },
      ],
      households: [
        { ...designExample().households[0], nationality: "x" },
        { ...designExample().households[1], regime: "ordinry", current: "u8" },
        designExample().households[2],
      ],
      decisions: [],
      policy: { ...designExample().policy, tiers: ["placed", "eveness"] },
      quotas: [{ ...designExample().quotas[0], min: 31 }],
    };
    expect([...codesOf(input)].sort()).toEqual(
      [
        "input.forbidden-key",
        "problem.unknown-key",
        "problem.impossible-date",
        "service.swapped-coordinates",
        "dwelling.wrong-type",
        "dwelling.unknown-district",
        "dwelling.duplicate-id",
        "household.unknown-value",
        "household.unknown-dwelling",
        "policy.unknown-tier",
        "quota.min-above-max",
      ].sort(),
    );
  });

  it("does not blame a dwelling for a district that is itself at fault", () => {
    expect(codesOf(broken(["districts", 1, "population"], -1))).toEqual(["district.out-of-range"]);
  });

  it("does not call a level incomplete whose zone is at fault", () => {
    const input = withValue(broken(["zones", 0, "districts"], "7728"), ["policy", "evenness", "levels"], ["school"]);
    expect(codesOf(input)).toEqual(["zone.wrong-type"]);
  });

  it("keeps 100 faults of a code and counts the other 400", () => {
    const dwellings = Array.from({ length: 500 }, (_, index) => ({
      id: `w${index}`,
      district: "7724",
      rooms: 0,
      maxPersons: 2,
    }));
    const issues = issuesOf({ ...designExample(), dwellings, decisions: [] });
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)).toMatchObject({ code: "input.more-faults", received: "400 more" });
  });
});

describe("the list of codes", () => {
  it("holds every code that these tests saw, and a meaning for each", () => {
    const seen = new Set(FAULTS.flatMap(([, , input]) => codesOf(input)));
    expect(seen.size).toBeGreaterThan(50);
    for (const code of seen) expect(ISSUE_CODES).toHaveProperty([code]);
    for (const [code, meaning] of Object.entries(ISSUE_CODES)) {
      expect(code).toMatch(/^[a-z]+\.[a-z-]+$/);
      expect(meaning.length).toBeGreaterThan(10);
    }
  });
});
