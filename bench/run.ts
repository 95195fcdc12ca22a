import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "tsup";
import { textTable } from "../examples/support/text-table.js";
import { CASES, type Case } from "./kernel/cases.js";

/**
 * The kernel on towns of every size, each in a process of its own, beside HiGHS on the same model where that is small enough.
 * Ends with 1 where a result is wrong: an error, a broken certificate, a value that the other solver proves to be beaten.
 * Being slow is shown, and is no error.
 */
const { values } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    case: { type: "string" },
    "no-highs": { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

interface Told {
  readonly arcs: number;
  readonly status: string;
  readonly first: number;
  readonly median: number;
  readonly runs: number;
  readonly tiers: readonly {
    readonly name: string;
    readonly value: number;
    readonly bound: number;
    readonly optimal: boolean;
  }[];
  readonly megabytes: number;
}

const BUILT = fileURLToPath(new URL("../output/bench", import.meta.url));

/** Cases are run as they would be shipped: tsx names every function each time that it is made, which can double the time. */
const buildCases = async (): Promise<void> => {
  await build({
    config: false,
    entry: [fileURLToPath(new URL("kernel/solve-case.ts", import.meta.url))],
    outDir: BUILT,
    outExtension: () => ({ js: ".mjs" }),
    format: "esm",
    target: "node20",
    silent: true,
  });
  cpSync(new URL("kernel/data", import.meta.url), join(BUILT, "data"), { recursive: true });
};

const solve = (index: number, solver: "kernel" | "highs", limit = ""): Told | string => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(BUILT, "solve-case.mjs"), String(index), solver, limit],
    { encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  return status === 0 ? (JSON.parse(stdout) as Told) : stderr.trim();
};

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(8));
const gapOf = ({ value, bound }: { value: number; bound: number }): number =>
  value === bound ? 0 : Math.abs(value - bound) / Math.max(1e-9, Math.abs(value));
const percent = (part: number): string => (part === 0 ? "0" : `${(100 * part).toPrecision(2)} %`);
const seconds = (value: number): string => `${value < 1 ? `${(1000 * value).toFixed(0)} ms` : `${value.toFixed(1)} s`}`;

const faults: string[] = [];

/** What the kernel reaches when it is given no more than the time to reach. */
const inTime = (one: Case, index: number): string => {
  const told = solve(index, "kernel", String(one.goal));
  if (typeof told !== "string")
    return `${seconds(told.median)}: ${told.tiers.map((tier) => percent(gapOf(tier))).join(", ")}`;
  faults.push(`${one.name}, given ${seconds(one.goal)}: ${told}`);
  return "failed";
};

/** Tiers of the kernel that the other proved to be better, as long as all tiers before agree. */
const beaten = ({ tiers }: Told, other: Told): readonly string[] => {
  const worse: string[] = [];
  for (const [k, { name, value, optimal }] of tiers.entries()) {
    const theirs = other.tiers[k];
    if (theirs === undefined || !theirs.optimal) break;
    const apart = Math.abs(theirs.value - value);
    if (apart <= 1e-6 * Math.max(1, Math.abs(value))) continue;
    const isWorse = name === "placed" ? value < theirs.value : value > theirs.value;
    if (isWorse || optimal) worse.push(`${name}: ${value}${optimal ? " called optimal" : ""}, HiGHS ${theirs.value}`);
    break;
  }
  return worse;
};

const rowOf = (one: Case, index: number): readonly string[] => {
  const told = solve(index, "kernel");
  if (typeof told === "string") {
    faults.push(`${one.name}: ${told}`);
    return [one.name, "-", "-", "-", "-", "-", "failed", "-", "-"];
  }
  const reached = told.median <= one.goal && told.tiers.every((tier) => gapOf(tier) <= one.gap);
  const tiers = told.tiers.map((tier) => `${tier.name} ${figure(tier.value)} (${percent(gapOf(tier))})`).join(", ");
  const rival = values["no-highs"] || one.highs === 0 || values.smoke ? null : solve(index, "highs");
  if (typeof rival === "string") faults.push(`${one.name}, HiGHS: ${rival}`);
  const isRun = rival !== null && typeof rival !== "string";
  if (isRun) for (const worse of beaten(told, rival)) faults.push(`${one.name}: ${worse}`);
  const times = isRun
    ? `${rival.tiers.length < told.tiers.length || !rival.tiers.every(({ optimal }) => optimal) ? "> " : ""}${(rival.median / told.median).toFixed(0)} x`
    : "-";
  return [
    one.name,
    String(told.arcs),
    seconds(told.median),
    seconds(told.first),
    `${told.megabytes} MB`,
    times,
    `${reached ? "yes" : "no"} (${seconds(one.goal)}, ${percent(one.gap)})`,
    reached || one.limit <= one.goal ? "" : inTime(one, index),
    tiers,
  ];
};

if (values.help) {
  process.stdout.write(
    "npm run bench                  all cases (half an hour)\nnpm run bench -- --smoke       the small ones, without HiGHS\nnpm run bench -- --case 200    cases whose name has this text\nnpm run bench -- --no-highs    the kernel alone\n",
  );
} else {
  const chosen = CASES.map((one, index) => ({ one, index })).filter(
    ({ one }) => (!values.smoke || one.smoke === true) && one.name.includes(values.case ?? ""),
  );
  const heads = ["arcs", "warm", "first run", "memory", "HiGHS takes", "reached (goal)", "gaps in that time"].map(
    (head) => ({
      head,
      align: "right" as const,
    }),
  );
  const columns = [
    { head: "case", align: "left" as const },
    ...heads,
    { head: "tiers: value (gap)", align: "left" as const },
  ];
  await buildCases();
  const rows = chosen.map(({ one, index }) => {
    process.stderr.write(`${one.name} ...\n`);
    return rowOf(one, index);
  });
  process.stdout.write(`${textTable(columns, rows, 240).join("\n")}\n`);
  process.stdout.write(
    `Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores. Seconds include the check of the certificate.\n`,
  );
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
