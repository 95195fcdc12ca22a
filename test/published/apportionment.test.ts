import { describe, expect, it } from "vitest";
import { apportion, apportionWithTies, type MethodName } from "../../src/targets/apportion.js";
import { apportionLevels } from "../../src/targets/levels.js";
import { METHODS } from "../../src/targets/methods/kinds.js";
import { waterFill } from "../../src/targets/water-fill.js";
import { OLD_MUNICIPALITIES, PARISHES, US_1790, US_1880, US_2010, US_2020 } from "./figures.js";

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const seatsBy = (method: MethodName, total: number, people: Readonly<Record<string, number>>) => {
  const seats = apportion(total, Object.values(people), method, {});
  return Object.fromEntries(Object.keys(people).map((name, i) => [name, seats[i]]));
};
const people = (table: Readonly<Record<string, readonly [number, number]>>) =>
  Object.fromEntries(Object.entries(table).map(([state, [population]]) => [state, population]));
const published = (table: Readonly<Record<string, readonly [number, number]>>) =>
  Object.fromEntries(Object.entries(table).map(([state, [, seats]]) => [state, seats]));

// US Census Bureau, apportionment population and number of representatives, 2020 (total 331,108,434) and 2010 (309,183,463).
describe("the House of Representatives", () => {
  it.each([
    [2020, US_2020, 331108434],
    [2010, US_2010, 309183463],
  ] as const)("has the 435 seats of %i by Huntington-Hill, with one for each state", (_, table, population) => {
    expect(sum(Object.values(people(table)))).toBe(population);
    expect(seatsBy("huntington-hill", 435, people(table))).toEqual(published(table));
    expect(apportion(435, Object.values(people(table)), "huntington-hill", { minimum: 1 })).toEqual(
      Object.values(published(table)),
    );
  });
  // Census Bureau, press conference of 26 April 2021: New York was 89 persons short of the seat that Minnesota got.
  it("moves Minnesota's last seat of 2020 to New York for 89 persons more, not for 88", () => {
    const table = people(US_2020);
    const with_ = (more: number) => seatsBy("huntington-hill", 435, { ...table, NY: (table.NY ?? 0) + more });
    expect(with_(88)).toMatchObject({ NY: 26, MN: 8 });
    expect(with_(89)).toMatchObject({ NY: 27, MN: 7 });
  });
  // Balinski and Young, Fair Representation, 1982: census of 1880, total 49,371,340; quotas to three decimals.
  it.each([
    [299, { AL: 7.646, TX: 9.64, IL: 18.64 }],
    [300, { AL: 7.671, TX: 9.672, IL: 18.702 }],
  ] as const)("gives 1880's Alabama, Texas and Illinois the quotas of the book for %i seats", (total, quotas) => {
    expect(sum(Object.values(US_1880))).toBe(49371340);
    const states = Object.keys(US_1880);
    const { amounts } = waterFill(
      total,
      Object.values(US_1880),
      states.map(() => 0),
    );
    for (const [state, quota] of Object.entries(quotas)) {
      expect(amounts[states.indexOf(state)]).toBeCloseTo(quota, 3);
    }
  });
  // In 1881 Nevada (quota 0.377) was given its constitutional seat out of the remainders, so that Alabama fell from 8 to 7
  // between 299 and 300 seats. Without that seat Hamilton's paradox strikes one step earlier, and elsewhere:
  it("takes a seat from Florida when 1880's house grows from 298 to 299, by Hamilton and by no other method", () => {
    expect(seatsBy("hamilton", 298, US_1880)).toMatchObject({ AL: 7, FL: 2, IL: 18 });
    expect(seatsBy("hamilton", 299, US_1880)).toMatchObject({ AL: 8, FL: 1, IL: 19 });
    const losers = METHODS.filter(({ name }) => {
      const before = Object.values(seatsBy(name, 298, US_1880));
      const after = Object.values(seatsBy(name, 299, US_1880));
      return after.some((seats, i) => (seats ?? 0) < (before[i] ?? 0));
    });
    expect(losers.map(({ name }) => name)).toEqual(["hamilton"]);
  });
  // Balinski and Young, Fair Representation, 1982, chapter 3: the act of 1792 and the bill that Washington vetoed.
  it("has 1792's 105 seats by Jefferson and the vetoed 120 by Hamilton", () => {
    expect(sum(Object.values(US_1790))).toBe(3615920);
    expect(Object.values(seatsBy("jefferson", 105, US_1790))).toEqual([
      19, 14, 13, 10, 10, 8, 7, 6, 5, 4, 2, 2, 2, 2, 1,
    ]);
    expect(Object.values(seatsBy("hamilton", 120, US_1790))).toEqual([
      21, 16, 14, 12, 11, 9, 8, 7, 6, 5, 3, 2, 2, 2, 2,
    ]);
  });
});

