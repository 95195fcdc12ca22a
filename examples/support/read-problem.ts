import type { Problem } from "../../src/domain/problem.js";
import { parseFolderFiles } from "../../src/problem/parse-folder.js";
import type { InputFile } from "./folder.js";

/** The problem that a folder's files hold. @throws ProblemError with every fault of every file, each by file and row. */
export const readProblem = (files: readonly InputFile[]): Problem => parseFolderFiles(files);
