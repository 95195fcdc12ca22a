import * as z from "zod";
import { type Issue, ProblemError } from "../base/errors.js";
import type { ChangeRequest } from "./changes.js";

const text = z.string();
const asked = { by: text.exactOptional(), reason: text.exactOptional() };
const overriding = {
  ...asked,
  overrides: z.array(text).exactOptional(),
  legalBasis: text.nullable().exactOptional(),
};
const pair = { household: text, dwelling: text };

/** The form alone: whether ids, numbers and dwellings are right is seen when the changed problem is read. */
const CHANGE = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pin"), ...pair, ...overriding }),
  z.strictObject({ kind: z.literal("forbid"), ...pair, ...asked }),
  z.strictObject({ kind: z.literal("lock"), household: text, ...asked }),
  z.strictObject({ kind: z.literal("swap"), households: z.tuple([text, text]), ...overriding }),
  z.strictObject({ kind: z.literal("withdraw"), household: text }),
  z.strictObject({ kind: z.literal("refuse"), household: text, ...asked }),
  z.strictObject({ kind: z.literal("add-dwelling"), dwelling: z.unknown() }),
  z.strictObject({ kind: z.literal("lose-dwelling"), dwelling: text }),
  z.strictObject({
    kind: z.literal("change-quota"),
    quota: text,
    min: z.number().exactOptional(),
    max: z.number().nullable().exactOptional(),
  }),
  z.strictObject({ kind: z.literal("unpin"), household: text }),
  z.strictObject({ kind: z.literal("allow"), ...pair }),
  z.strictObject({ kind: z.literal("unlink"), households: z.array(text) }),
  z.strictObject({ kind: z.literal("switch-off"), rule: text }),
]) satisfies z.ZodType<ChangeRequest>;

const FORM = "one of the changes of ChangeRequest, with all its fields and no others";

/**
 * Changes as they may come from a screen or a file: one or several.
 *
 * @throws {ProblemError} `change.malformed`, with the path of every fault.
 */
export const changesFrom = (given: unknown): readonly ChangeRequest[] => {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const read = list.map((change) => z.safeParse(CHANGE, change));
  const issues = read.flatMap(({ error }, index): readonly Issue[] =>
    (error?.issues ?? []).map(({ path, message }) => ({
      code: "change.malformed",
      path: [`changes[${index}]`, ...path.map(String)].join("."),
      subject: null,
      expected: FORM,
      received: "something else",
      message: `A change that is asked about is not well-formed: ${message}.`,
      hint: null,
    })),
  );
  if (issues.length > 0) throw new ProblemError(issues);
  return read.flatMap(({ data }) => (data === undefined ? [] : [data]));
};
