/** The example of the design page as it stands, with the things it refers to added. A new copy at every call. */
export const designExample = () => ({
  format: "evenstead/problem@1",
  municipality: { name: "Nyborg Kommune", code: "450" },
  asOf: "2026-11-01",
  districts: [
    {
      id: "7724",
      name: "Nyborg",
      population: 14921,
      settled: { persons: 120, households: 45 },
      location: [10.7951, 55.3168],
      geometry: null,
      weights: { dwellings: 7200 },
      listing: { category: "restricted", legalBasis: "almenboligloven § 59(7)", validFrom: "2025-12-01" },
    },
    { id: "7728", name: "Ullerslev", population: 2950, location: [10.6565, 55.3618] },
    { id: "7725", name: "Aunslev", population: 1264, location: [10.74, 55.3554] },
  ],
  zones: [{ id: "vibe", name: "Vibeskolen", level: "school", districts: ["7728", "7725"] }],
  services: [{ id: "s1", kind: "school", location: [10.65, 55.36] }],
  dwellings: [
    {
      id: "u1",
      district: "7724",
      location: [10.79, 55.31],
      rooms: 3,
      areaM2: 74,
      maxPersons: 6,
      rent: 6200,
      stepFree: true,
      availableFrom: "2026-11-15",
      availableTo: null,
      tenure: "permanent",
      count: 1,
      provider: "assoc-a",
      features: ["lift"],
    },
    { id: "u9", district: "7728", rooms: 2, maxPersons: 4 },
  ],
  households: [
    {
      id: "h1",
      members: [{ age: 34 }, { age: 33 }, { age: 7 }],
      handover: "2026-11-30",
      regime: "ordinary",
      needs: {
        minRooms: 2,
        maxRent: 7500,
        stepFree: false,
        near: [{ kind: "school", withinKm: 5, required: false }],
      },
      wishes: [{ district: "7724", strength: 2 }],
      priority: 1,
    },
    { id: "h2", members: [{ age: 41 }] },
    { id: "h3", members: [{ age: 26 }, { age: 2 }] },
  ],
  links: [{ kind: "together", households: ["h1", "h2"], within: { level: "district" } }],
  quotas: [
    {
      id: "q1",
      scope: { district: "7724" },
      measure: "persons",
      counting: "arrivals",
      min: 0,
      max: 30,
      legalBasis: "council 2026-09-01",
    },
  ],
  decisions: [{ kind: "pin", household: "h3", dwelling: "u9", by: "planner-2", reason: "..." }],
  policy: {
    preset: "nyborg",
    evenness: {
      measure: "persons",
      weight: "population",
      counting: "cumulative",
      method: "webster",
      levels: ["district"],
    },
    tiers: ["placed", "exceptions", "lateness", "evenness", "travel", "fit", "cost", "stability"],
    rules: { roomStandard: "dk" },
  },
});

/** Any plain JSON value, for tests that put something wrong somewhere. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A copy of plain data with one value put at a path (undefined takes the key away). */
export const withValue = (input: unknown, path: readonly (string | number)[], value: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(input)) return Object.assign([...input], { [step]: withValue(input[Number(step)], rest, value) });
  const object = (typeof input === "object" && input !== null ? input : {}) as Readonly<Record<string, unknown>>;
  return { ...object, [step]: withValue(object[step], rest, value) };
};
