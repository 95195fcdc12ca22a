import { type Issue, ProblemError } from "../../src/base/errors.js";
import type { Problem } from "../../src/domain/problem.js";
import { importFolderFiles } from "../../src/problem/importers/folder.js";
import { locatedIssues } from "../../src/problem/importers/locate.js";
import { parseProblem } from "../../src/problem/parse-problem.js";
import type { InputFile } from "./folder.js";

const parsed = (json: unknown): { readonly problem: Problem | null; readonly issues: readonly Issue[] } => {
  try {
    return { problem: parseProblem(json), issues: [] };
  } catch (error) {
    if (error instanceof ProblemError) return { problem: null, issues: error.issues };
    throw error;
  }
};

/** The problem that a folder's files hold. @throws ProblemError with every fault of every file, each by file and row. */
export const readProblem = (files: readonly InputFile[]): Problem => {
  const imported = importFolderFiles(files);
  const { problem, issues } = parsed(imported.json);
  const faults = locatedIssues(issues, imported);
  if (problem === null || faults.length > 0) throw new ProblemError(faults);
  return problem;
};
