import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters, styleText } from "node:util";
import { type AllocateProgress, allocate } from "../../src/allocate.js";
import { ProblemError } from "../../src/base/errors.js";
import type { Locale } from "../../src/base/words.js";
import { verify } from "../../src/checks.js";
import type { Plan } from "../../src/domain/plan.js";
import type { Problem } from "../../src/domain/problem.js";
import { REPORTS } from "../../src/report/kinds.js";
import { numbersIn } from "../../src/report/numbers.js";
import type { ReportInput } from "../../src/report/report.js";
import { EXIT, ExitError } from "../support/exit-codes.js";
import { mayWrite, readFolder, type TextFile, writeFolder } from "../support/folder.js";
import { type RunOptions, readOptions } from "../support/options.js";
import { readProblem } from "../support/read-problem.js";
import { planText } from "./plan-text.js";
import { WORDS } from "./words.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DATA = fileURLToPath(new URL("data", import.meta.url));
const DEFAULTS = { input: DATA, output: resolve(ROOT, "output/nyborg") };

const WIDEST = 140;
const NARROWEST = 80;

const say = (text: string): void => {
  const isPlain = process.stdout.isTTY !== true && process.env.FORCE_COLOR === undefined;
  process.stdout.write(`${isPlain ? stripVTControlCharacters(text) : text}\n`);
};

const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Paths as short as they can be told. */
const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near === "" ? "." : near.startsWith("..") ? path : near;
};

/** One line a tier on stderr: at most one a quarter of a second, so that a terminal is not flooded. */
const progressTo = ({ progress, quiet, locale }: RunOptions): ((at: AllocateProgress) => void) | undefined => {
  if (quiet || !(progress || process.stderr.isTTY === true)) return undefined;
  const { number } = numbersIn(locale);
  let last = { tier: "", seconds: Number.NEGATIVE_INFINITY };
  return ({ tier, value, bound, seconds }) => {
    if (tier === last.tier && seconds - last.seconds < 0.25) return;
    last = { tier, seconds };
    const figure = (one: number | null) => (one === null ? "–" : number(one, 2));
    tell(WORDS[locale].working({ tier, value: figure(value), bound: figure(bound), seconds: seconds.toFixed(1) }));
  };
};

const outcomeCode = ({ outcome, unplaced }: Plan, { acceptUnplaced }: RunOptions): number => {
  if (outcome.status === "aborted") return EXIT.interrupted;
  if (outcome.status === "infeasible") return EXIT.infeasible;
  if (!outcome.found) return EXIT.noPlanInTime;
  return unplaced.length === 0 || acceptUnplaced ? EXIT.allPlaced : EXIT.someUnplaced;
};

const filesOf = (input: ReportInput, locale: Locale): readonly TextFile[] =>
  REPORTS.map((report) => ({ name: report.fileName, content: report.render(input, { locale }) }));

const solve = async (problem: Problem, options: RunOptions): Promise<ReportInput> => {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt);
  const onProgress = progressTo(options);
  try {
    const plan = await allocate(problem, {
      signal: stop.signal,
      ...(onProgress === undefined ? {} : { onProgress }),
      timeLimitSeconds: options.timeLimitSeconds,
      ...(options.seed === null ? {} : { seed: options.seed }),
    });
    return { problem, plan, verification: verify(problem, plan) };
  } finally {
    process.off("SIGINT", interrupt);
  }
};

const run = async (options: RunOptions): Promise<number> => {
  const { locale, json, quiet } = options;
  const words = WORDS[locale];
  if (options.help) {
    say(words.help);
    return EXIT.allPlaced;
  }
  const folder = resolve(options.output);
  if (!options.dryRun && !options.force && !mayWrite(folder))
    throw new ExitError(EXIT.usage, words.notWritten(shown(folder)));
  const problem = readProblem(readFolder(resolve(options.input)));
  if (options.dryRun) {
    const dwellings = problem.dwellings.reduce((sum, { count }) => sum + count, 0);
    const { length: households } = problem.households;
    say(
      words.checked({
        households,
        dwellings,
        districts: problem.districts.length,
        folder: shown(resolve(options.input)),
      }),
    );
    return EXIT.allPlaced;
  }
  const input = await solve(problem, options);
  const files = filesOf(input, locale);
  const paths = writeFolder(folder, files);
  if (json) say((files.find(({ name }) => name === "plan.json")?.content ?? "").trimEnd());
  else {
    const width = Math.min(WIDEST, Math.max(NARROWEST, process.stdout.columns ?? WIDEST));
    say(planText(input, { locale, width, brief: quiet }));
    if (!quiet) say(["", styleText("bold", words.written), ...paths.map((path) => `  ${shown(path)}`)].join("\n"));
  }
  return outcomeCode(input.plan, options);
};

/** Faults of the input are all told at once, each by file and row. */
const told = (error: unknown, locale: Locale): number => {
  if (error instanceof ExitError) {
    tell(error.message);
    return error.code;
  }
  if (error instanceof ProblemError) {
    tell(WORDS[locale].faults(error.issues.length));
    for (const { path, message, hint } of error.issues)
      tell(`  ${message.startsWith(path) ? message : `${path}: ${message}`}${hint === null ? "" : ` ${hint}`}`);
    return EXIT.invalidInput;
  }
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.unexpected;
};

const main = async (args: readonly string[]): Promise<number> => {
  let locale: Locale = "en";
  try {
    const options = readOptions(args, DEFAULTS);
    locale = options.locale;
    return await run(options);
  } catch (error) {
    return told(error, locale);
  }
};

process.exitCode = await main(process.argv.slice(2));
