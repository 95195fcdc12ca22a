import fc from "fast-check";

/** A household as a problem's JSON has it; only what a test cares for need be given. */
export interface HouseholdInput {
  readonly id: string;
  readonly members: readonly { readonly age: number }[];
  readonly [field: string]: unknown;
}

export const persons = (size: number, age = 30): readonly { readonly age: number }[] =>
  Array.from({ length: size }, () => ({ age }));

export const household = (id: string, size: number, more: Record<string, unknown> = {}): HouseholdInput => ({
  id,
  members: persons(size),
  ...more,
});

export const dwelling = (id: string, district: string, more: Record<string, unknown> = {}) => ({
  id,
  district,
  rooms: 3,
  maxPersons: 6,
  ...more,
});

export const district = (id: string, population: number, more: Record<string, unknown> = {}) => ({
  id,
  name: id,
  population,
  ...more,
});

/** A problem's JSON with the least that must be in it. */
export const problemOf = (parts: Record<string, unknown>): Record<string, unknown> => ({
  format: "evenstead/problem@1",
  municipality: { name: "Testby" },
  asOf: "2026-11-01",
  districts: [district("A", 100)],
  dwellings: [],
  households: [],
  ...parts,
});

const DISTRICTS = ["A", "B", "C"] as const;
const DATES = ["2026-11-10", "2026-11-20", "2026-12-05", "2027-01-15"] as const;

const date = fc.constantFrom(null, null, null, ...DATES);

const point = (id: string) =>
  fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })).map(([x, y]) => ({
    id,
    location: [10.5 + x / 100, 55.2 + y / 200] as const,
  }));

const anyHousehold = (index: number) =>
  fc.record({
    id: fc.constant(`h${index}`),
    members: fc.array(fc.record({ age: fc.constantFrom(3, 9, 12, 34, 41, 70) }), { minLength: 1, maxLength: 6 }),
    handover: date,
    waitingSince: fc.option(fc.constantFrom("2026-01-01", "2026-05-05"), { nil: null }),
    regime: fc.constantFrom("ordinary", "ordinary", "ukraine"),
    priority: fc.integer({ min: 1, max: 3 }),
    needs: fc.record({
      minRooms: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
      maxRent: fc.constantFrom(null, null, 6500, 9000),
      stepFree: fc.constantFrom(false, false, false, true),
      near: fc.constantFrom([], [], [], [{ kind: "school", withinKm: 15, required: true }]),
    }),
    wishes: fc.constantFrom([], [{ district: "A", strength: 2 }], [{ district: "C", strength: 5 }]),
  });

const anyDwelling = (index: number) =>
  fc
    .record({
      district: fc.constantFrom(...DISTRICTS),
      rooms: fc.integer({ min: 2, max: 5 }),
      maxPersons: fc.integer({ min: 2, max: 8 }),
      rent: fc.option(fc.constantFrom(3500, 5200, 7800), { nil: null }),
      stepFree: fc.boolean(),
      availableFrom: date,
      availableTo: fc.option(fc.constantFrom("2027-01-20", "2027-12-31"), { nil: null }),
      count: fc.constantFrom(1, 1, 1, 2),
      at: point(`u${index}`),
      listing: fc.constantFrom(null, null, null, null, null, null, "restricted", "forbidden"),
    })
    .map(({ at, listing, ...rest }) => ({
      ...rest,
      ...at,
      listing: listing === null ? null : { category: listing, legalBasis: "test list", validFrom: "2025-12-01" },
    }));

const anyQuota = fc
  .record({
    district: fc.constantFrom(...DISTRICTS),
    measure: fc.constantFrom("persons", "households", "schoolChildren"),
    counting: fc.constantFrom("arrivals", "cumulative"),
    max: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ district: id, ...rest }) => ({ id: "q1", scope: { district: id }, min: 0, legalBasis: "test", ...rest }));

export const METHODS = ["webster", "absolute", "leximax", "leximin", "huntington-hill"] as const;

/** Small towns with every rule in play: up to `maxHouseholds` households, three districts in two zones. */
export const anyTown = (maxHouseholds: number): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(fc.integer({ min: 0, max: maxHouseholds }), fc.integer({ min: 0, max: maxHouseholds + 2 }))
    .chain(([households, dwellings]) =>
      fc.record({
        households: fc.tuple(...Array.from({ length: households }, (_, i) => anyHousehold(i + 1))),
        dwellings: fc.tuple(...Array.from({ length: dwellings }, (_, i) => anyDwelling(i + 1))),
        settled: fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 9 })),
        populations: fc.tuple(
          fc.integer({ min: 1, max: 900 }),
          fc.integer({ min: 1, max: 900 }),
          fc.integer({ min: 1, max: 900 }),
        ),
        quotas: fc.array(anyQuota, { maxLength: 1 }),
        school: point("s1"),
        method: fc.constantFrom(...METHODS),
        links: fc.constantFrom([], [], ["together"], ["apart"]),
      }),
    )
    .map(({ households, dwellings, settled, populations, quotas, school, method, links }) =>
      problemOf({
        districts: DISTRICTS.map((id, i) =>
          district(id, populations[i] ?? 1, { settled: { persons: settled[i] ?? 0 } }),
        ),
        zones: [
          { id: "west", level: "side", districts: ["A", "B"] },
          { id: "east", level: "side", districts: ["C"] },
        ],
        services: [{ ...school, kind: "school" }],
        households,
        dwellings,
        quotas,
        links:
          households.length < 2
            ? []
            : links.map((kind) => ({ kind, households: ["h1", "h2"], within: { level: "side" } })),
        policy: {
          evenness: { method },
          tiers: ["placed", "exceptions", "evenness", "travel", "fit"],
        },
      }),
    );

/** Shuffle every list of a problem whose order means nothing. */
export const shuffled = (problem: Record<string, unknown>): fc.Arbitrary<Record<string, unknown>> => {
  const lists = Object.entries(problem).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  return fc
    .tuple(...lists.map(([, list]) => fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })))
    .map((mixed) => ({ ...problem, ...Object.fromEntries(lists.map(([name], i) => [name, mixed[i]])) }));
};
