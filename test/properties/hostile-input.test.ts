import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Issue, ProblemError } from "../../src/base/errors.js";
import { ISSUE_CODES } from "../../src/problem/codes.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import { designExample, withValue } from "../unit/problem/design-example.js";

const SEED = 20261101;
const settings = { seed: SEED, numRuns: 2_000, markInterruptAsFailure: true } as const;

/** The issues of an input; anything thrown but a ProblemError fails the test. */
const issuesOf = (input: unknown): readonly Issue[] | null => {
  try {
    parseProblem(input);
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.issues;
    throw error;
  }
};

const codesOf = (input: unknown): readonly string[] => (issuesOf(input) ?? []).map(({ code }) => code);

/** Every path of plain data, leaves and branches. */
const pathsOf = (
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] => {
  if (typeof value !== "object" || value === null) return [path];
  const steps: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, at) => [at, item])
    : Object.entries(value);
  return [...(path.length === 0 ? [] : [path]), ...steps.flatMap(([step, inner]) => pathsOf(inner, [...path, step]))];
};

const PATHS = pathsOf(designExample());

const anyValue = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
  maxDepth: 4,
});

describe("parseProblem on any input whatsoever", () => {
  it("gives a ProblemError with known codes for 2,000 arbitrary values", () => {
    fc.assert(
      fc.property(anyValue, (input) => {
        const issues = issuesOf(input);
        expect(issues).not.toBeNull();
        for (const { code, hint } of issues ?? []) {
          expect(ISSUE_CODES).toHaveProperty([code]);
          expect(hint === null || hint.startsWith("Maybe")).toBe(true);
        }
      }),
      settings,
    );
  });

  it("gives a problem that reads back to itself, or a ProblemError, for 2,000 mutations of a sound problem, and both happen", () => {
    const outcomes = { problem: 0, error: 0 };
    const likely = fc.oneof(
      fc.constantFrom<unknown>(
        0,
        -0,
        1,
        -1,
        1e308,
        Number.NaN,
        "",
        "u1",
        "h1",
        "7724",
        null,
        undefined,
        true,
        [],
        {},
        "2026-11-30",
      ),
      anyValue,
    );
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), likely, (path, value) => {
        const input = withValue(designExample(), path, value);
        const issues = issuesOf(input);
        outcomes[issues === null ? "problem" : "error"] += 1;
        if (issues !== null) {
          expect(issues.length).toBeGreaterThan(0);
          return;
        }
        const problem = parseProblem(input);
        expect(parseProblem(JSON.parse(JSON.stringify(problem)))).toEqual(problem);
      }),
      settings,
    );
    expect(outcomes.problem).toBeGreaterThan(100);
    expect(outcomes.error).toBeGreaterThan(500);
  });

  it("never changes its input", () => {
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), fc.jsonValue(), (path, value) => {
        const input = withValue(designExample(), path, value);
        const before = JSON.stringify(input);
        issuesOf(input);
        expect(JSON.stringify(input)).toBe(before);
      }),
      { ...settings, numRuns: 500 },
    );
  });
});

const deep = (levels: number, kind: "list" | "object"): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = kind === "list" ? [value] : { a: value };
  return value;
};

class Household {
  readonly id = "h1";
}

