import { parseArgs } from "node:util";
import type { Locale } from "../../src/base/words.js";
import { EXIT, ExitError } from "./exit-codes.js";

/** What an example script was asked to do. */
export interface RunOptions {
  readonly input: string;
  readonly output: string;
  readonly force: boolean;
  readonly locale: Locale;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly progress: boolean;
  readonly dryRun: boolean;
  /** A plan that keeps every rule ends with 0, also where somebody could not be housed. */
  readonly acceptUnplaced: boolean;
  readonly help: boolean;
  readonly timeLimitSeconds: number;
  readonly seed: string | null;
}

/** So that a first try is over within ten seconds; a plan that is proven earlier is the same to the byte whatever the limit. */
const DEFAULT_LIMIT = 8;

const FLAGS = {
  in: { type: "string" },
  out: { type: "string" },
  force: { type: "boolean", default: false },
  lang: { type: "string", default: "en" },
  json: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  progress: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  "accept-unplaced": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  "time-limit": { type: "string" },
  seed: { type: "string" },
} as const;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ExitError(EXIT.usage, `${message}\nSee --help.`);
  }
};

const seconds = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text) || Number(text) <= 0)
    throw new ExitError(
      EXIT.usage,
      `--time-limit takes seconds above 0, such as 10 or 2.5; it was given as "${text}".`,
    );
  return Number(text);
};

/** Read the command line. @throws {ExitError} where it makes no sense. */
export const readOptions = (
  args: readonly string[],
  defaults: { readonly input: string; readonly output: string },
): RunOptions => {
  const values = parsed(args);
  if (values.lang !== "da" && values.lang !== "en")
    throw new ExitError(EXIT.usage, `--lang takes da or en; it was given as "${values.lang}".`);
  return {
    input: values.in ?? defaults.input,
    output: values.out ?? defaults.output,
    force: values.force,
    locale: values.lang,
    json: values.json,
    quiet: values.quiet,
    progress: values.progress,
    dryRun: values["dry-run"],
    acceptUnplaced: values["accept-unplaced"],
    help: values.help,
    timeLimitSeconds: seconds(values["time-limit"]),
    seed: values.seed ?? null,
  };
};
