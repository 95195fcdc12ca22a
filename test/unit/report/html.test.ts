import { describe, expect, it } from "vitest";
import { renderHtml } from "../../../src/report/html.js";
import { REPORTS } from "../../../src/report/kinds.js";
import { STYLE } from "../../../src/report/style.js";
import { townPlan } from "./town-plan.js";

const town = townPlan();
const pages = {
  en: renderHtml(town.problem, town.plan, town.verification, { locale: "en" }),
  da: renderHtml(town.problem, town.plan, town.verification, { locale: "da" }),
};

const all = (page: string, pattern: RegExp): readonly string[] =>
  [...page.matchAll(pattern)].map((match) => match[1] ?? "");

describe.each(["en", "da"] as const)("the page in %s", (locale) => {
  const page = pages[locale];

  it("names its language and has one main heading and no level skipped", () => {
    expect(page).toContain(`<html lang="${locale}">`);
    const levels = all(page, /<h([1-6])>/g).map(Number);
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, i) => i > 0 && level > (levels[i - 1] ?? 0) + 1)).toEqual([]);
  });

  it("gives every table a caption and every heading cell a scope", () => {
    const tables = all(page, /<table>([\s\S]*?)<\/table>/g);
    expect(tables.length).toBe(8);
    for (const table of tables) {
      expect(table).toMatch(/^<caption>[^<]+<\/caption>/);
      const heads = all(table, /<th(\s[^>]*)?>/g);
      expect(heads.length).toBeGreaterThan(0);
      expect(heads.filter((attributes) => !/scope="(col|row)"/.test(attributes))).toEqual([]);
    }
  });

  it("describes every drawing that tells something, and hides the others from screen readers", () => {
    const drawings = all(page, /(<svg[\s\S]*?<\/svg>)/g);
    const told = drawings.filter((drawing) => drawing.includes('role="img"'));
    expect(told.length).toBe(4);
    for (const drawing of told) {
      const [labels] = all(drawing, /aria-labelledby="([^"]+)"/g);
      for (const id of (labels ?? "").split(" "))
        expect(drawing).toMatch(new RegExp(`<(title|desc) id="${id}">[^<]+<`));
    }
    expect(drawings.filter((drawing) => !told.includes(drawing) && !drawing.includes('aria-hidden="true"'))).toEqual(
      [],
    );
    const ids = all(page, /\sid="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("loads nothing and runs nothing", () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<link|<iframe|<object|<form|\son\w+=|\ssrc=|\shref=|@import|https?:/i);
    expect(all(page, /url\(([^)]+)\)/g).filter((target) => !target.startsWith("#"))).toEqual([]);
  });
});

