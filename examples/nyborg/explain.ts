import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { allocate } from "../../src/allocate.js";
import { ProblemError } from "../../src/base/errors.js";
import type { Locale } from "../../src/base/words.js";
import type { Problem } from "../../src/domain/problem.js";
import { diagnose } from "../../src/explain/diagnose.js";
import { explain } from "../../src/explain/explain.js";
import { whatIf } from "../../src/plans/what-if.js";
import { EXIT, ExitError } from "../support/exit-codes.js";
import { readFolder } from "../support/folder.js";
import { readProblem } from "../support/read-problem.js";
import { type ExplainWords, WORDS } from "./explain-words.js";

/** Reads a town, proposes homes, and prints why: for the households named, or for three of Nyborg's with two diagnoses. */
const SHOWN = ["h06", "h14", "h11"];
/** A dwelling that the second diagnosis imagines lost. */
const LOST = "u31";

const FLAGS = {
  in: { type: "string", default: fileURLToPath(new URL("data", import.meta.url)) },
  lang: { type: "string", default: "en" },
  "why-not": { type: "string" },
  diagnose: { type: "boolean", default: false },
  /** Of each solve: the plan's, and every one that a question needs. */
  "time-limit": { type: "string", default: "8" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true, allowPositionals: true });
  } catch (error) {
    throw new ExitError(EXIT.usage, error instanceof Error ? error.message : String(error));
  }
};

const secondsOf = (text: string, words: ExplainWords): number => {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) throw new ExitError(EXIT.usage, words.badTime(text));
  return seconds;
};

const localeOf = (text: string): Locale => {
  if (text !== "da" && text !== "en")
    throw new ExitError(EXIT.usage, `--lang takes da or en; it was given as "${text}".`);
  return text;
};

const rule = (title: string): string => `${"=".repeat(100)}\n${title}\n${"=".repeat(100)}`;

const main = async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = parsed(args);
  const locale = localeOf(values.lang);
  const words = WORDS[locale];
  if (values.help) {
    say(words.help);
    return;
  }
  const limits = { timeLimitSeconds: secondsOf(values["time-limit"], words) };
  const problem: Problem = readProblem(readFolder(resolve(values.in)));
  const plan = await allocate(problem, limits);
  const isTour = positionals.length === 0 && !values.diagnose;
  const whyNot = values["why-not"];
  const households = isTour ? SHOWN.filter((id) => problem.households.some((one) => one.id === id)) : positionals;
  for (const household of households) {
    const { text } = explain(problem, plan, household, { ...limits, ...(whyNot === undefined ? {} : { whyNot }) });
    say(`${rule(words.explanation(household))}\n${text[locale]}\n`);
  }
  if (!isTour && !values.diagnose) return;
  say(`${rule(words.diagnosis)}\n${diagnose(problem, plan, limits).text[locale]}\n`);
  if (!isTour || !problem.dwellings.some(({ id }) => id === LOST)) return;
  const after = whatIf(problem, plan, { kind: "lose-dwelling", dwelling: LOST }, limits);
  say(`${rule(words.diagnosisWithout(LOST))}\n${diagnose(after.problem, after.plan, limits).text[locale]}`);
};

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ExitError || error instanceof ProblemError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof ExitError ? error.code : EXIT.invalidInput;
}
