import { canonicalJson } from "../base/hash.js";
import { refuseAll } from "./codes.js";

const deepFrozen = <T>(value: T): T => {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFrozen(inner);
  return Object.freeze(value);
};

/** Canonical JSON, or null for what has none: NaN, half a Unicode character, circles, endless depth. */
export const canonicalOrNull = (value: unknown): string | null => {
  try {
    return canonicalJson(value);
  } catch {
    return null;
  }
};

/**
 * A deeply frozen copy, exactly as it will come back from a file: what the caller does to the original later cannot reach the log.
 *
 * @throws {ProblemError} `decision.not-json`.
 */
export const plainCopy = <T>(value: T): T => {
  const json = canonicalOrNull(value);
  if (json === null)
    refuseAll([
      {
        code: "decision.not-json",
        path: "data",
        subject: null,
        expected: "JSON",
        received: "something else",
        message: "The event holds something that JSON cannot: a number that is not finite, half a character, a circle.",
      },
    ]);
  return deepFrozen(JSON.parse(json ?? "null"));
};
