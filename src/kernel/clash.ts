// Typed arrays are read with `as number` here: every index comes from the model.
import { type Domain, wholeDomain } from "./domain.js";
import { solveObjective } from "./objective.js";
import { stageOf } from "./stage.js";
import { type Run, stateOf } from "./state.js";

/** Nodes for each question whether some rows alone still clash. */
const NODES = 60;

const domainWith = ({ core }: Run, kept: ReadonlySet<number>): Domain => {
  const domain = wholeDomain(core, false);
  for (const row of kept) {
    domain.low[row] = Math.max(domain.low[row] as number, core.rowMin[row] as number);
    domain.high[row] = Math.min(domain.high[row] as number, core.rowMax[row] as number);
  }
  return domain;
};

/** Whether nothing feasible is left with these rows alone; false also where that was not settled. */
function* clash(run: Run, kept: ReadonlySet<number>): Generator<void, boolean> {
  const domain = domainWith(run, kept);
  for (const row of kept) if ((domain.low[row] as number) > (domain.high[row] as number)) return true;
  const { outcome } = yield* solveObjective(
    { ...run, effort: { ...run.effort, nodes: Math.min(NODES, run.effort.nodes) } },
    stateOf(domain),
    { tier: -1, tolerance: 0, make: (now) => stageOf(run.core, now, { name: "clash", sign: 1, pieces: [] }) },
  );
  return outcome.best === null && outcome.proven;
}

/**
 * Rows of an infeasible model that cannot hold together: rows are dropped, many at once and then fewer, as long as the rest still clashes.
 * `minimal` says that each one was seen to be needed.
 */
export function* clashingRows(run: Run): Generator<void, { rows: readonly string[]; minimal: boolean }> {
  const { core, model } = run;
  let kept = model.rows.flatMap((_, row) =>
    (core.rowLow[row] as number) < (core.rowMin[row] as number) ||
    (core.rowHigh[row] as number) > (core.rowMax[row] as number)
      ? [row]
      : [],
  );
  const named = (): readonly string[] => kept.map((row) => model.rows[row]?.name ?? "");
  if (!(yield* clash(run, new Set(kept)))) return { rows: named(), minimal: false };
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < kept.length; ) {
      if (run.effort.stop()) return { rows: named(), minimal: false };
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (yield* clash(run, new Set(rest))) kept = rest;
      else from += size;
    }
  return { rows: named(), minimal: true };
}
