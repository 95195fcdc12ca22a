import { type Issue, ProblemError } from "../base/errors.js";
import type { Problem } from "../domain/problem.js";
import { ALL_KINDS } from "./all-kinds.js";
import { importFolderFiles } from "./importers/folder.js";
import type { SourceFile } from "./importers/importer.js";
import { locatedIssues } from "./importers/locate.js";
import { issueLog } from "./issue-log.js";
import { readProblem } from "./read-problem.js";

/** The issues, cut to what anyone can read. */
const capped = (issues: readonly Issue[]): readonly Issue[] => {
  const log = issueLog();
  log.take(issues);
  return log.issues();
};

/**
 * Read a folder's files as a problem.
 *
 * @throws ProblemError with every fault of the files and of the problem, each with its file, row and column.
 */
export const parseFolderFiles = (files: readonly SourceFile[]): Problem => {
  const folder = importFolderFiles(files);
  const { problem, issues } = readProblem(folder.json, ALL_KINDS, folder.unread);
  if (problem === null || folder.issues.length > 0) throw new ProblemError(capped(locatedIssues(issues, folder)));
  return problem;
};
