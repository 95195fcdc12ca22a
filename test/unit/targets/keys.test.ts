import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../src/base/errors.js";
import { denmarkIntegration } from "../../../src/targets/keys/denmark-integration.js";
import { type KeyArea, type KeyInput, keyOf, keySchema } from "../../../src/targets/keys/key.js";
import { keyTargets } from "../../../src/targets/keys/key-targets.js";
import { KEY_PRESETS } from "../../../src/targets/keys/kinds.js";
import { type KeyPreset, presetTargets } from "../../../src/targets/keys/preset.js";

const area = (id: string, fields: KeyArea["fields"]): KeyArea => ({ id, fields });
const targetsOf = (input: KeyInput, areas: readonly KeyArea[], total: number) => keyTargets(keyOf(input), areas, total);
const whole = (input: KeyInput, areas: readonly KeyArea[], total: number) =>
  targetsOf(input, areas, total).areas.map(({ target }) => target);
const preset = (name: string): KeyPreset => {
  const found = KEY_PRESETS.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const codes = (run: () => unknown): readonly string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.issues.map(({ code }) => code);
    throw error;
  }
  return [];
};

const TOWNS = [
  area("A", { population: 60000, immigrants: 6000, reunified: 90 }),
  area("B", { population: 32000, immigrants: 1600, reunified: 30 }),
  area("C", { population: 8000, immigrants: 200, reunified: 0 }),
  area("D", { population: 20000, immigrants: 4200, reunified: 60 }),
];

describe("the Danish key", () => {
  const { areas } = presetTargets(denmarkIntegration, TOWNS, 1000);
  it("has the shares 2 p - i: 0.5, 0.4, 0.116667 and -0.016667", () => {
    expect(areas.map(({ compensatedShare }) => compensatedShare)).toEqual([0.5, 0.4, 7 / 60, -1 / 60]);
  });
  it("has the preliminary figures 500, 442, 137.67 and -79.67 for 1000", () => {
    expect(areas.map(({ preliminary }) => preliminary)).toEqual([500, 442, 413 / 3, -239 / 3]);
    expect(areas.map(({ binding }) => binding)).toEqual(["none", "none", "none", "zero"]);
  });
  it("ends at 463, 409, 128 and 0 for 1000 and at 30, 50, 20 and 0 for 100", () => {
    expect(areas.map(({ target }) => target)).toEqual([463, 409, 128, 0]);
    const hundred = presetTargets(denmarkIntegration, TOWNS, 100).areas;
    expect(hundred.map(({ target }) => target)).toEqual([30, 50, 20, 0]);
    expect(hundred.map(({ preliminary }) => preliminary)).toEqual([50, 82, 98 / 3, -194 / 3]);
  });
  it("puts an agreed figure of 0 first and divides the rest among the others", () => {
    const agreed = TOWNS.map((town) => (town.id === "C" ? area("C", { ...town.fields, agreed: 0 }) : town));
    const result = presetTargets(denmarkIntegration, agreed, 1000).areas;
    expect(result.map(({ target }) => target)).toEqual([531, 469, 0, 0]);
    expect(result[2]).toMatchObject({ agreed: 0, binding: "agreed", rescaled: 0 });
  });
});

