import type { Issue } from "../base/errors.js";
import type { Problem } from "../domain/problem.js";
import { checkDecisions } from "./check-decisions.js";
import { checkDemand } from "./check-demand.js";
import { checkPlaces } from "./check-places.js";
import { checkPolicy } from "./check-policy.js";
import { checkStock } from "./check-stock.js";
import { issueLog } from "./issue-log.js";
import { type Kinds, ruleNames } from "./kinds-known.js";
import { type Entry, parseParts } from "./parts.js";
import { parsePolicy } from "./policy.js";
import { DEFAULT_PRESET, PRESETS } from "./presets/kinds.js";
import { levelCovers } from "./references.js";
import { shownValue } from "./shown.js";
import { snapshot } from "./snapshot.js";

/** A problem, or everything that is wrong with what was given. */
export type Reading =
  | { readonly problem: Problem; readonly issues: readonly [] }
  | { readonly problem: null; readonly issues: readonly Issue[] };

/** Freeze plain data in depth. It is our own copy, of bounded depth. */
const deepFrozen = <T>(value: T): T => {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFrozen(inner);
  return Object.freeze(value);
};

const values = <T>(entries: readonly Entry<T>[]): readonly T[] => entries.map(({ value }) => value);

/**
 * Read a problem for given kinds of rules and objectives. `unread` are parts whose files could not be read: that is told already, so
 * they are neither missed nor held against the rest.
 */
export const readProblem = (input: unknown, kinds: Kinds, unread: ReadonlySet<string> = new Set()): Reading => {
  const log = issueLog();
  const copied = snapshot(input, log);
  if (copied === null) return { problem: null, issues: log.issues() };
  const raw = copied.value;
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    log.add("input.not-an-object", () => ({
      path: [],
      expected: "a JSON object",
      received: shownValue(raw),
      message: `The input is ${shownValue(raw)}; a problem is a JSON object with municipality, districts, dwellings and households.`,
    }));
    return { problem: null, issues: log.issues() };
  }
  const json = raw as Readonly<Record<string, unknown>>;
  const parts = parseParts(json, unread, log);
  const policy = parsePolicy(json.policy, { kinds, presets: PRESETS, fallback: DEFAULT_PRESET, log });
  const covers = levelCovers(parts.zones, parts.ids);
  checkStock(parts, log);
  checkDemand(parts, covers, log);
  checkDecisions(parts, kinds, log);
  checkPlaces(parts, log);
  checkPolicy(policy, { parts, covers, log });
  const { format, municipality, asOf } = parts;
  if (log.found() > 0 || format === null || municipality === null || asOf === null)
    return { problem: null, issues: log.issues() };
  const names = ruleNames(kinds);
  const problem: Problem = {
    format: "evenstead/problem@1",
    municipality,
    asOf,
    districts: values(parts.districts),
    zones: values(parts.zones),
    services: values(parts.services),
    dwellings: values(parts.dwellings),
    households: values(parts.households),
    links: values(parts.links),
    quotas: values(parts.quotas),
    // Under their full ids, so that nobody else needs to know the short names.
    decisions: values(parts.decisions).map((decision) => ({
      ...decision,
      overrides: [...new Set(decision.overrides.map((name) => names.get(name)?.id ?? name))],
    })),
    policy,
  };
  return { problem: deepFrozen(problem), issues: [] };
};
