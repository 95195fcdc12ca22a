import { ProblemError } from "../base/errors.js";
import { type Plan, planSchema } from "../domain/plan.js";

/** A plan that came back from a file or from a caller. @throws ProblemError `plan.malformed` for every part that has not the form of a plan. */
export const readPlan = (plan: unknown): Plan => {
  const read = planSchema.safeParse(plan);
  if (read.success) return read.data;
  throw new ProblemError(
    read.error.issues.map((issue) => ({
      code: "plan.malformed",
      path: issue.path.map(String).join("."),
      subject: null,
      expected: "a plan as `allocate` returns it",
      received: issue.code,
      message: `The plan is not well-formed: ${issue.message}`,
      hint: null,
    })),
  );
};
