import type { Issue } from "../../base/errors.js";
import { type Origin, placeWords } from "./importer.js";

/** The header of the column that a field came from: the longest field that the path begins with. */
const columnOf = (field: string, columns: Origin["columns"]): string | null => {
  const steps = field.replace(/\[\d+\]/g, "").split(".");
  for (let length = steps.length; length > 0; length -= 1) {
    const name = steps.slice(0, length).join(".");
    if (Object.hasOwn(columns, name)) return columns[name] ?? null;
  }
  return null;
};

/** An issue told by file, row and column, where its entry came from a file: `dwellings.csv:14 column "rooms"`. */
export const locatedIssue = (issue: Issue, where: Readonly<Record<string, Origin>>): Issue => {
  const match = /^([a-z]+\[\d+\])\.?(.*)$/s.exec(issue.path);
  const [entry, field] = [match?.[1] ?? "", match?.[2] ?? ""];
  const origin = Object.hasOwn(where, entry) ? where[entry] : undefined;
  if (origin === undefined) return issue;
  const column = columnOf(field, origin.columns);
  const place = placeWords({ ...origin, column });
  return {
    ...issue,
    path: column === null && field !== "" ? `${place} (${field})` : place,
    message: issue.message.replaceAll(entry, placeWords(origin)),
  };
};

/**
 * All faults of a folder: those of its files, and those of the problem they make, each where the planner finds it. What only follows
 * from a fault of a file (a cell that could not be read is missing afterwards) is left out.
 */
export const locatedIssues = (
  problemIssues: readonly Issue[],
  { issues, where }: { readonly issues: readonly Issue[]; readonly where: Readonly<Record<string, Origin>> },
): readonly Issue[] => {
  const told = new Set(issues.map(({ path }) => path));
  const missingColumns = new Set(
    issues.filter(({ code }) => code === "csv.missing-column").map(({ path }) => path.replace(/:\d+/, "")),
  );
  const follows = ({ code, path }: Issue): boolean =>
    code.endsWith(".missing-key") && (told.has(path) || missingColumns.has(path.replace(/:\d+/, "")));
  return [...issues, ...problemIssues.map((issue) => locatedIssue(issue, where)).filter((issue) => !follows(issue))];
};
