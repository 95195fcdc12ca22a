import { describe, expect, it } from "vitest";
import type { KernelModel, KernelOptions, KernelResult } from "../../src/kernel/model.js";
import { optimizeSync } from "../../src/kernel/optimize.js";
import { askedRuns } from "../support/asked-runs.js";
import { contradiction } from "../support/kernel-agreement.js";
import { mediumFamilies } from "../support/medium-families.js";
import { SMALL_FAMILIES } from "../support/model-families.js";
import { diceOf } from "../support/random-model.js";
import { scaledModel } from "../support/scaled-models.js";

const RUNS = askedRuns("EVENSTEAD_ORACLE_RUNS") ?? 150;
const FIRST_SEED = 20_261_127;
/** Seconds that are enough for nearly all of these. */
const ENOUGH = 3;

interface Told {
  readonly results: readonly KernelResult[];
  readonly faults: readonly string[];
  /** Tiers told of with less time, with a choice and a bound. */
  readonly compared: number;
}

/** A tolerance may be spent in several ways: what later tiers come to depends on which. */
const untilSpent = (model: KernelModel): KernelModel => {
  const spent = model.tiers.findIndex(({ tolerance = 0 }) => tolerance > 0);
  return spent < 0 ? model : { ...model, tiers: model.tiers.slice(0, spent + 1) };
};

/** Results of one model under several options, and what they contradict each other in; faults that are thrown are told as well. */
const told = (model: KernelModel, runs: readonly KernelOptions[]): Told => {
  const results: KernelResult[] = [];
  try {
    for (const options of runs) results.push(optimizeSync(model, options));
  } catch (error) {
    return { results, faults: [String(error)], compared: 0 };
  }
  const [first, ...others] = results;
  if (first === undefined) return { results, faults: [], compared: 0 };
  const certain = untilSpent(model);
  const problems = others.map((other) => contradiction(certain, first, other).problem);
  const bounded = others.flatMap(({ tiers }) => tiers.filter(({ bound }) => Number.isFinite(bound)));
  return { results, faults: problems.filter((problem) => problem !== ""), compared: bounded.length };
};

const over = (count: number, look: (seed: number) => readonly string[]): unknown[] => {
  const faults: unknown[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed++)
    for (const fault of look(seed)) faults.push({ seed, fault });
  return faults;
};

describe("the kernel where time is up", () => {
  it(`bounds and proves nothing that more time contradicts, on ${RUNS} models of very different sizes`, () => {
    let seen = 0;
    const faults = over(RUNS, (seed) => {
      const model = scaledModel(seed);
      const { faults: own, compared } = told(model, [
        { timeLimitSeconds: ENOUGH },
        { timeLimitSeconds: 0 },
        { timeLimitSeconds: 0.02 },
      ]);
      seen += compared;
      return own;
    });
    expect(faults).toEqual([]);
    expect(seen).toBeGreaterThan(RUNS);
  }, 3_600_000);

  it(`takes no more from an earlier result than holds with a pin or a forbid, on ${RUNS} models`, () => {
    const families = [...SMALL_FAMILIES, ...mediumFamilies(16)];
    let proven = 0;
    const faults = over(RUNS, (seed) => {
      const model = families[seed % families.length]?.make(seed);
      if (model === undefined || model.arcs.agent.length === 0) return [];
      const dice = diceOf(seed);
      const pin = { name: "pin", arcs: [dice.whole([0, model.arcs.agent.length - 1])], coefficients: [1] };
      const changed = {
        ...model,
        rows: [...model.rows, { ...pin, ...(dice.chance(0.5) ? { max: 0 } : { min: 1 }) }],
      };
      const result = optimizeSync(model, { timeLimitSeconds: ENOUGH });
      const { results, faults: own } = told(changed, [
        { timeLimitSeconds: ENOUGH },
        { timeLimitSeconds: 0, earlier: { model, result } },
        // As if it had been solved with the change already.
        { timeLimitSeconds: 0, earlier: { model: changed, result } },
      ]);
      proven += results.slice(1).filter(({ status }) => status === "optimal").length;
      return own;
    });
    expect(faults).toEqual([]);
    expect(proven).toBeGreaterThan(RUNS / 20);
  }, 3_600_000);
});