describe("the page", () => {
  it("says that it is a proposal, who gets a home, and what is farthest from its target", () => {
    expect(pages.en).toContain("Nothing is decided until a person decides it.");
    expect(pages.en).toContain("3 of 4 households (6 of 11 persons) get a home.");
    expect(pages.en).toContain("Farthest from its target is Bolev: −2 (persons).");
    expect(pages.da).toContain("3 af 4 husstande (6 af 11 personer) får en bolig.");
    expect(pages.da).toContain("Intet er afgjort, før et menneske har afgjort det.");
  });

  it("writes the deviation of each district on the map and shades it with a pattern too", () => {
    const map = /<svg class="map"[\s\S]*?<\/svg>/.exec(pages.en)?.[0] ?? "";
    expect(all(map, /class="figure">([^<]+)</g)).toEqual(["+1", "−2", "+1"]);
    expect(all(map, /fill="([^"]+)" class="area"/g)).toEqual(["#f3c98b", "url(#fill-under)", "#f3c98b"]);
    // u1 and u3 are full, u2 has one of two free; u5 has no place on the map.
    expect(map.match(/class="home used"/g)?.length).toBe(3);
    expect(map.match(/class="home free"/g)?.length).toBe(1);
  });

  it("shows what is proven of each aim, and how far the rest can be from best", () => {
    expect(pages.en).toContain("at most 1 from best");
    expect(pages.en).toContain("at most 0.25 from best");
    expect(pages.da).toContain("højst 0,25 fra det bedste");
  });

  it("shows quotas with what the plan makes of them", () => {
    expect(pages.en).toMatch(
      /<th scope="row">q1<\/th><td>Alby<\/td><td>persons, this plan alone<\/td><td>at most 4<\/td><td class="n">3<\/td>/,
    );
  });

  it("says so where the plan was not checked, and lists what a check found", () => {
    const unchecked = renderHtml(town.problem, town.plan);
    expect(unchecked).toContain("has not been checked independently");
    const broken = { ...town.plan, placements: town.plan.placements.slice(1) };
    const finding = { code: "plan.household-count", subject: "h1", message: "Household h1 stands nowhere" };
    const verification = { ...town.verification, ok: false, contradictions: [finding] };
    const page = renderHtml(town.problem, broken, verification);
    expect(page).toContain("THE CHECK FOUND FAULTS");
    expect(page).toContain("Household h1 stands nowhere");
  });

  it("says where there is no plan, and what clashes", () => {
    const outcome = { status: "infeasible", found: false, clash: ["quota/q1", "pin/h1"] } as const;
    const page = renderHtml(town.problem, { ...town.plan, outcome, placements: [], tiers: [] }, town.verification);
    expect(page).toContain("These cannot all hold: quota/q1, pin/h1.");
  });

  it("prints on A4 and repeats the heads of tables", () => {
    expect(STYLE).toMatch(/@page\{size:A4/);
    expect(STYLE).toContain("thead{display:table-header-group}");
  });

  it("draws true borders where every district has them, and no map where none has a place", () => {
    const square = (x: number) => ({
      type: "Polygon" as const,
      coordinates: [
        [
          [x, 55],
          [x + 0.1, 55],
          [x + 0.1, 55.1],
          [x, 55.1],
          [x, 55],
        ],
      ],
    });
    const bordered = {
      ...town.problem,
      districts: town.problem.districts.map((one, i) => ({ ...one, geometry: square(10.5 + i / 10) })),
    };
    const page = renderHtml(bordered, town.plan);
    expect(page).not.toContain("Schematic");
    expect(
      all(page, /<path d="(M[^"]+Z)" fill="[^"]+" class="area"/g).every((path) => path.split("L").length === 5),
    ).toBe(true);
    const placeless = { ...town.problem, districts: town.problem.districts.map((one) => ({ ...one, location: null })) };
    expect(renderHtml(placeless, town.plan)).toContain("There is no map: no district has a location.");
  });
});

describe("every report", () => {
  it.each(REPORTS.map((report) => [report.id, report] as const))(
    "%s gives the same bytes again, and keeps its input as it was",
    (_id, report) => {
      const before = JSON.stringify(town);
      const first = report.render(town, { locale: "da" });
      expect(report.render(townPlan(), { locale: "da" })).toBe(first);
      expect(JSON.stringify(town)).toBe(before);
    },
  );

  it("does not depend on the order of the problem's lists, nor, but for JSON, on how long the run took", () => {
    const { problem, plan, verification } = town;
    const turned = {
      ...problem,
      districts: problem.districts.toReversed(),
      dwellings: problem.dwellings.toReversed(),
      households: problem.households.toReversed(),
      zones: problem.zones.toReversed(),
      decisions: problem.decisions.toReversed(),
    };
    const slower = { ...plan, run: { ...plan.run, seconds: 99 } };
    for (const report of REPORTS.filter(({ id }) => id !== "json"))
      expect(report.render({ problem: turned, plan: slower, verification }, { locale: "en" })).toBe(
        report.render(town, { locale: "en" }),
      );
  });

  it("has an id and a file name of its own", () => {
    expect(new Set(REPORTS.map(({ id }) => id)).size).toBe(REPORTS.length);
    expect(new Set(REPORTS.map(({ fileName }) => fileName)).size).toBe(REPORTS.length);
  });

  it("json reads back as the same plan", () => {
    const json = REPORTS.find(({ id }) => id === "json");
    expect(JSON.parse(json?.render(town, { locale: "en" }) ?? "null")).toEqual(town.plan);
  });

  it("geojson has each district with its figures and each placement where its dwelling lies", () => {
    const geojson = REPORTS.find(({ id }) => id === "geojson");
    const { type, features } = JSON.parse(geojson?.render(town, { locale: "en" }) ?? "null");
    expect(type).toBe("FeatureCollection");
    expect(features).toHaveLength(6);
    expect(features[1]).toMatchObject({
      type: "Feature",
      geometry: { type: "Point", coordinates: [10.7, 55.35] },
      properties: { kind: "district", id: "B", placed: 1, after: 1, deviation: -2 },
    });
    expect(features[3]).toMatchObject({
      geometry: { type: "Point", coordinates: [10.6, 55.31] },
      properties: { kind: "placement", household: "h1", dwelling: "u1", persons: 3 },
    });
  });
});
