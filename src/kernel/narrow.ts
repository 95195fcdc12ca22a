// Typed arrays are read with `as number` here: every index comes from the core.
import { copyOf, type Domain } from "./domain.js";
import { fix, type Relaxation, type Relaxed } from "./relax.js";

/** Arcs that cost more than this many times what an agent costs on average are left out, where nothing else is said. */
export const WIDTH = 0.4;

/** The arcs that cost little at these prices, and those of other choices: at these prices, their relaxation bounds the whole. */
export const nearDomain = (
  { task, domain }: Relaxation,
  at: Relaxed,
  {
    width = WIDTH,
    others = [],
  }: { readonly width?: number; readonly others?: readonly { readonly arcOf: Int32Array }[] } = {},
): Domain => {
  const cut = copyOf(domain);
  const more = Math.max(task.stage.lattice, Math.abs(at.bound) / Math.max(1, task.core.agents)) * width;
  fix(task, cut, { relaxed: at, limit: at.bound + more, margin: 0 });
  for (const { arcOf } of [at, ...others]) for (const arc of arcOf) if (arc >= 0) cut.live[arc] = 1;
  return { ...domain, live: cut.live };
};
