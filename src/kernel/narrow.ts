// Typed arrays are read with `as number` here: every index comes from the core.
import { copyOf } from "./domain.js";
import { fix, type Relaxation, type Relaxed, relaxation } from "./relax.js";

/** Arcs that cost more than this many times what an agent costs on average are left out, where nothing else is said. */
export const WIDTH = 0.4;

/** The relaxation of the arcs that cost little at these prices, and of those of other choices: at these prices it bounds the whole. */
export const narrowAt = (
  { task, domain }: Relaxation,
  at: Relaxed,
  {
    width = WIDTH,
    others = [],
  }: { readonly width?: number; readonly others?: readonly { readonly arcOf: Int32Array }[] } = {},
): Relaxation => {
  const cut = copyOf(domain);
  const more = Math.max(task.stage.lattice, Math.abs(at.bound) / Math.max(1, task.core.agents)) * width;
  fix(task, cut, { relaxed: at, limit: at.bound + more, margin: 0 });
  for (const { arcOf } of [at, ...others]) for (const arc of arcOf) if (arc >= 0) cut.live[arc] = 1;
  return relaxation(task, { ...domain, live: cut.live });
};
