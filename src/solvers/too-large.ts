import { ProblemError } from "../base/errors.js";

/** A model that a reference solver refuses before it allocates anything. */
export const tooLarge = (path: string, expected: string, received: string): ProblemError =>
  new ProblemError([
    {
      code: "model.too-large",
      path,
      subject: null,
      expected,
      received,
      message: `The model needs ${received}; this solver takes ${expected}.`,
      hint: "Maybe the kernel, the default solver, can take it.",
    },
  ]);
