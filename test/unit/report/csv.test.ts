import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvText, districtsCsv, formulaGuarded, formulaUnguarded, placementsCsv } from "../../../src/report/csv.js";
import { townPlan } from "./town-plan.js";

const BOM = "\uFEFF";
const read = (text: string, delimiter: string): string[][] => parse(text.replace(BOM, ""), { delimiter });

describe("the formula guard", () => {
  it.each(["=1+1", "+45", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "'=1", "''=1"])(
    "puts one apostrophe before %j",
    (text) => {
      expect(formulaGuarded(text)).toBe(`'${text}`);
      expect(formulaUnguarded(`'${text}`)).toBe(text);
    },
  );

  it.each(["", "u1", "3 - 2", "'quoted'", "a=b"])("leaves %j alone", (text) => {
    expect(formulaGuarded(text)).toBe(text);
    expect(formulaUnguarded(text)).toBe(text);
  });

  it("gives every text back, and lets none begin a formula", () => {
    const risky = fc
      .array(fc.constantFrom("=", "'", "-", "a", "1", "\t", "@", " "), { maxLength: 6 })
      .map((c) => c.join(""));
    fc.assert(
      fc.property(fc.oneof(risky, fc.string()), (text) => {
        const guarded = formulaGuarded(text);
        expect(formulaUnguarded(guarded)).toBe(text);
        expect(/^[=+\-@\t\r\n\0]/.test(guarded)).toBe(false);
      }),
      { seed: 20261101, numRuns: 500, markInterruptAsFailure: true },
    );
  });
});

describe("CSV", () => {
  it("writes numbers as numbers, with a comma and semicolons in Danish", () => {
    const table = { head: ["id", "x"], rows: [["-5", -5.25] as const, ["a;b", 1000] as const] };
    expect(csvText(table, { locale: "da" })).toBe(`${BOM}id;x\r\n'-5;-5,25\r\n"a;b";1000\r\n`);
    expect(csvText(table, { locale: "en" })).toBe(`${BOM}id,x\r\n'-5,-5.25\r\na;b,1000\r\n`);
  });

  it("carries any text through quotes, line breaks and guard and back", () => {
    const cell = fc.array(fc.constantFrom("=", "'", '"', ";", ",", "\n", "\r", "æ", "x", " "), { maxLength: 8 });
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        const row = [`k${a.join("")}`, b.join("")];
        const text = csvText({ head: ["a", "b"], rows: [row] }, { locale: "da" });
        expect(read(text, ";")[1]?.map(formulaUnguarded)).toEqual(row);
      }),
      { seed: 20261102, numRuns: 300, markInterruptAsFailure: true },
    );
  });

  it("lists each district with target, before, placed, deviation and after", () => {
    const rows = read(districtsCsv.render(townPlan(), { locale: "en" }), ",");
    const bolev = rows.find((row) => row[2] === "Bolev");
    expect(rows[0]).toEqual([
      "Level",
      "Code",
      "Area",
      "Counted in",
      "Residents",
      "Settled before",
      "Target",
      "Placed now",
      "Deviation",
      "After",
      "After, per 1,000 residents",
    ]);
    expect(bolev).toEqual(["district", "B", "Bolev", "persons", "300", "0", "3", "1", "-2", "1", "3.333"]);
  });

  it("lists each household, also the one without a home", () => {
    const rows = read(placementsCsv.render(townPlan(), { locale: "da" }), ";");
    expect(rows.map((row) => row[0])).toEqual(["Husstand", "h1", "h2", "h3", "h4"]);
    expect(rows[2]?.slice(0, 9)).toEqual(["h2", "1", "u2", "B", "Bolev", "1", "", "3500,5", ""]);
    expect(rows[4]?.[11]).toBe("uden bolig");
  });
});
