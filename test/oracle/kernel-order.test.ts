import { describe, expect, it } from "vitest";
import type { KernelModel, KernelResult } from "../../src/kernel/model.js";
import { optimizeSync } from "../../src/kernel/optimize.js";
import { askedRuns } from "../support/asked-runs.js";
import { mediumFamilies } from "../support/medium-families.js";
import { SMALL_FAMILIES } from "../support/model-families.js";
import { type Dice, diceOf } from "../support/random-model.js";

const ASKED = askedRuns("EVENSTEAD_ORACLE_RUNS");
const EACH = ASKED === null ? 4 : Math.ceil(ASKED / SMALL_FAMILIES.length);
const FIRST_SEED = 20_261_123;

/** `order[new] = old`, at random. */
const shuffled = ({ whole }: Dice, size: number): readonly number[] => {
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = whole([0, i]);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
};

const inverse = (order: readonly number[]): readonly number[] => {
  const back = order.map(() => 0);
  order.forEach((old, now) => {
    back[old] = now;
  });
  return back;
};

const taken = <T>(order: readonly number[], list: ArrayLike<T>): T[] => order.map((old) => list[old] as T);

/** The same model with agents, places, arcs, rows, and the terms of each row and tier in another order. */
const reordered = (model: KernelModel, seed: number): KernelModel => {
  const dice = diceOf(seed);
  const [agents, places, arcs, rows] = [
    shuffled(dice, model.agents),
    shuffled(dice, model.places.length),
    shuffled(dice, model.arcs.agent.length),
    shuffled(dice, model.rows.length),
  ];
  const [newAgent, newPlace, newArc, newRow] = [inverse(agents), inverse(places), inverse(arcs), inverse(rows)];
  const atNewRow = <T extends { readonly row: number }>(terms: readonly T[]): readonly T[] =>
    taken(shuffled(dice, terms.length), terms).map((term) => ({ ...term, row: newRow[term.row] ?? 0 }));
  return {
    agents: model.agents,
    places: taken(places, model.places),
    arcs: {
      agent: taken(arcs, model.arcs.agent).map((agent) => newAgent[agent] ?? 0),
      place: taken(arcs, model.arcs.place).map((place) => newPlace[place] ?? 0),
    },
    rows: taken(rows, model.rows).map((row) => {
      const order = shuffled(dice, row.arcs.length);
      return {
        ...row,
        arcs: taken(order, row.arcs).map((arc) => newArc[arc] ?? 0),
        coefficients: taken(order, row.coefficients),
      };
    }),
    tiers: model.tiers.map((tier) => ({
      ...tier,
      ...(tier.weights === undefined ? {} : { weights: taken(arcs, tier.weights) }),
      ...(tier.convex === undefined ? {} : { convex: atNewRow(tier.convex) }),
      ...(tier.leximax === undefined ? {} : { leximax: atNewRow(tier.leximax) }),
    })),
  };
};

const rounded = (value: number): number => Number(value.toPrecision(9)) + 0;

/** What is proven of a model, whichever of several best choices was taken; values that spent a tolerance are not among it. */
const provenOf = (model: KernelModel, { status, tiers }: KernelResult) => {
  const open = tiers.findIndex(({ optimal }) => !optimal);
  return {
    infeasible: status === "infeasible",
    tiers: (open < 0 ? tiers : tiers.slice(0, open)).map(({ name, value, bound, vector }, t) => ({
      name,
      bound: rounded(bound),
      ...((model.tiers[t]?.tolerance ?? 0) > 0 ? {} : { value: rounded(value), vector: vector?.map(rounded) }),
    })),
  };
};

/** What two orders of a model prove, as far as both do. */
const provenOfBoth = (model: KernelModel, one: KernelResult, other: KernelResult) => {
  const [a, b] = [provenOf(model, one), provenOf(model, other)];
  const count = Math.min(a.tiers.length, b.tiers.length);
  return [
    { ...a, tiers: a.tiers.slice(0, count) },
    { ...b, tiers: b.tiers.slice(0, count) },
  ] as const;
};

const bytesOf = ({ seconds: _, ...rest }: KernelResult): string => JSON.stringify(rest);

const FAMILIES = [
  ...SMALL_FAMILIES.map((family) => ({ ...family, size: "up to 7 agents" })),
  ...mediumFamilies(12).map((family) => ({ ...family, size: "10 to 12 agents" })),
];

describe("the order of a model", () => {
  it.each(FAMILIES)(
    "changes no proven value or bound, and twice the same gives the same bytes: $name, $size",
    ({ make, size }) => {
      const count = size === "up to 7 agents" ? EACH : Math.ceil(EACH / 4);
      let settled = 0;
      for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
        const model = make(seed);
        const first = optimizeSync(model);
        expect(bytesOf(optimizeSync(model)), `seed ${seed}`).toBe(bytesOf(first));
        const [one, other] = provenOfBoth(model, first, optimizeSync(reordered(model, seed)));
        expect(other, `seed ${seed}`).toEqual(one);
        if (one.infeasible || one.tiers.length === model.tiers.length) settled++;
      }
      expect(settled).toBeGreaterThanOrEqual(Math.ceil(count * 0.9) - 1);
    },
    3_600_000,
  );

  it("does not show in what a shuffled model holds", () => {
    const model = SMALL_FAMILIES[1]?.make(3);
    if (model === undefined) throw new Error("the family is gone");
    const other = reordered(model, 3);
    expect(Array.from(other.arcs.agent)).not.toEqual(Array.from(model.arcs.agent));
    const named = ({ rows }: KernelModel) =>
      rows.map(({ name, coefficients }) => `${name}: ${Array.from(coefficients).sort().join(" ")}`).sort();
    expect(named(other)).toEqual(named(model));
  });
});
