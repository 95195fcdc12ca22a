import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Issue, ProblemError } from "../../../../src/base/errors.js";
import { ISSUE_CODES } from "../../../../src/problem/codes.js";
import { importFolderFiles } from "../../../../src/problem/importers/folder.js";
import type { SourceFile } from "../../../../src/problem/importers/importer.js";
import { parseFolderFiles } from "../../../../src/problem/parse-folder.js";

const HEAD = JSON.stringify({ municipality: { name: "Nyborg Kommune", code: "450" }, asOf: "2026-11-01" });

const SOUND: Readonly<Record<string, Uint8Array | string>> = {
  "problem.json": HEAD,
  "policy.json": JSON.stringify({ preset: "plain", evenness: { levels: ["school"] } }),
  "districts.csv":
    "id,name,population,settled:persons,lon,lat,weight:dwellings\n7724,Nyborg,14921,104,10.795,55.316,7200\n7728,Ullerslev,2950,27,10.6565,55.3618,1300\n",
  "zones.csv": "id,name,level,districts\nz1,Vibeskolen,school,7724;7728\n",
  "services.csv": 'id,kind,name,lon,lat\ns1,school,"School (Nyborg, west)",10.7777,55.3162\n',
  "dwellings.csv":
    "Id;Distrikt;Værelser;Areal;Max personer;Husleje;Trinfri;Ledig fra;#note\nu1;7724;3;74,5;6;6.200;ja;15-11-2026;ring first\nu2;7728;2;51;3;4.950,50;nej;2026-12-01;\n",
  "households.csv":
    "id,ages,handover,minRooms,maxRent,stepFree,features,near,wishes,number:seats\nh1,34;33;7,2026-11-30,2,7500,yes,lift;bath,school:2.5;school:6:required,7724:2|7728,3\nh2,41 6,,,,,,,,\n",
  "quotas.csv":
    "id,district,zone,municipality,measure,counting,min,max,legalBasis\nq1,7724,,,ages:6-9,cumulative,,5,council\nq2,,,yes,number:seats,,0,9,council\nq3,,z1,,persons,arrivals,,,council\n",
  "decisions.csv":
    "kind,household,dwelling,by,reason,overrides,legalBasis\npin,h2,u2,planner-1,agreed,window;roomStandard,\n",
  "links.csv": "kind,households,level\ntogether,h1;h2,\n",
};

const files = (changes: Readonly<Record<string, Uint8Array | string | null>> = {}): readonly SourceFile[] =>
  Object.entries({ ...SOUND, ...changes }).flatMap(([name, content]) => (content === null ? [] : [{ name, content }]));

const issuesOf = (input: readonly SourceFile[]): readonly Issue[] => {
  try {
    parseFolderFiles(input);
  } catch (error) {
    if (error instanceof ProblemError) return error.issues;
    throw error;
  }
  return [];
};

const map = (...features: readonly unknown[]) => JSON.stringify({ type: "FeatureCollection", features });

const told = (changes: Readonly<Record<string, Uint8Array | string | null>>) =>
  issuesOf(files(changes)).map(({ code, path }) => [code, path]);

const cell = (file: string, from: string, to: string) => ({ [file]: String(SOUND[file]).replace(from, to) });

