import { ProblemError } from "../base/errors.js";

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
