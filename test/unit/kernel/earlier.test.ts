import { describe, expect, it } from "vitest";
import { town } from "../../../bench/kernel/town.js";
import type { Certificate, CertifiedPrices } from "../../../src/kernel/certificate.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelResult, KernelRow } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { isFeasible } from "../../../src/solvers/measure.js";
import { mediumFamilies } from "../../support/medium-families.js";
import { drawnFrom, SMALL_FAMILIES } from "../../support/model-families.js";
import { diceOf, randomModel } from "../../support/random-model.js";
import { NO_PRICES } from "./forged.js";
import { certificateOf } from "./mutations.js";
import { told } from "./tiny.js";

const MEDIUM = mediumFamilies(16);

const pinned = (model: KernelModel, arc: number): KernelModel => withRow(model, { ...rowOn(arc), min: 1 });
const forbidden = (model: KernelModel, arc: number): KernelModel => withRow(model, { ...rowOn(arc), max: 0 });
const rowOn = (arc: number): KernelRow => ({ name: `arc ${arc}`, arcs: [arc], coefficients: [1] });
/** In front, so that all other rows get new numbers. */
const withRow = (model: KernelModel, row: KernelRow): KernelModel => ({
  ...model,
  rows: [row, ...model.rows],
  tiers: model.tiers.map(({ convex, leximax, ...tier }) => ({
    ...tier,
    ...(convex === undefined ? {} : { convex: convex.map((term) => ({ ...term, row: term.row + 1 })) }),
    ...(leximax === undefined ? {} : { leximax: leximax.map((term) => ({ ...term, row: term.row + 1 })) }),
  })),
});

const without = (model: KernelModel, gone: number): KernelModel => {
  const keeps = (_: unknown, arc: number): boolean => arc !== gone;
  return {
    ...model,
    arcs: {
      agent: Array.from(model.arcs.agent).filter(keeps),
      place: Array.from(model.arcs.place).filter(keeps),
    },
    rows: model.rows.map((row) => {
      const kept = Array.from(row.arcs, (arc, i) => ({ arc, i })).filter(({ arc }) => arc !== gone);
      return {
        ...row,
        arcs: kept.map(({ arc }) => (arc > gone ? arc - 1 : arc)),
        coefficients: kept.map(({ i }) => row.coefficients[i] as number),
      };
    }),
    tiers: model.tiers.map(({ weights, ...tier }) =>
      weights === undefined ? tier : { ...tier, weights: Array.from(weights).filter(keeps) },
    ),
  };
};

const valuesOf = ({ status, tiers }: KernelResult) => [status, ...tiers.map(({ value }) => value.toFixed(6))];