describe("parseFolderFiles", () => {
  it("reads tables with Danish and English headers, commas and semicolons", () => {
    const problem = parseFolderFiles(files());
    expect(problem.districts[0]).toMatchObject({
      id: "7724",
      population: 14921,
      settled: { persons: 104 },
      location: [10.795, 55.316],
      weights: { dwellings: 7200 },
    });
    expect(problem.dwellings).toMatchObject([
      { id: "u1", rooms: 3, areaM2: 74.5, maxPersons: 6, rent: 6200, stepFree: true, availableFrom: "2026-11-15" },
      { id: "u2", rooms: 2, areaM2: 51, maxPersons: 3, rent: 4950.5, stepFree: false, availableFrom: "2026-12-01" },
    ]);
    expect(problem.households[0]).toMatchObject({
      members: [{ age: 34 }, { age: 33 }, { age: 7 }],
      needs: {
        minRooms: 2,
        maxRent: 7500,
        stepFree: true,
        features: ["lift", "bath"],
        near: [
          { kind: "school", withinKm: 2.5, required: false },
          { kind: "school", withinKm: 6, required: true },
        ],
      },
      wishes: [
        { district: "7724", strength: 2 },
        { district: "7728", strength: 1 },
      ],
      numbers: { seats: 3 },
    });
    expect(problem.households[1]).toMatchObject({ members: [{ age: 41 }, { age: 6 }], handover: null, numbers: {} });
    expect(problem.quotas.map(({ scope, measure }) => [scope, measure])).toEqual([
      [{ district: "7724" }, { ages: [6, 9] }],
      [{ municipality: true }, { number: "seats" }],
      [{ zone: "z1" }, "persons"],
    ]);
    expect(problem.decisions[0]?.overrides).toEqual(["unit.window", "unit.roomStandard"]);
    expect(problem.links[0]?.within.level).toBe("district");
    expect(problem.policy.preset).toBe("plain");
  });

  it("reads the same from any order of files", () => {
    expect(parseFolderFiles([...files()].reverse())).toEqual(parseFolderFiles(files()));
  });

  it("reads UTF-8 with and without byte order mark, UTF-16 and Windows-1252 alike", () => {
    const text = String(SOUND["dwellings.csv"]);
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0)).buffer);
    const encodings = [
      new TextEncoder().encode(text),
      new TextEncoder().encode(`\ufeff${text}`),
      latin,
      utf16,
      `\ufeff${text}`,
    ];
    for (const bytes of encodings)
      expect(parseFolderFiles(files({ "dwellings.csv": bytes }))).toEqual(parseFolderFiles(files()));
  });

  it("keeps what is written before an apostrophe guard against formulas", () => {
    const guarded = parseFolderFiles(files(cell("dwellings.csv", "u1;7724", "'-u1;7724")));
    expect(guarded.dwellings[0]?.id).toBe("-u1");
  });

  it("adds outlines to districts of the same id", () => {
    const outline = {
      type: "Polygon",
      coordinates: [
        [
          [10.7, 55.3],
          [10.8, 55.3],
          [10.8, 55.4],
          [10.7, 55.3],
        ],
      ],
    };
    const map = {
      type: "FeatureCollection",
      features: [{ type: "Feature", id: 7724, properties: { OBJECTID: 9, population: 1 }, geometry: outline }],
    };
    const [district] = parseFolderFiles(files({ "districts.geojson": JSON.stringify(map) })).districts;
    expect(district).toMatchObject({ population: 14921, location: [10.795, 55.316], geometry: outline });
  });

  it("reads dwellings and services from GeoJSON alone", () => {
    const point = (id: string, properties: object, coordinates: readonly number[]) => ({
      type: "Feature",
      properties: { id, ...properties },
      geometry: { type: "Point", coordinates },
    });
    const problem = parseFolderFiles(
      files({
        "services.csv": null,
        "services.geojson": map(point("s7", { kind: "school" }, [10.7, 55.3, 12])),
      }),
    );
    expect(problem.services).toEqual([{ id: "s7", kind: "school", name: "", location: [10.7, 55.3] }]);
  });
});