describe("parseProblem on hostile input", () => {
  it.each(["list", "object"] as const)("refuses 100,000 levels of %s without overflowing the stack", (kind) => {
    expect(codesOf(deep(100_000, kind))).toEqual(["input.too-deep"]);
    expect(codesOf({ ...designExample(), policy: { rules: { window: deep(100_000, kind) } } })).toContain(
      "input.too-deep",
    );
  });

  it("refuses an object that contains itself", () => {
    const input: Record<string, unknown> = designExample();
    input.policy = input;
    expect(codesOf(input)).toEqual(["input.circular"]);
  });

  it("accepts one object used twice", () => {
    const needs = { minRooms: 1 };
    const households = designExample().households.map((household) => ({ ...household, needs }));
    expect(issuesOf({ ...designExample(), households })).toBeNull();
  });

  it("stops at a bomb of shared lists", () => {
    let bomb: readonly unknown[] = [1];
    for (let level = 0; level < 30; level += 1) bomb = Array.from({ length: 10 }, () => bomb);
    const start = performance.now();
    expect(codesOf({ ...designExample(), households: bomb })).toContain("input.too-large");
    expect(performance.now() - start).toBeLessThan(8_000);
  });

  it("refuses a million rows before it reads them", () => {
    const start = performance.now();
    expect(codesOf({ ...designExample(), dwellings: new Array(1_000_000).fill({}) })).toEqual(["input.too-large"]);
    expect(codesOf({ ...designExample(), dwellings: new Array(60_000).fill(null), decisions: [] })).toEqual([
      "dwelling.too-many",
    ]);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it.each([
    ["a function", () => 1, "input.not-plain-data"],
    ["a BigInt", 3n, "input.not-plain-data"],
    ["a symbol", Symbol("x"), "input.not-plain-data"],
    ["a date object", new Date(0), "input.not-plain-data"],
    ["a map", new Map(), "input.not-plain-data"],
    ["an instance of a class", new Household(), "input.not-plain-data"],
    ["a getter", Object.defineProperty({}, "x", { enumerable: true, get: () => 1 }), "input.not-plain-data"],
    [
      "a proxy that throws",
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("Fatima");
          },
        },
      ),
      "input.unreadable",
    ],
    ["half a character", "a\ud800b", "input.malformed-text"],
    ["a reserved key", JSON.parse('{"__proto__": {"polluted": 1}}'), "input.reserved-key"],
    ["a reserved key", { constructor: { prototype: { polluted: 1 } } }, "input.reserved-key"],
  ])("refuses %s as a value", (_what, value, code) => {
    expect(codesOf({ ...designExample(), extra: value })).toContain(code);
  });

  it("refuses a revoked proxy", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(codesOf(proxy)).toContain("input.unreadable");
  });

  it("pollutes no prototype, and reads nothing from a polluted one", () => {
    issuesOf(
      JSON.parse(
        '{"__proto__": {"polluted": 1}, "districts": [{"__proto__": {"polluted": 1}}], "policy": {"rules": {"__proto__": {"polluted": 1}}}}',
      ),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    polluted.municipality = { name: "Elsewhere" };
    try {
      expect(codesOf(withValue(designExample(), ["municipality"], undefined))).toContain("problem.missing-key");
    } finally {
      delete polluted.municipality;
    }
  });

  it("writes negative zero as zero", () => {
    const problem = parseProblem(withValue(designExample(), ["quotas", 0, "min"], -0));
    expect(Object.is(problem.quotas[0]?.min, 0)).toBe(true);
  });

  it.each(["toString", "constructor", "__proto__", "hasOwnProperty", "feasible"])(
    "takes %s as an id like any other",
    (id) => {
      const input = withValue(withValue(designExample(), ["dwellings", 1, "id"], id), ["decisions", 0, "dwelling"], id);
      expect(issuesOf(input)).toBeNull();
    },
  );

  it("keeps at most 1,001 issues of 200,000 faults within ten seconds", () => {
    const dwellings = Array.from({ length: 50_000 }, (_, at) => ({
      id: `w${at}`,
      district: "7799",
      rooms: 0,
      maxPersons: "2",
      rent: -1,
    }));
    const start = performance.now();
    const issues = issuesOf({ ...designExample(), dwellings, decisions: [] }) ?? [];
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(issues.length).toBeLessThanOrEqual(1_001);
    expect(issues.at(-1)?.code).toBe("input.more-faults");
  });
});

const FORBIDDEN_KEYS = [
  "nationality",
  "Nationalitet",
  "ethnicity",
  "ethnicGroup",
  "etnicitet",
  "religion",
  "faith",
  "western",
  "non-western",
  "race",
  "skinColour",
  "citizenship",
  "statsborgerskab",
  "countryOfOrigin",
  "country_of_origin",
  "motherTongue",
  "modersmål",
  "language",
  "name",
  "navn",
  "firstName",
  "fornavn",
  "surname",
  "efternavn",
  "cpr",
  "cprnummer",
  "CPR-nr.",
  "personnummer",
  "ssn",
  "diagnosis",
  "diagnose",
  "illness",
  "sygdom",
  "disease",
  "icd",
  "ICD-10",
  "gender",
  "sex",
  "køn",
];

