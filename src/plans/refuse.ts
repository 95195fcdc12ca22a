import { ProblemError } from "../base/errors.js";

/** So many of something are asked for: a whole number, 0 or more. @throws {ProblemError} `options.not-a-count`. */
export const countOf = (count: number, option: string): number =>
  Number.isSafeInteger(count) && count >= 0
    ? count
    : refuse({
        code: "options.not-a-count",
        path: `options.${option}`,
        subject: String(count),
        expected: "a whole number, 0 or more",
        message: `Option ${option} is ${count}; it must be a whole number, 0 or more.`,
      });

/** A question that cannot be asked: one fault, told as every other fault of an input. */
export const refuse = (fault: {
  readonly code: string;
  readonly path: string;
  readonly subject: string;
  readonly expected: string;
  readonly message: string;
  readonly hint?: string;
}): never => {
  const { hint = null, ...rest } = fault;
  throw new ProblemError([{ ...rest, received: fault.subject, hint }]);
};
