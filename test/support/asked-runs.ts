/** How many runs a variable of the environment asks for; null where it asks for none. */
export const askedRuns = (variable: "EVENSTEAD_ORACLE_RUNS" | "EVENSTEAD_HIGHS_RUNS"): number | null => {
  const asked = Number(process.env[variable]);
  return Number.isInteger(asked) && asked > 0 ? asked : null;
};
