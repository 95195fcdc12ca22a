import type { Verification } from "../audit/verify.js";
import type { Locale } from "../base/words.js";
import type { Plan } from "../domain/plan.js";
import type { Problem } from "../domain/problem.js";

/** What a report is made from. */
export interface ReportInput {
  readonly problem: Problem;
  readonly plan: Plan;
  /** What an independent check of the plan found; without it a report says that the plan was not checked. */
  readonly verification: Verification | null;
  /** Per household id: sentences that say why, in the report's language, such as `explain` gives; plain text. */
  readonly reasons?: Readonly<Record<string, readonly string[]>>;
}

export interface ReportOptions {
  readonly locale: Locale;
}

/** One kind of report: the same input gives the same text, to the byte. */
export interface Report {
  readonly id: string;
  /** The file it is usually written to. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly render: (input: ReportInput, options: ReportOptions) => string;
}