describe("other countries' keys", () => {
  it("gives Königstein's two thirds tax and one third population", () => {
    const { areas } = presetTargets(
      preset("germany-koenigstein"),
      [area("x", { tax: 75, population: 10 }), area("y", { tax: 25, population: 30 })],
      12,
    );
    expect(areas.map(({ share }) => share)).toEqual([7 / 12, 5 / 12]);
    expect(areas.map(({ target }) => target)).toEqual([7, 5]);
  });
  it("adds the Dutch debt of 6 on top of the new task of 20", () => {
    const result = presetTargets(
      preset("netherlands"),
      [area("x", { population: 3000, debt: 6 }), area("y", { population: 1000 })],
      20,
    );
    expect(result).toMatchObject({ total: 26, areas: [{ target: 21, carryOver: 6 }, { target: 5 }] });
  });
  it("asks no Norwegian municipality for 1 to 9", () => {
    const towns = [
      area("a", { population: 1000 }),
      area("b", { population: 5000 }),
      area("c", { population: 1400 }),
      area("d", { population: 2600 }),
    ];
    // By population 4, 20, 5.6, 10.4 of 40: a gives way, then c, for with 36/9 per 1000 it has 6.2.
    const { areas } = presetTargets(preset("norway"), towns, 40);
    expect(areas.map(({ target }) => target)).toEqual([0, 26, 0, 14]);
    expect(areas.map(({ binding }) => binding)).toEqual(["lot", "none", "lot", "none"]);
  });
  it("keeps the British cap of 1 per 200 less those there", () => {
    const { areas } = presetTargets(
      preset("united-kingdom"),
      [area("a", { population: 20000, supported: 90 }), area("b", { population: 10000, supported: 0 })],
      40,
    );
    expect(areas).toMatchObject([
      { target: 10, cap: 10, binding: "cap" },
      { target: 30, cap: 50, binding: "none" },
    ]);
  });
  it("credits a Swiss canton and lets the others carry it in equal amounts", () => {
    const cantons = [
      area("a", { population: 500, credit: 12 }),
      area("b", { population: 300 }),
      area("c", { population: 200 }),
    ];
    expect(presetTargets(preset("switzerland"), cantons, 100).areas.map(({ rescaled }) => rescaled)).toEqual([
      42, 34, 24,
    ]);
  });
  it("fills Austria's stock up to one level", () => {
    const { areas } = presetTargets(
      preset("austria"),
      [
        area("a", { population: 200, inCare: 50 }),
        area("b", { population: 100, inCare: 0 }),
        area("c", { population: 100, inCare: 5 }),
      ],
      35,
    );
    expect(areas.map(({ target }) => target)).toEqual([0, 20, 15]);
    expect(areas.map(({ preliminary }) => preliminary)).toEqual([-5, 22.5, 17.5]);
  });
  it("divides Swedish counties first and municipalities inside them by what the county got", () => {
    const towns = (prefix: string) => [
      area(`${prefix}1`, { population: 10, jobs: 30, received: 0 }),
      area(`${prefix}2`, { population: 10, jobs: 10, received: 0 }),
    ];
    const result = presetTargets(
      preset("sweden"),
      [
        { ...area("n", { population: 20, jobs: 40, received: 0 }), areas: towns("n") },
        { ...area("s", { population: 20, jobs: 40, received: 8 }), areas: towns("s") },
      ],
      24,
    );
    expect(result.areas.map(({ target }) => target)).toEqual([16, 8]);
    expect(result.inside.n?.areas.map(({ target }) => target)).toEqual([10, 6]);
    expect(result.inside.s?.areas.map(({ target }) => target)).toEqual([5, 3]);
  });
});

