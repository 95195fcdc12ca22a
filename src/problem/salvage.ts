import type * as z from "zod";
import type { Noun } from "./codes.js";

/** An id that stands for one that could not be read. A private-use character: no real id is this. */
export const UNREADABLE = "\uE000";

/** Per noun, what stands in for a field that must be there and is at fault: values that no further check finds fault with. */
const NEUTRAL: Partial<Record<Noun, Readonly<Record<string, unknown>>>> = {
  district: { population: 1 },
  zone: { level: UNREADABLE, districts: [UNREADABLE] },
  service: { kind: UNREADABLE, location: [0, 0] },
  dwelling: { district: UNREADABLE, rooms: 50, maxPersons: 1 },
  household: { members: [{ age: 30 }] },
  link: { kind: "together", households: [UNREADABLE, UNREADABLE] },
  quota: { scope: { municipality: true }, legalBasis: "-" },
  decision: { kind: "forbid", household: UNREADABLE, dwelling: UNREADABLE, by: "-", reason: "-" },
};

/**
 * A faulty entry with its faulty fields taken out or made neutral, so that its other fields can still be held against the rest: all
 * faults are told at once. Null where its id is at fault, or nothing is left.
 */
export const salvaged = <T>(
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
  { noun, schema }: { noun: Noun; schema: z.ZodType<T> },
): T | null => {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return null;
  const repaired: Record<string, unknown> = { ...raw };
  for (const issue of issues) {
    const [field] = issue.path;
    if (field === undefined && issue.code === "unrecognized_keys") for (const key of issue.keys) delete repaired[key];
    else if (typeof field !== "string" || field === "id") return null;
    else {
      const neutral = NEUTRAL[noun]?.[field];
      if (neutral === undefined) delete repaired[field];
      else repaired[field] = neutral;
    }
  }
  const result = schema.safeParse(repaired);
  return result.success ? result.data : null;
};
