import type { Issue } from "../base/errors.js";
import type { IssueCode } from "./codes.js";
import { type Path, shownPath } from "./shown.js";

/** An issue as its finder writes it down; the rest follows from the code and the path. */
export interface Finding {
  readonly path: Path;
  readonly subject?: string | null;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
  readonly hint?: string | null;
}

/** Collects every fault of one input. */
export interface IssueLog {
  /** `describe` is only called while there is room: a million bad rows cost no million sentences. */
  readonly add: (code: IssueCode, describe: () => Finding) => void;
  /** Take over issues that an importer found. */
  readonly take: (issues: readonly Issue[]) => void;
  /** How many faults were found, kept or not. */
  readonly found: () => number;
  /** The faults in the order they were found; where not all were kept, the last says how many of which code were not. */
  readonly issues: () => readonly Issue[];
}

/** Kept per code, and in all: enough to work with, too few to drown in. */
const KEPT_PER_CODE = 100;
const KEPT = 1_000;

export const issueLog = (): IssueLog => {
  const kept: Issue[] = [];
  const foundOf = new Map<string, number>();
  const left = new Map<string, number>();
  let found = 0;
  const put = (code: string, make: () => Issue): void => {
    found += 1;
    const ofCode = (foundOf.get(code) ?? 0) + 1;
    foundOf.set(code, ofCode);
    if (ofCode > KEPT_PER_CODE || kept.length >= KEPT) left.set(code, (left.get(code) ?? 0) + 1);
    else kept.push(make());
  };
  return {
    add: (code, describe) =>
      put(code, () => {
        const { path, subject, expected, received, message, hint } = describe();
        return {
          code,
          path: shownPath(path),
          subject: subject ?? null,
          expected,
          received,
          message,
          hint: hint ?? null,
        };
      }),
    take: (issues) => {
      for (const issue of issues) put(issue.code, () => issue);
    },
    found: () => found,
    issues: () => (left.size === 0 ? [...kept] : [...kept, leftOut(left)]),
  };
};

const leftOut = (left: ReadonlyMap<string, number>): Issue => {
  const total = [...left.values()].reduce((sum, amount) => sum + amount, 0);
  const parts = [...left].map(([code, amount]) => `${amount} of ${code}`).join(", ");
  return {
    code: "input.more-faults",
    path: "",
    subject: null,
    expected: `at most ${KEPT_PER_CODE} faults of a code and ${KEPT} in all`,
    received: `${total} more`,
    message: `A further ${total} faults were found and are not listed: ${parts}.`,
    hint: null,
  };
};