describe("parseFolderFiles on faults", () => {
  it.each([
    ["csv.wrong-cell", 'dwellings.csv:2 column "Værelser"', cell("dwellings.csv", "u1;7724;3", "u1;7724;0x10")],
    ["csv.wrong-cell", 'dwellings.csv:3 column "Ledig fra"', cell("dwellings.csv", "2026-12-01", "01/12/2026")],
    ["csv.wrong-cell", 'dwellings.csv:2 column "Trinfri"', cell("dwellings.csv", ";ja;", ";måske;")],
    ["csv.wrong-cell", 'households.csv:3 column "ages"', cell("households.csv", "h2,41 6", "h2,41 six")],
    ["csv.wrong-cell", 'households.csv:2 column "near"', cell("households.csv", "school:2.5", "school:near")],
    ["csv.wrong-cell", 'households.csv:2 column "wishes"', cell("households.csv", "7724:2", "7724:much")],
    ["csv.empty-cell", 'dwellings.csv:3 column "Max personer"', cell("dwellings.csv", "51;3;", "51;;")],
    ["csv.missing-column", 'dwellings.csv:1 column "rooms"', cell("dwellings.csv", "Værelser", "#rooms")],
    [
      "csv.unknown-column",
      'districts.csv:1 column "populatoin2"',
      cell("districts.csv", "weight:dwellings", "populatoin2"),
    ],
    ["csv.duplicate-column", 'dwellings.csv:1 column "rooms"', cell("dwellings.csv", "#note", "rooms")],
    [
      "csv.forbidden-column",
      'households.csv:1 column "Nationalitet"',
      cell("households.csv", "number:seats", "Nationalitet"),
    ],
    ["csv.forbidden-column", 'households.csv:1 column "navn"', cell("households.csv", "handover", "navn")],
    ["csv.wrong-width", "districts.csv:2", cell("districts.csv", ",7200", ",7,200")],
    ["csv.invalid", "services.csv:2", cell("services.csv", 'west)"', "west)")],
    ["json.invalid", "policy.json", { "policy.json": '{"preset": }' }],
    ["json.invalid", "problem.json:1", { "problem.json": "{" }],
    ["json.duplicate-key", "policy.json", { "policy.json": '{"preset": "plain", "preset": "nyborg"}' }],
    ["file.unknown-name", "dwelings.csv", { "dwelings.csv": "id" }],
    ["file.duplicate-part", "zones.json", { "zones.json": "[]" }],
    ["geojson.invalid", "districts.geojson", { "districts.geojson": "[]" }],
    ["geojson.invalid", "districts.geojson features[0]", { "districts.geojson": map({ type: "Point" }) }],
    ["geojson.missing-id", "districts.geojson features[0]", { "districts.geojson": map({ type: "Feature" }) }],
    [
      "geojson.wrong-geometry",
      "services.geojson features[0]",
      { "services.geojson": map({ type: "Feature", id: "s1", geometry: { type: "LineString", coordinates: [] } }) },
    ],
    ["dwelling.out-of-range", 'dwellings.csv:2 column "Værelser"', cell("dwellings.csv", "u1;7724;3", "u1;7724;0")],
    ["dwelling.unknown-district", 'dwellings.csv:3 column "Distrikt"', cell("dwellings.csv", "7728", "7729")],
    [
      "household.impossible-date",
      'households.csv:2 column "handover"',
      cell("households.csv", "2026-11-30", "2026-02-30"),
    ],
    ["household.out-of-range", 'households.csv:2 column "ages"', cell("households.csv", "34;33;7", "34;330;7")],
    [
      "input.civil-registration-number",
      'households.csv:3 column "id"',
      { ...cell("households.csv", "h2,", "010190-1234,"), "decisions.csv": null, "links.csv": null },
    ],
    [
      "policy.unknown-level",
      "policy.evenness.levels[0]",
      { "policy.json": JSON.stringify({ evenness: { levels: ["schol"] } }) },
    ],
  ])("reports %s at %s", (code, path, changes) => {
    expect(told(changes)).toEqual([[code, path]]);
  });

  it("does not guess what 6.200 means where nothing else in the table says it", () => {
    const text = "id;district;rooms;maxPersons;rent\nu1;7724;3;6;6.200\nu2;7728;2;3;4950\n";
    expect(told({ "dwellings.csv": text })).toEqual([["csv.ambiguous-number", 'dwellings.csv:2 column "rent"']]);
  });

  it("lists ten different faults of a folder in one error", () => {
    const changes = {
      "problem.json": JSON.stringify({ municipality: { name: "Nyborg" }, asOf: "2026-02-30" }),
      "policy.json": JSON.stringify({ tiers: ["placed", "eveness"], evenness: { levels: ["school"] } }),
      ...cell("zones.csv", "7724;7728", "7724"),
      ...cell("services.csv", "10.7777,55.3162", "55.3162,10.7777"),
      "dwellings.csv": "id,district,rooms,maxPersons,nationality\nu1,7725,3,6,x\nu1,7728,three,3,x\nu2,7728,2,99,x\n",
      ...cell("households.csv", "h2,41 6", "h2,141"),
      ...cell("quotas.csv", ",,5,council", ",6,5,council"),
      "notes.txt": "x",
    };
    expect(new Set(issuesOf(files(changes)).map(({ code }) => code))).toEqual(
      new Set([
        "csv.forbidden-column",
        "csv.wrong-cell",
        "file.unknown-name",
        "problem.impossible-date",
        "policy.unknown-tier",
        "policy.incomplete-level",
        "service.swapped-coordinates",
        "dwelling.unknown-district",
        "dwelling.duplicate-id",
        "dwelling.absurd-capacity",
        "household.out-of-range",
        "quota.min-above-max",
      ]),
    );
  });

  it("tells every fault with a known code, and repeats no cell, for 1,000 tables of arbitrary text", () => {
    let faulty = 0;
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc
        .array(
          fc.constantFrom("id", ",", ";", "\n", '"', "Fatima", "u1", "rooms", "\t", "1,5", "__proto__", "constructor"),
          { maxLength: 60 },
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(SOUND), "districts.geojson"), text, (name, content) => {
        const issues = issuesOf(files({ [name]: content }));
        if (issues.length > 0) faulty += 1;
        for (const issue of issues) expect(ISSUE_CODES).toHaveProperty([issue.code]);
      }),
      { seed: 20261101, numRuns: 1_000, markInterruptAsFailure: true },
    );
    expect(faulty).toBeGreaterThan(500);
  });

  it("refuses a file of more than 64 MB before it decodes it", () => {
    expect(told({ "districts.geojson": new Uint8Array(64 * 1024 * 1024 + 1) })).toEqual([
      ["file.too-large", "districts.geojson"],
    ]);
  });

  it("does not repeat a cell's text", () => {
    const issues = issuesOf(files(cell("households.csv", "h2,41 6,", "h2,Fatima Canary,Fatima")));
    expect(issues.length).toBeGreaterThan(1);
    expect(JSON.stringify(issues)).not.toMatch(/Fatima|Canary/);
  });
});

describe("importFolderFiles", () => {
  it("says from which file and row every entry came", () => {
    const { where, issues } = importFolderFiles(files());
    expect(issues).toEqual([]);
    expect(where["dwellings[1]"]).toMatchObject({ file: "dwellings.csv", row: 3, columns: { rooms: "Værelser" } });
  });
});