describe("keyTargets", () => {
  const towns = [
    area("a", { people: 60, sites: 1 }),
    area("b", { people: 30, sites: 2 }),
    area("c", { people: 10, sites: 4 }),
  ];
  it("mixes a direct field by 3 and an inverse field by 1", () => {
    const result = targetsOf(
      {
        mix: [
          { field: "people", weight: 3 },
          { field: "sites", sense: "inverse" },
        ],
      },
      towns,
      28,
    );
    // Inverse shares 4/7, 2/7, 1/7.
    expect(result.areas.map(({ share }) => share)).toEqual([0.45 + 1 / 7, 0.225 + 1 / 14, 0.075 + 1 / 28]);
  });
  it("holds a floor of 15 and a cap of 50 and divides the rest in proportion", () => {
    const result = targetsOf({ mix: [{ field: "people" }], floor: { value: 15 }, cap: { value: 50 } }, towns, 100);
    expect(result.areas).toMatchObject([
      { target: 50, binding: "cap" },
      { target: 35, binding: "none" },
      { target: 15, binding: "floor" },
    ]);
  });
  it("reports the tie that rounding had to break", () => {
    const even = [area("a", { people: 1 }), area("b", { people: 1 })];
    expect(targetsOf({ mix: [{ field: "people" }] }, even, 3)).toMatchObject({
      areas: [{ target: 2 }, { target: 1 }],
      ties: [{ parties: [0, 1], seatsLeft: 1 }],
    });
  });
  it("keeps the last area standing though it is below the lot", () => {
    expect(whole({ mix: [{ field: "people" }], minimumLot: 10 }, towns, 7)).toEqual([7, 0, 0]);
  });
  it("lets the later of two equal areas give way when 15 would be 7.5 each and the lot is 10", () => {
    const even = [area("a", { people: 1 }), area("b", { people: 1 })];
    expect(whole({ mix: [{ field: "people" }], minimumLot: 10 }, even, 15)).toEqual([15, 0]);
  });
  it("ignores compensation where there is no stock yet", () => {
    expect(whole({ mix: [{ field: "people" }], compensate: { stock: "none" } }, towns, 10)).toEqual([6, 3, 1]);
  });
  it("refuses what it cannot divide, by code", () => {
    const mix = [{ field: "people" }];
    expect(codes(() => targetsOf({ mix: [{ field: "nothing" }] }, towns, 9))).toEqual(["key.field-all-zero"]);
    expect(codes(() => targetsOf({ mix }, [area("a", { people: -1 })], 9))).toEqual(["key.negative-size"]);
    expect(codes(() => targetsOf({ mix: [{ field: "x", sense: "inverse" }] }, towns, 9))).toEqual([
      "key.inverse-of-zero",
    ]);
    expect(codes(() => targetsOf({ mix, cap: { value: 2 } }, towns, 9))).toEqual(["key.total-out-of-bounds"]);
    expect(codes(() => targetsOf({ mix, floor: { value: 4 } }, towns, 9))).toEqual(["key.total-out-of-bounds"]);
    expect(codes(() => targetsOf({ mix }, [area("a", { people: Number.NaN })], 9))).toEqual(["key.figure-not-finite"]);
    const agreed = { mix, agreed: { field: "agreed" } };
    expect(codes(() => targetsOf(agreed, [area("a", { people: 1, agreed: 10 })], 9))).toEqual([
      "key.agreed-above-total",
    ]);
    expect(codes(() => targetsOf(agreed, [area("a", { people: 1, agreed: 1.5 })], 9))).toEqual([
      "key.agreed-not-whole",
    ]);
    expect(codes(() => targetsOf({ mix }, towns, 9.5))).toEqual(["apportion.total-not-whole"]);
  });
  it("reads a key from JSON, refuses unknown keys and level without a stock target", () => {
    const key = keyOf({ mix: [{ field: "people" }] });
    expect(keySchema.parse(JSON.parse(JSON.stringify(key)))).toEqual(key);
    expect(keySchema.safeParse({ mix: [{ field: "people" }], sumUp: true }).success).toBe(false);
    expect(keySchema.safeParse({ mix: [{ field: "people" }], rescale: "level" }).success).toBe(false);
    expect(keySchema.safeParse({ mix: [] }).success).toBe(false);
  });
  it.each(KEY_PRESETS.map((one) => [one.name, one] as const))(
    "reads every tier of the preset %s",
    (_, one: KeyPreset) => {
      for (const tier of one.tiers) expect(keySchema.safeParse(tier).success).toBe(true);
      expect(one.basis.length).toBeGreaterThan(0);
      const named = one.tiers.flatMap(({ mix }) => mix.map(({ field }) => field));
      for (const field of named) expect(Object.keys(one.fields)).toContain(field);
    },
  );
});
