import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { formulaUnguarded } from "../../../src/report/csv.js";
import { REPORTS } from "../../../src/report/kinds.js";
import { visible } from "../../../src/report/markup.js";
import type { Report } from "../../../src/report/report.js";
import { PLAIN, type TownNames, townPlan } from "./town-plan.js";

const CORPUS = [
  "<script>alert(1)</script>",
  '"><svg onload=alert(1)>',
  "'><img src=x onerror=alert(1)>",
  "</title><script>1</script>",
  "</style><b>",
  "--><b>",
  "]]><b>",
  "javascript:alert(1)",
  "&lt;b&gt; &amp; &#60;",
  "=HYPERLINK(1)",
  "+1+1",
  "-2",
  "@x",
  "a;b,c",
  'say "no"',
  "../../etc/passwd",
  "CON",
  "a\u202Etxt.exe",
  "x\u200By",
  "__proto__",
  "constructor",
] as const;

/** Every name hostile at once, each in its own way; ids stay different from each other. */
const hostileTown = (sting: string): TownNames => {
  const names = Object.keys(PLAIN).map((key, i) => [key, `${sting}${key === "district" ? "" : i}`]);
  return { ...PLAIN, ...Object.fromEntries(names) };
};

const rendered = (report: Report, names: TownNames, locale: "da" | "en"): string => {
  const { problem, plan, verification } = townPlan(names);
  const reasons = { [names.household]: [`because ${names.reason}`, names.by] };
  return report.render({ problem, plan, verification, reasons }, { locale });
};

const reportNamed = (id: string): Report => {
  const found = REPORTS.find((report) => report.id === id);
  if (found === undefined) throw new Error(`no report ${id}`);
  return found;
};

/** Tags and attribute names in their order; values and text left out. */
const skeleton = (page: string): readonly string[] =>
  [...page.matchAll(/<(\/?[a-zA-Z!][^\s>]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, tag, attributes]) =>
      `${tag}${[...(attributes ?? "").matchAll(/\s([^\s=]+)(?:="[^"]*")?/g)].map((match) => ` ${match[1]}`).join("")}`,
  );

describe.each(CORPUS)("with names such as %j", (sting) => {
  const names = hostileTown(sting);

  it.each(["da", "en"] as const)("the page in %s has the tags and attributes it has with harmless names", (locale) => {
    const page = rendered(reportNamed("html"), names, locale);
    expect(skeleton(page)).toEqual(skeleton(rendered(reportNamed("html"), PLAIN, locale)));
    expect(page.match(/</g)?.length).toBe(skeleton(page).length);
    expect(page).not.toMatch(/<script|<img|<b>|\u202E|\u200B/);
  });

  it("the CSV files read back with the same cells, and none of text begins a formula", () => {
    for (const id of ["csv-districts", "csv-placements"]) {
      const text = rendered(reportNamed(id), names, "en");
      const rows: string[][] = parse(text.replace("\uFEFF", ""));
      const plain: string[][] = parse(rendered(reportNamed(id), PLAIN, "en").replace("\uFEFF", ""));
      expect(rows.map((row) => row.length)).toEqual(plain.map((row) => row.length));
      const cells = rows.flat();
      expect(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell))).toEqual([]);
      const wanted = id === "csv-districts" ? [names.district, names.districtName] : [names.household, names.dwelling];
      expect(cells.map(formulaUnguarded)).toEqual(expect.arrayContaining(wanted.map(visible)));
    }
  });

  it("JSON and GeoJSON carry the names as they are", () => {
    const plan = JSON.parse(rendered(reportNamed("json"), names, "en"));
    expect(plan.placements[0]).toEqual({ household: names.household, dwelling: names.dwelling, status: "proposed" });
    const map = JSON.parse(rendered(reportNamed("geojson"), names, "en"));
    const ids = map.features.map((feature: { properties: { id?: string } }) => feature.properties.id);
    expect(ids).toContain(names.district);
  });
});
