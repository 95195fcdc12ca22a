import { describe, expect, it } from "vitest";
import { town as largeTown } from "../../../bench/kernel/town.js";
import type { Certificate } from "../../../src/kernel/certificate.js";
import { checkCertificate } from "../../../src/kernel/check.js";
import type { KernelProgress, KernelResult } from "../../../src/kernel/model.js";
import { optimize, optimizeSync } from "../../../src/kernel/optimize.js";
import { isFeasible } from "../../../src/solvers/measure.js";
import { MEDIUM_FAMILIES } from "../../support/medium-families.js";
import { drawnFrom } from "../../support/model-families.js";
import { randomModel } from "../../support/random-model.js";
import { EVEN, FIT, shared, told } from "./tiny.js";

/** A town whose three tiers take some 100 ms, and what is true of it. */
const town = drawnFrom(MEDIUM_FAMILIES, "a town, squared deviations", 50_002);
const truth = optimizeSync(town);

/** No bound is beaten by what is best, given that the tiers before it are kept; of the first tier that is so in any case. */
const firstBoundHolds = ({ tiers }: KernelResult): boolean => {
  const [own, best] = [tiers[0], truth.tiers[0]];
  if (own === undefined || best === undefined) return false;
  return town.tiers[0]?.sense === "max" ? own.bound >= best.value : own.bound <= best.value;
};

describe("a signal", () => {
  it("that was given before the start leaves a choice that keeps the rows and bounds that hold", async () => {
    const result = await optimize(town, { signal: AbortSignal.abort() });
    expect(result.status).toBe("aborted");
    expect(isFeasible(town, result.arcOf)).toBe(true);
    expect(result.tiers.some(({ optimal }) => !optimal)).toBe(true);
    expect(firstBoundHolds(result)).toBe(true);
    expect(checkCertificate(town, result)).toMatchObject({ ok: true, problems: [] });
  });

  it("given after the first tier leaves that tier proven and the rest with bounds", async () => {
    const controller = new AbortController();
    const result = await optimize(town, { signal: controller.signal, onProgress: () => controller.abort() });
    expect(result.status).toBe("aborted");
    expect(result.tiers[0]).toEqual(truth.tiers[0]);
    expect(result.tiers[0]?.optimal).toBe(true);
    expect(result.tiers.at(-1)?.optimal).toBe(false);
    expect(isFeasible(town, result.arcOf)).toBe(true);
    expect(checkCertificate(town, result)).toMatchObject({ ok: true, problems: [] });
  });

  it("can be given while optimize runs, since it lets others have their turn", async () => {
    const large = largeTown({ households: 150, dwellings: 180, districts: 12, seed: 1 });
    const controller = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      turns++;
      controller.abort();
    }, 1);
    const result = await optimize(large, { signal: controller.signal });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(result.status).toBe("aborted");
    expect(isFeasible(large, result.arcOf)).toBe(true);
  });

  it("that is never given changes nothing", async () => {
    const result = await optimize(shared([EVEN, FIT]), { signal: new AbortController().signal });
    expect(told(result)).toEqual(["optimal", [4, 4], [20, 20]]);
  });

  it("stops a model that would be infeasible before that is known, and claims nothing", () => {
    const few = { name: "few", arcs: [0, 2], coefficients: [1, 1], max: 1 };
    const many = { name: "many", arcs: [0, 2, 4], coefficients: [1, 1, 1], min: 3 };
    const model = shared([FIT]);
    const result = optimizeSync({ ...model, rows: [...model.rows, few, many] }, { signal: AbortSignal.abort() });
    expect(["aborted", "infeasible"]).toContain(result.status);
    expect(result.tiers.every(({ optimal }) => !optimal)).toBe(true);
  });

  it.each([619, 2046, 2770])(
    "given before a choice is found (model %i) tells no tier, also not one of terms",
    (seed) => {
      const model = randomModel(seed, { agents: 9, places: 6, rows: 7, tiers: 2 });
      const leximax = [0, 1].map((row) => ({ row, offset: 1, divisor: 2 }));
      const tiers = [{ name: "largest terms", sense: "min" as const, leximax }, ...model.tiers];
      const result = optimizeSync({ ...model, tiers }, { signal: AbortSignal.abort() });
      expect(result).toMatchObject({ status: "aborted", tiers: [] });
    },
  );
});

/** A signal that is given once it was looked at so many times: a moment of a run that is the same on every machine. */
const signalAfter = (looks: number) => {
  let looked = 0;
  const { signal } = new AbortController();
  Object.defineProperty(signal, "aborted", { get: () => ++looked > looks });
  return { signal, looksAfter: (): number => looked - looks };
};