describe("what may not be an input", () => {
  it.each(FORBIDDEN_KEYS)(
    "refuses the key %s of a household and of a member, in words that say what to give instead",
    (key) => {
      for (const path of [
        ["households", 0, key],
        ["households", 1, "members", 0, key],
        ["households", 0, "numbers", key],
      ]) {
        const issues = issuesOf(withValue(designExample(), path, 1)) ?? [];
        expect(issues.map(({ code }) => code)).toEqual(["input.forbidden-key"]);
        expect(issues[0]?.message).toMatch(/Give|audit\(\)/);
      }
    },
  );

  it("refuses the same keys elsewhere, apart from names", () => {
    expect(codesOf(withValue(designExample(), ["districts", 0, "settled", "non-western"], 30))).toEqual([
      "input.forbidden-key",
    ]);
    expect(codesOf(withValue(designExample(), ["dwellings", 0, "ethnicity"], "x"))).toEqual(["input.forbidden-key"]);
    expect(codesOf(withValue(designExample(), ["services", 0, "name"], "Vibeskolen"))).toEqual([]);
  });

  it.each(["weights.western-part", "weights.terraces", "weights.grace", "weights.essex"])(
    "has nothing against %s",
    (key) => {
      expect(codesOf(withValue(designExample(), ["districts", 0, "weights", key], 1))).toEqual([]);
    },
  );

  it.each(["010190-1234", "0101901234", "010190 1234", "h-311299-4321", "610190-1234", "See 010190\u22121234."])(
    "refuses %s, which looks like a civil registration number, and does not repeat it",
    (number) => {
      for (const input of [
        withValue(designExample(), ["households", 1, "id"], number),
        withValue(designExample(), ["decisions", 0, "reason"], number),
        withValue(designExample(), ["households", 0, "numbers"], { [number]: 1 }),
        withValue(designExample(), ["quotas", 0, "scope", "district"], number),
      ]) {
        const issues = issuesOf(input) ?? [];
        expect(issues.map(({ code }) => code)).toContain("input.civil-registration-number");
        expect(JSON.stringify(issues)).not.toMatch(/1234|4321/);
      }
    },
  );

  it("refuses a number that looks like one", () => {
    const issues = issuesOf(withValue(designExample(), ["districts", 0, "weights", "x"], 101901234)) ?? [];
    expect(issues.map(({ code }) => code)).toContain("input.civil-registration-number");
  });

  it.each([
    "0a3f50b8-1a2b-32b8-e044-0003ba298018",
    "4510190123",
    "12345678",
    "20261130",
    "2026-11-30",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  ])("has nothing against the id %s", (id) => {
    expect(
      codesOf(withValue(designExample(), ["households", 2], { ...designExample().households[2], id })),
    ).not.toContain("input.civil-registration-number");
  });
});

describe("privacy of messages", () => {
  const canary = "Fatima Canary +45 28 11 22 33";
  const leaks = (error: unknown): boolean =>
    /Fatima|28 11|anary \+/.test(`${inspect(error, { depth: 10 })}${String((error as Error).stack)}`);

  it("repeats no text that was put anywhere but into an id", () => {
    let refused = 0;
    for (const path of PATHS) {
      const last = path.at(-1);
      const field = typeof last === "number" ? path.at(-2) : last;
      const isId = [
        "id",
        "district",
        "districts",
        "households",
        "household",
        "dwelling",
        "kind",
        "level",
        "levels",
        "zone",
      ].includes(String(field));
      if (isId) continue;
      try {
        parseProblem(withValue(withValue(designExample(), path, canary), ["asOf"], "2026-02-30"));
        expect.unreachable("asOf is always at fault");
      } catch (error) {
        refused += 1;
        expect({ path, leaks: leaks(error) }).toEqual({ path, leaks: false });
      }
    }
    expect(refused).toBeGreaterThan(50);
  });

  it("cuts unknown keys to 24 characters and takes control characters out", () => {
    const [issue] =
      issuesOf(withValue(designExample(), ["dwellings", 0, `no\u001bte\u202e ${"x".repeat(100)}`], 1)) ?? [];
    expect(issue?.received).toBe(`note ${"x".repeat(19)}`);
  });
});
