import { exhaustive } from "./exhaustive.js";
import { highs } from "./highs.js";
import { javascriptLp } from "./javascript-lp.js";
import { kernel } from "./kernel.js";
import type { Solver } from "./solver.js";

/** Every solver there is, with its default settings; the first is the default. */
export const SOLVERS: readonly (() => Solver)[] = [kernel, exhaustive, javascriptLp, highs];
