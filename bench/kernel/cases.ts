import type { KernelModel, KernelResult } from "../../src/kernel/index.js";
import { classical, localities, published } from "./neighbours.js";
import { type TownOptions, town } from "./town.js";

/** One model to be solved, what it has to reach, and against whom. */
export interface Case {
  readonly name: string;
  readonly model: () => KernelModel;
  /** What becomes of the model once it was solved: that is the model to be solved, and the first result may be of help. */
  readonly change?: (model: KernelModel, result: KernelResult) => KernelModel;
  /** Seconds that the kernel is given; then the best so far and its gap are shown. */
  readonly limit: number;
  /** Seconds to reach, all tiers, with the certificate checked. */
  readonly goal: number;
  /** Largest gap to reach, relative, per tier. */
  readonly gap: number;
  /** Seconds that HiGHS is given per run on the same model; 0: too large for it. */
  readonly highs: number;
  readonly smoke?: boolean;
}

const townCase = (
  size: Omit<TownOptions, "seed" | "evenness"> & Partial<Pick<TownOptions, "seed" | "evenness">>,
  given: Omit<Case, "name" | "model"> & { readonly note?: string },
): Case => {
  const { note, ...rest } = given;
  const options: TownOptions = { seed: 1, evenness: "quadratic", ...size };
  const { households, dwellings, districts, evenness, seed } = options;
  const extra = note === undefined ? "" : `, ${note}`;
  return {
    ...rest,
    name: `${households} x ${dwellings}, ${districts} districts, ${evenness}, seed ${seed}${extra}`,
    model: () => town(options),
  };
};

const SMALL = { households: 40, dwellings: 50, districts: 8 };
const MIDDLE = { households: 200, dwellings: 240, districts: 15 };
const LARGE = { households: 500, dwellings: 600, districts: 20 };
const CITY = { households: 2000, dwellings: 2400, districts: 40, candidates: 150 };
const REGION = { households: 10_000, dwellings: 12_000, districts: 100, candidates: 100 };

const small = { limit: 10, goal: 0.05, gap: 0, highs: 60, smoke: true };
const middle = { limit: 20, goal: 1, gap: 0.0005, highs: 300 };
const large = { limit: 30, goal: 5, gap: 0.001, highs: 0 };
/** Beside the kernel's own field: the optimum or a small gap. */
const beside = { limit: 20, goal: 20, gap: 0.01, highs: 60 };

/** A row that holds one arc alone. */
const withArc = (model: KernelModel, arc: number, bounds: { readonly min: 1 } | { readonly max: 0 }): KernelModel => ({
  ...model,
  rows: [...model.rows, { name: "one arc", arcs: [arc], coefficients: [1], ...bounds }],
});
/** Pin an agent to one of its arcs, by number. */
const pin =
  (moved: { readonly agent: number; readonly arc: number }) =>
  (model: KernelModel): KernelModel => {
    const own = Array.from(model.arcs.agent).flatMap((agent, arc) => (agent === moved.agent ? [arc] : []));
    return withArc(model, own[moved.arc % own.length] ?? 0, { min: 1 });
  };
/** Forbid an agent what it was given. */
const forbid =
  (agent: number) =>
  (model: KernelModel, { arcOf }: KernelResult): KernelModel =>
    withArc(model, arcOf[agent] ?? 0, { max: 0 });
/** A pin that leaves evenness as it was, as most do; and one that more than doubles it. */
const USUAL = { agent: 99, arc: 94 } as const;
const HARD = { agent: 37, arc: 60 } as const;
const solvedTown = { ...MIDDLE, evenness: "quadratic", seed: 3 } as const;
const minimaxTown = { ...solvedTown, evenness: "minimax" } as const;
const again = { ...middle, goal: 0.1, highs: 0 };

/** Towns of every size, over seeds and kinds of evenness, and unkind ones. */
export const CASES: readonly Case[] = [
  townCase({ ...SMALL, evenness: "absolute" }, small),
  townCase({ ...SMALL, evenness: "minimax", seed: 2 }, small),
  townCase({ ...SMALL, evenness: "quadratic", seed: 3 }, small),
  townCase({ ...SMALL, links: 4, seed: 4, evenness: "absolute" }, { ...small, note: "4 links" }),
  townCase({ ...MIDDLE, evenness: "absolute" }, middle),
  townCase({ ...MIDDLE, evenness: "minimax", seed: 2 }, middle),
  townCase({ ...MIDDLE, evenness: "quadratic", seed: 3 }, middle),
  townCase({ ...MIDDLE, evenness: "leximax", seed: 3 }, { ...middle, highs: 0 }),
  townCase({ ...MIDDLE, quota: 1.05, seed: 4 }, { ...middle, note: "quotas that just fit" }),
  townCase({ ...MIDDLE, links: 30, seed: 5 }, { ...middle, note: "30 links", highs: 0 }),
  townCase({ ...MIDDLE, unkind: "huge family", seed: 6 }, { ...middle, note: "one huge family", highs: 0 }),
  townCase({ ...MIDDLE, unkind: "all alike", seed: 7 }, { ...middle, note: "all households alike", highs: 0 }),
  townCase({ ...MIDDLE, unkind: "one district", seed: 8 }, { ...middle, note: "all in one district", highs: 0 }),
  townCase({ ...LARGE, evenness: "absolute" }, large),
  townCase({ ...LARGE, evenness: "minimax", seed: 2 }, large),
  townCase({ ...LARGE, evenness: "quadratic", seed: 3 }, large),
  { name: "generalised assignment c05100 (optimum 1931)", model: published, ...beside },
  ...(["C", "D", "E"] as const).map((kind) => ({
    name: `generalised assignment ${kind}, 5 servers, 50 jobs`,
    model: () => classical(kind, 5, 50, 1),
    ...beside,
  })),
  { name: "100 families, 10 localities, 3 capacities each", model: () => localities(100, 10, 1), ...beside },
  { name: "300 families, 15 localities, 3 capacities each", model: () => localities(300, 15, 2), ...beside },
  townCase({ ...CITY }, { limit: 60, goal: 30, gap: 0.001, highs: 0 }),
  townCase({ ...REGION }, { limit: 300, goal: 300, gap: 0.005, highs: 0 }),
  { ...townCase(solvedTown, { ...again, note: "solved before a pin" }), change: pin(HARD) },
  { ...townCase(solvedTown, { ...again, note: "solved before a forbid" }), change: forbid(HARD.agent) },
  { ...townCase(solvedTown, { ...again, note: "solved before a usual pin" }), change: pin(USUAL) },
  { ...townCase(minimaxTown, { ...again, note: "solved before a usual pin" }), change: pin(USUAL) },
  { ...townCase(minimaxTown, { ...again, note: "solved before a forbid" }), change: forbid(USUAL.agent) },
];
