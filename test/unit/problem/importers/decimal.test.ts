import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DecimalSign, decimalSignOf, readDecimal } from "../../../../src/problem/importers/decimal.js";

const read = (text: string, sign: DecimalSign = null, grouped = true) => {
  const result = readDecimal(text, { sign, grouped });
  return "value" in result ? result.value : result.fault;
};

describe("readDecimal", () => {
  it.each([
    ["6200", 6200],
    ["1,5", 1.5],
    ["1.5", 1.5],
    ["1.234,5", 1234.5],
    ["1,234.5", 1234.5],
    ["12.345.678", 12_345_678],
    ["55,3168", 55.3168],
    ["-3", -3],
    ["\u22123", -3],
    [" 7 ", 7],
  ])("reads %s as %d whatever the file's sign", (text, value) => {
    for (const sign of [null, ",", "."] as const) expect(read(text, sign)).toBe(value);
  });

  it.each([
    "",
    " ",
    "1e3",
    "0x10",
    "1 000",
    "1,2,3",
    "1.23.456",
    ".5",
    "5.",
    "--3",
    "NaN",
    "Infinity",
    "ti",
    "12.34,5",
    "1\u00a0000",
  ])("reads %j as no number, never as 0 or 16", (text) => {
    expect(read(text)).toBe("not-a-number");
  });

  it("asks the file's sign what 1.234 and 1,234 mean, and does not guess without", () => {
    expect([read("1.234", ","), read("1.234", "."), read("1.234")]).toEqual([1234, 1.234, "ambiguous"]);
    expect([read("1,234", ","), read("1,234", "."), read("1,234")]).toEqual([1.234, 1234, "ambiguous"]);
  });

  it("never reads coordinates as thousands", () => {
    expect([read("10.785", ",", false), read("10,785", ".", false), read("1.234.567", ",", false)]).toEqual([
      10.785,
      10.785,
      "not-a-number",
    ]);
  });

  it("takes a file's sign only from numbers that leave no doubt", () => {
    expect(["1,5", "1.234,5", "1.5", "1,234.5", "1.234", "1,234", "7", "x"].map(decimalSignOf)).toEqual([
      ",",
      ",",
      ".",
      ".",
      null,
      null,
      null,
      null,
    ]);
  });

  it("reads back every number that Danish and English write, in a file of their own sign", () => {
    const cents = fc.integer({ min: -99_999_999, max: 99_999_999 });
    fc.assert(
      fc.property(cents, (value) => {
        for (const [locale, sign] of [
          ["da-DK", ","],
          ["en-GB", "."],
        ] as const) {
          const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(value / 100);
          expect(read(text, sign)).toBe(value / 100);
        }
      }),
      { seed: 20261101, numRuns: 500, markInterruptAsFailure: true },
    );
  });
});