describe("an earlier result", () => {
  it("changes no value of 600 models that have one more pin, one more forbid, or one arc less", () => {
    const dice = diceOf(20_261_126);
    const seen = { same: 0, other: 0, infeasible: 0 };
    for (let i = 0; i < 600; i++) {
      const model = randomModel(i, { agents: 6, places: 5, rows: 3, tiers: 3 });
      if (model.arcs.agent.length === 0) continue;
      const earlier = { model, result: optimizeSync(model) };
      const arc = dice.whole([0, model.arcs.agent.length - 1]);
      const next = ([pinned, forbidden, without] as const)[i % 3]?.(model, arc) as KernelModel;
      const result = optimizeSync(next, { earlier });
      expect(valuesOf(result)).toEqual(valuesOf(optimizeSync(next)));
      const isSame = String(valuesOf(result)) === String(valuesOf(earlier.result));
      seen[result.status === "infeasible" ? "infeasible" : isSame ? "same" : "other"]++;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });

  it.each([
    ["one huge family", 1719, SMALL_FAMILIES],
    ["parallel arcs, and rows that name an arc twice", 902_734, SMALL_FAMILIES],
    ["leximax first", 1113, MEDIUM],
    ["a town, leximax of loads", 2036, MEDIUM],
    ["identical places and identical agents", 3726, MEDIUM],
  ] as const)(
    "with prices that another model does not take is no reason for a false claim, without any time: %s, seed %i",
    (name, seed, families) => {
      // Each of these was refused by the check while prices on agents and rows were taken as they were.
      const model = drawnFrom(families, name, seed);
      const dice = diceOf(seed);
      const arc = dice.whole([0, model.arcs.agent.length - 1]);
      const row = { ...rowOn(arc), ...(dice.chance(0.5) ? { max: 0 } : { min: 1 }) };
      const next = { ...model, rows: [...model.rows, row] };
      const warm = optimizeSync(next, { earlier: { model, result: optimizeSync(model) }, timeLimitSeconds: 0 });
      expect(checkCertificate(next, warm)).toMatchObject({ ok: true });
    },
  );

  /** Two agents, of sizes 1 and 3, who have to be served, in two districts. */
  const pair: KernelModel = {
    agents: 2,
    places: [2, 2],
    arcs: { agent: [0, 0, 1, 1], place: [0, 1, 0, 1] },
    rows: [
      { name: "d0", arcs: [0, 2], coefficients: [1, 3] },
      { name: "d1", arcs: [1, 3], coefficients: [1, 3] },
      { name: "a0", arcs: [0, 1], coefficients: [1, 1], min: 1 },
      { name: "a1", arcs: [2, 3], coefficients: [1, 1], min: 1 },
    ],
    tiers: [
      { name: "even", sense: "min", leximax: [0, 1].map((row) => ({ row, offset: 0, divisor: 1 })) },
      { name: "cost", sense: "min", weights: [1, 2, 3, 4] },
    ],
  };

  it("does not lower what no choice can go below", () => {
    const earlier = { model: pair, result: optimizeSync(pair) };
    expect(earlier.result.tiers[0]?.value).toBe(3);
    const next = { ...pair, rows: [...pair.rows, { ...rowOn(0), min: 1 }, { ...rowOn(2), min: 1 }] };
    expect(optimizeSync(next, { earlier, timeLimitSeconds: 0 }).tiers[0]).toMatchObject({ value: 4, bound: 4 });
  });

  it.each([-1e17, -1e308, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN])(
    "whose largest term is told to be %d, or was shown to reach that, is used without harm",
    (absurd) => {
      const result = optimizeSync(pair);
      const proof = certificateOf(result);
      const tiers = result.tiers.map((tier) => (tier.name === "even" ? { ...tier, value: absurd } : tier));
      const stages = proof.stages.map((stage) =>
        stage.threshold === undefined ? stage : { ...stage, threshold: absurd, tree: [{ prices: [NO_PRICES] }] },
      );
      for (const forged of [
        { ...result, tiers },
        { ...result, certificate: { ...proof, stages } },
      ])
        expect(
          optimizeSync(pair, { earlier: { model: pair, result: forged }, timeLimitSeconds: 0 }).tiers[0],
        ).toMatchObject({
          value: 3,
        });
    },
  );

  it("with prices far too high on an earlier tier changes nothing", () => {
    const arcs = Array.from({ length: 36 }, (_, arc) => arc);
    const [row, column] = [arcs.map((arc) => Math.floor(arc / 6)), arcs.map((arc) => arc % 6)];
    const sums = arcs.map((arc) => 1000 * (row[arc] as number) ** 3 + 777 * (column[arc] as number) ** 2 + 1);
    for (let seed = 1; seed <= 20; seed++) {
      const dice = diceOf(seed);
      const model: KernelModel = {
        agents: 6,
        places: [1, 1, 1, 1, 1, 1],
        arcs: { agent: row, place: column },
        rows: row.slice(0, 6).map((_, i) => ({
          name: `served ${i}`,
          arcs: arcs.filter((arc) => row[arc] === i),
          coefficients: [1, 1, 1, 1, 1, 1],
          min: 1,
        })),
        tiers: [
          { name: "first", sense: "min", weights: sums },
          { name: "second", sense: "min", weights: arcs.map(() => 2 * dice.whole([1, 400_000_000]) + 1) },
        ],
      };
      const result = optimizeSync(model);
      const proof = certificateOf(result);
      for (const price of [1e8, 1e12]) {
        const stages = proof.stages.map((stage) =>
          stage.tier === 1
            ? { ...stage, tree: [{ prices: [{ ...NO_PRICES, limits: [[0, price]] as const }] }] }
            : stage,
        );
        const earlier = { model, result: { ...result, certificate: { ...proof, stages } } };
        expect(told(optimizeSync(model, { earlier }))).toEqual(told(result));
        expect(optimizeSync(model, { earlier, timeLimitSeconds: 0 }).tiers[0]?.value).toBe(result.tiers[0]?.value);
      }
    }
  });

  it.each(["quadratic", "minimax", "leximax"] as const)("of a town leads to the same values (%s)", (evenness) => {
    const model = town({ households: 40, dwellings: 50, districts: 8, seed: 3, evenness });
    const result = optimizeSync(model);
    const agent = 7;
    const other = Array.from(model.arcs.agent).findIndex((own, arc) => own === agent && arc !== result.arcOf[agent]);
    for (const next of [pinned(model, other), forbidden(model, result.arcOf[agent] as number)]) {
      const warm = optimizeSync(next, { earlier: { model, result } });
      expect(told(warm)).toEqual(told(optimizeSync(next)));
      expect(warm.status).toBe("optimal");
    }
  });

  it("of the same model proves by its prices, where there is no time at all, what its choice alone does not", () => {
    const model = town({ households: 40, dwellings: 50, districts: 8, seed: 2, evenness: "absolute" });
    const result = optimizeSync(model);
    const evennessFrom = (given: KernelResult): number =>
      optimizeSync(model, { earlier: { model, result: given }, timeLimitSeconds: 0 }).tiers[1]?.bound ?? Number.NaN;
    expect(evennessFrom(result)).toBeGreaterThan(evennessFrom({ ...result, certificate: null }));
  });

  it("with prices far too high beside rows of millions changes nothing", () => {
    const model: KernelModel = {
      agents: 3,
      places: [1, 1, 1],
      arcs: { agent: [0, 0, 1, 1, 1, 2, 2], place: [0, 1, 0, 1, 2, 1, 2] },
      rows: [
        {
          name: "load",
          arcs: [0, 1, 2, 3, 4, 5, 6],
          coefficients: [10_000_019, 3, 9_999_991, 20_000_003, 7, 15_000_017, 1],
          max: 30_000_001,
        },
      ],
      tiers: [{ name: "fit", sense: "max", weights: [5, 3, 4, 6, 1, 7, 2] }],
    };
    const result = optimizeSync(model);
    const raised = (factor: number): Certificate => ({
      ...certificateOf(result),
      stages: certificateOf(result).stages.map((stage) => ({
        ...stage,
        tree: [{ prices: [{ rows: [[0, factor]], limits: [], places: [] }] }],
      })),
    });
    for (const factor of [1, -1, 1e6, -1e6, 1e12, -1e12]) {
      const earlier = { model, result: { ...result, certificate: raised(factor) } };
      expect(told(optimizeSync(model, { earlier }))).toEqual(told(result));
    }
  });

  it("gives a choice near its own where there is no time at all", () => {
    const model = town({ households: 40, dwellings: 50, districts: 8, seed: 3, evenness: "quadratic" });
    const result = optimizeSync(model);
    const next = forbidden(model, result.arcOf[7] as number);
    const best = optimizeSync(next);
    const warm = optimizeSync(next, { earlier: { model, result }, timeLimitSeconds: 0 });
    const cold = optimizeSync(next, { timeLimitSeconds: 0 });
    expect(isFeasible(next, warm.arcOf)).toBe(true);
    expect(checkCertificate(next, warm)).toMatchObject({ ok: true });
    // Of this town, what is found so is the best there is; other towns may need more time.
    expect(warm.tiers.map(({ value }) => value)).toEqual(best.tiers.map(({ value }) => value));
    for (const [i, { value, bound }] of warm.tiers.entries()) {
      expect(bound).toBeGreaterThan(0.98 * value);
      if (i > 0) expect(bound).toBeGreaterThan(cold.tiers[i]?.bound ?? Number.NaN);
    }
  });

  it.each([
    ["quadratic", 3],
    ["minimax", 3],
    ["leximax", 3],
    ["absolute", 5],
  ] as const)("shows again, where there is no time at all, that evenness can be no better (%s)", (evenness, seed) => {
    const model = town({ households: 100, dwellings: 120, districts: 10, seed, evenness });
    const result = optimizeSync(model);
    expect(result.tiers[1]?.optimal).toBe(true);
    const agents = Array.from({ length: 20 }, (_, i) => 5 * i).filter((agent) => (result.arcOf[agent] as number) >= 0);
    const warm = agents.map((agent) =>
      optimizeSync(forbidden(model, result.arcOf[agent] as number), {
        earlier: { model, result },
        timeLimitSeconds: 0,
      }),
    );
    const again = warm.filter(({ tiers }) => tiers[1]?.value === result.tiers[1]?.value);
    expect(again.length).toBeGreaterThan(5);
    for (const { tiers } of again) {
      expect(tiers[1]?.bound).toBe(tiers[1]?.value);
      const { value, bound } = tiers[2] ?? { value: Number.NaN, bound: 0 };
      expect(bound).toBeGreaterThan(0.95 * value);
    }
  });

  it.each([
    ["no certificate", null],
    ["another thing", { format: "evenstead-kernel-certificate/1", stages: 7 }],
  ])("with %s is a choice to start from, no more", (_, certificate) => {
    const model = town({ households: 12, dwellings: 14, districts: 3, seed: 1, evenness: "absolute" });
    const result = optimizeSync(model);
    expect(told(optimizeSync(model, { earlier: { model, result: { ...result, certificate } } }))).toEqual(told(result));
  });

  it.each(["minimax", "leximax"] as const)("without tiers is a choice to start from, no more (%s)", (evenness) => {
    const model = town({ households: 12, dwellings: 14, districts: 3, seed: 1, evenness });
    const result = optimizeSync(model);
    const { tiers, ...rest } = result;
    const earlier = { model, result: rest as KernelResult };
    expect(told(optimizeSync(model, { earlier }))).toEqual(told(result));
    const stopped = optimizeSync(model, { earlier, timeLimitSeconds: 0 });
    expect(stopped.tiers.map(({ name }) => name)).toEqual(tiers.map(({ name }) => name));
  });

  it("with prices that are none, or lead nowhere, proves what there is all the same", () => {
    const model = town({ households: 12, dwellings: 14, districts: 3, seed: 1, evenness: "absolute" });
    const result = optimizeSync(model);
    const certificate = result.certificate as Certificate;
    const bad: readonly (readonly [number, number])[] = [
      [0, Number.NaN],
      [1, 1e300],
      [2, -1e300],
      [-1, 5],
      [99_999, 5],
    ];
    const spoilt: CertifiedPrices = { rows: bad, limits: bad, places: bad };
    const stages = certificate.stages.map((stage) => ({
      ...stage,
      tree: [{ prices: [spoilt, { ...spoilt, agents: bad }] }],
    }));
    const earlier = { model, result: { ...result, certificate: { ...certificate, stages } } };
    expect(told(optimizeSync(model, { earlier }))).toEqual(told(result));
  });

  it("of other agents or places is refused", () => {
    const model = town({ households: 12, dwellings: 14, districts: 3, seed: 1, evenness: "absolute" });
    const result = optimizeSync(model);
    const fewer = { ...model, agents: model.agents + 1, places: [...Array.from(model.places), 1] };
    expect(() => optimizeSync(fewer, { earlier: { model, result } })).toThrow(
      /earlier\.model\.agents(.|\n)*earlier\.model\.places\.length/,
    );
    const { arcOf, ...rest } = result;
    const unread = { model, result: rest as KernelResult };
    expect(() => optimizeSync(model, { earlier: unread })).toThrow(/earlier\.result\.arcOf\.length is undefined/);
    const short = { model, result: { ...result, arcOf: arcOf.slice(1) } };
    expect(() => optimizeSync(model, { earlier: short })).toThrow(/earlier\.result\.arcOf\.length is 11/);
  });
});