describe.each(["leximax", "minimax"] as const)("a signal during the tier of largest terms (%s)", (evenness) => {
  const model = largeTown({ households: 40, dwellings: 50, districts: 8, seed: 3, evenness });
  const best = optimizeSync(model).tiers[1]?.value ?? Number.NaN;

  // Without an end the searches for lower terms alone looked 90 times at a signal that had long been given.
  it.each([0, 3, 10, 20, 50, 200, 400])(
    "looked at %i times before ends the run within 30 looks, with a bound that holds",
    (looks) => {
      const { signal, looksAfter } = signalAfter(looks);
      const result = optimizeSync(model, { signal });
      expect(looksAfter()).toBeLessThan(30);
      expect(result.status).toBe("aborted");
      expect(isFeasible(model, result.arcOf)).toBe(true);
      const told = result.tiers[1];
      expect(told?.optimal).toBe(false);
      expect(told?.bound).toBeLessThanOrEqual(best);
      expect(told?.value).toBeGreaterThanOrEqual(best);
      expect(checkCertificate(model, result)).toMatchObject({ ok: true, problems: [] });
    },
  );

  it("given before it holds the largest term as it is, without a single set of prices", () => {
    const certificate = optimizeSync(model, { signal: AbortSignal.abort() }).certificate as Certificate;
    const stages = certificate.stages.filter(({ tier }) => tier === 1);
    expect(stages).toHaveLength(1);
    expect(stages[0]?.tree).toEqual([{ prices: [] }]);
  });
});

describe("a signal given beforehand", () => {
  // Of all 200 placed, the best evenness is 0.1248, 1 and 38.9; what is placed first is off by 51, 229 and 61.
  it.each([
    ["quadratic", 0.15],
    ["absolute", 20],
    ["minimax", 55],
  ] as const)("leaves a choice that was evened once (%s)", (evenness, most) => {
    const model = largeTown({ households: 200, dwellings: 240, districts: 15, seed: 3, evenness });
    const result = optimizeSync(model, { signal: AbortSignal.abort() });
    expect(result.status).toBe("aborted");
    expect(isFeasible(model, result.arcOf)).toBe(true);
    expect(result.tiers[1]?.value).toBeLessThan(most);
  });
});

describe("a time limit", () => {
  it.each([0, -1])("of %s seconds gives what comes first, with bounds that hold", (timeLimitSeconds) => {
    const result = optimizeSync(town, { timeLimitSeconds });
    expect(result.status).toBe("time-limit");
    expect(isFeasible(town, result.arcOf)).toBe(true);
    expect(firstBoundHolds(result)).toBe(true);
    expect(checkCertificate(town, result)).toMatchObject({ ok: true, problems: [] });
  });

  it("that is not reached changes nothing but the seconds", () => {
    const result = optimizeSync(town, { timeLimitSeconds: 3600 });
    expect(JSON.stringify({ ...result, seconds: 0 })).toBe(JSON.stringify({ ...truth, seconds: 0 }));
  });

  it("of 0 seconds still gives the value of every tier for its choice", () => {
    const result = optimizeSync(shared([EVEN, FIT]), { timeLimitSeconds: 0 });
    expect(result.status).toBe("time-limit");
    expect(result.tiers.map(({ name }) => name)).toEqual(["even", "fit"]);
    expect(result.tiers[0]?.bound).toBeLessThanOrEqual(4);
    expect(result.tiers[1]?.bound).toBeGreaterThanOrEqual(20);
  });
});

describe("progress", () => {
  it("is told once per tier, in order, with the tier's value and bound", () => {
    const seen: KernelProgress[] = [];
    const result = optimizeSync(town, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ tier }) => tier)).toEqual(town.tiers.map(({ name }) => name));
    expect(seen.map(({ value, bound }) => [value, bound])).toEqual(
      result.tiers.map(({ value, bound }) => [value, bound]),
    );
    const seconds = [0, ...seen.map((one) => one.seconds), result.seconds];
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
  });

  it("is not told of a model that is infeasible", () => {
    const seen: KernelProgress[] = [];
    const none = { ...shared([FIT]), places: [1, 1] };
    expect(optimizeSync(none, { onProgress: (progress) => seen.push(progress) }).status).toBe("infeasible");
    expect(seen).toEqual([]);
  });

  it("passes on what its listener throws", async () => {
    const failing = () => {
      throw new Error("the listener fails");
    };
    await expect(optimize(shared([FIT]), { onProgress: failing })).rejects.toThrow("the listener fails");
  });
});
