import type { Issue } from "../../base/errors.js";
import { shownPath } from "../shown.js";
import { fileIssue, type Imported, type Importer, nothing, PART_LISTS, stemOf } from "./importer.js";
import { duplicateKeys } from "./json-duplicates.js";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parsed = (file: string, text: string): { readonly value: unknown } | { readonly issue: Issue } => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    // The engine's message may repeat the text; only the position is told.
    const position = /position (\d+)/.exec(String(error))?.[1];
    const row = position === undefined ? null : text.slice(0, Number(position)).split("\n").length;
    return {
      issue: fileIssue(
        "json.invalid",
        { file, row },
        {
          expected: "JSON",
          received: "a text that is no JSON",
          message: `${file} is no JSON${row === null ? "" : `: reading stops in line ${row}`}; look for a missing comma, quotation mark or bracket before it.`,
        },
      ),
    };
  }
};

/** `problem.json` holds any parts, `policy.json` the policy, and `districts.json` and so on one list each. */
const partsOf = (name: string, value: unknown): Readonly<Record<string, unknown>> | null => {
  const stem = stemOf(name);
  if (stem === "policy") return { policy: value };
  if (PART_LISTS.some((list) => list === stem)) return { [stem]: value };
  return isObject(value) ? value : null;
};

const unreadParts = (name: string): readonly string[] =>
  stemOf(name) === "problem" ? ["municipality", "asOf", "policy", ...PART_LISTS] : [stemOf(name)];

export const json: Importer = {
  id: "json",
  title: "JSON: a whole problem, a policy, or one list",
  accepts: (name) => name.endsWith(".json") && ["problem", "policy", ...PART_LISTS].includes(stemOf(name)),
  read: ({ name, text }): Imported => {
    const read = parsed(name, text);
    if ("issue" in read) return { ...nothing, issues: [read.issue], unread: unreadParts(name) };
    const parts = partsOf(name, read.value);
    const issues = duplicateKeys(text).map((path) =>
      fileIssue(
        "json.duplicate-key",
        { file: name },
        {
          expected: "every key once",
          received: shownPath(path),
          message: `${name} has the key ${shownPath(path)} twice in one object; the first would be lost.`,
        },
      ),
    );
    if (parts !== null) return { ...nothing, parts, issues };
    const issue = fileIssue(
      "json.invalid",
      { file: name },
      {
        expected: "an object",
        received: "another value",
        message: `${name} holds no JSON object.`,
      },
    );
    return { ...nothing, issues: [...issues, issue], unread: unreadParts(name) };
  },
};
