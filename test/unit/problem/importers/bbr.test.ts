import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../../src/base/errors.js";
import type { SourceFile } from "../../../../src/problem/importers/importer.js";
import { parseFolderFiles } from "../../../../src/problem/parse-folder.js";

const U1 = "0a3f50b8-1a2b-32b8-e044-0003ba298018";
const U2 = "0a3f50b8-1a2c-32b8-e044-0003ba298018";

const unit = (id: string, fields: object = {}) => ({
  id_lokalId: id,
  status: "7",
  enh020EnhedensAnvendelse: "140",
  enh023Boligtype: "1",
  enh026EnhedensSamledeAreal: 80,
  enh027ArealTilBeboelse: 74,
  enh031AntalVaerelser: 3,
  byg404Koordinat: "POINT(613912.25 6131301.5)",
  ...fields,
});

const folder = (...units: readonly object[]): readonly SourceFile[] => [
  {
    name: "problem.json",
    content: JSON.stringify({ municipality: { name: "Nyborg" }, asOf: "2026-11-01", households: [] }),
  },
  { name: "districts.csv", content: "id,population\n7724,14921\n" },
  { name: "dwellings.csv", content: `id,district,maxPersons,rent\n${U1},7724,6,6200\n` },
  { name: "bbr.json", content: JSON.stringify(units) },
];

const codesOf = (files: readonly SourceFile[]): readonly string[] => {
  try {
    parseFolderFiles(files);
  } catch (error) {
    if (error instanceof ProblemError) return error.issues.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
};

describe("the BBR importer", () => {
  it("adds rooms, area, location and lift to dwellings that the municipality lists, and no others", () => {
    const { dwellings } = parseFolderFiles(folder(unit(U2), unit(U1, { opg020Elevator: "1" })));
    expect(dwellings).toHaveLength(1);
    expect(dwellings[0]).toMatchObject({
      id: U1,
      rooms: 3,
      areaM2: 74,
      maxPersons: 6,
      rent: 6200,
      features: ["lift"],
      stepFree: false,
    });
    const [longitude = 0, latitude = 0] = dwellings[0]?.location ?? [];
    expect(longitude).toBeCloseTo(10.794, 2);
    expect(latitude).toBeCloseTo(55.313, 2);
  });

  it("takes the whole area where that of the home is not given, and the other spelling of rooms", () => {
    const other = unit(U1, { enh027ArealTilBeboelse: null, enh031AntalVaerelser: undefined, enh031AntalVærelser: "4" });
    expect(parseFolderFiles(folder(other)).dwellings[0]).toMatchObject({ areaM2: 80, rooms: 4 });
  });

  it("reads a table as well, and a unit that stands twice once", () => {
    const table = `id_lokalId;enh020EnhedensAnvendelse;enh031AntalVaerelser\n${U1};140;3\n${U1};140;5\n`;
    const files = [...folder().filter(({ name }) => name !== "bbr.json"), { name: "bbr.csv", content: table }];
    expect(parseFolderFiles(files).dwellings[0]?.rooms).toBe(3);
  });

  it.each([
    ["bbr.not-a-home bbr.json:1", { enh020EnhedensAnvendelse: "510" }],
    ["bbr.not-a-home bbr.json:1", { status: "10" }],
    ["bbr.not-a-home bbr.json:1", { enh024KondemneretBoligenhed: "1" }],
    ["bbr.not-a-home bbr.json:1", { registreringTil: "2024-01-01" }],
    ["bbr.unknown-code bbr.json:1", { enh023Boligtype: "7" }],
    ["bbr.wrong-cell bbr.json:1", { byg404Koordinat: "10.79,55.31" }],
    ["bbr.wrong-cell bbr.json:1", { enh027ArealTilBeboelse: "1e2" }],
  ])("reports %s for a listed dwelling with %j", (told, fields) => {
    expect(codesOf(folder(unit(U1, fields)))).toEqual([told]);
    expect(codesOf(folder(unit(U2, fields), unit(U1)))).toEqual([]);
  });

  it("still asks for rooms where BBR does not know them", () => {
    expect(codesOf(folder(unit(U1, { enh031AntalVaerelser: null })))).toEqual([
      'csv.missing-column dwellings.csv:1 column "rooms"',
    ]);
  });
});
