import { describe, expect, it } from "vitest";
import { town } from "../../../bench/kernel/town.js";
import type { Certificate, CertifiedPrices } from "../../../src/kernel/certificate.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelModel, KernelResult, KernelRow } from "../../../src/kernel/model.js";
import { optimizeSync } from "../../../src/kernel/optimize.js";
import { isFeasible } from "../../../src/solvers/measure.js";
import { mediumFamilies } from "../../support/medium-families.js";
import { SMALL_FAMILIES } from "../../support/model-families.js";
import { diceOf, randomModel } from "../../support/random-model.js";
import { certificateOf } from "./mutations.js";
import { told } from "./tiny.js";

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

  it("has prices on agents and rows that another model does not take: its certificate holds all the same, without any time", () => {
    const families = [...SMALL_FAMILIES, ...mediumFamilies(16)];
    // Each of these was refused by the check while such prices were taken as they were.
    const found = [1113, 1719, 2036, 3726, 902_734].map((seed) => {
      const model = families[seed % families.length]?.make(seed) as KernelModel;
      const dice = diceOf(seed);
      const arc = dice.whole([0, model.arcs.agent.length - 1]);
      const row = { ...rowOn(arc), ...(dice.chance(0.5) ? { max: 0 } : { min: 1 }) };
      const earlier = { model, result: optimizeSync(model) };
      return optimizeSync({ ...model, rows: [...model.rows, row] }, { earlier, timeLimitSeconds: 0 }).status;
    });
    expect(found).toEqual(found.map(() => "time-limit"));
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