// Balinski and Young, Fair Representation, 1982: six states and 36 seats, where the five divisor methods all differ.
describe("the six states of Balinski and Young", () => {
  const states = [27744, 25178, 19947, 14614, 9225, 3292];
  it.each([
    ["adams", [10, 9, 7, 5, 3, 2]],
    ["dean", [10, 9, 7, 5, 4, 1]],
    ["huntington-hill", [10, 9, 7, 6, 3, 1]],
    ["webster", [10, 9, 8, 5, 3, 1]],
    ["jefferson", [11, 9, 7, 5, 3, 1]],
    ["hamilton", [10, 9, 7, 5, 4, 1]],
  ] as const)("get from %s what the book says", (method, seats) => {
    expect(apportionWithTies(36, states, method)).toMatchObject({ seats, ties: [] });
  });
});

// Populations of 1 January 2021, Statistics Denmark; some estimated, so that they add up to the municipality's 31,933.
describe("Nyborg", () => {
  it.each([
    [24, [15, 4, 5]],
    [60, [38, 9, 13]],
    [115, [72, 18, 25]],
  ] as const)("divides %i persons among its three old municipalities", (total, seats) => {
    expect(apportion(total, Object.values(OLD_MUNICIPALITIES), "hamilton")).toEqual(seats);
  });
  it("divides 60 persons among its 19 parishes alike by Hamilton and by Webster", () => {
    expect(sum(Object.values(PARISHES))).toBe(31933);
    const expected = {
      ...{ Nyborg: 28, Vindinge: 6, Ullerslev: 6, Ørbæk: 4, Aunslev: 2, Herrested: 2, Refsvindinge: 2, Flødstrup: 2 },
      ...{ Frørup: 1, Skellerup: 1, Tårup: 1, Svindinge: 1, Ellinge: 1, Øksendrup: 1, Kullerup: 1, Langå: 1 },
      ...{ Bovense: 0, Ellested: 0, Hjulby: 0 },
    };
    expect(seatsBy("hamilton", 60, PARISHES)).toEqual(expected);
    expect(seatsBy("webster", 60, PARISHES)).toEqual(expected);
  });
  it("divides 115 persons into 54 for Nyborg and 4 for Aunslev by Hamilton, 53 and 5 by Webster, else alike", () => {
    const byHamilton = seatsBy("hamilton", 115, PARISHES);
    expect(byHamilton).toMatchObject({ Nyborg: 54, Aunslev: 4 });
    expect(seatsBy("webster", 115, PARISHES)).toEqual({ ...byHamilton, Nyborg: 53, Aunslev: 5 });
  });
  it("divides 60 persons by two levels so that parishes add up to their old municipality", () => {
    const inside = (id: string, names: readonly string[]) => ({
      id,
      children: names.map((name) => ({ id: name, weight: PARISHES[name] ?? 0 })),
    });
    const ullerslev = ["Ullerslev", "Flødstrup", "Skellerup", "Ellinge"];
    const nyborg = ["Nyborg", "Vindinge", "Aunslev", "Bovense", "Hjulby"];
    const rest = Object.keys(PARISHES).filter((name) => ![...ullerslev, ...nyborg].includes(name));
    const tree = { id: "450", children: [inside("n", nyborg), inside("u", ullerslev), inside("o", rest)] };
    const result = apportionLevels(60, tree, "hamilton");
    expect(result.children.map(({ seats }) => seats)).toEqual([38, 9, 13]);
    for (const { seats, children } of result.children) expect(sum(children.map((child) => child.seats))).toBe(seats);
  });
});
