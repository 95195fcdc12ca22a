import type { EarlierResult, KernelResult } from "../../src/kernel/index.js";
import { optimizeSync } from "../../src/kernel/optimize.js";
import { highs } from "../../src/solvers/highs.js";
import { CASES } from "./cases.js";

/** `solve-case <number> <kernel|highs> [seconds]`: one case in a process of its own, so that its memory is its own; one line of JSON. */
const [number = "", solver = "", given = ""] = process.argv.slice(2);
const found = CASES[Number(number)];
if (found === undefined) throw new Error(`there is no case ${number}`);

/** Runs until so many seconds are spent: in their later half the code is warm, as in a process that serves. */
const WARM = 6;
const MOST_RUNS = 40;

const limit = Number(given) || (solver === "highs" ? found.highs : found.limit);
const first = found.model();
const earlier: EarlierResult | null =
  found.change === undefined ? null : { model: first, result: optimizeSync(first, { timeLimitSeconds: found.limit }) };
const model = earlier === null ? first : (found.change?.(first, earlier.result) ?? first);

const run = async (): Promise<KernelResult> =>
  solver === "highs"
    ? highs().solve(model, { timeLimitSeconds: limit })
    : optimizeSync(model, { timeLimitSeconds: limit, ...(earlier === null ? {} : { earlier }) });

const seconds: number[] = [];
let result: KernelResult | null = null;
for (let spent = 0; seconds.length === 0 || (spent < WARM && seconds.length < MOST_RUNS); ) {
  const start = performance.now();
  result = await run();
  const took = (performance.now() - start) / 1000;
  seconds.push(took);
  spent += took;
}
const sorted = seconds.slice(Math.floor(seconds.length / 2)).sort((a, b) => a - b);
process.stdout.write(
  `${JSON.stringify({
    arcs: model.arcs.agent.length,
    status: result?.status,
    first: seconds[0],
    median: sorted[Math.floor(sorted.length / 2)],
    runs: seconds.length,
    tiers: result?.tiers.map(({ name, value, bound, optimal }) => ({ name, value, bound, optimal })),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  })}\n`,
);
