import { parseArgs } from "node:util";
import { textTable } from "../examples/support/text-table.js";
import { optimizeSync } from "../src/kernel/optimize.js";
import { type Evenness, town } from "./kernel/town.js";

/**
 * The kernel alone on many towns of one size, one after the other in one process: how much the time depends on the town.
 * Each is solved several times, and its fastest run counts: the code is warm then.
 */
const SIZES = {
  small: { households: 40, dwellings: 50, districts: 8, goal: 0.05, gap: 0 },
  middle: { households: 200, dwellings: 240, districts: 15, goal: 1, gap: 0.0005 },
} as const;
const KINDS: readonly Evenness[] = ["quadratic", "absolute", "minimax", "leximax"];

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "small" },
    seeds: { type: "string", default: "12" },
    runs: { type: "string", default: "3" },
    limit: { type: "string", default: "20" },
  },
});
if (values.size !== "small" && values.size !== "middle") throw new Error(`--size ${values.size}: small or middle`);
const { goal, gap, ...size } = SIZES[values.size];
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => 10 + i);
const timeLimitSeconds = Number(values.limit);

const timed = (model: ReturnType<typeof town>) => {
  const start = performance.now();
  const { status, tiers } = optimizeSync(model, { timeLimitSeconds });
  const seconds = (performance.now() - start) / 1000;
  const isNear = tiers.every(({ value, bound }) => Math.abs(value - bound) <= gap * Math.abs(value));
  return { seconds, isProven: status === "optimal", isNear };
};

const rows = KINDS.map((evenness) => {
  const models = seeds.map((seed) => town({ ...size, seed, evenness }));
  let best = models.map(timed);
  for (let run = 1; run < Number(values.runs); run++)
    best = models.map((model, i) => {
      const [before, now] = [best[i], timed(model)];
      return before === undefined || now.seconds < before.seconds ? now : before;
    });
  const sorted = best.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const count = (has: (one: (typeof best)[number]) => boolean): string =>
    `${best.filter(has).length} of ${best.length}`;
  return [
    evenness,
    (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(3),
    (sorted.at(-1) ?? Number.NaN).toFixed(3),
    count(({ isProven }) => isProven),
    count(({ isNear, seconds }) => isNear && seconds <= goal),
  ];
});
const columns = ["median s", "slowest s", "all proven", `within ${goal} s and ${100 * gap} %`].map((head) => ({
  head,
  align: "right" as const,
}));
process.stdout.write(
  `${textTable([{ head: `${size.households} x ${size.dwellings}`, align: "left" }, ...columns], rows, 120).join("\n")}\n`,
);
