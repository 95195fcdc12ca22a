import type { Report, ReportInput } from "./report.js";

/** Objects with their keys in order, lists as they are: one text per plan, whoever built it. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inside]) => [key, ordered(inside)]),
  );
};

/** The plan itself: indented, keys in order. It reads back as the same plan. */
export const jsonReport: Report = {
  id: "json",
  fileName: "plan.json",
  mediaType: "application/json",
  render: ({ plan }: ReportInput) => `${JSON.stringify(ordered(plan), null, 2)}\n`,
};
