/** One fault of an input. `path` is a JSON path such as `dwellings[3].rooms`; messages carry ids only, never names or ages. */
export interface Issue {
  /** `<noun>.<what-is-wrong>`, stable over versions. */
  readonly code: string;
  readonly path: string;
  /** Id of the thing at fault, or null where it has none. */
  readonly subject: string | null;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
  /** Begins with "Maybe", or null where nothing can be guessed. */
  readonly hint: string | null;
}

/** At most this many faults are listed in an error's message; all that were found stay in `issues`. */
const LISTED_IN_MESSAGE = 50;

/** Bad input: every fault at once. Nothing was changed and nothing was written. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    const lines = issues.slice(0, LISTED_IN_MESSAGE).map((issue) => {
      const hint = issue.hint === null ? "" : ` ${issue.hint}`;
      return `  ${issue.path || "(input)"}: ${issue.message}${hint}`;
    });
    const more = issues.length > LISTED_IN_MESSAGE ? [`  ... and ${issues.length - LISTED_IN_MESSAGE} more`] : [];
    const head = `The input has ${issues.length} ${issues.length === 1 ? "fault" : "faults"}:`;
    super([head, ...lines, ...more].join("\n"));
    this.issues = issues;
  }
}

/** A fault of ours: a checker contradicted a solver, or an invariant broke. Never swallowed. */
export class InternalError extends Error {
  override readonly name = "InternalError";
  /** `<noun>.<what-is-wrong>`. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}
